"""The scorer of open relations."""

import pytest

from kgretrieval.evaluate import carb
from kgretrieval.evaluate.carb import Extraction


def figures(found):
    return found.auc, found.precision, found.recall, found.f1


def test_a_perfect_prediction():
    gold = {"s": [Extraction("met", ("Ann", "Bob", "in Rome"))]}
    found = carb.score(gold, {"s": [Extraction("met", ("Ann", "Bob in Rome"), 0.9)]})
    assert figures(found) == (1.0, 1.0, 1.0, 1.0)
    assert found.counts == ((1.0, 1.0, 1.0, 1.0),)


def test_relations_must_share_a_word():
    assert carb.match(Extraction("met", ("Ann", "Bob")), Extraction("saw", ("Ann", "Bob"))) == (0.0, 0.0)
    assert carb.match(Extraction("is", ("Ann", "tall")), Extraction("be", ("Ann", "tall"))) == (1.0, 1.0)


def test_a_missing_argument_is_no_match():
    assert carb.match(Extraction("met", ("Ann", "Bob")), Extraction("met", ("Ann",))) == (0.0, 0.0)


def test_token_overlap_counts():
    precision, recall = carb.match(Extraction("met", ("Ann", "Bob")), Extraction("met", ("Ann", "Bob in Rome")))
    assert (precision, recall) == (3 / 5, 1.0)


def test_what_is_said_may_come_first():
    gold = Extraction("said", ("it rained", "Ann"))
    assert carb.match(gold, Extraction("said", ("Ann", "it rained"))) == (1.0, 1.0)


def test_one_prediction_serves_one_gold_relation_for_precision():
    gold = {"s": [Extraction("met", ("Ann", "Bob"))]}
    twice = {"s": [Extraction("met", ("Ann", "Bob"), 0.9), Extraction("met", ("Ann", "Bob"), 0.9)]}
    assert carb.score(gold, twice).precision == 0.5


def test_a_threshold_leaves_out_what_lies_below_it():
    gold = {"s": [Extraction("met", ("Ann", "Bob"))], "t": [Extraction("saw", ("Ann", "Bob"))]}
    found = {"s": [Extraction("met", ("Ann", "Bob"), 0.9), Extraction("ate", ("Ann", "Bob"), 0.2)], "t": []}
    assert figures(carb.score(gold, found))[1:] == (1.0, 0.5, 0.6667)
    assert figures(carb.score(gold, found, at=0.0))[1:] == (0.5, 0.5, 0.5)


@pytest.mark.data
@pytest.mark.parametrize(
    ("system", "auc", "f1"), [("openie4", 0.272, 0.488), ("clausie", 0.224, 0.450), ("props", 0.126, 0.319)]
)
def test_known_systems_get_their_known_figures(data, system, auc, f1):
    folder = data / "text" / "carb"
    gold = carb.read_gold(folder / "test_gold.tsv.gz")
    found = carb.score(gold, carb.read_system(folder / f"system_{system}_test.tsv.gz"))
    assert found.auc == pytest.approx(auc, abs=0.005)
    assert found.f1 == pytest.approx(f1, abs=0.005)
