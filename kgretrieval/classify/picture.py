"""Pictures by what an encoder sees: a linear model on the vector of a picture, in NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kgretrieval.classify.base import Floats, Item, Reason, State
from kgretrieval.errors import UsageError


class PictureModel:
    """A weight for each label and entry of a picture's vector.

    Parameters
    ----------
    labels : tuple of str
    weights : numpy.ndarray
        ``(width, labels)`` float32.
    bias : numpy.ndarray
        ``(labels,)`` float32.
    """

    kind = "picture"

    def __init__(self, labels: tuple[str, ...], weights: Floats, bias: Floats) -> None:
        self.labels = labels
        self.weights = np.asarray(weights, dtype=np.float32)
        self.bias = np.asarray(bias, dtype=np.float32)

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits.

        Raises
        ------
        UsageError
            If an item has no picture, or one of another width.
        """
        found: Floats = picture_rows(items, len(self.weights)) @ self.weights + self.bias
        return found

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return nothing: no word moved the score. `kgretrieval.classify.regions` finds the region that did."""
        return ()

    def state(self) -> State:
        """Return the weights and the bias."""
        return State({"weights": self.weights, "bias": self.bias})


def restore(kind: str, labels: tuple[str, ...], state: State) -> PictureModel:
    """Return the model of a state."""
    return PictureModel(labels, state.arrays["weights"], state.arrays["bias"])


def picture_rows(items: Sequence[Item], width: int = 0) -> Floats:
    """Return the vectors of the items' pictures as ``(n, width)`` float32.

    Parameters
    ----------
    items : sequence of Item
    width : int
        What each must have; 0 for that of the first.

    Raises
    ------
    UsageError
        If an item has no picture, or one of another width.
    """
    rows = []
    for place, item in enumerate(items):
        if item.picture is None:
            raise UsageError(f"item {place + 1} of {len(items)} has no picture, and this model looks at pictures alone")
        width = width or len(item.picture)
        if len(item.picture) != width:
            raise UsageError(
                f"the picture of item {place + 1} has {len(item.picture)} values and the model takes {width}: "
                "it was made with another encoder; train the model again with this one"
            )
        rows.append(item.picture)
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), width)
