"""Text and picture together: one model of both (early fusion), or one of each whose answers are mixed (late fusion).

C. Snoek, M. Worring and A. Smeulders, "Early versus Late Fusion in Semantic Video Analysis", ACM Multimedia 2005. In
NumPy alone, as its parts are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kgretrieval.classify import linear, picture
from kgretrieval.classify.base import Floats, Item, Reason, State
from kgretrieval.classify.linear import LinearModel
from kgretrieval.classify.picture import PictureModel
from kgretrieval.errors import UsageError


class EarlyModel:
    """The linear model of a text and a weight for each entry of the picture's vector, learned together.

    A picture counts by how it differs from the mean one; an item without a picture is as one with the mean picture.

    Parameters
    ----------
    text : LinearModel
    centre : numpy.ndarray
        ``(width,)`` float32: the mean picture of the training.
    weights : numpy.ndarray
        ``(width, outputs)`` float32; two labels have one output.
    """

    kind = "early"

    def __init__(self, text: LinearModel, centre: Floats, weights: Floats) -> None:
        self.labels = text.labels
        self.text = text
        self.centre = np.asarray(centre, dtype=np.float32)
        self.weights = np.asarray(weights, dtype=np.float32)

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits.

        Raises
        ------
        UsageError
            If a picture was made with another encoder.
        """
        found = self.text.scores(items)
        rows = with_pictures(items)
        if len(rows):
            seen = (picture.picture_rows([items[row] for row in rows], len(self.centre)) - self.centre) @ self.weights
            found[rows] += np.hstack([-seen, seen]) if len(self.labels) == 2 else seen
        return found

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words that moved the score of a label most; `kgretrieval.classify.regions` sees to the picture."""
        return self.text.reasons(item, label, most=most)

    def state(self) -> State:
        """Return what a file must hold."""
        arrays, settings = _packed("text", self.text.state())
        return State({**arrays, "picture.centre": self.centre, "picture.weights": self.weights}, settings)


class LateModel:
    """A model of the text and one of the picture: the sum of their log-probabilities, each times its weight.

    An item that lacks one of the two is sorted by the other alone.

    Parameters
    ----------
    text : LinearModel
    seen : PictureModel
    weights : tuple of float
        By what the scores of the text's and the picture's model are multiplied.
    """

    kind = "late"

    def __init__(self, text: LinearModel, seen: PictureModel, weights: tuple[float, float]) -> None:
        self.labels = text.labels
        self.text = text
        self.picture = seen
        self.weights = weights

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits.

        Raises
        ------
        UsageError
            If an item has neither text nor picture, or a picture was made with another encoder.
        """
        empty = [place for place, item in enumerate(items) if not item.text.strip() and item.picture is None]
        if empty:
            raise UsageError(f"item {empty[0] + 1} of {len(items)} has neither a text nor a picture")
        found = np.zeros((len(items), len(self.labels)), np.float32)
        written = [place for place, item in enumerate(items) if item.text.strip()]
        shown = with_pictures(items)
        if written:
            found[written] += np.float32(self.weights[0]) * self.text.scores([items[row] for row in written])
        if len(shown):
            found[shown] += np.float32(self.weights[1]) * self.picture.scores([items[row] for row in shown])
        return found

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words that moved the score of a label most; `kgretrieval.classify.regions` sees to the picture."""
        found = self.text.reasons(item, label, most=most)
        return tuple(Reason(one.text, one.start, one.end, one.weight * self.weights[0]) for one in found)

    def state(self) -> State:
        """Return what a file must hold."""
        arrays, settings = _packed("text", self.text.state())
        more, _ = _packed("picture", self.picture.state())
        return State({**arrays, **more}, {**settings, "weights": list(self.weights)})


def restore(kind: str, labels: tuple[str, ...], state: State) -> EarlyModel | LateModel:
    """Return the model that a file holds.

    Raises
    ------
    ModelError
        If it was trained on the vectors of other weights than are embedded here.
    """
    text = linear.restore("linear", labels, State(_part("text", state.arrays), state.settings["text"]))
    seen = _part("picture", state.arrays)
    if kind == "early":
        return EarlyModel(text, seen["centre"], seen["weights"])
    first, second = state.settings["weights"]
    return LateModel(text, picture.restore("picture", labels, State(seen)), (float(first), float(second)))


def with_pictures(items: Sequence[Item]) -> list[int]:
    """Return the places of the items that have a picture."""
    return [place for place, item in enumerate(items) if item.picture is not None]


def _packed(name: str, state: State) -> tuple[dict[str, Any], dict[str, Any]]:
    return {f"{name}.{key}": array for key, array in state.arrays.items()}, {name: dict(state.settings)}


def _part(name: str, arrays: Mapping[str, Any]) -> dict[str, Any]:
    start = f"{name}."
    return {key.removeprefix(start): array for key, array in arrays.items() if key.startswith(start)}
