"""What the embedded model knows of a word, as further input of the tagger: its token table through a learned map.

The table is that of the encoder `mini` (English, German and Chinese words, n-grams of the rest): it is younger than the
tagger's own vectors and costs no further bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders._table import TokenTable
from kgretrieval.encoders._weights import MODELS, WeightFile
from kgretrieval.encoders._words import Tokens, runs
from kgretrieval.encoders.mini_text import read_tokens
from kgretrieval.errors import ModelError

Floats = npt.NDArray[np.float32]
#: Width of a row of the table.
WIDTH = 384
# Rows are of length one to three: this gives numbers of about the size of the tagger's other inputs.
_SCALE = np.float32(8)
# How German the words of a text in this language are to `Tokens`: decides between two meanings of one form.
_LEANS = {"de": 60, "en": -60}
_BLOCK = 2000
_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
#: How many rows next to each other a word has: in Chinese that of its word behind that of the character.
SLOTS = {"en": 1, "de": 1, "zh": 2}

Found = tuple[tuple[int, ...], tuple[float, ...]]


class Unit(NamedTuple):
    """A Chinese character as the tagger sees it: with the word it is part of, and where in that word it stands."""

    word: str
    whole: str
    place: int


class Bag(NamedTuple):
    """What stands for each of some words: (k,) rows, how much each counts, and where the rows of each word begin."""

    rows: npt.NDArray[np.int64]
    shares: Floats
    starts: npt.NDArray[np.int64]


class Meanings:
    """The token table as the tagger reads it.

    Parameters
    ----------
    language : str
        ``"en"``, ``"de"`` or ``"zh"``. A Chinese word is a `Unit`: its rows are that of the character and, after all
        rows of the table, that of the word which the character is part of.
    expected : str, optional
        SHA-256 of the text tower that the table must come from.

    Raises
    ------
    ModelError
        If it comes from another one.
    """

    def __init__(self, language: str, expected: str = "") -> None:
        seen = mini_hash()
        if expected and seen != expected:
            message = f"the tagger reads words by the token table {expected[:12]} of mini, not by {seen[:12]}"
            raise ModelError(f"{message}; install kgretrieval again")
        self.tokens, self._table, self._count = _shared()
        self._slots = SLOTS[language]
        self._lean = _LEANS.get(language, 0)
        self._known: dict[Unit | str, Found] = {}

    @property
    def width(self) -> int:
        """Numbers of a word in `vectors`."""
        return self._slots * WIDTH

    def bag(self, words: Sequence[Unit | str]) -> Bag:
        """Return what stands for each word: its rows or, of one that is not known, those of its n-grams."""
        known = self._known
        if len(known) > 1 << 17:
            known = self._known = {}
        for word in words:
            if word not in known:
                known[word] = self._find(word) if isinstance(word, str) else self._find_unit(word)
        found = [known[word] for word in words]
        starts = np.zeros(len(found), np.int64)
        np.cumsum([len(rows) for rows, _ in found[:-1]], out=starts[1:])
        rows = np.fromiter((row for rows, _ in found for row in rows), np.int64)
        shares = np.fromiter((share for _, shares in found for share in shares), np.float32)
        return Bag(rows, shares, starts)

    def _find(self, word: str) -> Found:
        rows: list[int] = []
        for run, han in runs(word):
            rows += self.tokens.segments(run)[0][:1] if han else self.tokens.word(run, self._lean)[0]
        return tuple(rows), (1.0 / max(len(rows), 1),) * len(rows)

    def _find_unit(self, unit: Unit) -> Found:
        rows, shares = self._find(unit.word)
        whole = self.tokens.segments(unit.whole)[0][:1] if len(unit.whole) > 1 else []
        return (*rows, *(row + self._count for row in whole)), (*shares, *(1.0 for _ in whole))

    def vectors(self, words: Sequence[Unit | str]) -> Floats:
        """Return (n, `width`) weighted sums of the rows of each word; zeros for what is no word."""
        bag = self.bag(words)
        owners = np.repeat(np.arange(len(words)), np.diff(np.append(bag.starts, len(bag.rows))))
        out = np.zeros((len(words), self._slots, WIDTH), np.float32)
        for slot in range(self._slots):
            own = bag.rows // self._count == slot
            filled, places = np.unique(owners[own], return_inverse=True)
            if len(filled):
                rows = bag.rows[own] - slot * self._count
                out[filled, slot] = self._table.sums(rows, bag.shares[own], places, len(filled)) * _SCALE
        return out.reshape(len(words), self.width)

    def through(self, weights: Floats) -> Floats:
        """Return the table times ``(out, width)`` weights: for each slot all its rows, ``(slots * rows, out)``."""
        mapped = np.empty((self._slots, self._count, len(weights)), np.float32)
        for first in range(0, self._count, _BLOCK):
            block = np.arange(first, min(first + _BLOCK, self._count))
            rows = self._table.sums(block, np.ones(len(block), np.float32), block - first, len(block)) * _SCALE
            for slot in range(self._slots):
                mapped[slot, block] = rows @ weights[:, slot * WIDTH : (slot + 1) * WIDTH].T
        return mapped.reshape(-1, len(weights))


def units(words: Sequence[str], tokens: Tokens) -> list[Unit | str]:
    """Return the characters and other words of a Chinese text, each character with the word it is part of."""
    out: list[Unit | str] = list(words)
    text = "".join(word if is_han(word) else "\n" * len(word) for word in words)
    place = {}
    at = 0
    for i, word in enumerate(words):
        place[at] = i
        at += len(word)
    for match in _HAN_RUN.finditer(text):
        start = match.start()
        for whole in tokens.cut(match.group()):
            for offset in range(len(whole)):
                i = place[start + offset]
                out[i] = Unit(words[i], whole, place_in(offset, len(whole)))
            start += len(whole)
    return out


def place_in(offset: int, length: int) -> int:
    """Return 0 for a word of one character, 1 for the first, 2 for one inside, 3 for the last."""
    if length == 1:
        return 0
    return 1 if offset == 0 else 3 if offset == length - 1 else 2


def is_han(word: str) -> bool:
    return len(word) == 1 and _HAN_RUN.match(word) is not None


def mini_hash() -> str:
    """Return the SHA-256 that the package gives for the text tower of `mini`."""
    described: dict[str, Any] = json.loads((MODELS / "mini.json").read_text(encoding="utf-8"))
    found: str = described["files"]["text"]["sha256"]
    return found


@lru_cache(maxsize=1)
def _shared() -> tuple[Tokens, TokenTable, int]:
    file = WeightFile(MODELS / "mini-text.safetensors")
    return read_tokens(file), TokenTable(file, "table"), len(file.raw("table.scale"))
