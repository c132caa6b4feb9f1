"""What one segment gives to the scores of a query, by BM25."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.index._term_segment import Postings, Segment
from kgretrieval.index.base import Rows, Scores

K1 = 1.2
B = 0.75


class LexicalPart:
    """A segment within its index.

    Parameters
    ----------
    segment : Segment
    start : int
        Its first row among those of the index.
    dead : numpy.ndarray
        Sorted int64: the dead rows of the index.
    mean_length : float
        How many terms a live row of the index has.
    """

    def __init__(self, segment: Segment, start: int, dead: Rows, mean_length: float) -> None:
        self.segment = segment
        self.start = start
        low, high = np.searchsorted(dead, [start, start + len(segment)])
        self._dead = (dead[low:high] - start).astype(np.int32)
        self._mean_length = mean_length
        self._norms: Scores | None = None

    def rows_of(self, holders: npt.NDArray[np.bytes_]) -> Rows:
        """Return the rows of the index that are of these holders."""
        known = self.segment.holders
        places = np.searchsorted(known, holders)
        found = known[np.minimum(places, len(known) - 1)] == holders
        rows: Rows = places[found] + self.start
        return rows

    def frequency(self, postings: Postings) -> int:
        """Return how many live rows hold a term."""
        rows = self.segment.rows[postings.start : postings.end]
        lost = 0
        if len(self._dead) and len(rows):
            places = np.searchsorted(rows, self._dead)
            lost = int((rows[np.minimum(places, len(rows) - 1)] == self._dead).sum())
        return len(rows) - lost

    def add(self, known: Sequence[tuple[float, Postings]], total: Scores, scratch: Scores | None) -> None:
        """Add to `total` what the best of some variants, (factor, postings), gives to each row.

        `scratch` is all 0 before and after; a single variant does without.
        """
        own = total[self.start : self.start + len(self.segment)]
        if len(known) == 1:
            (factor, postings), rows = known[0], self._rows(known[0][1])
            own[rows] += self._scores(factor, postings, rows)
        elif known:
            assert scratch is not None
            best = scratch[self.start : self.start + len(self.segment)]
            found = [(self._rows(postings), factor, postings) for factor, postings in known]
            for rows, factor, postings in found:
                best[rows] = np.maximum(best[rows], self._scores(factor, postings, rows))
            for rows, _, _ in found:
                # A row that several variants have is 0 when the second one comes to it.
                own[rows] += best[rows]
                best[rows] = 0.0

    def score_in(self, factor: float, postings: Postings, row: int) -> float:
        """Return what a term gives to one row of the index."""
        rows = self.segment.rows[postings.start : postings.end]
        place = int(np.searchsorted(rows, row - self.start))
        if place == len(rows) or rows[place] != row - self.start:
            return 0.0
        one = Postings(postings.start + place, postings.start + place + 1, 0)
        return float(self._scores(factor, one, self._rows(one))[0])

    def _rows(self, postings: Postings) -> Rows:
        # NumPy would turn them into its own type of index each time they are used.
        return self.segment.rows[postings.start : postings.end].astype(np.int64)

    def _scores(self, factor: float, postings: Postings, rows: Rows) -> Scores:
        """Return the BM25 score of each posting of a term; `factor` is its inverse document frequency."""
        counts = self.segment.counts[postings.start : postings.end].astype(np.float32)
        scores = self._length_norms()[rows]
        scores += counts
        np.divide(counts, scores, out=scores)
        scores *= np.float32(factor * (K1 + 1.0))
        return scores

    def _length_norms(self) -> Scores:
        """Return, for each row, what its length adds to a count under the line."""
        if self._norms is None:
            scale = np.float32(K1 * B / self._mean_length)
            self._norms = self.segment.lengths.astype(np.float32) * scale + np.float32(K1 * (1.0 - B))
        return self._norms
