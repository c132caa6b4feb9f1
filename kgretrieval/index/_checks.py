"""What every index asks of a query."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index.base import Rows, Vectors


def check_query(vectors: Vectors, queries: npt.NDArray[np.float32], k: int) -> None:
    """Raise ValueError where the shapes do not fit."""
    if queries.ndim != 2 or queries.shape[1] != vectors.shape[1]:
        raise ValueError(f"queries must be (m, {vectors.shape[1]}), got {queries.shape}")
    if k < 0:
        raise ValueError(f"k must not be negative, got {k}")


def allowed_rows(vectors: Vectors, allowed: npt.NDArray[np.bool_] | None) -> Rows | None:
    """Return the allowed rows, ascending, or None where all are.

    Raises
    ------
    ValueError
        If `allowed` has not one entry for each row.
    """
    if allowed is None:
        return None
    if allowed.shape != (len(vectors),):
        raise ValueError(f"allowed must be ({len(vectors)},), got {allowed.shape}")
    rows = np.flatnonzero(allowed)
    return None if len(rows) == len(vectors) else rows
