"""Sorting texts and pictures by the user's own labels: models behind one protocol, with honest probabilities.

`MODELS` lists the kinds of model. A kind has a module that runs it (``restore``) and one that trains it (``fit``);
neither is imported before it is needed, and what only predicts never imports the code that trains.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kgretrieval.errors import UsageError

if TYPE_CHECKING:
    from kgretrieval.classify.base import Fit, Model, State

__all__ = ["MODELS", "restore", "trainer"]


class _Kind(NamedTuple):
    """The modules of a kind of model, under `kgretrieval.classify`, and what it is in a few words."""

    runs: str
    trains: str
    takes: str
    what: str


#: By the name that the user writes.
MODELS: dict[str, _Kind] = {
    "linear": _Kind("linear", "linear_training", "text", "weighed words, a linear model"),
    "lstm": _Kind("nets.lstm", "nets.training", "text", "a bidirectional LSTM with attention pooling"),
    "cnn": _Kind("nets.cnn", "nets.training", "text", "convolutions over words (TextCNN)"),
    "transformer": _Kind("nets.transformer", "nets.training", "text", "a small transformer"),
    "ensemble": _Kind("ensemble", "ensemble_training", "text", "linear and lstm, each with its part in the vote"),
    "names": _Kind("zero_shot", "zero_shot", "text", "the names of the labels, no examples"),
    "picture": _Kind("picture", "picture_training", "picture", "a linear model on what the encoder sees"),
    "early": _Kind("fusion", "fusion_training", "both", "one model on text and picture together"),
    "late": _Kind("fusion", "fusion_training", "both", "a model of the text and one of the picture, joined"),
}


def restore(kind: str, labels: tuple[str, ...], state: State) -> Model:
    """Return the model that a file holds.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    from kgretrieval.classify.quantise import Small, is_packed, unpack

    packed = is_packed(state)
    full = unpack(state) if packed else state
    model: Model = import_module(f"kgretrieval.classify.{_known(kind).runs}").restore(kind, labels, full)
    return Small(model, state) if packed else model


def trainer(kind: str) -> Fit:
    """Return the function that trains models of a kind: ``fit(kind)``, then as `kgretrieval.classify.base.Fit`.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    fit: Fit = import_module(f"kgretrieval.classify.{_known(kind).trains}").fit(kind)
    return fit


def _known(kind: str) -> _Kind:
    if kind not in MODELS:
        raise UsageError(f"there is no model {kind!r}; choose from {', '.join(MODELS)}, or auto")
    return MODELS[kind]
