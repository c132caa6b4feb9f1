"""Exact inner products with rows kept in half precision.

NumPy widens half precision one number at a time, at about a third of the speed reached here: the
bits of a float16, moved thirteen places to the left, are the float32 of 2**-112 times its value,
and the factor goes into the query. (benchmarks/results/vectors.json: "exact")
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kgretrieval.index._products import products, rows_at_once, torch_is_there
from kgretrieval.index._threads import in_threads, workers
from kgretrieval.index._widen import BLOCK, buffer_for, widen
from kgretrieval.index.base import Rows, Scores, Vectors

# From so many queries on, products of matrices are faster than one pass over 8-bit codes for each.
_BATCH, _BATCH_WITH_TORCH = 32, 8


# Up to so many queries one pass that widens each row once is faster than products of matrices.
_FEW = 4


def batch_pays(queries: int) -> bool:
    """Return whether so many queries are better compared with all rows at once than one by one through codes."""
    return queries >= (_BATCH_WITH_TORCH if torch_is_there() else _BATCH)


def nearest(
    vectors: Vectors, queries: npt.NDArray[np.float32], k: int, *, rows: Rows | None = None
) -> tuple[Rows, Scores]:
    """Return the `k` best of `rows` (ascending; all where None) for each query, as `VectorIndex.search` does.

    A row's score is the same however many queries and rows are compared with it at once: where a
    matrix product, whose rounding depends on the shape, made the choice, it is computed again.
    """
    m = len(queries)
    count = len(vectors) if rows is None else len(rows)
    found = np.full((m, k), -1, dtype=np.int64)
    scores = np.full((m, k), -np.inf, dtype=np.float32)
    if not (m and k and count):
        return found, scores
    queries = np.ascontiguousarray(queries, dtype=np.float32)
    few = scores_of_few(vectors, queries, rows) if m <= _FEW else None
    near = _contenders_of_batch(vectors, queries, min(k, count), rows) if few is None else [None] * m
    for index, (query, own) in enumerate(zip(queries, near, strict=True)):
        names = own if own is not None else rows
        exact = scores_of(vectors, query, names) if few is None else few[index]
        best = _contenders(exact, k)
        places = best if names is None else names[best]
        order = np.lexsort((places, -exact[best]))[:k]
        found[index, : len(order)] = places[order]
        scores[index, : len(order)] = exact[best[order]]
    return found, scores


def scores_of(vectors: Vectors, query: npt.NDArray[np.float32], rows: Rows | None = None) -> Scores:
    """Return the inner product of `query` with each of `rows` (all where None): float32."""
    own: Scores = scores_of_few(vectors, query[None], rows)[0]
    return own


def scores_of_few(vectors: Vectors, queries: npt.NDArray[np.float32], rows: Rows | None = None) -> Scores:
    """Return ``(m, rows)`` inner products of a few queries with each of `rows` (all where None): float32."""
    count = len(vectors) if rows is None else len(rows)
    scores = np.empty((len(queries), count), dtype=np.float32)
    block, scale = buffer_for(vectors, min(BLOCK, count))
    queries = queries * scale
    for start in range(0, count, BLOCK):
        end = min(start + BLOCK, count)
        wide = widen(vectors[start:end] if rows is None else vectors[rows[start:end]], block[: end - start])
        for query, own in zip(queries, scores, strict=True):
            # einsum sums each row by itself in one order; a matrix product's order depends on the shape.
            np.einsum("ij,j->i", wide, query, out=own[start:end])
    return scores


def _contenders_of_batch(vectors: Vectors, queries: npt.NDArray[np.float32], k: int, rows: Rows | None) -> list[Rows]:
    """Return for each query the rows, ascending, that may be among the `k` best."""
    count = len(vectors) if rows is None else len(rows)
    size = rows_at_once()
    starts = np.arange(0, count, size)

    def look(part: npt.NDArray[np.int64]) -> _Kept:
        product = products(vectors, queries, min(size, count))
        # A true one of the best is no further below the k-th best product than both can be off.
        kept = _Kept(k, 2 * product.error)
        for number, start in enumerate(part.tolist()):
            end = min(start + size, count)
            kept.look_at(product(vectors[start:end] if rows is None else vectors[rows[start:end]]), start)
            # The limits rise ever more slowly.
            if number & (number + 1) == 0:
                kept.cut()
        return kept

    # BLAS has threads of its own, which get into each other's way.
    parts = np.array_split(starts, min(workers(), 1 + len(starts) // 4) if torch_is_there() else 1)
    kept = _Kept.joined(list(in_threads(look, parts) if len(parts) > 1 else map(look, parts)))
    places = kept.places()
    return places if rows is None else [rows[own] for own in places]


class _Kept:
    """What may be among the best of each query, as far as blocks were looked at."""

    def __init__(self, k: int, slack: npt.NDArray[np.float32]) -> None:
        self.k, self.slack = k, slack
        self.limits = np.full(len(slack), -np.inf, dtype=np.float32)
        self._found: list[tuple[npt.NDArray[np.int64], Rows, Scores]] = []

    def look_at(self, scores: Scores, start: int) -> None:
        """Keep what reaches the limits of a ``(m, b)`` block of scores whose first row is `start`."""
        if self.k <= scores.shape[1] and not np.isfinite(self.limits).any():
            self.limits = np.partition(scores, -self.k, axis=1)[:, -self.k] - self.slack
        # Looking for those that reach it is far faster along one dimension than along two.
        cells = np.flatnonzero(scores >= self.limits[:, None])
        if len(cells):
            which, places = np.divmod(cells, scores.shape[1])
            self._found.append((which, places + start, scores.ravel()[cells]))

    def cut(self) -> None:
        """Raise the limits to what was found, and drop what falls below."""
        if not self._found:
            return
        which, places, scores = (np.concatenate(parts) for parts in zip(*self._found, strict=True))
        order = np.lexsort((-scores, which))
        which, places, scores = which[order], places[order], scores[order]
        starts = np.searchsorted(which, np.arange(len(self.limits) + 1))
        full = np.flatnonzero(np.diff(starts) >= self.k)
        self.limits[full] = scores[starts[full] + self.k - 1] - self.slack[full]
        good = scores >= self.limits[which]
        self._found = [(which[good], places[good], scores[good])]

    @classmethod
    def joined(cls, parts: list[_Kept]) -> _Kept:
        """Return what all parts kept."""
        whole = cls(parts[0].k, parts[0].slack)
        whole._found = [found for part in parts for found in part._found]
        whole.cut()
        return whole

    def places(self) -> list[Rows]:
        """Return what was kept for each query, ascending."""
        which, places, _ = self._found[0]
        starts = np.searchsorted(which, np.arange(len(self.limits) + 1))
        return [np.sort(places[a:b]) for a, b in pairwise(starts)]


def _contenders(scores: Scores, k: int) -> Rows:
    """Return the indices of all that may be among the `k` best, ascending."""
    if k >= len(scores):
        return np.arange(len(scores), dtype=np.int64)
    worst = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= worst)
