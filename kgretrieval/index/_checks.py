"""What every index asks of a query."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index.base import Vectors


def check_query(vectors: Vectors, queries: npt.NDArray[np.float32], k: int) -> None:
    """Raise ValueError where the shapes do not fit."""
    if queries.ndim != 2 or queries.shape[1] != vectors.shape[1]:
        raise ValueError(f"queries must be (m, {vectors.shape[1]}), got {queries.shape}")
    if k < 0:
        raise ValueError(f"k must not be negative, got {k}")


def check_mask(vectors: Vectors, allowed: npt.NDArray[np.bool_] | None) -> None:
    """Raise ValueError where `allowed` has not one entry for each row."""
    if allowed is not None and allowed.shape != (len(vectors),):
        raise ValueError(f"allowed must be ({len(vectors)},), got {allowed.shape}")
