"""Adding up edges: what stands at some nodes over all parts of the graph, and one part made of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.segments import BITS, KINDS, Ints, Segment, find, slices

_KIND = (1 << BITS) - 1
#: An edge as one number: its ends and its kind, so that edges sort by them. Nodes are numbered up to half a billion.
_SHIFT = 31 + BITS


class Entries(NamedTuple):
    """Edges as parts hold them: the place of the node they are at, its other end, the mark, the weight."""

    owners: npt.NDArray[np.int64]
    others: npt.NDArray[np.int32]
    marks: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int64]


def locate(parts: Sequence[Segment], codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
    """Return the numbers of nodes by their encoded ids, -1 for those of no part."""
    found = np.full(len(codes), -1, dtype=np.int32)
    first = 0
    for part in parts:
        places, there = find(part.codes, codes)
        found[there] = first + places[there]
        first += len(part.codes)
    return found


def edge_keys(ones: Ints, others: Ints, kinds: Ints) -> npt.NDArray[np.int64]:
    """Return edges as numbers that sort by the first end, then by the second, then by kind."""
    return ones.astype(np.int64) << _SHIFT | others.astype(np.int64) << BITS | kinds


def split_keys(
    keys: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return the first ends, the second ends and the kinds of what `edge_keys` returned."""
    ones = (keys >> _SHIFT).astype(np.int32)
    return ones, (keys >> BITS & (1 << 31) - 1).astype(np.int32), (keys & _KIND).astype(np.int32)


def undirected(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the same edges with the smaller number first."""
    ones, others, kinds = split_keys(keys)
    return edge_keys(np.minimum(ones, others), np.maximum(ones, others), kinds)


def tally(keys: npt.NDArray[np.int64], *columns: Ints) -> tuple[npt.NDArray[np.int64], ...]:
    """Return the distinct keys, ordered, and for each column the sum over each of them; sums of 0 are left out.

    The first column decides what is left out.
    """
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else order
    sums = [np.add.reduceat(column[order].astype(np.int64), begins) if len(begins) else order for column in columns]
    kept = sums[0] != 0
    return keys[begins][kept], *(column[kept] for column in sums)


def entries(parts: Sequence[Segment], nodes: Ints) -> Entries:
    """Return the edges at these nodes, by owner, other end and kind; those that no longer are left out."""
    found = [_of_part(part, nodes) for part in parts]
    if len(found) == 1:
        return found[0]
    owners, others, marks, weights = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    keys, counts, weights = tally(edge_keys(owners, others, marks & _KIND), marks >> BITS, weights)
    owners, others, kinds = split_keys(keys)
    return Entries(owners.astype(np.int64), others, (counts << BITS | kinds).astype(np.int32), weights)


def counts_of(parts: Sequence[Segment], keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the number behind each of these edges, 0 where there is none: by halving the rows they would stand in."""
    found = np.zeros(len(keys), dtype=np.int64)
    ones, others, kinds = split_keys(keys)
    wanted = others.astype(np.int64) << BITS | kinds
    for part in parts:
        if not len(part.columns):
            continue
        low, lengths = part.stretches(ones)
        end = low + lengths
        high = end.copy()
        while (open_ := low < high).any():
            middle = np.where(open_, (low + high) // 2, 0)
            less = open_ & (_within(part, middle) < wanted)
            low = np.where(less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        there = np.flatnonzero(low < end)
        there = there[_within(part, low[there]) == wanted[there]]
        found[there] += part.marks[low[there]] >> BITS
    return found


def kinds_of(marks: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the places in `KINDS` of what marks stand for."""
    return marks & _KIND


def wanted_kinds(kinds: Sequence[str]) -> list[int]:
    """Return the places of these kinds in `KINDS`."""
    return [KINDS.index(kind) for kind in kinds]


def _within(part: Segment, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return part.columns[places].astype(np.int64) << BITS | (part.marks[places] & _KIND)


def _of_part(part: Segment, nodes: Ints) -> Entries:
    begins, lengths = part.stretches(nodes)
    places = slices(begins, lengths)
    owners = np.repeat(np.arange(len(nodes), dtype=np.int64), lengths)
    return Entries(owners, part.columns[places], part.marks[places], part.weights[places].astype(np.int64))
