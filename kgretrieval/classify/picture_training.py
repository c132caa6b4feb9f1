"""Training of the model of pictures: multinomial logistic regression, its penalty chosen on held-out pictures."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from kgretrieval.classify.base import Examples, Floats, Numbers, Report, Settings
from kgretrieval.classify.picture import PictureModel, picture_rows
from kgretrieval.types import Progress

#: Inverse strengths of the penalty that are tried (scikit-learn's ``C``), for features of variance one.
STRENGTHS = (0.001, 0.01, 0.1, 1.0)
#: Of equally likely held-out answers the stronger penalty is taken; trying ends where they get less likely by so much.
_WORSE = 1.05
#: The logit of a label that no example has, below every other one.
NEVER = -30.0
_ROUNDS = 300


class Trainer:
    """Trains models of pictures; see `kgretrieval.classify.base.Fit`."""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> PictureModel:
        """Train on the pictures of `train`, with the penalty under which the labels of `validation` are likeliest.

        Raises
        ------
        UsageError
            If an item has no picture.
        """
        rows = picture_rows(train.items)
        strength = STRENGTHS[-2]
        if len(validation):
            held = picture_rows(validation.items, rows.shape[1])
            strength = _best((rows, train), (held, validation), settings, progress)
        return PictureModel(train.labels, *learned(rows, train, strength, settings))

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[PictureModel, Floats]:
        """Return a model trained on all pictures, and for each the scores of a model that has not seen it.

        Parameters
        ----------
        examples : Examples
        folds : array of int64
            ``(n,)``: the pictures of a fold are left out together. The penalty is chosen on the first one.
        """
        rows = picture_rows(examples.items)
        scores = np.zeros((len(examples), len(examples.labels)), np.float32)
        first, rest = np.flatnonzero(folds == 0), np.flatnonzero(folds != 0)
        judged = rows[first], examples.chosen(first)
        strength = _best((rows[rest], examples.chosen(rest)), judged, settings, progress)
        number = int(folds.max()) + 1
        for fold in range(number):
            held, others = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            weights, bias = learned(rows[others], examples.chosen(others), strength, settings)
            scores[held] = rows[held] @ weights + bias
            if progress is not None:
                progress(Progress("cross-validation", fold + 1, number))
        return PictureModel(examples.labels, *learned(rows, examples, strength, settings)), scores


def fit(kind: str) -> Trainer:
    """Return what trains a model of pictures; there is one kind."""
    return Trainer()


def learned(features: Floats, examples: Examples, strength: float, settings: Settings) -> tuple[Floats, Floats]:
    """Fit a multinomial logistic regression with a penalty on the squares of the weights.

    Each feature is brought to mean 0 and variance 1 for the fitting; the weights that come back take the features
    as they are.

    Parameters
    ----------
    features : numpy.ndarray
        ``(len(examples), width)`` float32.
    examples : Examples
        Answers, labels and weights; the items are not looked at.
    strength : float
        The inverse of the penalty's strength.
    settings : Settings
        Of which `balanced` counts.

    Returns
    -------
    tuple of numpy.ndarray
        Weights ``(width, labels)`` and bias ``(labels,)``, float32.
    """
    labels = len(examples.labels)
    weights, bias = np.zeros((features.shape[1], labels), np.float32), np.full(labels, NEVER, np.float32)
    present = np.unique(examples.answers)
    if len(present) < 2:
        bias[present] = 0.0
        return weights, bias
    centre, scale = features.mean(0), features.std(0)
    scale = np.where(scale > 1e-6, scale, 1.0).astype(np.float32)
    model = LogisticRegression(C=strength, max_iter=_ROUNDS)
    model.fit((features - centre) / scale, examples.answers, sample_weight=importance(examples, settings))
    coefficients, intercept = model.coef_.T / scale[:, None], model.intercept_
    if len(present) == 2:  # one column then, of the second label against the first
        coefficients, intercept = coefficients * [-0.5, 0.5], intercept * [-0.5, 0.5]
    weights[:, present] = coefficients
    bias[present] = intercept - centre @ coefficients
    return weights, bias


def surprise(logits: Floats, examples: Examples, settings: Settings) -> float:
    """Return the mean negative log-probability of the right labels, over labels where these are to count alike."""
    answers, top = examples.answers, logits.max(1)
    costs = np.log(np.exp(logits - top[:, None]).sum(1)) + top - logits[np.arange(len(answers)), answers]
    return float(np.average(costs, weights=importance(examples, settings)))


def _best(
    seen: tuple[Floats, Examples], held: tuple[Floats, Examples], settings: Settings, progress: Report | None
) -> float:
    """Return the strength under which the labels of the held-out pictures are likeliest."""
    best, least = STRENGTHS[0], np.inf
    for tried, strength in enumerate(STRENGTHS):
        weights, bias = learned(*seen, strength, settings)
        cost = surprise(held[0] @ weights + bias, held[1], settings)
        if progress is not None:
            progress(Progress("penalties", tried + 1, len(STRENGTHS)))
        if cost > _WORSE * least:
            break
        if cost < least:
            best, least = strength, cost
    return best


def importance(examples: Examples, settings: Settings) -> Floats | None:
    """Return how much each example counts, ``(n,)`` float32; None for all alike."""
    if not settings.balanced:
        return examples.weights
    balanced = compute_sample_weight("balanced", examples.answers).astype(np.float32)
    return np.asarray(balanced if examples.weights is None else balanced * examples.weights, dtype=np.float32)
