"""Which lists of an index a query looks into: the nearest, until they hold rows enough that may be returned.

Counting the rows that may be returned, and not the lists, is what keeps a filtered search as good
as another one: where few rows are allowed it looks into more lists, and if need be into all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.index._code_segment import Lists, Segment, faiss
from kgretrieval.index._codes import Floats, blocks
from kgretrieval.index.base import Vectors

Order = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_ROWS_PER_CENTROID = 40
_ROUNDS = 8


def train(vectors: Vectors) -> Floats:
    """Return ``(lists, d)`` unit centroids of the rows, by k-means on some of them; the same for the same rows."""
    count = max(1, min(int(2 * np.sqrt(len(vectors))), len(vectors) // 39))
    picked = np.unique(np.linspace(0, len(vectors) - 1, count * _ROWS_PER_CENTROID).astype(np.int64))
    sample = np.concatenate([np.asarray(vectors[part], dtype=np.float32) for part in np.array_split(picked, 16)])
    means = faiss().Kmeans(vectors.shape[1], count, niter=_ROUNDS, spherical=True, seed=1, min_points_per_centroid=1)
    means.train(np.ascontiguousarray(sample))
    return np.ascontiguousarray(means.centroids, dtype=np.float32)


def assign(vectors: Vectors, first: int, end: int, centroids: Floats) -> Lists:
    """Return the list of each row from `first` to `end`: that of the centroid with the largest inner product."""
    lists = np.empty(end - first, dtype=np.int32)
    coarse = faiss().IndexFlatIP(centroids.shape[1])
    coarse.add(np.ascontiguousarray(centroids))
    for start, rows in blocks(vectors, first, end):
        lists[start - first : start - first + len(rows)] = coarse.assign(rows, 1)[:, 0]
    return lists


def choose_lists(
    query: Floats, centroids: Floats, segments: Sequence[Segment], budget: int, allowed: Mask | None
) -> Order:
    """Return the numbers of the lists nearest to `query` that hold about `budget` rows that are allowed."""
    sizes = np.sum([segment.sizes for segment in segments], axis=0)
    if allowed is not None:
        sizes = _allowed_sizes(segments, allowed, sizes)
    nearness = centroids @ query
    # Sorting all would take longer than looking into them.
    few = min(len(sizes), max(64, int(2 * budget * len(sizes) / max(1.0, float(sizes.sum())))))
    while True:
        order = np.argpartition(-nearness, few - 1)[:few]
        order = order[np.argsort(-nearness[order], kind="stable")]
        seen = np.cumsum(sizes[order])
        if seen[-1] >= budget or few == len(sizes):
            last = int(np.searchsorted(seen, budget)) + 1
            chosen = order[:last]
            return np.ascontiguousarray(chosen[sizes[chosen] > 0], dtype=np.int64)
        few = min(4 * few, len(sizes))


def _allowed_sizes(segments: Sequence[Segment], allowed: Mask, sizes: Order) -> npt.NDArray[np.float64]:
    """Estimate how many allowed rows each list holds."""
    found = np.zeros(len(sizes))
    for segment in segments:
        rows, lists = segment.sample
        scale = len(segment) / max(1, len(rows))
        found += scale * np.bincount(lists[allowed[rows]], minlength=len(sizes))
    return found
