"""One immutable part of a lexical index: for each term the rows that hold it, how often and where.

A segment is one file: arrays one after the other, of which the index's JSON file says where each begins. It is mapped
into memory, so opening it costs the same whatever its size, and only what a query asks for is read.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
#: For each array its type, where its bytes begin and how many numbers it has.
Layout = Mapping[str, tuple[str, int, int]]


class Postings(NamedTuple):
    """Where a term's postings lie in the arrays of its segment: from `start` to `end`, positions from `first` on."""

    start: int
    end: int
    first: int


class Segment:
    """Rows of a lexical index, ordered by what they are of.

    Parameters
    ----------
    path : pathlib.Path
        What `write_segment` wrote.
    layout : Layout
        What it returned.

    Attributes
    ----------
    holders : numpy.ndarray
        ``(rows,)`` bytes, sorted: the article or use that each row counts.
    owners : numpy.ndarray
        ``(rows,)`` bytes: the article or picture that a person sees.
    lengths : numpy.ndarray
        ``(rows,)`` uint32: how many terms each row has.
    rows, counts : numpy.ndarray
        ``(postings,)``: the row, ascending within a term, and how often it holds the term.

    Raises
    ------
    OSError, ValueError
        If it is not there or not whole.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays: dict[str, Array] = {
            name: np.frombuffer(mapped, dtype=kind, count=count, offset=start)
            for name, (kind, start, count) in layout.items()
        }
        self.holders, self.owners, self.lengths = arrays["holders"], arrays["owners"], arrays["lengths"]
        self.rows, self.counts, self._positions = arrays["rows"], arrays["counts"], arrays["positions"]
        self._mapped = mapped
        # One number at a time comes faster from a view of memory than from an array. Each has one more than there
        # are terms: the next one begins where a term ends.
        self._terms, self._postings, self._firsts = (
            memoryview(mapped)[start : start + 8 * count].cast("q")
            for _, start, count in (layout[name] for name in ("terms", "postings", "firsts"))
        )
        self._count = len(self._terms) - 1

    def __len__(self) -> int:
        """Return the number of rows, dead ones included."""
        return len(self.holders)

    def find(self, key: bytes) -> Postings | None:
        """Return where the postings of a term lie, None if no row ever held it."""
        place = self._place_of(key)
        if place == self._count or self.term(place) != key:
            return None
        return Postings(self._postings[place], self._postings[place + 1], self._firsts[place])

    def beginning_with(self, prefix: bytes) -> list[tuple[bytes, int]]:
        """Return the terms that begin with these bytes, sorted, and how many rows, dead ones too, hold each."""
        # No byte of UTF-8 is 0xff.
        places = range(self._place_of(prefix), self._place_of(prefix + b"\xff"))
        return [(self.term(place), self._postings[place + 1] - self._postings[place]) for place in places]

    def term(self, place: int) -> bytes:
        """Return a term by its place among all, sorted by their bytes."""
        return self._mapped[self._terms[place] : self._terms[place + 1]]

    def _place_of(self, key: bytes) -> int:
        return bisect_left(range(self._count), key, key=self.term)

    def positions(self, postings: Postings, chosen: npt.NDArray[np.int64]) -> tuple[Array, Array]:
        """Return where a term stands in some of its rows.

        Parameters
        ----------
        postings : Postings
            Of the term.
        chosen : numpy.ndarray
            Which of them, ascending.

        Returns
        -------
        places, positions : numpy.ndarray
            int64 of equal length: an index into `chosen`, and a position; by row and then by position.
        """
        ends = postings.first + np.cumsum(self.counts[postings.start : postings.end], dtype=np.int64)
        sizes = self.counts[postings.start : postings.end][chosen].astype(np.int64)
        places, at = spread(ends[chosen] - sizes, sizes)
        return places, self._positions[at].astype(np.int64)


def spread(starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return, for stretches of an array, the number of the stretch and the index of each of their elements.

    Examples
    --------
    >>> [part.tolist() for part in spread(np.array([5, 0]), np.array([2, 3]))]
    [[0, 0, 1, 1, 1], [5, 6, 0, 1, 2]]
    """
    places = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return places, np.arange(len(places)) + (starts - before)[places]
