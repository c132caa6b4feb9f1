"""The measures of labels agree with scikit-learn's and with what can be counted by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from kgretrieval.classify import measures


@st.composite
def answered(draw):
    classes = draw(st.integers(2, 5))
    rows = draw(st.lists(st.tuples(st.integers(0, classes - 1), st.integers(0, 2**31)), min_size=1, max_size=40))
    scores = np.stack([np.random.default_rng(seed).integers(1, 6, classes) for _, seed in rows]).astype(float)
    return scores / scores.sum(1, keepdims=True), np.array([answer for answer, _ in rows]), classes


@settings(max_examples=60, deadline=None)
@given(answered())
def test_measures_equal_those_of_scikit_learn(case):
    probabilities, answers, classes = case
    predicted = probabilities.argmax(1)
    assert measures.accuracy(predicted, answers) == pytest.approx(metrics.accuracy_score(answers, predicted))
    wanted = metrics.f1_score(answers, predicted, average="macro", zero_division=0)
    assert measures.macro_f1(predicted, answers, classes) == pytest.approx(wanted)
    table = metrics.confusion_matrix(answers, predicted, labels=range(classes))
    assert measures.confusion(predicted, answers, classes).tolist() == table.tolist()
    each = [metrics.average_precision_score(answers == c, probabilities[:, c]) for c in np.unique(answers)]
    assert measures.mean_average_precision(probabilities, answers) == pytest.approx(np.mean(each))


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_items_changes_no_measure(case, random):
    probabilities, answers, _ = case
    order = list(range(len(answers)))
    random.shuffle(order)
    for measure in (measures.mean_average_precision, measures.expected_calibration_error, measures.log_loss):
        assert measure(probabilities[order], answers[order]) == pytest.approx(measure(probabilities, answers))


def test_calibration_error_of_a_forecast_known_by_hand():
    probabilities = np.array([[0.9, 0.1]] * 10)
    answers = np.array([0] * 7 + [1] * 3)
    assert measures.expected_calibration_error(probabilities, answers) == pytest.approx(0.2)
    assert measures.expected_calibration_error(np.array([[0.7, 0.3]] * 10), answers) == pytest.approx(0.0)


def test_measures_of_nothing_are_zero():
    none, empty = np.zeros(0, np.int64), np.zeros((0, 3))
    assert measures.accuracy(none, none) == measures.macro_f1(none, none, 3) == 0.0
    assert measures.mean_average_precision(empty, none) == measures.expected_calibration_error(empty, none) == 0.0
