"""What a vector index is: a way to the nearest rows of a collection's vectors.

An index is derived data. It holds no vectors that count: it is given the rows of the collection
(memory-mapped half precision) and takes every score from them, so all kinds of index give the
same score to the same row. Rows newer than the index are compared one by one and merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float16] | npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


@runtime_checkable
class VectorIndex(Protocol):
    """Finds the rows with the largest inner product.

    Attributes
    ----------
    kind : str
        ``"exact"``, ``"scan"`` or ``"ivf"``.
    recall : float
        Share of the true ten best rows that are found; the lowest of `recalls`, 1 where nothing is left to chance.
    recalls : Mapping[str, float]
        By kind of query, ``"text"`` and ``"picture"``, as measured on rows when the index was built.
    """

    kind: str

    @property
    def recall(self) -> float: ...

    @property
    def recalls(self) -> Mapping[str, float]: ...

    def search(
        self, queries: npt.NDArray[np.float32], k: int, *, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """Return the `k` best rows for each query, the best first, the lower row first among equals.

        Parameters
        ----------
        queries : numpy.ndarray
            ``(m, d)`` float32.
        k : int
            How many rows to return for a query.
        allowed : numpy.ndarray, optional
            ``(n,)`` bool: rows that may be returned. Deleted rows are kept out with it.

        Returns
        -------
        rows : numpy.ndarray
            ``(m, k)`` int64, filled up with -1 where there are fewer than `k` rows.
        scores : numpy.ndarray
            ``(m, k)`` float32 inner products, filled up with -inf.
        """
        ...
