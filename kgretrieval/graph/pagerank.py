"""Personalised PageRank: how near every node is to a few, by many short walks at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import UsageError
from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.segments import UNIT, Segment, find, slices
from kgretrieval.graph.sums import kinds_of, wanted_kinds

#: Edges that are walked along at most, before what is left is estimated, and how much finer each round is.
EFFORT = 15_000
_FIRST, _FINER = 0.05, 4.0
#: Scores are rounded to so many digits after the point: sums differ in the last ones with their order.
_DIGITS = 12

Scores = tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]


def personalised_pagerank(
    arrays: GraphArrays,
    seeds: Mapping[int, float] | Iterable[int],
    *,
    alpha: float = 0.15,
    epsilon: float = 1e-8,
    allowed: npt.NDArray[np.bool_] | None = None,
    kinds: Sequence[str] | None = None,
    effort: int = EFFORT,
) -> Scores:
    """Return the nodes that a walk from the seeds visits, the most visited first, and how often it is at each.

    The walk steps along an edge in proportion to its weight, and goes back to a seed with probability `alpha` before
    each step. What a node has not passed on yet is passed on from many nodes at once (the local push of R. Andersen,
    F. Chung and K. Lang, "Local graph partitioning using PageRank vectors", 2006), first where there is most of it.
    What is left in the end has come far from the seeds: it is shared out as walks without end would be, by the weights
    of the edges at each node. A node with more edges than the effort allows passes nothing on.

    Parameters
    ----------
    arrays : GraphArrays
    seeds : mapping of int to float, or iterable of int
        Nodes where walks begin, with their shares; negative ones (not there) are left out.
    alpha : float
        Above 0 and below 1; 0.15 is the damping 0.85.
    epsilon : float
        What a node holds, for each unit of the weight of its edges, is not passed on from below this.
    allowed : numpy.ndarray, optional
        ``(n,)`` bool: nodes that may be walked through; others have no part in anything.
    kinds : sequence of str, optional
        Only edges of these `segments.KINDS` are walked along.
    effort : int
        About how many edges are walked along at most; more is slower and closer.

    Returns
    -------
    nodes : numpy.ndarray
        ``(k,)`` int32, seeds among them; of equal scores the smaller id first.
    scores : numpy.ndarray
        ``(k,)`` float64, above 0; all together at most 1, but for rounding.

    Raises
    ------
    UsageError
        If `alpha`, `epsilon` or a share makes no sense.
    """
    if not 0 < alpha < 1 or epsilon <= 0:
        raise UsageError(f"alpha is {alpha} and epsilon {epsilon}; alpha lies between 0 and 1, epsilon above 0")
    shares = _shares(arrays, seeds, allowed)
    walk = _Walk(arrays, shares, alpha, allowed, None if kinds is None else wanted_kinds(kinds))
    threshold = _FIRST
    while walk.effort < effort and threshold > epsilon:
        ready = walk.ready(walk.seen[: walk.count], threshold, effort)
        while len(ready) and walk.effort < effort:
            ready = walk.ready(walk.push(ready), threshold, effort)
        threshold /= _FINER
    return walk.result()


def _shares(
    arrays: GraphArrays, seeds: Mapping[int, float] | Iterable[int], allowed: npt.NDArray[np.bool_] | None
) -> dict[int, float]:
    given = seeds if isinstance(seeds, Mapping) else dict.fromkeys(seeds, 1.0)
    shares = {int(node): float(share) for node, share in given.items() if node >= 0 and share != 0}
    if any(share < 0 or node >= len(arrays) for node, share in shares.items()):
        raise UsageError(f"shares must not be negative and nodes below {len(arrays)}: {shares}")
    known = {node: share for node, share in shares.items() if allowed is None or allowed[node]}
    whole = sum(known.values())
    return {node: share / whole for node, share in sorted(known.items())}


class _Walk:
    """What has settled at each node and what is still to be passed on."""

    def __init__(
        self,
        arrays: GraphArrays,
        shares: Mapping[int, float],
        alpha: float,
        allowed: npt.NDArray[np.bool_] | None,
        kinds: list[int] | None,
    ) -> None:
        size = len(arrays)
        self.arrays, self.alpha, self.allowed, self.kinds = arrays, alpha, allowed, kinds
        self.settled = np.zeros(size)
        self.waiting = np.zeros(size)
        # Zeros cost nothing until they are touched.
        self.known = np.zeros(size, dtype=np.bool_)
        self.seen = np.empty(1024, dtype=np.int32)
        self.count = 0
        self.effort = 0
        self.stamps = np.zeros(size, dtype=np.int32)
        nodes = np.array(list(shares), dtype=np.int32)
        self.waiting[nodes] = list(shares.values())
        self._note(nodes)

    def ready(self, nodes: npt.NDArray[np.int32], threshold: float, effort: int) -> npt.NDArray[np.int32]:
        """Return, each once, those of these nodes that hold enough to pass on and can."""
        enough = nodes[self.waiting[nodes] > self.arrays.strengths[nodes] * (threshold / UNIT)]
        enough = self._distinct(enough)
        if not len(enough):
            return enough
        # Every edge weighs 1 at least.
        if self.arrays.strengths[enough].max() > effort * UNIT:
            lengths = np.sum([part.stretches(enough)[1] for part in self.arrays.parts], axis=0)
            enough = enough[lengths <= effort]
        return enough

    def push(self, nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Settle a part of what these nodes hold, pass the rest on, and return who got some of it."""
        held = self.waiting[nodes]
        owners, others, weights = self._edges(nodes)
        whole = np.bincount(owners, weights=weights, minlength=len(nodes))
        self.waiting[nodes] = 0.0
        # Who has no edges passes nothing on.
        ends = whole <= 0
        self.settled[nodes] += np.where(ends, held, self.alpha * held)
        share = np.divide((1.0 - self.alpha) * held, whole, out=np.zeros_like(held), where=~ends)
        np.add.at(self.waiting, others, share[owners] * weights)
        self.effort += len(others) + len(nodes)
        self._note(others)
        return others

    def _edges(
        self, nodes: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float64]]:
        """Return owner, other end and weight of all edges to walk along; changes of one edge stand side by side."""
        found = [self._of_part(part, nodes) for part in self.arrays.parts]
        owner, other, weight, mark = found[0] if len(found) == 1 else map(np.concatenate, zip(*found, strict=True))
        kept = np.ones(len(other), dtype=np.bool_) if self.allowed is None else self.allowed[other]
        if len(self.arrays.hidden):
            kept &= ~find(self.arrays.hidden, other)[1]
        if self.kinds is not None:
            kept &= np.isin(kinds_of(mark), self.kinds)
        return (owner, other, weight) if kept.all() else (owner[kept], other[kept], weight[kept])

    def _of_part(self, part: Segment, nodes: npt.NDArray[np.int32]) -> tuple[npt.NDArray[Any], ...]:
        begins, lengths = part.stretches(nodes)
        places = slices(begins, lengths)
        marks = part.marks[places] if self.kinds is not None else part.marks[:0]
        owners = np.repeat(np.arange(len(nodes)), lengths)
        return owners, part.columns[places], part.weights[places].astype(np.float64), marks

    def _note(self, nodes: npt.NDArray[np.int32]) -> None:
        """Remember nodes that were never seen before."""
        new = self._distinct(nodes[~self.known[nodes]])
        self.known[new] = True
        if self.count + len(new) > len(self.seen):
            self.seen = np.resize(self.seen, 2 * (self.count + len(new)))
        self.seen[self.count : self.count + len(new)] = new
        self.count += len(new)

    def _distinct(self, nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return each of these nodes once: the last to be written at its stamp stays. Sorting would cost more."""
        order = np.arange(len(nodes), dtype=np.int32)
        self.stamps[nodes] = order
        return np.asarray(nodes[self.stamps[nodes] == order])

    def result(self) -> Scores:
        nodes = self.seen[: self.count]
        settled, waiting = self.settled[nodes], self.waiting[nodes]
        left = float(waiting.sum())
        far = self.arrays.strengths[nodes] / max(1, self.arrays.volume)
        scores = np.round(settled + self.alpha * waiting + (1.0 - self.alpha) * left * far, _DIGITS)
        order = np.argsort(-scores)
        order = order[: int(np.searchsorted(-scores[order], 0.0))]
        equal = scores[order][1:] == scores[order][:-1]
        tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
        if len(tied):
            same = order[tied]
            order[tied] = same[np.lexsort((self.arrays.codes(nodes[same]), -scores[same]))]
        return nodes[order], scores[order]
