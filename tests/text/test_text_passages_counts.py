"""Windows of whole sentences, and counts equal to counting by hand."""

from collections import Counter

import numpy as np
import pytest

from kgretrieval.text.analysis import Analyser
from kgretrieval.text.counts import count_terms
from kgretrieval.text.passages import WORDS_PER_PASSAGE, passages


def sentence(words, name="Word"):
    return " ".join([name, *["word"] * (words - 1)]) + "."


def test_running_text_is_cut_between_sentences():
    text = " ".join([sentence(40, "One"), sentence(40, "Two"), sentence(40, "Three")])
    found = passages("a:1", "text", text, "en")
    assert [passage.text.split()[0] for passage in found] == ["One", "Three"]
    assert all(passage.text.endswith(".") for passage in found)


def test_no_passage_is_longer_unless_one_sentence_is():
    text = " ".join(map(sentence, [30, 80, 10, 200, 5, 5, 85, 1]))
    lengths = [len(passage.text.split()) for passage in passages("a:1", "text", text, "en")]
    assert lengths == [30, 90, 200, 10, 86]
    assert sorted(lengths)[-2] <= WORDS_PER_PASSAGE


@pytest.mark.parametrize("field", ["title", "caption", "tags"])
def test_other_fields_are_one_passage(field):
    (found,) = passages("p:1", field, "  One. Two.\nThree.\n", "en")
    assert (found.start, found.end, found.text, found.document) == (2, 18, "One. Two.\nThree.", "p:1")


def test_chinese_characters_count_half():
    text = "今天天气很好我们去公园。" * 30
    assert [len(passage.text) for passage in passages("a:1", "text", text, "zh")] == [192, 168]


def test_blank_fields_have_no_passage():
    assert passages("a:1", "text", "", "en") == passages("a:1", "title", " \n", "en") == []


def test_counts_are_those_of_counting_by_hand():
    analyser = Analyser.default()
    texts = [("Goals and goals, a goal", "en"), ("Tore in Köln", "de"), ("", "en"), ("北京北京", "zh")]
    terms, counts, _ = count_terms(texts, analyser)
    assert terms == sorted(terms)
    assert (counts.shape, counts.dtype) == ((4, len(terms)), np.int32)
    for row, text in enumerate(texts):
        expected = Counter(analyser.terms(*text))
        assert {term: n for term, n in zip(terms, counts.toarray()[row], strict=True) if n} == expected


@pytest.mark.parametrize("texts", [[], [("", "en"), ("?!", "en")]])
def test_texts_without_terms(texts):
    terms, counts, positions = count_terms(texts, Analyser.default())
    assert (terms, counts.shape, len(positions)) == ([], (len(texts), 0), 0)


def test_counts_come_with_the_places_of_the_words():
    analyser = Analyser.default()
    texts = [("A goal, then a goal\n\nIn Paris", "en"), ("", "en"), ("北京很大", "zh"), ("Paris", "en")]
    for text, (terms, counts, positions) in zip(texts, count_terms(texts, analyser).by_text(), strict=True):
        placed = sorted(zip(*analyser.placed_terms(*text), strict=True))
        assert list(zip(np.repeat(terms, counts).tolist(), positions.tolist(), strict=True)) == placed
