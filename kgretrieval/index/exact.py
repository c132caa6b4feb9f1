"""The index that compares every row: always right, nothing to keep on disk, and fast while rows are few."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kgretrieval.index._checks import check_mask, check_query
from kgretrieval.index._scan import nearest
from kgretrieval.index.base import Rows, Scores, Vectors


class ExactIndex:
    """Compares the query with all rows, or with all that are allowed."""

    kind = "exact"
    recall = 1.0
    recalls: Mapping[str, float] = {}

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def search(
        self, queries: npt.NDArray[np.float32], k: int, *, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """See `VectorIndex.search`."""
        check_query(self._vectors, queries, k)
        check_mask(self._vectors, allowed)
        rows = None if allowed is None or allowed.all() else np.flatnonzero(allowed)
        return nearest(self._vectors, queries, k, rows=rows)
