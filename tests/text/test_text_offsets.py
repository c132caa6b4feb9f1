"""Whatever the text: offsets are exact, ordered and do not overlap."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kgretrieval.text.analysis import Analyser
from kgretrieval.text.nltk_leaf import nltk_leaf
from kgretrieval.text.passages import passages
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.text.tokens import word_spans

LANGUAGES = ("en", "de", "zh", "fr")
WORDS = "Mr. U.S. said The am 3. didn't cannot 北京 。 ！ ” Zürich O'Neill ... No. AT&T e\u0301".split()
MARKS = "\" '' `` ' ( ) . ? ! , : -- “ „".split()
BLANKS = [" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u2028"]
MARKUP = "<b> </p> &amp; &eacute; <script> </script> <!-- --> < &".split()
FRAGMENTS = [*WORDS, *MARKS, *BLANKS, *MARKUP]
news = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
texts = news | st.text(max_size=80)
languages = st.sampled_from(LANGUAGES)


def check_order(spans):
    assert all(0 <= start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(text=texts, language=languages)
@settings(deadline=None, max_examples=400)
def test_sentences_hold_every_character_but_the_blanks_between(text, language):
    spans = sentence_spans(text, language)
    check_order(spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(text=texts, language=languages)
@settings(deadline=None, max_examples=400)
def test_words_hold_every_character_but_blanks(text, language):
    spans = word_spans(text, language)
    check_order(spans)
    if language != "zh":
        assert "".join(text[start:end] for start, end in spans) == "".join(text.split())
    else:
        assert all(not text[start:end].isspace() for start, end in spans)


@given(text=st.lists(st.sampled_from([*WORDS, *MARKS, *MARKUP, *[" "] * 12]), max_size=20).map("".join))
@example('It is "so". "')
@example("the end. ”")
@settings(deadline=None, max_examples=400)
def test_words_are_those_of_nltk(text):
    tokenizer = nltk_leaf("nltk.tokenize.destructive").NLTKWordTokenizer()
    try:
        expected = list(tokenizer.span_tokenize(text))
    except ValueError:
        return
    if any('"' in text[a:b] or "''" in text[a:b] or "``" in text[a:b] for a, b in expected) and len(text.split()) > 1:
        # There it may take a quote for another one further on.
        return
    assert word_spans(text) == expected


@given(text=texts, language=languages)
@settings(deadline=None, max_examples=300)
def test_passages_are_slices_in_order(text, language):
    for field in ("title", "caption", "text"):
        found = passages("a:1", field, text, language)
        check_order([(passage.start, passage.end) for passage in found])
        assert all(text[passage.start : passage.end] == passage.text for passage in found)
        kept = "".join("".join(passage.text.split()) for passage in found)
        assert kept == "".join(text.split())


@pytest.fixture(scope="module")
def analyser():
    return Analyser.default()


@given(text=texts, language=languages)
@settings(deadline=None, max_examples=300)
def test_terms_and_their_spans_agree(analyser, text, language):
    found = analyser.term_spans(text, language)
    assert [term for term, _, _ in found] == analyser.terms(text, language)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [(start, end) for _, start, end in found] == sorted((start, end) for _, start, end in found)


@given(text=st.text(st.characters(blacklist_characters="<&"), max_size=60), language=languages)
@settings(deadline=None)
def test_the_word_at_a_span_gives_the_term_again(analyser, text, language):
    for term, start, end in analyser.term_spans(text, language):
        assert term in analyser.terms(text[start:end], language)
