"""Ranks of right answers from vectors, block by block: memory does not grow with queries times answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.evaluate.measures import Floats, Integers, RightRanks

Vectors = npt.NDArray[np.float32]

#: Scores held at once.
_MOST = 1 << 24
#: From so many right answers on, a sorted row is cheaper than a comparison for each.
_MANY = 16


@dataclass(frozen=True, slots=True)
class Right:
    """Which answers are right: those of query ``i`` are ``items[starts[i]:starts[i + 1]]``, all different."""

    starts: Integers
    items: Integers


@dataclass(frozen=True, slots=True)
class Best:
    """The best answers of each query: ``(n, depth)`` places in the pool, the best first, and their scores.

    An answer without a finite score is none: its query or itself is nothing that the encoder knows.
    """

    items: Integers
    scores: Vectors


def rank_right(
    queries: Vectors,
    pool: Vectors,
    right: Right,
    *,
    depth: int = 0,
    progress: Callable[[int], None] | None = None,
) -> tuple[RightRanks, Best]:
    """Rank the pool for each query by inner product, and return where the right answers stand.

    Among equal scores the wrong answers come first: a model that gives everything the same score must not look good.
    A row of zeros, or one that is not finite (a text of which the encoder knows nothing), comes after everything
    else as an answer, and as a query it puts its right answers last.

    Parameters
    ----------
    queries, pool : numpy.ndarray
        ``(n, d)`` and ``(m, d)`` float32.
    right : Right
        For each query at least one answer.
    depth : int
        How many of the best answers of each query to return as well.
    progress : callable, optional
        Told after each block how many queries are done.

    Returns
    -------
    RightRanks
    Best
    """
    ranks = np.empty(len(right.items))
    depth = min(depth, len(pool))
    best = Best(np.zeros((len(queries), depth), np.int64), np.zeros((len(queries), depth), np.float32))
    unknown_queries, unknown_pool = ~_known(queries), ~_known(pool)
    block = max(1, _MOST // max(1, len(pool)))
    for first in range(0, len(queries), block):
        # A row that is not finite is overwritten below; on the way it may overflow.
        with np.errstate(invalid="ignore", over="ignore"):
            scores = queries[first : first + block] @ pool.T
        scores[:, unknown_pool] = -np.inf
        scores[unknown_queries[first : first + block]] = -np.inf
        for row, own_scores in enumerate(scores):
            start, end = right.starts[first + row], right.starts[first + row + 1]
            ranks[start:end] = _ranks(own_scores, right.items[start:end])
        if depth:
            part = slice(first, first + len(scores))
            best.items[part], best.scores[part] = _top(scores, depth)
        if progress is not None:
            progress(first + len(scores))
    return RightRanks(right.starts, ranks, np.ones(len(ranks)), len(pool)), best


def _ranks(scores: Vectors, items: Integers) -> Floats:
    """Return the ranks of `items` in ascending order, wrong answers first among equals."""
    own = np.sort(scores[items])[::-1]
    if len(own) < _MANY:
        reached = (scores >= own[:, None]).sum(axis=1)
    else:
        reached = len(scores) - np.searchsorted(np.sort(scores), own, side="left")
    right_reached = len(own) - np.searchsorted(own[::-1], own, side="left")
    ranks: Floats = reached - right_reached + np.arange(1.0, len(own) + 1.0)
    return ranks


def _top(scores: Vectors, depth: int) -> tuple[Integers, Vectors]:
    """Return the best of each row, the lower place first among equals."""
    near = np.argpartition(-scores, depth - 1, axis=1)[:, :depth] if depth < scores.shape[1] else None
    items = np.sort(near, axis=1) if near is not None else np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
    own = np.take_along_axis(scores, items, axis=1)
    order = np.argsort(-own, axis=1, kind="stable")
    return np.take_along_axis(items, order, axis=1), np.take_along_axis(own, order, axis=1)


def _known(rows: Vectors) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isfinite(rows).all(axis=1) & rows.any(axis=1))
