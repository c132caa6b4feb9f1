"""Semantic roles: who did what to whom, with spans that lie in the text."""

import pytest

from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.spans import SpanReader
from kgretrieval.extractors.roles import Roles
from kgretrieval.types import TextPart


@pytest.fixture(scope="module")
def roles(tagger):
    return Roles(Parser(tagger))


@pytest.fixture(scope="module")
def read(roles):
    """The frames of a text by the lemmas of their predicates: labels with what they span."""

    def one(text):
        [found] = roles.extract([[TextPart("text", text)]])
        return {f.lemma: {r.label: text[r.start : r.end] for r in f.roles} for f in found.frames}

    return one


def test_the_extractor_keeps_the_protocol(roles):
    assert isinstance(roles, Extractor)
    assert roles.name == "roles"
    assert "tagger" in roles.version


def test_who_did_what_to_whom_and_when(read):
    frames = read("The board fired its chief executive on Monday.")
    assert frames["fire"] == {"ARG0": "The board", "ARG1": "its chief executive", "ARGM-TMP": "on Monday"}


def test_the_passive_keeps_who_acts_and_what_is_acted_on(read):
    [frame] = read("The old bridge was destroyed by a flood.").values()
    assert frame["ARG1"] == "The old bridge"
    assert frame["ARG0"] == "by a flood"


def test_a_negation_is_a_role(read):
    assert read("The minister did not sign the letter.")["sign"]["ARGM-NEG"] == "not"


def test_the_subject_of_a_verb_is_that_of_the_verb_it_controls(read):
    assert read("The company wants to buy its rival.")["buy"] == {"ARG0": "The company", "ARG1": "its rival"}


def test_a_headline_has_roles(read):
    frames = read("Police arrest two men in Berlin")
    assert frames["arrest"]["ARG0"] == "Police"
    assert frames["arrest"]["ARG1"] == "two men"


def test_auxiliaries_and_forms_of_be_are_no_predicates(read):
    frames = read("She has been a judge in Rome, and she will be leaving the court.")
    assert not {"be", "have", "will"} & set(frames)
    assert "leave" in frames


def test_spans_and_heads_lie_in_the_text_after_blanks_and_lines(roles):
    text = "  Two days later,\n\nthe union  called off the strike. \n\n“It worked,” its leader told reporters."
    [found] = roles.extract([[TextPart("text", text)]])
    assert found.frames
    for frame in found.frames:
        assert frame.start <= frame.predicate_start < frame.predicate_end <= frame.end
        for role in frame.roles:
            assert frame.start <= role.start <= role.head < role.end <= frame.end
            assert text[role.start : role.end].strip() == text[role.start : role.end]


def test_other_languages_and_tags_have_no_frames(roles):
    german = TextPart("text", "Der Vorstand entließ am Montag den Chef.", "de")
    tags = TextPart("tags", "The board fired its chief.")
    assert [found.frames for found in roles.extract([[german, tags], []])] == [(), ()]


def test_each_document_gets_its_own_frames(roles):
    first, second = TextPart("title", "Judge frees protesters"), TextPart("text", "Rain stopped the match.")
    both, one = roles.extract([[first, second], [second]])
    assert {frame.field for frame in both.frames} == {"title", "text"}
    assert [f for f in both.frames if f.field == "text"] == list(one.frames)


def test_rules_decide_which_dependents_belong_to_an_argument():
    words = "the man with a hat left , however .".split()
    heads = [1, 5, 4, 4, 1, -1, 7, 5, 5]
    labels = ["det", "nsubj", "case", "det", "nmod", "root", "punct", "advmod", "punct"]
    parts = ["DET", "NOUN", "ADP", "DET", "NOUN", "VERB", "PUNCT", "ADV", "PUNCT"]
    assert SpanReader(words, heads, labels, parts, {}).span(5, "ARG0", 1) == (0, 5)
    assert SpanReader(words, heads, labels, parts, {}).span(5, "ARGM-DIS", 7) == (7, 8)
    rules = {("child", "nmod", ">"): False}
    assert SpanReader(words, heads, labels, parts, rules).span(5, "ARG0", 1) == (0, 2)
    rules[("child", "ARG", "nmod", ">", "", "")] = True
    assert SpanReader(words, heads, labels, parts, rules).span(5, "ARG0", 1) == (0, 5)
