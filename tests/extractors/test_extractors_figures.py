"""Floors under what the tagger reaches on real data, below the measured figures."""

import pytest

from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.weights import read_card
from training.tagger import data as sets
from training.tagger.evaluate import measure

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def reader():
    return Reader(read_card())


@pytest.fixture(scope="module")
def testa(data):
    return sets.conll(data / "text", "testa")[::4]


def test_names_parts_and_chunks_in_news(reader, testa):
    found = measure(reader, testa)
    assert found["f1"] > 91
    assert found["pos"] > 94
    assert found["chunk_f1"] > 89


@pytest.mark.parametrize("recase", [sets.title, sets.lower])
def test_names_in_other_cases(reader, testa, recase):
    assert measure(reader, [recase(s) for s in testa])["f1"] > 85
