"""Negation, modality and source of what sentences state."""

import pytest
from modality_sentences import ALLEGED, ASSERTED, DENIED, POSSIBLE, READINGS

from kgretrieval.extractors.open_relations.attribution import attribution_of
from kgretrieval.extractors.open_relations.modality import modality_of
from kgretrieval.extractors.parsing.parser import Parser


@pytest.fixture(scope="module")
def parser(tagger):
    return Parser(tagger)


@pytest.fixture(scope="module")
def readings(parser):
    """What is read of each sentence, in the form of `READINGS`."""
    found = []
    for text, word, *_ in READINGS:
        [[(sentence, tree)]] = parser.trees([text])
        place = sentence.words.index(word)
        source = attribution_of(sentence, tree, place)
        said = text[sentence.spans[source.first][0] : sentence.spans[source.last - 1][1]] if source else ""
        found.append((text, word, *modality_of(sentence, tree, place), said))
    return found


def share(found, columns):
    wrong = [(f, r) for f, r in zip(found, READINGS, strict=True) if any(f[i] != r[i] for i in columns)]
    return 1 - len(wrong) / len(READINGS), wrong


def test_at_least_sixty_sentences_of_every_kind():
    assert len(READINGS) >= 60
    assert {reading[3] for reading in READINGS} == {ASSERTED, POSSIBLE, ALLEGED, DENIED}


def test_negation_and_modality(readings):
    right, wrong = share(readings, (2, 3))
    assert right >= 0.95, wrong


def test_sources(readings):
    right, wrong = share(readings, (4,))
    assert right >= 0.95, wrong


def test_what_is_denied_never_looks_like_a_fact(readings):
    for found, wanted in zip(readings, READINGS, strict=True):
        if wanted[3] == DENIED:
            assert found[3] != ASSERTED, found
