"""What lies around nodes, and the way from one to another, along the arrays of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.arrays import Edges, GraphArrays
from kgretrieval.graph.segments import KINDS, UNIT, find

#: What a step along each of `segments.KINDS` costs; passing through a node costs the logarithm of its degree on top.
_COSTS = np.array([1.0, 1.0, 1.0, 1.0, 2.0])


class Neighbourhood(NamedTuple):
    """Nodes around others, with the edges between them.

    Attributes
    ----------
    nodes : numpy.ndarray
        ``(k,)`` int32, ordered.
    distances : numpy.ndarray
        ``(k,)`` int8: how many steps away each is.
    edges : Edges
        Each edge in both directions; owners are places in `nodes`.
    """

    nodes: npt.NDArray[np.int32]
    distances: npt.NDArray[np.int8]
    edges: Edges


def nodes_around(
    arrays: GraphArrays, centres: Iterable[int], *, radius: int = 2, kinds: Sequence[str] | None = None
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """Return the nodes within `radius` edges of the centres, ordered, and how many edges away each is."""
    distances = np.full(len(arrays), -1, dtype=np.int8)
    frontier = np.unique(np.array([node for node in centres if node >= 0], dtype=np.int32))
    distances[frontier] = 0
    for step in range(1, radius + 1):
        others = arrays.edges(frontier, kinds=kinds).others
        distances[others[distances[others] < 0]] = step
        frontier = np.flatnonzero(distances == step).astype(np.int32)
    nodes = np.flatnonzero(distances >= 0).astype(np.int32)
    return nodes, distances[nodes]


def neighbourhood(
    arrays: GraphArrays, centres: Iterable[int], *, radius: int = 2, kinds: Sequence[str] | None = None
) -> Neighbourhood:
    """Return the nodes within `radius` edges of the centres with all edges between them.

    Parameters
    ----------
    arrays : GraphArrays
    centres : iterable of int
        Nodes; negative ones (not there) are left out.
    radius : int
        How many edges away, in either direction.
    kinds : sequence of str, optional
        Only edges of these `segments.KINDS` are looked at.
    """
    nodes, distances = nodes_around(arrays, centres, radius=radius, kinds=kinds)
    inside = np.zeros(len(arrays), dtype=np.bool_)
    inside[nodes] = True
    found = arrays.edges(nodes, kinds=kinds)
    kept = np.flatnonzero(inside[found.others])
    return Neighbourhood(nodes, distances, found.only(kept))


def way_to(
    arrays: GraphArrays,
    seeds: Iterable[int],
    node: int,
    *,
    longest: int = 3,
    allowed: npt.NDArray[np.bool_] | None = None,
    kinds: Sequence[str] | None = None,
) -> list[tuple[str, str]]:
    """Return the cheapest way of at most three edges from one of the seeds to a node.

    What is mentioned, shown or stated costs one step, to be named in one sentence two; whoever passes through a node
    pays the logarithm of the number of its edges. Of equal ways the one whose ids come first is taken.

    Parameters
    ----------
    arrays : GraphArrays
    seeds : iterable of int
        Nodes; negative ones (not there) are left out.
    node : int
    longest : int
        1, 2 or 3 edges.
    allowed : numpy.ndarray, optional
        ``(n,)`` bool: nodes that may be passed through.
    kinds : sequence of str, optional
        Only edges of these `segments.KINDS`.

    Returns
    -------
    list of (str, str)
        The id of each node from the seed on, with the kind of the edge that leads to it: ``""`` for the seed. Empty
        where there is no way.
    """
    starts = np.unique(np.array([seed for seed in seeds if seed >= 0], dtype=np.int32))
    if not len(starts) or node < 0:
        return []
    if node in starts:
        return [(arrays.id(node), "")]
    out = _Near.of(arrays, starts, kinds)
    back = _Near.of(arrays, np.array([node], dtype=np.int32), kinds)
    ways = [_direct(out, node)]
    first, last = out.only(allowed), back.only(allowed)
    if longest > 1:
        ways.append(_over_one(arrays, first, last, node))
    if longest > 2:
        ways.append(_over_two(arrays, first, last, node, kinds))
    found = [way for way in ways if way is not None]
    if not found:
        return []
    _, nodes, edges = min(found, key=lambda way: (way[0], len(way[1])))
    ids = arrays.ids(np.array(nodes)).astype(str).tolist()
    return list(zip(ids, ("", *(KINDS[kind] for kind in edges)), strict=True))


#: What it costs, the nodes, the kinds of the edges between them.
_Way = tuple[float, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class _Near:
    """What is one edge away from some nodes: each once, ordered, with the cheapest edge and where that comes from."""

    nodes: npt.NDArray[np.int32]
    costs: npt.NDArray[np.float64]
    sources: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int32]

    @classmethod
    def of(cls, arrays: GraphArrays, starts: npt.NDArray[np.int32], kinds: Sequence[str] | None) -> _Near:
        edges = arrays.edges(starts, kinds=kinds)
        kept = np.flatnonzero(~np.isin(edges.others, starts))
        others, sources, costs = edges.others[kept], starts[edges.owners[kept]], _COSTS[edges.kinds[kept]]
        order = np.lexsort((edges.kinds[kept], arrays.codes(sources), costs, others))
        others = others[order]
        first = np.ones(len(others), dtype=np.bool_)
        first[1:] = others[1:] != others[:-1]
        chosen = order[first]
        return cls(others[first], costs[chosen], sources[chosen], edges.kinds[kept][chosen])

    def only(self, allowed: npt.NDArray[np.bool_] | None) -> _Near:
        if allowed is None:
            return self
        kept = allowed[self.nodes]
        return _Near(self.nodes[kept], self.costs[kept], self.sources[kept], self.kinds[kept])


def _direct(out: _Near, node: int) -> _Way | None:
    place = int(np.searchsorted(out.nodes, node))
    if place == len(out.nodes) or out.nodes[place] != node:
        return None
    return float(out.costs[place]), (int(out.sources[place]), node), (int(out.kinds[place]),)


def _over_one(arrays: GraphArrays, out: _Near, back: _Near, node: int) -> _Way | None:
    both, i, j = np.intersect1d(out.nodes, back.nodes, assume_unique=True, return_indices=True)
    if not len(both):
        return None
    costs = np.round(out.costs[i] + back.costs[j] + _toll(arrays, both), 6)
    best = int(np.lexsort((arrays.codes(both), costs))[0])
    ends = (int(out.sources[i[best]]), int(both[best]), node)
    return float(costs[best]), ends, (int(out.kinds[i[best]]), int(back.kinds[j[best]]))


def _over_two(arrays: GraphArrays, out: _Near, back: _Near, node: int, kinds: Sequence[str] | None) -> _Way | None:
    sizes = [int(arrays.strengths[near.nodes].sum()) for near in (out, back)]
    turned = sizes[1] < sizes[0]
    one, other = (back, out) if turned else (out, back)
    edges = arrays.edges(one.nodes, kinds=kinds)
    places, there = find(other.nodes, edges.others)
    kept = np.flatnonzero(there & (edges.others != node))
    if not len(kept):
        return None
    i, j, between = edges.owners[kept], places[kept], edges.kinds[kept]
    tolls = _toll(arrays, one.nodes)[i] + _toll(arrays, other.nodes)[j]
    costs = np.round(one.costs[i] + other.costs[j] + _COSTS[between] + tolls, 6)
    near, far = (other.nodes[j], one.nodes[i]) if turned else (one.nodes[i], other.nodes[j])
    best = int(np.lexsort((between, arrays.codes(far), arrays.codes(near), costs))[0])
    a, b = (int(j[best]), int(i[best])) if turned else (int(i[best]), int(j[best]))
    ends = (int(out.sources[a]), int(out.nodes[a]), int(back.nodes[b]), node)
    return float(costs[best]), ends, (int(out.kinds[a]), int(between[best]), int(back.kinds[b]))


def _toll(arrays: GraphArrays, nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    return np.log10(np.maximum(1.0, arrays.strengths[nodes] / UNIT))
