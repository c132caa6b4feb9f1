"""Sentences and names in, scores out: the shipped network with its words."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.sounding.network import LONGEST, ROWS, Network, batches
from kgretrieval.extractors.sounding.weights import read_card, read_layers
from kgretrieval.extractors.sounding.words import Vectors, Word

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

#: Words whose vectors are kept; about 15 MB.
REMEMBERED = 50_000


class Named(NamedTuple):
    """A sentence with a name in it: its words, their distances to the name and the numbers of their paths to it."""

    words: Sequence[Word]
    distances: Sequence[int]
    paths: Sequence[int]


class Reader:
    """What reads tones; weights are loaded at the first text. It may be used by several threads."""

    def __init__(self) -> None:
        self._rows = {word: i + 1 for i, word in enumerate(read_card("sentiment").words)}
        self._known: dict[str, Floats] = {}
        self._lock = threading.Lock()

    @cached_property
    def _vectors(self) -> Vectors:
        return Vectors()

    @cached_property
    def _tones(self) -> Network:
        return Network(read_layers("sentiment"))

    @cached_property
    def _both(self) -> Network:
        layers: Mapping[str, Any] = {**read_layers("sentiment"), **read_layers("towards")}
        return Network(layers)

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """Return the words of a stretch of text."""
        return self._vectors.words(text, start, end)

    def tones(self, sentences: Sequence[Sequence[Word]]) -> Floats:
        """Return (n, tones) scores of sentences of `LONGEST` words at most, one at least."""
        found = np.zeros((len(sentences), len(read_card("sentiment").labels)), np.float32)
        for length, places in batches([len(words) for words in sentences]):
            x, lengths = self._inputs([sentences[i] for i in places], length)
            network = self._tones
            found[places] = network.tones(network.states(x, lengths), lengths)[: len(places)]
        return found

    def about(self, names: Sequence[Named]) -> tuple[Floats, Floats]:
        """Return (n, 3) scores of what is said about names, and (n, tones) scores of their sentences."""
        found = np.zeros((len(names), len(read_card("towards").labels)), np.float32)
        tones = np.zeros((len(names), len(read_card("sentiment").labels)), np.float32)
        network = self._both
        for length, places in batches([len(name.words) for name in names]):
            chosen = [names[i] for i in places]
            x, lengths = self._inputs([name.words for name in chosen], length)
            far = _padded([name.distances for name in chosen], length)
            ways = _padded([name.paths for name in chosen], length)
            states = network.states(x, lengths)
            found[places] = network.about(states, lengths, far, ways)[: len(places)]
            tones[places] = network.tones(states, lengths)[: len(places)]
        return found, tones

    def _inputs(self, sentences: Sequence[Sequence[Word]], length: int) -> tuple[Floats, Numbers]:
        """Return (ROWS, length, width) words and (ROWS,) lengths; rows beyond the sentences are padding."""
        with self._lock:
            self._learn({word.key for words in sentences for word in words})
            width = len(next(iter(self._known.values())))
            x = np.zeros((ROWS, length, width), np.float32)
            lengths = np.ones(ROWS, np.int64)
            for i, words in enumerate(sentences):
                x[i, : len(words)] = [self._known[word.key] for word in words]
                lengths[i] = len(words)
        return x, lengths

    def _learn(self, keys: set[str]) -> None:
        """Remember what these words look like to the network, always as many at once."""
        if len(self._known) > REMEMBERED:
            self._known = {}
        new = sorted(keys - self._known.keys())
        for first in range(0, len(new), ROWS):
            chosen = new[first : first + ROWS]
            full = [*chosen, *[chosen[0]] * (ROWS - len(chosen))]
            own = np.array([self._rows.get(key, 0) for key in full])
            self._known.update(zip(chosen, self._tones.words(self._vectors.of(full), own), strict=False))


def pieces(words: list[Word]) -> list[list[Word]]:
    """Return a sentence in pieces that are short enough for the network."""
    return [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]


def around(words: list[Word], start: int) -> list[Word]:
    """Return the stretch of a long sentence that has the word at `start` in its middle."""
    at = next((i for i, word in enumerate(words) if word.end > start), 0)
    first = max(0, min(at - LONGEST // 2, len(words) - LONGEST))
    return words[first : first + LONGEST]


def _padded(rows: Sequence[Sequence[int]], length: int) -> Numbers:
    found = np.zeros((ROWS, length), np.int64)
    for place, row in zip(found, rows, strict=False):
        place[: len(row)] = row
    return found
