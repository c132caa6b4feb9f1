"""Writes a segment: counts of terms turned from text by text to term by term.

The texts are looked at twice, a stretch at a time: once to see how many postings each term has, once to put each
posting where it belongs (a counting sort). So the memory that it takes is that of one stretch, and the file grows in
the page cache of the system.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.index._term_segment import Layout, spread

Array = npt.NDArray[Any]
_MAGIC = b"kgterms\n"
_ALIGNED = 64


class Entries(NamedTuple):
    """What a stretch of texts holds, text after text.

    Attributes
    ----------
    ends : numpy.ndarray
        ``(texts,)``: where the entries of each text end.
    terms : numpy.ndarray
        ``(entries,)``: places of terms in the vocabulary, different within a text.
    counts : numpy.ndarray
        ``(entries,)``: how often, at least 1.
    positions : numpy.ndarray
        ``(counts.sum(),)``: where, entry after entry, ascending within one.
    """

    ends: Array
    terms: Array
    counts: Array
    positions: Array


def write_segment(
    path: Path,
    vocabulary: Sequence[bytes],
    holders: Array,
    owners: Array,
    stretches: Callable[[], Iterable[Entries]],
) -> Layout:
    """Write a segment as the new file `path` and return its layout.

    Parameters
    ----------
    path : Path
    vocabulary : Sequence[bytes]
        All terms, sorted, all different.
    holders : numpy.ndarray
        ``(rows,)`` bytes, sorted, all different.
    owners : numpy.ndarray
        ``(rows,)`` bytes.
    stretches : callable
        Yields the texts in the order of `holders`; called twice.
    """
    found = _measure(len(vocabulary), stretches())
    postings, occurrences = int(found.postings.sum()), int(found.occurrences.sum())
    shapes: dict[str, tuple[str, int]] = {
        "vocabulary": ("|u1", sum(map(len, vocabulary))),
        "terms": ("<i8", len(vocabulary) + 1),
        "postings": ("<i8", len(vocabulary) + 1),
        "firsts": ("<i8", len(vocabulary) + 1),
        "holders": ("|S14", len(holders)),
        "owners": ("|S14", len(holders)),
        "lengths": ("<u4", len(holders)),
        "rows": ("<i4", postings),
        "counts": (_narrowest(found.most), postings),
        "positions": (_narrowest(found.farthest), occurrences),
    }
    layout, size = _laid_out(shapes)
    with path.open("w+b") as file:
        file.write(_MAGIC)
        file.truncate(size)
        mapped = mmap.mmap(file.fileno(), size)
    arrays = {name: np.frombuffer(mapped, kind, count, start) for name, (kind, start, count) in layout.items()}
    arrays["vocabulary"][:] = np.frombuffer(b"".join(vocabulary), dtype=np.uint8)
    arrays["terms"][:] = layout["vocabulary"][1] + _starts([len(term) for term in vocabulary])
    arrays["postings"][:] = _starts(found.postings)
    arrays["firsts"][:] = _starts(found.occurrences)
    arrays["holders"][:], arrays["owners"][:] = holders, owners
    arrays["lengths"][:] = found.lengths
    _place(arrays, found, stretches())
    return layout


class _Measured(NamedTuple):
    postings: Array
    occurrences: Array
    lengths: Array
    most: int
    farthest: int


def _measure(terms: int, stretches: Iterable[Entries]) -> _Measured:
    postings, occurrences = np.zeros(terms, dtype=np.int64), np.zeros(terms, dtype=np.int64)
    lengths: list[Array] = []
    most = farthest = 0
    for part in stretches:
        postings += np.bincount(part.terms, minlength=terms)
        occurrences += np.bincount(part.terms, weights=part.counts, minlength=terms).astype(np.int64)
        sums = np.concatenate([[0], np.cumsum(part.counts, dtype=np.int64)])
        lengths.append(np.diff(sums[part.ends], prepend=0))
        most = max(most, int(part.counts.max(initial=0)))
        farthest = max(farthest, int(part.positions.max(initial=0)))
    joined = np.concatenate(lengths) if lengths else np.zeros(0, dtype=np.int64)
    return _Measured(postings, occurrences, joined, most, farthest)


def _place(arrays: dict[str, Any], found: _Measured, stretches: Iterable[Entries]) -> None:
    """Put the postings of each stretch behind those of the ones before it, term by term."""
    next_posting = np.cumsum(found.postings) - found.postings
    next_position = np.cumsum(found.occurrences) - found.occurrences
    row = 0
    for part in stretches:
        sizes = np.diff(part.ends, prepend=0)
        order = np.argsort(part.terms, kind="stable")
        terms, counts = part.terms[order], part.counts[order].astype(np.int64)
        rows = np.repeat(np.arange(row, row + len(sizes), dtype=np.int32), sizes)[order]
        own = np.bincount(terms, minlength=len(next_posting))
        at = np.arange(len(terms)) + np.repeat(next_posting - (np.cumsum(own) - own), own)
        arrays["rows"][at], arrays["counts"][at] = rows, counts
        starts = (np.cumsum(part.counts, dtype=np.int64) - part.counts)[order]
        here = np.bincount(terms, weights=counts, minlength=len(next_posting)).astype(np.int64)
        at = np.arange(int(counts.sum())) + np.repeat(next_position - (np.cumsum(here) - here), here)
        arrays["positions"][at] = part.positions[spread(starts, counts)[1]]
        next_posting += own
        next_position += here
        row += len(sizes)


def _starts(sizes: Sequence[int] | Array) -> Array:
    """Return where each of some stretches begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def _laid_out(shapes: dict[str, tuple[str, int]]) -> tuple[Layout, int]:
    layout: dict[str, tuple[str, int, int]] = {}
    end = len(_MAGIC)
    for name, (kind, count) in shapes.items():
        start = -(-end // _ALIGNED) * _ALIGNED
        layout[name] = (kind, start, count)
        end = start + np.dtype(kind).itemsize * count
    return layout, end


def _narrowest(largest: int) -> str:
    return "|u1" if largest < 1 << 8 else "<u2" if largest < 1 << 16 else "<u4"
