"""Heads made small: weights of eight bits with a scale, and packed lists of words, as they lie in the file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Floats, Item, Model, Reason, State
from kgretrieval.classify.head import Head

#: What the name of an array of scales ends in.
SCALE = ".scale"
#: What the name of a packed list of bytes ends in.
PACKED = ".zlib"
_MOST = 127
#: Lists of numbers shorter than this stay as they are.
_SHORT = 256


class Small:
    """A model whose file holds eight bits for a weight; it computes as the full one does, with rounded weights."""

    def __init__(self, model: Model, packed: State) -> None:
        self.kind = model.kind
        self.labels = model.labels
        self._model = model
        self._packed = packed

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits."""
        return self._model.scores(items)

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return what in the text moved the score of a label most."""
        return self._model.reasons(item, label, most=most)

    def state(self) -> State:
        """Return what the file must hold."""
        return self._packed


def smaller(head: Head) -> Head:
    """Return the head with its matrices in eight bits, its long lists of numbers in sixteen, its lists of words packed.

    The card stays as it was: what the rounding costs is for the caller to measure.
    """
    from kgretrieval.classify import restore

    state = head.model.state()
    if is_packed(state):
        return head
    packed = pack(state)
    return Head(restore(head.card.model, head.labels, packed), head.card)


def is_packed(state: State) -> bool:
    """Return whether a state is what `pack` returns."""
    return any(name.endswith((SCALE, PACKED)) for name in state.arrays)


def pack(state: State) -> State:
    """Return a state with every matrix of float32 as int8, each row or column, whichever are fewer, with its scale.

    Examples
    --------
    >>> small = pack(State({"weights": np.array([[1.0, -0.5], [0.25, 0.0], [0.5, 0.5]], np.float32)}))
    >>> small.arrays["weights"].tolist(), small.arrays["weights.scale"].shape
    ([[127, -127], [32, 0], [64, 127]], (1, 2))
    """
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, array in state.arrays.items():
        if array.dtype == np.float32 and array.ndim >= 2 and array.size:
            axes = tuple(axis for axis in range(array.ndim) if axis != int(np.argmin(array.shape)))
            scale = np.abs(array).max(axis=axes, keepdims=True) / _MOST
            scale = np.where(scale > 0, scale, 1).astype(np.float32)
            arrays[name] = np.rint(array / scale).astype(np.int8)
            arrays[name + SCALE] = scale
        elif array.dtype == np.float32 and array.size >= _SHORT:
            arrays[name] = array.astype(np.float16)
        elif array.dtype == np.uint8 and array.ndim == 1 and array.size >= _SHORT:
            arrays[name + PACKED] = np.frombuffer(zlib.compress(array.tobytes(), 9), np.uint8)
        else:
            arrays[name] = array
    return State(arrays, state.settings)


def unpack(state: State) -> State:
    """Return a state as it was before `pack`, but for the rounding."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, array in state.arrays.items():
        if name.endswith(SCALE):
            continue
        if name.endswith(PACKED):
            arrays[name.removesuffix(PACKED)] = np.frombuffer(zlib.decompress(array.tobytes()), np.uint8)
            continue
        scale = state.arrays.get(name + SCALE)
        full = array.astype(np.float32) if array.dtype == np.float16 else array
        arrays[name] = full if scale is None else full.astype(np.float32) * scale
    return State(arrays, state.settings)
