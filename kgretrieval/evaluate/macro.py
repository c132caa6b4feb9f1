"""The mean over types of what is found of each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.evaluate.knowledge import Score
from kgretrieval.evaluate.resample import LEVEL, Resampling

_NAMES = ("precision", "recall", "f1")


def macro(counts: npt.NDArray[np.float64], *, seed: int = 0) -> Score:
    """Return the means over types of precision, recall and F1.

    Parameters
    ----------
    counts : array
        ``(units, types, 3)`` numbers of right, found and wanted.
    seed : int
        Of the draws behind the intervals.
    """
    units, types = counts.shape[:2]
    table = counts.reshape(units, -1)
    whole = _means(table.sum(0, keepdims=True), types)[0]
    drawn = Resampling(np.arange(units), seed)
    figures = np.concatenate([_means(draw @ table, types) for draw in drawn.draws()])
    tail = (1.0 - LEVEL) / 2
    low, high = np.quantile(figures, [tail, 1.0 - tail], axis=0)
    intervals = {name: (float(low[i]), float(high[i])) for i, name in enumerate(_NAMES)}
    right, found, wanted = map(float, counts.sum((0, 1)))
    precision, recall, f1 = map(float, whole)
    return Score(precision, recall, f1, right, found, wanted, units, intervals)


def _means(sums: npt.NDArray[np.float64], types: int) -> npt.NDArray[np.float64]:
    """Return ``(n, 3)`` means over types of ``(n, types * 3)`` sums; nothing found or nothing to find is 0."""
    right, found, wanted = np.moveaxis(sums.reshape(len(sums), types, 3), 2, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = np.nan_to_num(right / found), np.nan_to_num(right / wanted)
        f1 = np.nan_to_num(2 * right / (found + wanted))
    means: npt.NDArray[np.float64] = np.stack([part.mean(1) for part in (precision, recall, f1)], 1)
    return means
