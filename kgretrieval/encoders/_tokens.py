"""From a text to the rows of the token table: words, n-grams of unknown words, Chinese characters and pairs."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text in lower case, and whether each is a run of Chinese characters.

    Examples
    --------
    >>> list(runs("A dog's 狗 run"))
    [('a', False), ('dog', False), ('s', False), ('狗', True), ('run', False)]
    """
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        run = match.group()
        yield run, _IS_HAN.match(run) is not None


def characters(run: str) -> list[str]:
    """Return the characters of a Chinese run and its overlapping pairs: Chinese marks no words."""
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]


def grams(word: str, buckets: int) -> list[int]:
    """Return the bucket of every 3-gram and 4-gram of ``<word>``.

    Hashed n-grams give a word that was never seen a place near words written alike
    (P. Bojanowski et al., "Enriching Word Vectors with Subword Information", TACL 2017).
    """
    marked = f"<{word}>"
    pieces = [marked[i : i + n] for n in (3, 4) for i in range(len(marked) - n + 1)]
    return [zlib.crc32(piece.encode()) % buckets for piece in pieces or [marked]]


class Tokens:
    """The known words and the rows they stand for; the hashed n-grams follow after the words.

    Parameters
    ----------
    words : sequence of str
        Row i of the table belongs to ``words[i]``.
    buckets : int
        Rows for hashed n-grams, from row ``len(words)`` on.
    """

    def __init__(self, words: Sequence[str], buckets: int) -> None:
        self._row = dict(zip(words, range(len(words)), strict=True))
        self._buckets = buckets

    def rows(self, text: str) -> tuple[list[int], list[float]]:
        """Return the rows of a text and the share of each: an unknown word's n-grams share one word's weight."""
        rows: list[int] = []
        shares: list[float] = []
        for run, han in runs(text):
            row = self._row.get(run)
            if han:
                known = [self._row[piece] for piece in characters(run) if piece in self._row]
                rows += known
                shares += [1.0] * len(known)
            elif row is not None:
                rows.append(row)
                shares.append(1.0)
            else:
                found = self.spelled(run)
                rows += found
                shares += [1.0 / len(found)] * len(found)
        return rows, shares

    def spelled(self, word: str) -> list[int]:
        """Return the rows of a word's n-grams."""
        first = len(self._row)
        return [first + bucket for bucket in grams(word, self._buckets)]
