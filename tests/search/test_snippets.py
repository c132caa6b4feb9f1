"""The sentence shown with a hit, and the marks in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_kit import ANALYSER

from kgretrieval.search.snippets import SnippetMaker
from kgretrieval.types import Document

ARTICLE = Document(
    id="a:1",
    kind="article",
    title="Flood in the old town",
    text="It rained. The floods reached two houses. Firefighters saw the flood reach houses by boat. It ended.",
    language="en",
)
PICTURE = Document(id="p:1", kind="picture", captions=("Sandbags on Monday", "A wall of sandbags"), articles=("a:1",))


def snippet(query, document, languages=("en",)):
    maker = SnippetMaker(ANALYSER, ANALYSER.query_terms(query, languages))
    return maker.snippet(document, {"a:1": ARTICLE})


def marked(found):
    return [found.text[start:end] for start, end in found.marks]


def test_the_sentence_with_most_words_of_the_query():
    found = snippet("firefighters with boats and houses", ARTICLE)
    assert found.text == "Firefighters saw the flood reach houses by boat."
    assert marked(found) == ["Firefighters", "houses", "boat"]


def test_the_earliest_of_equals():
    assert snippet("house flood", ARTICLE).text == "The floods reached two houses."


def test_a_word_that_comes_twice_counts_once():
    twice = Document(id="a:2", kind="article", text="One flood. A flood is a flood with rain. Rain.", language="en")
    assert snippet("flood", twice).text == "One flood."


def test_the_headline_only_where_it_has_more():
    assert snippet("flood", ARTICLE).field == "text"
    found = snippet("flood in the old town", ARTICLE)
    assert (found.field, found.text, marked(found)) == ("title", ARTICLE.title, ["Flood", "old", "town"])


def test_without_a_match_the_first_sentence_unmarked():
    found = snippet("zeppelin", ARTICLE)
    assert (found.text, found.field, found.marks) == ("It rained.", "text", ())


def test_captions_then_the_article_then_the_first_caption():
    assert snippet("wall", PICTURE).text == "A wall of sandbags"
    lent = snippet("boat", PICTURE)
    assert (lent.text, lent.field) == ("Firefighters saw the flood reach houses by boat.", "text")
    assert snippet("zeppelin", PICTURE).text == "Sandbags on Monday"


def test_nothing_to_show():
    assert snippet("flood", Document(id="p:2", kind="picture")) is None
    assert snippet("flood", Document(id="a:3", kind="article", title="Rain")).text == "Rain"


def test_chinese_bigrams_are_one_mark():
    document = Document(id="a:4", kind="article", text="今天下雨。北京大学举行典礼。", language="zh")
    found = snippet("北京大学", document, ("zh",))
    assert (found.text, marked(found)) == ("北京大学举行典礼。", ["北京大学"])


@pytest.mark.parametrize("query", ["Überschwemmung", "überschwemmungen"])
def test_german_forms(query):
    document = Document(id="a:5", kind="article", text="Ruhe. Die Überschwemmungen kamen.", language="de")
    assert marked(snippet(query, document, ("de",))) == ["Überschwemmungen"]


words = st.sampled_from(
    ["flood", "Floods", "house.", "the", "Rain!", "boat", "\n", "北京大学", "“town”", "e\u0301te\u0301"]
)


@given(st.lists(words, max_size=25).map(" ".join), st.lists(words, min_size=1, max_size=4).map(" ".join))
def test_marks_lie_in_the_sentence_apart_and_in_order(text, query):
    found = snippet(query, Document(id="a:6", kind="article", title="x", text=text, language="en"), ("en", "zh"))
    assert found.text in text or found.text == "x"
    ends = [0, *(offset for mark in found.marks for offset in mark), len(found.text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in found.marks)
