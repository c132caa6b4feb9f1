"""Rows of one segment in which words stand as they do in a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index._term_segment import Postings, Segment

Rows = npt.NDArray[np.int64]
#: A word of a phrase: its place, and the postings of each of its variants in the segment.
Word = tuple[int, Sequence[Postings]]
_BITS = 32


def adjacent(segment: Segment, words: Sequence[Word]) -> Rows:
    """Return the rows, sorted, in which these words stand as far from each other as their places say."""
    by_rarity = sorted(words, key=lambda word: sum(p.end - p.start for p in word[1]))
    rows = _held(segment, by_rarity[0][1])
    for _, variants in by_rarity[1:]:
        rows = rows[_within(rows, _held(segment, variants))]
    if not len(rows):
        return rows
    starts = _starts(segment, rows, *by_rarity[0])
    for word in by_rarity[1:]:
        starts = starts[np.isin(starts, _starts(segment, rows, *word))]
    return np.unique(rows[starts >> _BITS])


def _held(segment: Segment, variants: Sequence[Postings]) -> Rows:
    """Return the rows that hold one of the variants, sorted."""
    held = [segment.rows[p.start : p.end].astype(np.int64) for p in variants]
    return held[0] if len(held) == 1 else np.unique(np.concatenate(held))


def _starts(segment: Segment, rows: Rows, place: int, variants: Sequence[Postings]) -> Rows:
    """Return, for each time that a word stands in one of `rows`, where the phrase would begin, as (row, position)."""
    found: list[Rows] = []
    for postings in variants:
        held = segment.rows[postings.start : postings.end]
        chosen = np.flatnonzero(_within(held, rows))
        places, positions = segment.positions(postings, chosen)
        which = np.searchsorted(rows, held[chosen])[places]
        # Moved up, so that a phrase that would begin before the text is not the end of the row before.
        found.append((which << _BITS) + positions - place + (1 << (_BITS - 1)))
    return np.concatenate(found)


def _within(rows: npt.NDArray[Any], others: Rows) -> npt.NDArray[np.bool_]:
    """Say which of `rows` are among `others`; both are sorted."""
    if not len(others):
        return np.zeros(len(rows), dtype=bool)
    places = np.searchsorted(others, rows)
    found: npt.NDArray[np.bool_] = others[np.minimum(places, len(others) - 1)] == rows
    return found
