"""What the tagger sees of a word: its vector row, its letters, its shape, its presence in name lists."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

#: Letters read of each word; of a longer one the first ten and the last six.
WORD_LENGTH = 16
#: Row 0: padding, 1: any letter without a row of its own; then these.
ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    ".,:;!?'\"-_/\\()[]{}<>@#$%&*+=^~|`§°€£àáâãäåæçèéêëìíîïñòóôõöøùúûüýßšžčćłńśąęœÄÖÜÉ"
)
UNKNOWN_ROW, NUMBER_ROW = 0, 1
SHAPES = 14
CASES = 4

_CHARACTER = {character: index + 2 for index, character in enumerate(ALPHABET)}
# How corpora of the Penn Treebank write straight quotes.
_QUOTES = frozenset({"``", "''"})
_TYPOGRAPHIC = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "."})


def word_key(word: str) -> int:
    """Return the 32-bit key under which a word stands in the model's table, whatever its case."""
    return zlib.crc32(word.lower().encode("utf-8", "surrogatepass"))


def plain_form(word: str) -> str:
    """Return a word with typewriter quotes, dashes and dots."""
    return '"' if word in _QUOTES else word.translate(_TYPOGRAPHIC)


@lru_cache(maxsize=1 << 16)
def character_ids(word: str) -> bytes:
    """Return `WORD_LENGTH` rows of the letter table, one byte each, padded with zeros."""
    word = plain_form(word)
    if len(word) > WORD_LENGTH:
        word = word[:10] + word[-6:]
    return bytes(map(_character_id, word)).ljust(WORD_LENGTH, b"\0")


def _character_id(character: str) -> int:
    found = _CHARACTER.get(character)
    if found is None:
        found = _CHARACTER.get(unicodedata.normalize("NFD", character)[0], 1)
    return found


@lru_cache(maxsize=1 << 16)
def shape_id(word: str) -> int:
    """Return which of `SHAPES` kinds of spelling a word has."""
    if word.isalpha():
        return _letters_shape(word)
    if any(map(str.isdigit, word)):
        return 7 if any(map(str.isalpha, word)) else 6
    if not any(map(str.isalpha, word)):
        return 8
    if word[0] in "@#":
        return 9
    if "-" in word:
        return 10 if word[0].isupper() else 11
    if word[0].isupper():
        return 12
    return 13


def _letters_shape(word: str) -> int:
    if word.islower():
        return 0
    if len(word) == 1:
        return 1 if word.isupper() else 0
    if word.isupper():
        return 2 if len(word) <= 4 else 3
    return 4 if word[1:].islower() else 5


def case_id(words: Sequence[str]) -> int:
    """Return how a sentence is set: 0 usual, 1 no capitals, 2 all capitals, 3 every word capitalised."""
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    if not letters:
        return 0
    upper = sum(map(str.isupper, letters))
    capital = sum(word[0].isupper() for word in letters)
    if capital == 0:
        return 1
    if upper >= 0.8 * len(letters):
        return 2
    long = [word for word in letters if len(word) > 3]
    if len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.85 * len(long):
        return 3
    return 0


class WordTable:
    """Rows of the vector table and name-list flags, found by the key of a word."""

    def __init__(
        self, keys: npt.NDArray[np.uint32], rows: npt.NDArray[np.uint16], flags: npt.NDArray[np.uint8]
    ) -> None:
        self._keys, self._rows, self._flags = keys, rows, flags
        self._known: dict[str, tuple[int, int]] = {}

    def look_up(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return (row, flags) of each word.

        A word that is not in the table is looked up without its hyphenated front; numbers share one row.
        """
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if len(known) + len(new) > 1 << 17:
            known = self._known = {}
            new = list(dict.fromkeys(words))
        if new:
            known.update(zip(new, self._find(new), strict=True))
        return [known[word] for word in words]

    def _find(self, words: Sequence[str]) -> list[tuple[int, int]]:
        plain = [plain_form(word).lstrip("#@") or word for word in words]
        whole, last = self._exact(plain), self._exact([word.rpartition("-")[2] or word for word in plain])
        found = []
        for word, first, second in zip(plain, whole, last, strict=True):
            row, flags = first if first[0] > NUMBER_ROW else (second[0], first[1])
            if row <= NUMBER_ROW:
                row = NUMBER_ROW if any(map(str.isdigit, word)) else UNKNOWN_ROW
            found.append((row, flags))
        return found

    def _exact(self, words: Sequence[str]) -> list[tuple[int, int]]:
        wanted = np.fromiter((word_key(word) for word in words), np.uint32, len(words))
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = self._keys[places] == wanted
        rows = np.where(hit, self._rows[places], UNKNOWN_ROW)
        flags = np.where(hit, self._flags[places], 0)
        return list(zip(rows.tolist(), flags.tolist(), strict=True))
