"""The indexes of large spaces: rows rounded to 8 bits a number point to those worth comparing.

``scan`` looks at all of them and proves that no row it did not compare can be among the best: it is
exact, at half the bytes of a search through the stored rows. ``ivf`` looks into the lists nearest to
the query. Both take every score from the stored rows, and both grow by further files, so a small
addition costs what it brings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index._checks import check_mask, check_query
from kgretrieval.index._choice import Lists
from kgretrieval.index._code_segment import Segment, faiss
from kgretrieval.index._codes import Coding
from kgretrieval.index._scan import batch_pays, nearest
from kgretrieval.index._threads import in_threads, workers
from kgretrieval.index.base import Rows, Scores, Vectors
from kgretrieval.index.centroids import Centroids

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Up to so many allowed rows each of them is compared: they may lie in lists all over, and most would be missed.
_FEW_ALLOWED = 12_000
# Up to so many allowed rows in the lists of a choice, comparing each of them is faster than asking FAISS for some.
_FEW_ROWS = 2_000
# Asked for more candidates than this, FAISS is slower than comparing all rows.
_MOST_CANDIDATES = 16_384
# Of so many allowed rows one may be a candidate.
_ROWS_A_CANDIDATE = 20
# So many rows are worth another thread.
_ROWS_OF_A_THREAD = 20_000


class CodedIndex:
    """Codes of the first rows of the vectors, in segments; the rows behind them are compared one by one.

    Parameters
    ----------
    kind : str
        ``"scan"`` or ``"ivf"``.
    centroids : Centroids or None
        None where all lists are looked into.
    budget : int
        How many rows that may be returned a search of ``ivf`` looks at.
    recalls : Mapping[str, float]
        The measured recall by kind of query.
    """

    def __init__(
        self,
        kind: str,
        vectors: Vectors,
        segments: Sequence[Segment],
        coding: Coding,
        *,
        centroids: Centroids | None = None,
        budget: int = 0,
        recalls: Mapping[str, float] | None = None,
    ) -> None:
        self.kind = kind
        self.segments = tuple(segments)
        self.coding = coding
        self.centroids = centroids
        self.budget = budget
        self.recalls: Mapping[str, float] = recalls or {}
        self._vectors = vectors
        self._covered = segments[-1].end if segments else 0
        self._lost = max((segment.lost for segment in segments), default=0.0)

    @property
    def recall(self) -> float:
        """See `VectorIndex`: the lowest of the measured ones."""
        return min(self.recalls.values(), default=1.0)

    def search(self, queries: Floats, k: int, *, allowed: Mask | None = None) -> tuple[Rows, Scores]:
        """See `VectorIndex.search`."""
        check_query(self._vectors, queries, k)
        check_mask(self._vectors, allowed)
        found = np.full((len(queries), k), -1, dtype=np.int64)
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        count = len(self._vectors) if allowed is None else int(np.count_nonzero(allowed))
        if not (k and count and len(queries)):
            return found, scores
        if allowed is not None and count == len(self._vectors):
            allowed = None
        if (allowed is not None and count <= max(k, _FEW_ALLOWED)) or k >= _MOST_CANDIDATES:
            return nearest(self._vectors, queries, k, rows=_rows(allowed))
        if self.centroids is None and batch_pays(len(queries)):
            return nearest(self._vectors, queries, k, rows=_rows(allowed))
        one = _Search(self, min(k, count), allowed, alone=len(queries) == 1)
        queries = np.ascontiguousarray(queries, dtype=np.float32)
        for i, (rows, own) in enumerate(in_threads(one, queries) if len(queries) > 1 else map(one, queries)):
            found[i, : len(rows)], scores[i, : len(rows)] = rows, own
        return found, scores


class _Search:
    """One search, for as many queries as there are; one that is `alone` has all threads for itself."""

    def __init__(self, index: CodedIndex, wanted: int, allowed: Mask | None, *, alone: bool) -> None:
        self.index, self.wanted, self.allowed, self.alone = index, wanted, allowed, alone
        covered, vectors = index._covered, index._vectors
        self.newer = np.arange(covered, len(vectors))
        if allowed is not None:
            self.newer = self.newer[allowed[covered:]]
        if index.centroids is not None and covered:
            self.lists = Lists(index.centroids, index.segments, allowed)

    @cached_property
    def selector(self) -> Any:
        """What tells FAISS which rows are allowed; None where all are."""
        if self.allowed is None:
            return None
        return faiss().IDSelectorBitmap(np.packbits(self.allowed[: self.index._covered], bitorder="little"))

    def __call__(self, query: Floats) -> tuple[Rows, Scores]:
        """Return up to `wanted` rows, the best first, and their scores."""
        index = self.index
        count = 2 * self.wanted + 16
        if index.centroids is not None and index._covered:
            choice = self.lists.nearest(query, index.budget, _ROWS_A_CANDIDATE * count)
            if choice.selective and choice.allowed <= _FEW_ROWS:
                rows = np.concatenate([segment.rows_in(choice.lists) for segment in index.segments])
            else:
                selector = self.selector if choice.selective else None
                rows, _, _ = self._best_codes(query, choice.lists, choice.candidates(count), selector)
            if self.allowed is not None:
                rows = rows[self.allowed[rows]]
            if len(rows) + len(self.newer) >= self.wanted:
                return self._compare(query, rows)
        return self._proven(query, max(count, 128))

    def _proven(self, query: Floats, count: int) -> tuple[Rows, Scores]:
        """Look at all codes, and compare rows until none that is left out can be among the best."""
        while count <= _MOST_CANDIDATES:
            rows, worst, error = self._best_codes(query, None, count, self.selector)
            best, scores = self._compare(query, rows)
            if len(rows) < count or (len(scores) == self.wanted and worst + error < scores[-1]):
                return best, scores
            count *= 4
        found, own = nearest(self.index._vectors, query[None], self.wanted, rows=_rows(self.allowed))
        return found[0], own[0]

    def _compare(self, query: Floats, rows: Rows) -> tuple[Rows, Scores]:
        rows = np.concatenate((np.sort(rows), self.newer))
        found, scores = nearest(self.index._vectors, query[None], min(self.wanted, len(rows)), rows=rows)
        return found[0], scores[0]

    def _best_codes(self, query: Floats, lists: Rows | None, count: int, selector: Any) -> tuple[Rows, float, float]:
        """Return the rows whose codes score best, the score of the last of them, and by how much it can be off."""
        coded = self.index.coding.query(query, self.index._lost)
        tasks = [
            (segment, part)
            for segment in self.index.segments
            for part in _shares(np.arange(segment.structure.nlist) if lists is None else lists, segment, self.alone)
        ]

        def run(task: tuple[Segment, Rows]) -> tuple[Rows, Floats]:
            return task[0].search(coded.codes, task[1], count, selector)

        threads = len(tasks) > len(self.index.segments)
        done = list(in_threads(run, tasks) if threads else map(run, tasks))
        if not done:
            return np.zeros(0, dtype=np.int64), -np.inf, coded.error
        rows, products = (np.concatenate(values) for values in zip(*done, strict=True))
        rows, products = rows[rows >= 0], products[rows >= 0]
        if len(rows) > count:
            best = np.argpartition(-products, count - 1)[:count]
            rows, products = rows[best], products[best]
        return rows, float(products.min(initial=np.inf)) * coded.step, coded.error


def _shares(lists: Rows, segment: Segment, several: bool) -> list[Rows]:
    """Divide lists among threads, if they hold enough for several."""
    lists = np.ascontiguousarray(lists, dtype=np.int64)
    held = len(segment) * len(lists) / segment.structure.nlist
    count = min(workers(), int(held // _ROWS_OF_A_THREAD), len(lists)) if several else 1
    return [np.ascontiguousarray(lists[i::count]) for i in range(count)] if count > 1 else [lists]


def _rows(allowed: Mask | None) -> Rows | None:
    return None if allowed is None else np.flatnonzero(allowed)
