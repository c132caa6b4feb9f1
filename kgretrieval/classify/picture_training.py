"""Training of the model of pictures: multinomial logistic regression, its penalty chosen on held-out pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from kgretrieval.classify.base import Examples, Fit, Floats, Numbers, Report, Settings
from kgretrieval.classify.picture import PictureModel, picture_rows
from kgretrieval.types import Progress

#: Inverse strengths of the penalty that are tried, for features of variance one.
STRENGTHS = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2)
#: The logit of a label that no example has, below every other one.
NEVER = -30.0
_ROUNDS = 400


def fit(kind: str) -> Fit:
    """Return the function that trains models of the kind ``"picture"``."""
    return fit_picture


def fit_picture(
    train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
) -> PictureModel:
    """Train on the pictures of `train`; the penalty is the one under which those of `validation` are likeliest.

    Raises
    ------
    UsageError
        If an item has no picture.
    """
    features = picture_rows(train.items)
    judge = (picture_rows(validation.items, features.shape[1]), validation.answers)
    weights, bias = fit_linear(features, train, judge, settings=settings, progress=progress)
    return PictureModel(train.labels, weights, bias)


def fit_linear(
    features: Floats,
    train: Examples,
    judge: tuple[Floats, Numbers],
    *,
    settings: Settings,
    strengths: Sequence[float] = STRENGTHS,
    progress: Report | None = None,
) -> tuple[Floats, Floats]:
    """Fit a multinomial logistic regression with a penalty on the squares of the weights.

    Each feature is brought to mean 0 and variance 1 for the fitting; the weights that come back take the features
    as they are.

    Parameters
    ----------
    features : numpy.ndarray
        ``(len(train), width)``.
    train : Examples
        Answers, labels and weights; the items are not looked at.
    judge : tuple of numpy.ndarray
        Features and answers of the held-out examples that decide between the strengths: the one with the least mean
        negative log-probability is taken. With none, the middle strength is.
    settings : Settings
        Of which `balanced` counts.
    strengths : sequence of float
        scikit-learn's ``C``.

    Returns
    -------
    tuple of numpy.ndarray
        Weights ``(width, labels)`` and bias ``(labels,)``, float32.
    """
    centre, scale = features.mean(0), features.std(0)
    scale = np.where(scale > 1e-6, scale, 1.0).astype(np.float32)
    scaled = (features - centre) / scale
    counts = _counts(train, settings)
    tried = sorted(strengths) if len(judge[1]) else [sorted(strengths)[len(strengths) // 2]]
    best: tuple[float, Floats, Floats] | None = None
    for done, strength in enumerate(tried):
        own, bias = _fitted(scaled, train.answers, counts, strength, len(train.labels))
        weights = (own / scale[:, None]).astype(np.float32)
        bias = (bias - centre @ weights).astype(np.float32)
        cost = surprise(judge[0] @ weights + bias, judge[1])
        if best is None or cost < best[0]:
            best = cost, weights, bias
        if progress:
            progress(Progress("penalties tried", done + 1, len(tried)))
        if cost > 1.05 * best[0]:
            break
    assert best is not None
    return best[1], best[2]


def surprise(logits: Floats, answers: Numbers) -> float:
    """Return the mean negative log-probability of the right labels; 0 of none."""
    if not len(answers):
        return 0.0
    own = logits[np.arange(len(answers)), answers]
    top = logits.max(1)
    return float(np.mean(np.log(np.exp(logits - top[:, None]).sum(1)) + top - own))


def _counts(train: Examples, settings: Settings) -> npt.NDArray[np.float64] | None:
    if not settings.balanced:
        return None if train.weights is None else train.weights.astype(np.float64)
    balanced: npt.NDArray[np.float64] = compute_sample_weight("balanced", train.answers)
    return balanced if train.weights is None else balanced * train.weights


def _fitted(
    features: Floats, answers: Numbers, counts: npt.NDArray[np.float64] | None, strength: float, labels: int
) -> tuple[Floats, Floats]:
    """Return weights and bias for all labels, also those without an example and where there are but two."""
    weights = np.zeros((features.shape[1], labels), np.float32)
    bias = np.full(labels, NEVER, np.float32)
    present = np.unique(answers)
    if len(present) == 1:
        bias[present] = 0.0
        return weights, bias
    model = LogisticRegression(C=strength, max_iter=_ROUNDS).fit(features, answers, sample_weight=counts)
    coefficients, intercept = model.coef_, model.intercept_
    if len(present) == 2:  # one row then, of the second label against the first
        coefficients, intercept = np.vstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercept / 2
    weights[:, present], bias[present] = coefficients.T, intercept
    return weights, bias
