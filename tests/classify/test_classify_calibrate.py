"""Probabilities that can be believed, and a level beyond which predictions are as often right as was asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.classify.calibrate import abstain_level, temperature
from kgretrieval.classify.head import softmax
from kgretrieval.classify.measures import expected_calibration_error, log_loss


def drawn(size, *, stretch=1.0, seed=0, classes=4):
    """Scores, and answers drawn from the softmax of what they would be without the stretch."""
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(size, classes)) * 2
    # The highest of scores with Gumbel noise is drawn from their softmax.
    return (true * stretch).astype(np.float32), (true + rng.gumbel(size=true.shape)).argmax(1)


@pytest.mark.parametrize("stretch", [0.2, 1.0, 5.0])
def test_the_temperature_undoes_a_stretch(stretch):
    scores, answers = drawn(3000, stretch=stretch)
    found = temperature(scores, answers)
    assert found == pytest.approx(stretch, rel=0.1)
    assert expected_calibration_error(softmax(scores / np.float32(found)), answers) < 0.03


@given(st.integers(5, 60), st.sampled_from([0.3, 1.0, 4.0]), st.integers(0, 50))
def test_no_temperature_nearby_fits_much_better(size, stretch, seed):
    scores, answers = drawn(size, stretch=stretch, seed=seed)
    found = temperature(scores, answers)
    best = min(log_loss(softmax(scores / np.float32(found * step)), answers) for step in (0.5, 0.9, 1.1, 2.0))
    # A doubt of one answer keeps it from the very best fit to few examples.
    assert log_loss(softmax(scores / np.float32(found)), answers) <= best + 2 / size


def test_a_model_without_mistakes_is_not_made_certain():
    scores = np.array([[2.0, -1.0], [-1.0, 2.0]] * 10, np.float32)
    assert 0.9 < softmax(scores / np.float32(temperature(scores, np.array([0, 1] * 10)))).max() < 0.999


@pytest.mark.parametrize("precision", [0.8, 0.9, 0.95])
def test_beyond_the_level_predictions_are_right_as_often_as_wanted(precision):
    misses = 0
    for seed in range(40):
        scores, answers = drawn(600, seed=seed)
        level, shown = abstain_level(softmax(scores), answers, precision)
        new, truth = drawn(4000, seed=1000 + seed)
        sure = softmax(new).max(1) >= level
        misses += shown and (softmax(new).argmax(1) == truth)[sure].mean() < precision - 0.005
    assert misses <= 4


def test_a_lower_precision_keeps_more():
    scores, answers = drawn(2000)
    levels = [abstain_level(softmax(scores), answers, wanted)[0] for wanted in (0.0, 0.5, 0.7, 0.9)]
    assert levels == sorted(levels)
    assert levels[0] == 0.0 < levels[-1]


def test_few_examples_show_no_precision():
    scores, answers = drawn(12)
    assert abstain_level(softmax(scores), answers, 0.9) == (0.9, False)
