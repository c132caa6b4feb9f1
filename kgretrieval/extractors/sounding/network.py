"""The network of tones, in NumPy: a recurrent network over words, and two readings of it.

Words are projected and read by a gated recurrent network in both directions (K. Cho et al., "Learning Phrase
Representations using RNN Encoder-Decoder", EMNLP 2014). A sentence's tone is read from its states, pooled by attention
and by their maxima; what it says about a name is read from the same states, each joined with its distance to the name
and its path to it through the tree. Products of matrices are made in double precision and rounded: in single precision
what a row gives depends on its place in the batch, and a sentence is to have the same tone in whatever company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

#: Sentences in a batch, always.
ROWS = 64
#: Words of a sentence at most; lengths of batches are multiples of `STEP`.
LONGEST, STEP = 64, 8


def batches(lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield (padded length, places) of sentences that are read together, `ROWS` at most."""
    by_length: dict[int, list[int]] = {}
    for place, length in enumerate(lengths):
        by_length.setdefault(-(-length // STEP) * STEP, []).append(place)
    for length, places in sorted(by_length.items()):
        for first in range(0, len(places), ROWS):
            yield length, places[first : first + ROWS]


class Network:
    """Layers that read sentences.

    Parameters
    ----------
    layers : mapping
        Float32 arrays by the names that the training gave them.
    """

    def __init__(self, layers: Mapping[str, Floats]) -> None:
        self._w = layers
        self._turned = {name: np.ascontiguousarray(w.T, np.float64) for name, w in layers.items() if w.ndim == 2}

    def _times(self, name: str, x: Floats) -> Floats:
        """Return rows times a matrix of the layers, turned."""
        return (x.astype(np.float64) @ self._turned[name]).astype(np.float32)

    def words(self, vectors: Floats, own: Numbers) -> Floats:
        """Return (n, width) words as the recurrent layers read them.

        Parameters
        ----------
        vectors : array of float32
            (n, 384): what the token table has.
        own : array of int64
            (n,): rows in the network's own table, 0 for none.
        """
        projected = np.tanh(self._times("project.weight", vectors) + self._w["project.bias"])
        return np.concatenate([projected, self._w["own.weight"][own]], 1)

    def states(self, x: Floats, lengths: Numbers) -> Floats:
        """Return (n, length, 2 hidden) states of padded sentences (n, length, width)."""
        steps = np.arange(x.shape[1])
        turned = np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)[..., None]
        behind = self._recur("behind", np.take_along_axis(x, turned, 1))
        return np.concatenate([self._recur("ahead", x), np.take_along_axis(behind, turned, 1)], 2)

    def tones(self, states: Floats, lengths: Numbers) -> Floats:
        """Return (n, tones) scores."""
        return self._linear("tone", self._pooled("weigh", states, lengths))

    def about(self, states: Floats, lengths: Numbers, distances: Numbers, paths: Numbers) -> Floats:
        """Return (n, 3) scores of names, given (n, length) distances and paths of the words to them."""
        near, way = self._w["distance.weight"][distances], self._w["path.weight"][paths]
        mixed = np.tanh(self._linear("mix", np.concatenate([states, near, way], 2)))
        inside = (distances == 0) & (np.arange(states.shape[1]) < lengths[:, None])
        share = inside / np.maximum(inside.sum(1, keepdims=True), 1)
        name = (states * share[..., None].astype(np.float32)).sum(1)
        both = np.concatenate([self._pooled("weigh_towards", mixed, lengths), name], 1)
        return self._linear("towards", np.tanh(self._linear("join", both)))

    def _linear(self, name: str, x: Floats) -> Floats:
        flat = self._times(f"{name}.weight", x.reshape(-1, x.shape[-1])) + self._w[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _pooled(self, name: str, states: Floats, lengths: Numbers) -> Floats:
        """Return (n, 2 width): the mean by attention, and the largest of each number over the sentence."""
        beyond = np.arange(states.shape[1]) >= lengths[:, None]
        weights = np.where(beyond, -np.inf, self._linear(name, states)[..., 0])
        shares = np.exp(weights - weights.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        mean = (shares[..., None].astype(np.float32) * states).sum(1)
        return np.concatenate([mean, np.where(beyond[..., None], np.float32(-2), states).max(1)], 1)

    def _recur(self, name: str, x: Floats) -> Floats:
        """Return (n, length, hidden) states of one direction."""
        n, length, width = x.shape
        inner, bias = self._turned[f"{name}.weight_hh_l0"], self._w[f"{name}.bias_hh_l0"]
        hidden = len(inner)
        outer = self._times(f"{name}.weight_ih_l0", x.transpose(1, 0, 2).reshape(-1, width))
        outer = (outer + self._w[f"{name}.bias_ih_l0"]).reshape(length, n, -1)
        state = np.zeros((n, hidden), np.float32)
        found = np.empty((length, n, hidden), np.float32)
        for step in range(length):
            given = (state.astype(np.float64) @ inner).astype(np.float32) + bias
            gates = _sigmoid(outer[step, :, : 2 * hidden] + given[:, : 2 * hidden])
            reset, keep = gates[:, :hidden], gates[:, hidden:]
            new = np.tanh(outer[step, :, 2 * hidden :] + reset * given[:, 2 * hidden :])
            state = new + keep * (state - new)
            found[step] = state
        return found.transpose(1, 0, 2)


def _sigmoid(x: Floats) -> Floats:
    half = np.float32(0.5)
    found: Floats = half * np.tanh(half * x) + half
    return found
