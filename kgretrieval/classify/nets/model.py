"""A trained net: words to vectors by look-up, vectors to scores by torch, reasons by leaving words out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from kgretrieval.classify.base import Floats, Item, Reason, State
from kgretrieval.classify.left_out import left_out
from kgretrieval.classify.nets.network import Classifier, Pooled
from kgretrieval.classify.nets.reasons import likely
from kgretrieval.classify.nets.tokens import Words, read_words
from kgretrieval.classify.nets.vectors import Vectors, vectors_of_new_words
from kgretrieval.encoders._processor import on_each_core

Build = Callable[[int, Mapping[str, int]], Pooled]

#: Texts in a batch, always, and new words mapped at once: with shapes that do not depend on the company in which a
#: text comes, neither do the last bits of its scores.
ROWS = 16
#: Lengths to which texts are padded: each to the next one.
LENGTHS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384)
_LAYERS = "layer."


class WordTable:
    """The vector of each word: by look-up, or for a new word by the vectors that it was trained with.

    Parameters
    ----------
    words : sequence of str
    matrix : array of float32
        ``(len(words), width)``.
    map : array of float32
        ``(mapped, given width)``: from a given vector to the first numbers of a word's vector.
    unknown : array of float32
        ``(width - mapped,)``: the rest of the vector of a word that is not in the table.
    vectors : Vectors
        Where new words have their vectors from.
    """

    def __init__(self, words: Sequence[str], matrix: Floats, map: Floats, unknown: Floats, vectors: Vectors) -> None:
        self.words, self.matrix, self.map, self.unknown = tuple(words), matrix, map, unknown
        self._place = {word: i for i, word in enumerate(self.words)}
        self._vectors = vectors

    def read(self, texts: Sequence[Words]) -> tuple[Floats, list[npt.NDArray[np.int64]]]:
        """Return the vectors of all words of some texts, row 0 of zeros, and the rows of each text's words."""
        place: dict[str, int] = {}
        rows = [np.fromiter((place.setdefault(form, len(place) + 1) for form in t.forms), np.int64) for t in texts]
        known = np.fromiter((self._place.get(word, -1) for word in place), np.int64, len(place))
        out = np.zeros((len(place) + 1, self.matrix.shape[1]), np.float32)
        out[1:][known >= 0] = self.matrix[known[known >= 0]]
        new = [word for word, row in zip(place, known.tolist(), strict=True) if row < 0]
        if new:
            out[1:][known < 0] = self._new(new)
        return out, rows

    def _new(self, words: Sequence[str]) -> Floats:
        given = self._vectors.of(words) if self.map.shape[1] else np.zeros((len(words), 0), np.float32)
        if given.shape[1] != self.map.shape[1]:
            given = np.zeros((len(words), self.map.shape[1]), np.float32)
        full = -(-len(words) // ROWS) * ROWS
        padded = np.concatenate([given, np.zeros((full - len(words), given.shape[1]), np.float32)])
        blocks = [padded[first : first + ROWS] @ self.map.T for first in range(0, full, ROWS)]
        mapped = np.concatenate(blocks)[: len(words)]
        return np.concatenate([mapped, np.tile(self.unknown, (len(words), 1))], 1)


class Net:
    """A trained net with its words; `kind` says which net.

    Parameters
    ----------
    kind : str
    labels : tuple of str
    network : Classifier
    table : WordTable
    settings : Mapping
        ``sizes`` of the net; ``vectors`` and ``version``: what its words were read by; for the record, ``training``.
    """

    def __init__(
        self, kind: str, labels: tuple[str, ...], network: Classifier, table: WordTable, settings: Mapping[str, Any]
    ) -> None:
        self.kind, self.labels, self.table = kind, labels, table
        self._network, self._settings = network.eval(), dict(settings)

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return logits, ``(len(items), len(labels))`` float32; those of an item add up to 0.

        Each the same to the last bit in whatever company it comes. Words after the first
        `kgretrieval.classify.nets.tokens.LONGEST` are not read.
        """
        out = np.zeros((len(items), len(self.labels)), np.float32)
        if not items:
            return out
        vectors, rows = self.table.read([read_words(item.text, item.language) for item in items])
        batches = _batches([len(row) for row in rows])
        for places, found in zip(batches, on_each_core(lambda b: self._run(vectors, rows, b), batches), strict=True):
            out[places] = found
        out -= out.mean(1, keepdims=True)
        return out

    def _run(self, vectors: Floats, rows: Sequence[npt.NDArray[np.int64]], places: Sequence[int]) -> Floats:
        padded = np.zeros((ROWS, _padded(max(len(rows[place]) for place in places))), np.int64)
        lengths = np.ones(ROWS, np.int64)
        for i, place in enumerate(places):
            padded[i, : len(rows[place])] = rows[place]
            lengths[i] = max(len(rows[place]), 1)
        with torch.inference_mode():
            scores = self._network(torch.from_numpy(vectors[padded]), torch.from_numpy(lengths))
        return np.asarray(scores.numpy()[: len(places)], dtype=np.float32)

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words without which the score of a label would change most, the strongest first.

        The weight of a word is exact: the score of the text less that of the text without it.
        """
        read = read_words(item.text, item.language)
        return left_out(self, item, label, likely(read, self._slopes(read, label), most=most), most=most)

    def _slopes(self, read: Words, label: int) -> Floats:
        """Return for each word its vector times the gradient of a label's score: a first guess."""
        vectors, rows = self.table.read([read])
        if not len(rows[0]):
            return np.zeros(0, np.float32)
        words = torch.from_numpy(vectors[rows[0]])[None].requires_grad_()
        with torch.enable_grad():
            scores = self._network(words, torch.tensor([len(rows[0])]))[0]
            (slope,) = torch.autograd.grad(scores[label] - scores.mean(), words)
        return np.asarray((slope * words).sum(2)[0].detach().numpy(), dtype=np.float32)

    def state(self) -> State:
        """Return what a file must hold."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "words": np.frombuffer("\n".join(self.table.words).encode(), np.uint8),
            "table": self.table.matrix,
            "map": self.table.map,
            "unknown": self.table.unknown,
        }
        layers = self._network.state_dict()
        return State(arrays | {_LAYERS + name: layer.numpy() for name, layer in layers.items()}, self._settings)

    @classmethod
    def restored(cls, kind: str, labels: tuple[str, ...], state: State, build: Build) -> Net:
        """Return the model that a state describes; `build` makes its net from inputs and sizes."""
        arrays, settings = state.arrays, state.settings
        text = arrays["words"].tobytes().decode()
        vectors = vectors_of_new_words(settings["vectors"], settings["version"])
        words = text.split("\n") if text else []
        table = WordTable(words, arrays["table"], arrays["map"], arrays["unknown"], vectors)
        network = Classifier(build(table.matrix.shape[1], settings["sizes"]), len(labels))
        layers = {name.removeprefix(_LAYERS): array for name, array in arrays.items() if name.startswith(_LAYERS)}
        network.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in layers.items()})
        return cls(kind, labels, network, table, settings)


def _padded(length: int) -> int:
    return next(padded for padded in LENGTHS if length <= padded)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return batches of the places of texts that are padded to the same length."""
    groups: dict[int, list[int]] = defaultdict(list)
    for place, length in enumerate(lengths):
        groups[_padded(length)].append(place)
    return [group[i : i + ROWS] for _, group in sorted(groups.items()) for i in range(0, len(group), ROWS)]
