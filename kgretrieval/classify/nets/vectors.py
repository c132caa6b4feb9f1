"""Word vectors that the nets start from: the embedded token table, a file, or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from kgretrieval.classify.base import Floats
from kgretrieval.encoders._table import TokenTable
from kgretrieval.encoders._weights import MODELS, WeightFile
from kgretrieval.encoders._words import Tokens, runs
from kgretrieval.encoders.mini import card
from kgretrieval.encoders.mini_text import read_tokens
from kgretrieval.errors import ModelError, UnreadableError, UsageError

#: Width of a row of the token table.
_WIDTH = 384
#: Rows of the token table are of length one to three: this gives numbers of about one.
_SCALE = np.float32(8)
#: Words that are read of a file of vectors; such files begin with the most frequent.
MOST_WORDS = 100_000
#: Of these the first are kept in a trained model, for texts with words that the examples lack.
KEPT_WORDS = 10_000


class Vectors(Protocol):
    """Vectors of words.

    Attributes
    ----------
    name : str
        What `Settings.vectors` says: ``"mini"``, ``"learned"`` or a file.
    version : str
        Of what the vectors come from; a trained model reads new words by no other.
    width : int
    further : tuple of str
        Words to keep in a trained model besides those of the examples.
    """

    name: str
    version: str
    width: int
    further: tuple[str, ...]

    def of(self, words: Sequence[str]) -> Floats:
        """Return ``(len(words), width)`` float32; a row of zeros for what has no vector."""
        ...


class MiniVectors:
    """The rows of the token table of `mini`; a word without a row gets those of its parts or its n-grams."""

    name = "mini"
    further: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.version = mini_version()
        self.width = _WIDTH

    def of(self, words: Sequence[str]) -> Floats:
        """Return the mean of the rows of each word, ``(len(words), width)`` float32."""
        out = np.zeros((len(words), self.width), np.float32)
        found = [_rows(word) for word in words]
        known = [i for i, rows in enumerate(found) if rows]
        if known:
            owner = np.repeat(np.arange(len(known)), [len(found[i]) for i in known])
            rows = np.fromiter((row for i in known for row in found[i]), np.int64, len(owner))
            shares = np.fromiter((1 / len(found[i]) for i in known for _ in found[i]), np.float32, len(owner))
            out[known] = token_table()[1].sums(rows, shares, owner, len(known)) * _SCALE
        return out


def _rows(word: str) -> list[int]:
    tokens, _ = token_table()
    rows: list[int] = []
    for run, han in runs(word):
        rows += tokens.segments(run)[0] if han else tokens.word(run, 0)[0]
    return rows


class LearnedVectors:
    """No vectors: all that the nets know of a word is learned from the examples."""

    name = "learned"
    version = ""
    width = 0
    further: tuple[str, ...] = ()

    def of(self, words: Sequence[str]) -> Floats:
        """Return ``(len(words), 0)`` float32."""
        return np.zeros((len(words), 0), np.float32)


class FileVectors:
    """A file of vectors in the text form of word2vec (first line: how many, how wide) or GloVe (no such line).

    Raises
    ------
    UsageError
        If there is no such file.
    UnreadableError
        If a line is no word with numbers, as many as in the first.
    """

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise UsageError(f"there is no file of word vectors {file}; write mini, learned or the path of a file")
        self.name, self.version = str(file), ""
        self._place, self._matrix = _read_vectors(file)
        self.width = self._matrix.shape[1]
        self.further = tuple(self._place)[:KEPT_WORDS]

    def of(self, words: Sequence[str]) -> Floats:
        """Return the vector of each word, ``(len(words), width)`` float32."""
        out = np.zeros((len(words), self.width), np.float32)
        known = [i for i, word in enumerate(words) if word in self._place]
        out[known] = self._matrix[[self._place[words[i]] for i in known]]
        return out


def _read_vectors(file: Path) -> tuple[dict[str, int], Floats]:
    """Return the place of each word (in lower case, the first of several forms) and their vectors, scaled."""
    place: dict[str, int] = {}
    rows: list[Floats] = []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            word, *numbers = line.rstrip().split(" ")
            if number == 1 and len(numbers) == 1:
                continue
            try:
                row = np.asarray(numbers, np.float32)
            except ValueError:
                row = np.zeros(0, np.float32)
            if not len(row) or (rows and len(row) != len(rows[0])):
                wanted = f"{len(rows[0])} numbers" if rows else "numbers"
                raise UnreadableError(f"{file}, line {number}: not a word and {wanted}: {line[:40].strip()!r}")
            if word.lower() not in place:
                place[word.lower()] = len(rows)
                rows.append(row)
            if len(rows) == MOST_WORDS:
                break
    if not rows:
        raise UnreadableError(f"{file} holds no word vectors")
    matrix = np.stack(rows)
    return place, matrix / np.float32(max(float(matrix.std()), 1e-6) * 2)


def open_vectors(name: str) -> Vectors:
    """Return the vectors that `Settings.vectors` names.

    Raises
    ------
    UsageError, UnreadableError
        If it names a file that is not there, or none of vectors.
    """
    if name == MiniVectors.name:
        return MiniVectors()
    if name == LearnedVectors.name:
        return LearnedVectors()
    return FileVectors(Path(name))


def vectors_of_new_words(name: str, version: str) -> Vectors:
    """Return the vectors by which a trained model reads words that its examples lacked: never a file again.

    Raises
    ------
    ModelError
        If the token table is another one than it was trained with.
    """
    if name != MiniVectors.name:
        return LearnedVectors()
    if version != mini_version():
        wanted, seen = version[:12], mini_version()[:12]
        raise ModelError(f"this model reads words by the token table {wanted} of mini, not by {seen}; train it again")
    return MiniVectors()


def mini_version() -> str:
    """Return the SHA-256 that the package gives for the text tower of `mini`."""
    return str(card()["files"]["text"]["sha256"])


@lru_cache(maxsize=1)
def token_table() -> tuple[Tokens, TokenTable]:
    """Return the words of `mini` and their rows, read once."""
    file = WeightFile(MODELS / "mini-text.safetensors")
    return read_tokens(file), TokenTable(file, "table")
