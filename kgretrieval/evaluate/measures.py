"""Measures of retrieval from the ranks of right answers, each a value a query; definitions as in ``trec_eval``.

K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002 (nDCG);
C. Buckley and E. Voorhees, "Retrieval System Evaluation", in: TREC, MIT Press, 2005 (the others).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

#: What R@k counts: "any", a query counts 1 if one right answer is among the first k (the use in matching texts and
#: pictures; Success@k of trec_eval); "all", the share of the query's right answers among them (trec_eval's recall).
Recall = Literal["any", "all"]


@dataclass(frozen=True, slots=True)
class RightRanks:
    """Where the right answers of each query stand in its ranking.

    Attributes
    ----------
    starts : numpy.ndarray
        ``(n + 1,)`` int64: the right answers of query ``i`` are those from ``starts[i]`` to ``starts[i + 1]``.
    ranks : numpy.ndarray
        ``(m,)`` float64, from 1, ascending within a query and all different there; infinite for an answer that was
        not retrieved.
    gains : numpy.ndarray
        ``(m,)`` float64 above 0: how right an answer is, 1 where nobody said.
    pool : int
        How many answers there are to choose from; 0 where that is not known.
    """

    starts: Integers
    ranks: Floats
    gains: Floats
    pool: int

    def __len__(self) -> int:
        """Return the number of queries."""
        return len(self.starts) - 1

    @property
    def counts(self) -> Integers:
        """How many right answers each query has: ``(n,)``."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Integers:
        """The query of each right answer: ``(m,)``."""
        return np.repeat(np.arange(len(self)), self.counts)

    @property
    def places(self) -> Integers:
        """The place of each right answer among those of its query, from 0: ``(m,)``."""
        return np.arange(len(self.ranks)) - self.starts[:-1][self.owners]

    def take(self, queries: npt.NDArray[np.integer[Any]]) -> RightRanks:
        """Return the same for these queries, in this order."""
        counts = self.counts[queries]
        starts = np.concatenate([[0], np.cumsum(counts)])
        rows = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[queries], counts)
        return RightRanks(starts, self.ranks[rows], self.gains[rows], self.pool)


def right_ranks(ranks: Sequence[Sequence[float]], *, pool: int, gains: Sequence[Sequence[float]] = ()) -> RightRanks:
    """Return `RightRanks` from a list of ranks for each query, in any order.

    Examples
    --------
    >>> first_rank(right_ranks([[3, 1], [7]], pool=10)).tolist()
    [1.0, 7.0]
    """
    counts = np.array([len(own) for own in ranks], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    flat = np.array([rank for own in ranks for rank in own], dtype=np.float64)
    worth = np.array([gain for own in gains for gain in own], dtype=np.float64) if gains else np.ones(len(flat))
    order = np.lexsort((flat, np.repeat(np.arange(len(counts)), counts)))
    return RightRanks(starts, flat[order], worth[order], pool)


def first_rank(right: RightRanks) -> Floats:
    """Return the rank of each query's first right answer: ``(n,)``, infinite where none was retrieved."""
    first = np.full(len(right), np.inf)
    some = right.counts > 0
    first[some] = right.ranks[right.starts[:-1][some]]
    return first


def success(right: RightRanks, k: int) -> Floats:
    """Return 1 for each query with a right answer among the first `k`, else 0."""
    return (first_rank(right) <= k).astype(np.float64)


def recall(right: RightRanks, k: int) -> Floats:
    """Return the share of each query's right answers that are among the first `k`; 0 where there are none."""
    return _found(right, k) / np.maximum(right.counts, 1)


def precision(right: RightRanks, k: int) -> Floats:
    """Return the share of right answers among the first `k`, also where fewer than `k` were retrieved."""
    return _found(right, k) / k


def reciprocal_rank(right: RightRanks) -> Floats:
    """Return one divided by the rank of the first right answer."""
    return 1.0 / first_rank(right)


def average_precision(right: RightRanks) -> Floats:
    """Return the mean, over a query's right answers, of the precision at their ranks; 0 for those not retrieved."""
    return _sum(right, (right.places + 1) / right.ranks) / np.maximum(right.counts, 1)


def ndcg(right: RightRanks, k: int | None = None) -> Floats:
    """Return the discounted cumulated gain of the first `k` (all where None), divided by the best possible.

    A gain at rank r counts ``gain / log2(1 + r)``.
    """
    limit = np.inf if k is None else k
    gained = np.where(right.ranks <= limit, right.gains / np.log2(1.0 + right.ranks), 0.0)
    best = right.gains[np.lexsort((-right.gains, right.owners))]
    places = right.places
    ideal = _sum(right, np.where(places < limit, best / np.log2(2.0 + places), 0.0))
    return _sum(right, gained) / np.where(ideal > 0, ideal, 1.0)


def measure(right: RightRanks, name: str, *, recall_counts: Recall = "all") -> Floats:
    """Return a measure by its name, a value a query: ``(n,)`` float64 from 0 to 1.

    Parameters
    ----------
    right : RightRanks
    name : str
        ``"R@k"``, ``"P@k"``, ``"Success@k"``, ``"nDCG@k"``, ``"nDCG"``, ``"MRR"`` or ``"MAP"``.
    recall_counts : {"any", "all"}
        What R@k is: see `Recall`.

    Examples
    --------
    >>> measure(right_ranks([[1], [4]], pool=10), "MRR").tolist()
    [1.0, 0.25]
    """
    kind, _, depth = name.partition("@")
    k = int(depth) if depth else None
    if kind == "R" and k:
        return success(right, k) if recall_counts == "any" else recall(right, k)
    if kind == "P" and k:
        return precision(right, k)
    if kind == "Success" and k:
        return success(right, k)
    if kind == "nDCG":
        return ndcg(right, k)
    if name == "MRR":
        return reciprocal_rank(right)
    if name == "MAP":
        return average_precision(right)
    raise ValueError(f"there is no measure {name!r}")


def _found(right: RightRanks, k: int) -> Floats:
    return _sum(right, (right.ranks <= k).astype(np.float64))


def _sum(right: RightRanks, values: Floats) -> Floats:
    """Add up a value for each right answer by query."""
    return np.bincount(right.owners, weights=values, minlength=len(right)).astype(np.float64)
