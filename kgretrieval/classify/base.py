"""What a classifier is: items in, a score for each label out, with reasons."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from kgretrieval.types import Progress

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What is to be sorted: a text, a picture or both.

    Attributes
    ----------
    text : str
        ``""`` for a picture alone.
    language : str
    picture : array of float32, optional
        ``(width,)``, of unit length: what an encoder made of the picture (`Card.pictures` says which one).
    """

    text: str = ""
    language: str = "en"
    picture: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Items with the labels that they are known to have.

    Attributes
    ----------
    items : tuple of Item
    answers : array of int64
        ``(n,)``: the place of each item's label in `labels`.
    labels : tuple of str
        All labels, ordered, also those that no item here has.
    weights : array of float32, optional
        ``(n,)``: how much each item counts in training, 1 each where not given.
    """

    items: tuple[Item, ...]
    answers: Numbers
    labels: tuple[str, ...]
    weights: Floats | None = None

    def __len__(self) -> int:
        return len(self.items)

    def chosen(self, places: Sequence[int] | Numbers) -> Examples:
        """Return the examples at these places, in that order."""
        rows = np.asarray(places, dtype=np.int64)
        weights = None if self.weights is None else self.weights[rows]
        return Examples(tuple(self.items[i] for i in rows.tolist()), self.answers[rows], self.labels, weights)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is trained.

    Attributes
    ----------
    seed : int
        The same seed, data and machine give the same model.
    seconds : float
        About how long training may take; 0 for no limit.
    vectors : str
        Word vectors of the nets: ``"mini"`` (the embedded token table), ``"learned"``, or a file of vectors in
        the text form of word2vec and GloVe.
    balanced : bool
        Whether rare labels count as much as frequent ones.
    epochs : int
        Passes over the data at most; 0 for what suits the model.
    checkpoint : pathlib.Path, optional
        A file that holds the state of the training after every pass; a training that finds it goes on from there.
    """

    seed: int = 0
    seconds: float = 0.0
    vectors: str = "mini"
    balanced: bool = False
    epochs: int = 0
    checkpoint: Path | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A stretch of an item's text and how much it speaks for (above 0) or against a label, in units of the score.

    For a model that is a sum over words `weight` is exact: what the score would be without it, taken off the score.
    """

    text: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class State:
    """A model as it lies in a file: arrays by name, and settings that JSON can hold."""

    arrays: Mapping[str, npt.NDArray[Any]]
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Bytes of the arrays."""
        return sum(array.nbytes for array in self.arrays.values())


@runtime_checkable
class Model(Protocol):
    """A trained model: pure functions of items. It needs no training code.

    Attributes
    ----------
    kind : str
        The name by which `kgretrieval.classify` finds its modules: ``"linear"``, ``"cnn"``.
    labels : tuple of str
    """

    kind: str
    labels: tuple[str, ...]

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32: logits, of which a softmax gives probabilities."""
        ...

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return what in the text moved the score of a label most, the strongest first."""
        ...

    def state(self) -> State:
        """Return what a file must hold; the module's ``restore(labels, state)`` makes the same model of it."""
        ...


class Fit(Protocol):
    """What the training module of a kind of model offers as ``fit``."""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> Model:
        """Return a model trained on `train`; `validation` decides when to stop and between variants."""
        ...


@runtime_checkable
class CrossFit(Protocol):
    """What a trainer offers beside `Fit` that is quick enough to train one model for each part left out."""

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[Model, Floats]:
        """Return a model trained on all examples, and for each the scores of a model that has not seen it.

        Parameters
        ----------
        examples : Examples
        folds : array of int64
            ``(n,)``: the examples of a fold are left out together.
        """
        ...
