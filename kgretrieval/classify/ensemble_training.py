"""Training of an ensemble: each model by its own trainer, then how much each counts.

On development parts of public sets it was a little better than both models where they are about as good (airline
tweets: .852 over .847 and .838), and no better than the LSTM where that is far ahead (short reviews, questions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kgretrieval.classify import trainer
from kgretrieval.classify.base import Examples, Fit, Floats, Model, Report, Settings
from kgretrieval.classify.calibrate import temperature
from kgretrieval.classify.ensemble import Ensemble, Voice, log_softmax

#: Who votes.
KINDS = ("linear", "lstm")
#: Parts of the vote that are tried.
_STEPS = 20


def fit(kind: str) -> Fit:
    """Return the function that trains ensembles; there is one kind."""
    return train_ensemble


def train_ensemble(
    train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
) -> Ensemble:
    """Train a model of each of `KINDS` and weigh them by how well they do together on the validation examples.

    Raises
    ------
    UsageError
        As their trainers do.
    """
    models = [trainer(kind)(train, validation, _share(kind, settings), progress) for kind in KINDS]
    return weighed(models, validation)


def weighed(models: Sequence[Model], validation: Examples) -> Ensemble:
    """Return the ensemble of two models with the weight by which they fit the validation examples best."""
    scores = [model.scores(validation.items) for model in models]
    degrees = [temperature(each, validation.answers) for each in scores]
    first, second = (log_softmax(each / np.float32(t)) for each, t in zip(scores, degrees, strict=True))
    parts = np.arange(_STEPS + 1) / _STEPS
    # Half each where all fit the same: the middle comes first.
    parts = parts[np.argsort(np.abs(parts - 0.5), kind="stable")]
    losses = [_loss(part * first + (1 - part) * second, validation) for part in parts]
    best = float(parts[int(np.argmin(losses))])
    voices = [Voice(m, t, w) for m, t, w in zip(models, degrees, (best, 1 - best), strict=True)]
    return Ensemble(models[0].labels, voices)


def _loss(scores: Floats, validation: Examples) -> float:
    """Return the mean negative log-likelihood of the answers at the temperature that suits the scores."""
    scores = log_softmax(scores / np.float32(temperature(scores, validation.answers)))
    return -float(scores[np.arange(len(validation)), validation.answers].mean())


def _share(kind: str, settings: Settings) -> Settings:
    """Return the settings of one model: the checkpoint is that of the net, which takes long."""
    return settings if kind != "linear" else replace(settings, checkpoint=None)
