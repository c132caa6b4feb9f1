"""Logistic regression by Newton's method: few features, some ten thousand rows, no scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_ROUNDS = 50
_ENOUGH = 1e-8


def fit(
    features: npt.NDArray[np.floating], right: npt.NDArray[np.bool_], *, ridge: float = 1e-3
) -> npt.NDArray[np.float64]:
    """Return the bias and the weights, ``(k + 1,)``, that make the labels most likely.

    Parameters
    ----------
    features : numpy.ndarray
        ``(n, k)``.
    right : numpy.ndarray
        ``(n,)`` bool. They count as if each label had been seen wrong a little (Platt's targets), so that
        labels that a feature separates do not send a weight to infinity.
    ridge : float
        Penalty on the squares of the weights of standardised features, as a share of the rows.
    """
    import numpy as np

    centre, scale = features.mean(0), features.std(0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    x = np.hstack([np.ones((len(features), 1)), (features - centre) / scale])
    positive = int(right.sum())
    negative = len(right) - positive
    y = np.where(right, (positive + 1) / (positive + 2), 1 / (negative + 2))
    penalty = np.full(x.shape[1], ridge * len(x))
    penalty[0] = 1e-9
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -60, 60)))
        slope = x.T @ (y - p) - penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < _ENOUGH:
            break
    own = weights[1:] / scale
    return np.concatenate([[weights[0] - float(own @ centre)], own])
