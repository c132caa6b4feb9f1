"""Scores to probabilities that can be believed, and the probability below which it is better to abstain."""

from __future__ import annotations

import numpy as np

from kgretrieval.classify.base import Floats, Numbers

#: Temperatures looked at lie between these.
_LOW, _HIGH = 1e-3, 1e3
#: The chance, at most, that the precision beyond the level is lower than wanted, by the luck of the held-out data.
RISK = 0.05
#: Shares of the held-out predictions, the surest first, whose precision is put to the test.
_SHARES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)


def temperature(scores: Floats, answers: Numbers) -> float:
    """Return the number by which to divide scores so that their softmax fits the answers best.

    Parameters
    ----------
    scores : array of float32
        ``(n, classes)`` of items that the model was not trained on.
    answers : array of int64
        ``(n,)``.

    Notes
    -----
    C. Guo, G. Pleiss, Y. Sun and K. Weinberger, "On Calibration of Modern Neural Networks", ICML 2017. The likelihood
    is concave in the inverse of the temperature, so its slope is brought to zero by halving. Each answer
    leaves a doubt of one in as many as there are, so that a model without a single mistake is not made certain.
    """
    if not len(answers):
        return 1.0
    z = scores.astype(np.float64)
    doubt = 1 / (len(answers) + 1)
    wanted = ((1 - doubt) * z[np.arange(len(answers)), answers] + doubt * z.mean(1)).sum()

    def slope(inverse: float) -> float:
        weights = np.exp((z - z.max(1, keepdims=True)) * inverse)
        return float(wanted - ((weights * z).sum(1) / weights.sum(1)).sum())

    low, high = np.log(1 / _HIGH), np.log(1 / _LOW)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(float(np.exp(middle))) > 0 else (low, middle)
    return float(np.exp(-(low + high) / 2))


def abstain_level(probabilities: Floats, answers: Numbers, precision: float) -> tuple[float, bool]:
    """Return the lowest probability from which on predictions are right as often as wanted, and whether it is shown.

    Parameters
    ----------
    probabilities : array of float32
        ``(n, classes)`` of held-out items.
    answers : array of int64
        ``(n,)``.
    precision : float
        The share of right ones among the predictions kept, 0 to 1; 0 keeps all.

    Returns
    -------
    level : float
    shown : bool
        Whether the held-out predictions show it: a lower bound of their precision (exact binomial, with risk `RISK`
        shared between the levels that are tried) reaches `precision`. Where they are too few for that the level is
        the precision itself, which is right as far as the probabilities are.

    Notes
    -----
    Y. Geifman and R. El-Yaniv, "Selective Classification for Deep Neural Networks", NIPS 2017.
    """
    from scipy.special import betainc

    if precision <= 0:
        return 0.0, True
    top = probabilities.max(1).astype(np.float64)
    right = probabilities.argmax(1) == answers
    order = np.argsort(-top, kind="stable")
    for share in _SHARES:
        kept = round(share * len(order))
        if not kept:
            break
        # All that are as sure as the last one belong to it.
        level = float(top[order[kept - 1]])
        among = right[top >= level]
        hits, tried = int(among.sum()), len(among)
        # The chance of so many hits if the precision were just below the one wanted.
        chance = float(betainc(hits, tried - hits + 1, precision)) if hits else 1.0
        if chance <= RISK / len(_SHARES):
            # Also where all of them were kept: of items less sure than any of them nothing is shown.
            return level, True
    return precision, False
