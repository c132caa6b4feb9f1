"""Typed relations: what is stated, how it is put, and that text and batches change nothing else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagging.analysis import Name, Sentence
from kgretrieval.extractors.typed import Typed
from kgretrieval.extractors.typed_relations.arguments import arguments_of
from kgretrieval.extractors.typed_relations.features import path_between
from kgretrieval.extractors.typed_relations.predicates import (
    CONLL04,
    KNOWLEDGENET,
    PREDICATES,
    strict_kinds,
    wide_kinds,
)
from kgretrieval.extractors.typed_relations.weights import read_relations_card
from kgretrieval.extractors.typed_relations.words import is_country, is_nationality, is_party
from kgretrieval.types import TextPart


@pytest.fixture(scope="module")
def typed(tagger):
    return Typed(Parser(tagger))


def read(typed, text, **more):
    [found] = typed.extract([[TextPart("text", text, **more)]])
    return found.relations


def triples(typed, text):
    return {(r.subject, r.predicate, r.object) for r in read(typed, text)}


STATED = [
    ("Angela Keller was born in Vienna in 1961.", ("Angela Keller", "born in", "Vienna")),
    ("Deutsche Bank spokesman Peter Brandt declined to comment.", ("Peter Brandt", "works for", "Deutsche Bank")),
    ("Angela Keller, chief executive of Siemens AG, resigned.", ("Angela Keller", "chief executive of", "Siemens AG")),
    ("Peter Brandt studied at Oxford University.", ("Peter Brandt", "educated at", "Oxford University")),
    ("His wife Angela Keller survives him.", ("His", "married to", "Angela Keller")),
    ("Microsoft was founded by Bill Gates.", ("Bill Gates", "founded", "Microsoft")),
    ("British actor Peter Brandt won a prize.", ("Peter Brandt", "nationality", "British")),
    ("Peter Brandt died in March 2004.", ("Peter Brandt", "date of death", "March 2004")),
    ("Labour MP Peter Brandt voted against it.", ("Peter Brandt", "political affiliation", "Labour")),
    ("They met at a hotel in Seattle, Washington.", ("Seattle", "located in", "Washington")),
]


@pytest.mark.parametrize(("text", "expected"), STATED, ids=[expected[1] for _, expected in STATED])
def test_states_a_relation_of_the_list(typed, text, expected):
    assert expected in triples(typed, text)


@pytest.mark.parametrize(
    "text",
    [
        "Manchester United beat Arsenal 2-1 after Peter Brandt scored in London.",
        "Peter Brandt will race in Paris on 7 February.",
        "Officials from France, Germany and Italy met Angela Keller.",
        "Shares in Microsoft and IBM rose on Friday.",
    ],
)
def test_says_nothing_where_nothing_is_stated(typed, text):
    assert triples(typed, text) == set()


PUT = [
    ("Peter Brandt allegedly killed Angela Keller.", "killed", False, "alleged"),
    ("Angela Keller denied that she was married to Peter Brandt.", "married to", False, "denied"),
    ("Angela Keller may become chief executive of Siemens AG.", "chief executive of", False, "possible"),
    ("Former Siemens chief executive Angela Keller spoke.", "chief executive of", True, "asserted"),
]


@pytest.mark.parametrize(("text", "predicate", "negated", "modality"), PUT, ids=[row[3] for row in PUT])
def test_keeps_how_it_is_put(typed, text, predicate, negated, modality):
    found = [r for r in read(typed, text) if r.predicate == predicate]
    assert [(r.negated, r.modality) for r in found] == [(negated, modality)]


def test_former_does_not_undo_what_cannot_end(typed):
    [found] = [r for r in read(typed, "The former minister Peter Brandt was born in Graz.") if r.predicate == "born in"]
    assert not found.negated


@pytest.mark.parametrize("text", [text for text, _ in STATED])
def test_spans_and_heads_lie_in_the_text(typed, text):
    padded = f"\n  {text} Nothing else."
    for r in read(typed, padded):
        assert padded[r.subject_start : r.subject_end] == r.subject
        assert padded[r.object_start : r.object_end] == r.object
        assert r.subject_start <= r.subject_head < r.subject_end
        assert r.object_start <= r.object_head < r.object_end
        assert r.start <= min(r.subject_start, r.object_start)
        assert r.end >= max(r.subject_end, r.object_end)
        assert r.typed
        assert r.predicate in PREDICATES
        assert 0 < r.confidence <= 1


def test_a_relative_pronoun_gives_way_to_its_name(typed):
    assert ("Peter Brandt", "born in", "Graz") in triples(typed, "Peter Brandt, who was born in Graz, sold the firm.")


def test_a_marriage_is_stated_once_from_the_earlier_mention(typed):
    found = [r for r in read(typed, "Angela Keller is married to Peter Brandt.") if r.predicate == "married to"]
    assert [(r.subject, r.object) for r in found] == [("Angela Keller", "Peter Brandt")]


def test_other_languages_and_tags_are_left_alone(typed):
    assert read(typed, "Angela Keller wurde in Wien geboren.", language="de") == ()
    [found] = typed.extract([[TextPart("tags", "Angela Keller was born in Vienna")]])
    assert found.relations == ()


def test_the_company_of_other_documents_changes_nothing(typed):
    texts = [text for text, _ in STATED]
    together = typed.extract([[TextPart("text", text)] for text in texts])
    apart = [typed.extract([[TextPart("text", text)]])[0] for text in reversed(texts)]
    assert together == apart[::-1]


def test_is_an_extractor_with_a_version_of_its_weights(typed):
    assert isinstance(typed, Extractor)
    assert read_relations_card().version in typed.version


def test_every_predicate_has_a_threshold_and_kinds():
    assert set(read_relations_card().thresholds) == set(PREDICATES)
    for predicate in PREDICATES.values():
        for strict, wide in zip(strict_kinds(predicate), wide_kinds(predicate), strict=True):
            assert strict
            assert wide
    assert {name for name, _ in KNOWLEDGENET.values()} | set(CONLL04.values()) == set(PREDICATES)


def sentence(text, *names):
    words = tuple(text.split())
    found = tuple(Name(first, last, kind, 1.0) for first, last, kind in names)
    return Sentence(words, tuple((i, i + 1) for i in range(len(words))), ("NN",) * len(words), (), found)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("born on 20 October 1826 there", [(2, 5)]),
        ("on May 3 , 1961 and in June 1999", [(1, 5), (7, 9)]),
        ("in the 1960s and 2004", [(2, 3), (4, 5)]),
        ("scored 17 goals in 90 minutes", []),
        ("it may rain in March", []),
    ],
)
def test_dates_are_arguments(text, dates):
    found = [(a.first, a.last) for a in arguments_of(sentence(text)) if a.kind == "date"]
    assert found == dates


def test_pronouns_join_the_only_person():
    read_names = arguments_of(sentence("After his birth Peter Brandt said he left", (3, 5, "person")))
    assert len({a.chain for a in read_names}) == 1


def test_closed_lists_know_their_words():
    assert is_country("united kingdom")
    assert not is_country("london")
    assert is_nationality("iraqi")
    assert not is_nationality("bafta")
    assert is_party(["labour", "party"])
    assert not is_party(["deutsche", "bank"])


@given(st.data())
def test_a_path_in_a_tree_joins_its_ends(data):
    size = data.draw(st.integers(1, 12))
    heads = [-1, *(data.draw(st.integers(0, i - 1)) for i in range(1, size))]
    start, end = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    up, down = path_between(heads, start, end)
    whole = [*up, *down]
    assert whole[0] == start
    assert whole[-1] == end
    assert len(set(whole)) == len(whole)
    assert all(heads[a] == b or heads[b] == a for a, b in pairwise(whole))
