"""How good labels and their probabilities are, in plain NumPy.

Predictions come first, answers second; both are places in the list of labels.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Numbers

Array = npt.NDArray[np.floating]
Float64 = npt.NDArray[np.float64]


class ClassMeasures(NamedTuple):
    """How well one label is found: shares in 0 to 1, 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float
    answers: int
    predicted: int


class Bin(NamedTuple):
    """The predictions whose probability lies in one stretch: the means are 0 where there are none."""

    low: float
    high: float
    items: int
    probability: float
    accuracy: float


def accuracy(predicted: Numbers, answers: Numbers) -> float:
    """Return the share of right predictions; 0 of none."""
    return float(np.mean(np.asarray(predicted) == np.asarray(answers))) if len(answers) else 0.0


def confusion(predicted: Numbers, answers: Numbers, classes: int) -> Numbers:
    """Return ``(classes, classes)`` int64 counts: a row for each answer, a column for each prediction."""
    cells = np.asarray(answers, np.int64) * classes + np.asarray(predicted, np.int64)
    return np.bincount(cells, minlength=classes * classes).reshape(classes, classes).astype(np.int64)


def per_class(predicted: Numbers, answers: Numbers, classes: int) -> tuple[ClassMeasures, ...]:
    """Return the measures of each label."""
    table = confusion(predicted, answers, classes)
    found = []
    for right, said, there in zip(table.diagonal().tolist(), table.sum(0).tolist(), table.sum(1).tolist(), strict=True):
        precision, recall = right / said if said else 0.0, right / there if there else 0.0
        f1 = 2 * right / (said + there) if said + there else 0.0
        found.append(ClassMeasures(precision, recall, f1, there, said))
    return tuple(found)


def macro_f1(predicted: Numbers, answers: Numbers, classes: int) -> float:
    """Return the mean F1 of the labels that occur among the answers or the predictions; 0 of none."""
    values = [one.f1 for one in per_class(predicted, answers, classes) if one.answers or one.predicted]
    return float(np.mean(values)) if values else 0.0


def average_precision(scores: Array, relevant: npt.NDArray[np.bool_]) -> float:
    """Return the average precision of a ranking, by falling score; 0 where nothing is relevant.

    Items of equal score count as found together, so their order does not matter; without ties this is the mean
    of the precision at each relevant item.
    """
    total = int(relevant.sum())
    if not total:
        return 0.0
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    last = np.append(ranked[1:] != ranked[:-1], True)
    found = np.cumsum(relevant[order])[last]
    precision = found / (np.flatnonzero(last) + 1)
    return float(np.sum(np.diff(found, prepend=0) * precision) / total)


def mean_average_precision(probabilities: Array, answers: Numbers) -> float:
    """Return the mean, over the labels that occur, of the average precision of all items ranked by its probability.

    Parameters
    ----------
    probabilities : array
        ``(n, classes)``.
    answers : array of int64
        ``(n,)``.
    """
    there = np.unique(answers)
    return float(np.mean([average_precision(probabilities[:, c], answers == c) for c in there])) if len(there) else 0.0


def calibration_bins(probabilities: Array, answers: Numbers, bins: int = 15) -> tuple[Bin, ...]:
    """Return the bins of equal width of a reliability diagram, by the probability of the label predicted."""
    edges = np.linspace(0.0, 1.0, bins + 1)
    if not len(answers):
        return tuple(Bin(low, high, 0, 0.0, 0.0) for low, high in pairwise(edges.tolist()))
    top: Float64 = probabilities.max(1).astype(np.float64)
    right = probabilities.argmax(1) == answers
    place = np.clip(np.ceil(top * bins).astype(np.int64) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    mean = np.bincount(place, weights=top, minlength=bins) / np.maximum(count, 1)
    share = np.bincount(place, weights=right, minlength=bins) / np.maximum(count, 1)
    rows = zip(edges[:-1].tolist(), edges[1:].tolist(), count.tolist(), mean.tolist(), share.tolist(), strict=True)
    return tuple(Bin(*row) for row in rows)


def expected_calibration_error(probabilities: Array, answers: Numbers, bins: int = 15) -> float:
    """Return how far probability and accuracy lie apart, in the mean over predictions, 0 to 1.

    With bins of equal width, as in Guo et al., "On Calibration of Modern Neural Networks" (2017).
    """
    if not len(answers):
        return 0.0
    found = calibration_bins(probabilities, answers, bins)
    return sum(one.items * abs(one.probability - one.accuracy) for one in found) / len(answers)


def log_loss(probabilities: Array, answers: Numbers) -> float:
    """Return the mean negative logarithm of the probability of the right label; 0 of none."""
    if not len(answers):
        return 0.0
    chosen = probabilities[np.arange(len(answers)), answers].astype(np.float64)
    return float(-np.mean(np.log(np.maximum(chosen, 1e-12))))
