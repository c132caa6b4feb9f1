"""Floors under what German and Chinese names reach on the part of their training files that was held out."""

import pytest

from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.weights import read_card
from training.tagger import sets
from training.tagger.evaluate import held_out, measure

pytestmark = pytest.mark.data


@pytest.mark.parametrize(("language", "floor"), [("de", 60), ("zh", 71)])
def test_names_of_the_held_out_sentences(data, language, floor):
    sentences = held_out(language, data / "text")[::2]
    kinds = tuple(sorted({tag[2:] for s in sentences for tag in s.names if tag != "O"}))
    assert measure(Reader(read_card(language)), sentences, kinds=kinds)["f1"] > floor


def test_held_out_sentences_are_not_trained_on(data):
    for language in ("de", "zh"):
        chosen = sets.sets(data / "text", {"language": language})
        train = {s.words for s in chosen.train}
        held = [s for s in held_out(language, data / "text") if len(s.words) > 5]
        assert sum(s.words in train for s in held) < 0.01 * len(held)
