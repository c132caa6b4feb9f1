"""The parser: one tree a sentence, whatever company it comes in, and trees a reader would draw."""

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.extractors.parsing.decode import best_tree, decode
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagging.analysis import Sentence

TEXTS = [
    "The minister resigned on Tuesday after the newspaper published the letters.",
    "Storm leaves thousands without power",
    "She said that the bank, which owns the mine, had not been told.",
    "Yes.",
    "The talks between the two governments about fishing in the northern waters will be held in a small town near "
    "the border before the end of the month, the prime minister's office said in a short statement late on Sunday, "
    "but nobody from the opposition has been invited to take part in them so far.",
    "",
    "Prices rose.",
]


@pytest.fixture(scope="module")
def parser(tagger):
    return Parser(tagger)


@pytest.fixture(scope="module")
def parse(parser):
    def one(text):
        [[(sentence, tree)]] = parser.trees([text])
        return sentence, tree

    return one


def arc(parsed, word):
    """The label of a word and the head it hangs on."""
    sentence, tree = parsed
    i = sentence.words.index(word)
    head = tree.heads[i]
    return tree.labels[i], sentence.words[head] if head >= 0 else "ROOT"


def is_tree(heads):
    def steps(word):
        seen = set()
        while word >= 0 and word not in seen:
            seen.add(word)
            word = heads[word]
        return word

    return sum(head < 0 for head in heads) == 1 and all(steps(word) < 0 for word in range(len(heads)))


def test_subjects_and_objects_hang_on_their_verbs(parse):
    parsed = parse("The board fired its chief executive on Monday.")
    assert arc(parsed, "fired") == ("root", "ROOT")
    assert arc(parsed, "board") == ("nsubj", "fired")
    assert arc(parsed, "executive") == ("obj", "fired")
    assert arc(parsed, "Monday") == ("obl", "fired")
    assert arc(parsed, "its") == ("nmod:poss", "executive")


def test_a_passive_has_a_passive_subject_and_its_agent(parse):
    parsed = parse("The bridge was destroyed by a flood.")
    assert arc(parsed, "bridge") == ("nsubj:pass", "destroyed")
    assert arc(parsed, "flood")[1] == "destroyed"
    assert arc(parsed, "was")[0] == "aux:pass"


def test_a_headline_without_a_form_of_be_has_its_verb_as_root(parse):
    parsed = parse("Police arrest two men in Berlin")
    assert arc(parsed, "arrest") == ("root", "ROOT")
    assert arc(parsed, "Police") == ("nsubj", "arrest")
    assert arc(parsed, "men") == ("obj", "arrest")


def test_words_have_parts_of_speech_and_base_forms(parse):
    _, tree = parse("He has written better books than the others did.")
    assert tree.parts[:5] == ("PRON", "AUX", "VERB", "ADJ", "NOUN")
    assert tree.lemmas[:5] == ("he", "have", "write", "good", "book")


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_is_read_alike_in_any_company(parser, tagger, text):
    alone = parser.parse([s for sentences in tagger.analyse([text]) for s in sentences])
    company = [text, *TEXTS, *[f"{word} {text}" for word in "And But So Then Now".split()]] * 15
    every = tagger.analyse(company)
    read = iter(parser.parse([s for sentences in every for s in sentences]))
    together = [[next(read) for _ in sentences] for sentences in every]
    assert all(trees == alone for asked, trees in zip(company, together, strict=True) if asked == text)


def test_texts_come_back_in_order_and_remembered(parser):
    first, second = parser.trees([TEXTS[0], TEXTS[1]]), parser.trees([TEXTS[1], TEXTS[0]])
    assert first == second[::-1]
    assert first[0] is second[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(min_size=1, max_size=12).filter(str.strip), max_size=40))
def test_any_words_make_one_tree(parser, words):
    sentence = Sentence(tuple(words), tuple((i, i + 1) for i in range(len(words))))
    [tree] = parser.parse([sentence])
    assert len(tree.heads) == len(tree.labels) == len(tree.parts) == len(tree.lemmas) == len(words)
    assert is_tree(tree.heads) or not words
    assert [label == "root" for label in tree.labels] == [head < 0 for head in tree.heads]
    for predicate in tree.predicates:
        ends = 0
        for _, start, end, head in predicate.roles:
            assert ends <= start <= head < end <= len(words)
            ends = end


def test_sentences_longer_than_any_in_print_are_read(parser):
    words = tuple("the man saw the dog and".split() * 40)
    [tree] = parser.parse([Sentence(words, tuple((i, i + 1) for i in range(len(words))))])
    assert is_tree(tree.heads)
    assert len(tree.heads) == 240


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_best_tree_is_the_best_of_all(size):
    draws = np.random.default_rng(size)
    for _ in range(30):
        scores = draws.normal(size=(size, size + 1))
        every = itertools.product(range(size + 1), repeat=size)
        best = max(
            (heads for heads in every if is_tree([h - 1 for h in heads])),
            key=lambda heads: sum(scores[i, head] for i, head in enumerate(heads)),
        )
        assert tuple(best_tree(scores)) == best


def test_decoding_repairs_circles_and_second_roots():
    draws = np.random.default_rng(0)
    scores = draws.normal(size=(50, 12, 13)).astype(np.float32)
    lengths = draws.integers(1, 13, 50)
    for row, length in enumerate(lengths):
        scores[row, :, length + 1 :] = -np.inf
    heads = decode(scores, lengths)
    assert all(is_tree((row[:length] - 1).tolist()) for row, length in zip(heads, lengths, strict=True))
    assert all((row[length:] == 0).all() for row, length in zip(heads, lengths, strict=True))
