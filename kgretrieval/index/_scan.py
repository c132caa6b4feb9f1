"""Exact inner products with rows kept in half precision.

NumPy widens half precision one number at a time, at about a third of the speed reached here: the
bits of a float16, moved thirteen places to the left, are the float32 of 2**-112 times its value,
and the factor goes into the query. (benchmarks/results/index.json: "scan")
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index.base import Rows, Scores, Vectors

# Rows that are widened at once: 128 x 512 float32 stay in a core's cache.
_BLOCK = 128
# The matrix product of a batch runs in threads, which wait for each other after each block: on a busy machine few
# large blocks are many times faster than many that fit a cache.
_BLOCK_OF_BATCH = 4096
# Scores held at once for a batch of queries.
_MOST_SCORES = 1 << 24
_SCALE = np.float32(2.0**112)
_SIGN_AND_LOW_BITS = np.int32(-0x70000001)


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
    group = max(1, _MOST_SCORES // count)
    for first in range(0, m, group):
        part = np.ascontiguousarray(queries[first : first + group], dtype=np.float32)
        rough = _scores_of_batch(vectors, part, rows) if len(part) > 1 else scores_of(vectors, part[0], rows)[None]
        for index, query in enumerate(part):
            slack = 0.0 if len(part) == 1 else _rounding(query)
            near = _contenders(rough[index], k, slack)
            names = near if rows is None else rows[near]
            exact = rough[index, near] if len(part) == 1 else scores_of(vectors, query, names)
            best = np.lexsort((names, -exact))[:k]
            found[first + index, : len(best)] = names[best]
            scores[first + index, : len(best)] = exact[best]
    return found, scores


def scores_of(vectors: Vectors, query: npt.NDArray[np.float32], rows: Rows | None = None) -> Scores:
    """Return the inner product of `query` with each of `rows` (all where None): float32."""
    count = len(vectors) if rows is None else len(rows)
    scores = np.empty(count, dtype=np.float32)
    block, scale = _buffer(vectors, min(_BLOCK, count))
    query = query * scale
    for start in range(0, count, _BLOCK):
        end = min(start + _BLOCK, count)
        wide = _widen(vectors[start:end] if rows is None else vectors[rows[start:end]], block[: end - start])
        # einsum sums each row by itself in one order; a matrix product's order depends on the shape.
        np.einsum("ij,j->i", wide, query, out=scores[start:end])
    return scores


def _scores_of_batch(vectors: Vectors, queries: npt.NDArray[np.float32], rows: Rows | None) -> Scores:
    count = len(vectors) if rows is None else len(rows)
    scores = np.empty((len(queries), count), dtype=np.float32)
    block, scale = _buffer(vectors, min(_BLOCK_OF_BATCH, count))
    queries = queries * scale
    for start in range(0, count, _BLOCK_OF_BATCH):
        end = min(start + _BLOCK_OF_BATCH, count)
        wide = _widen(vectors[start:end] if rows is None else vectors[rows[start:end]], block[: end - start])
        scores[:, start:end] = queries @ wide.T
    return scores


def _buffer(vectors: Vectors, rows: int) -> tuple[npt.NDArray[np.int32], np.float32]:
    scale = _SCALE if vectors.dtype == np.float16 else np.float32(1.0)
    return np.empty((rows, vectors.shape[1]), dtype=np.int32), scale


def _widen(part: Vectors, buffer: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    """Return the rows as float32; those of half precision are 2**-112 times their value."""
    if part.dtype != np.float16:
        return np.ascontiguousarray(part, dtype=np.float32)
    buffer[:] = part.view(np.int16)
    np.left_shift(buffer, 13, out=buffer)
    # The sign was spread over the bits above the exponent; keep it in the highest alone.
    np.bitwise_and(buffer, _SIGN_AND_LOW_BITS, out=buffer)
    return buffer.view(np.float32)


def _rounding(query: npt.NDArray[np.float32]) -> float:
    """Bound how far two ways of summing may differ for a row of unit length."""
    return float(2 * len(query) * np.finfo(np.float32).eps * np.linalg.norm(query))


def _contenders(scores: Scores, k: int, slack: float) -> Rows:
    """Return the indices of all that may be among the `k` best, ascending."""
    if k >= len(scores):
        return np.arange(len(scores), dtype=np.int64)
    worst = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= worst - slack)
