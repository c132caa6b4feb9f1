"""The best few of many scores, without sorting the rest."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index.base import Rows, Scores

_BLOCK = 256


def best_rows(scores: Scores, k: int) -> Rows:
    """Return the rows of the `k` largest scores above 0, and of all that are as large as the least of them.

    Parameters
    ----------
    scores : numpy.ndarray
        ``(n,)`` float32, none below 0.
    k : int

    Returns
    -------
    rows : numpy.ndarray
        Sorted int64.
    """
    if k <= 0:
        return np.zeros(0, dtype=np.int64)
    # k blocks whose largest score is at least this hold k scores that are: what is below cannot be among the best.
    blocks = len(scores) // _BLOCK
    least = np.float32(0.0)
    if blocks >= k:
        largest = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        least = np.partition(largest, blocks - k)[blocks - k]
    rows = np.flatnonzero(scores >= least if least > 0.0 else scores > 0.0)
    if k < len(rows):
        near = scores[rows]
        rows = rows[near >= np.partition(near, len(rows) - k)[len(rows) - k]]
    return rows


def ranked(rows: Rows, scores: Scores, names: npt.NDArray[np.bytes_], k: int) -> tuple[Rows, Scores]:
    """Return the `k` best of these rows with their scores, in the order of `names` among equals."""
    order = np.lexsort((names, -scores))[:k]
    return rows[order], scores[order]
