"""An ensemble says what its models say together."""

import numpy as np
import pytest

from kgretrieval.classify import restore, trainer
from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.ensemble import Ensemble, Voice, log_softmax
from kgretrieval.classify.ensemble_training import weighed

SPORTS = ("The striker scored twice", "A late goal decided the final", "The keeper saved a penalty", "They won the cup")
MONEY = ("The bank raised its rates", "Shares fell in early trading", "The fund bought bonds", "Profits rose again")
PLACES = ("in Turin", "in Lagos", "in Oslo")


def news() -> Examples:
    rows = [
        (f"{text} {place}.", answer)
        for place in PLACES
        for answer, texts in enumerate((MONEY, SPORTS))
        for text in texts
    ]
    return Examples(
        tuple(Item(text) for text, _ in rows), np.array([answer for _, answer in rows]), ("money", "sports")
    )


TRAIN, HELD = news().chosen(range(16)), news().chosen(range(16, 24))


@pytest.fixture(scope="module")
def ensemble():
    return trainer("ensemble")(TRAIN, HELD, Settings(epochs=6))


def test_its_scores_are_the_weighted_mean_of_what_its_models_say(ensemble):
    total = sum(
        voice.weight * log_softmax(voice.model.scores(HELD.items) / np.float32(voice.temperature))
        for voice in ensemble.voices
    )
    found = ensemble.scores(HELD.items)
    assert np.allclose(log_softmax(found), log_softmax(total), atol=1e-5)
    assert sum(voice.weight for voice in ensemble.voices) == pytest.approx(1)


def test_it_learns_and_comes_back_as_it_was(ensemble):
    found = ensemble.scores(HELD.items)
    assert (found.argmax(1) == HELD.answers).all()
    again = restore("ensemble", ensemble.labels, ensemble.state())
    assert np.array_equal(again.scores(HELD.items), found)
    assert ensemble.scores([]).shape == (0, 2)


def test_without_a_reason_for_a_label_the_label_scores_lower(ensemble):
    item = Item("A late penalty decided the game at the bank.")
    reasons = ensemble.reasons(item, 1, most=3)
    assert reasons
    for reason in reasons:
        shorter = Item(item.text[: reason.start] + item.text[reason.end :])
        before, after = ensemble.scores([item, shorter])[:, 1]
        assert np.sign(before - after) == np.sign(reason.weight)


class Sure:
    """A model that gives each text the score that stands in it."""

    kind, labels = "sure", ("money", "sports")

    def __init__(self, scores):
        self._scores = scores

    def scores(self, items):
        return np.stack([-self._scores, self._scores], 1).astype(np.float32)[: len(items)]


def test_who_knows_more_has_the_greater_part():
    right = np.where(HELD.answers == 1, 1.0, -1.0)
    half = right * np.array([1, -1, 1, 1, -1, 1, 1, 1])
    model = weighed([Sure(half), Sure(right)], HELD)
    assert [voice.weight > 0.5 for voice in model.voices] == [False, True]


def test_models_that_say_the_same_have_equal_parts():
    right = np.where(HELD.answers == 1, 1.0, -1.0) * np.array([1, 1, 1, 1, 1, 1, 1, -1])
    model = weighed([Sure(right), Sure(right)], HELD)
    assert [voice.weight for voice in model.voices] == [0.5, 0.5]


def test_an_ensemble_of_one_is_that_model():
    right = np.where(HELD.answers == 1, 2.0, -2.0)
    one = Ensemble(HELD.labels, [Voice(Sure(right), 1.0, 1.0)])
    assert np.allclose(one.scores(HELD.items)[:, 1], right, atol=1e-5)
