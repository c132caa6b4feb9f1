"""What a vector index is: a way to the nearest rows of a collection's vectors.

An index is derived data. It holds no vectors that count: it is given the rows of the collection
(memory-mapped half precision) and takes every score from them, so all kinds of index give the
same score to the same row. Rows newer than the index are compared one by one and merged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self, runtime_checkable

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
        ``"exact"``, ``"hnsw"`` or ``"ivf"``.
    recall : float
        Share of the true ten best rows that were found, measured on a sample when it was built.
    """

    kind: str
    recall: float

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """Build an index over ``(n, d)`` float16 or float32 rows, each at most of unit length."""
        ...

    @classmethod
    def load(cls, path: Path, vectors: Vectors) -> Self:
        """Open what `save` wrote; `vectors` are the rows it was built from, and perhaps more after them.

        Raises
        ------
        CollectionError
            If there is no such index, or it is damaged or belongs to more rows than these.
        """
        ...

    def save(self, path: Path) -> None:
        """Write the index as the folder `path`, in place of one that is there."""
        ...

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
