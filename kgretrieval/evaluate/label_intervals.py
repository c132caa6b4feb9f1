"""Bootstrap intervals of accuracy, macro F1 and mean average precision over items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Floats, Numbers
from kgretrieval.evaluate.resample import LEVEL, Resampling

Weights = npt.NDArray[np.float64]


class _Ranked(NamedTuple):
    """The items ranked by the probability of one label: their order, the last of equal ones, which have the label."""

    order: Numbers
    last: Numbers
    relevant: npt.NDArray[np.bool_]


def intervals(probabilities: Floats, answers: Numbers, *, seed: int = 0) -> tuple[tuple[float, float], ...]:
    """Return the 95 % intervals of accuracy, macro F1 and mean average precision, items drawn with replacement.

    Parameters
    ----------
    probabilities : array of float32
        ``(n, labels)``.
    answers : array of int64
        ``(n,)``.
    """
    labels = probabilities.shape[1]
    predicted = probabilities.argmax(1)
    ranked = [_ranked(probabilities[:, c], answers == c) for c in np.unique(answers).tolist()]
    rows = [
        (
            float(weights[predicted == answers].sum() / weights.sum()),
            _macro_f1(weights, predicted, answers, labels),
            float(np.mean([_average_precision(weights, one) for one in ranked])),
        )
        for block in Resampling(np.arange(len(answers)), seed).draws()
        for weights in block
    ]
    tail = (1.0 - LEVEL) / 2
    low, high = np.quantile(np.array(rows), [tail, 1.0 - tail], axis=0).tolist()
    return tuple(zip(low, high, strict=True))


def _macro_f1(weights: Weights, predicted: Numbers, answers: Numbers, labels: int) -> float:
    right = np.bincount(answers, weights=weights * (predicted == answers), minlength=labels)
    both = np.bincount(answers, weights=weights, minlength=labels)
    both = both + np.bincount(predicted, weights=weights, minlength=labels)
    there = both > 0
    return float(np.mean(2 * right[there] / both[there]))


def _ranked(scores: npt.NDArray[np.floating], relevant: npt.NDArray[np.bool_]) -> _Ranked:
    order = np.argsort(-scores, kind="stable")
    values = scores[order]
    last = np.flatnonzero(np.append(values[1:] != values[:-1], True))
    return _Ranked(order, last, relevant[order])


def _average_precision(weights: Weights, one: _Ranked) -> float:
    drawn = weights[one.order]
    found = np.cumsum(drawn * one.relevant)[one.last]
    if not found[-1]:
        return 0.0
    precision = found / np.maximum(np.cumsum(drawn)[one.last], 1.0)
    return float(np.sum(np.diff(found, prepend=0.0) * precision) / found[-1])
