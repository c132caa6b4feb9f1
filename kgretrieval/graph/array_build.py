"""Making the arrays of the graph: from nothing, or from those of an earlier generation and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import CollectionError
from kgretrieval.graph.arrays import GraphArrays, load_arrays, save_arrays
from kgretrieval.graph.contributions import Contributions, read_contributions
from kgretrieval.graph.segments import BITS, FACT, MENTIONS, SHOWS, Ints, Segment, encode, find, slices, weigh
from kgretrieval.graph.sums import counts_of, edge_keys, entries, kinds_of, locate, split_keys, tally, undirected
from kgretrieval.index.bases import Base
from kgretrieval.store.array_rows import documents_by_age
from kgretrieval.store.store import Store

#: A part is added up with the one before it when it is at least this share of its size.
_SHARE = 0.25

_Number = TypeVar("_Number", bound=np.generic)


def write_arrays(store: Store, folder: Path, base: Base | None = None) -> None:
    """Write the arrays of the store's present state as the new folder `folder`.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    folder : pathlib.Path
        Must not exist, or be empty.
    base : Base, optional
        The arrays of an earlier generation to begin with; those that cannot be opened are made from nothing.
    """
    old, sources = empty_arrays(), {}
    if base is not None:
        try:
            old = load_arrays(base.folder)
            sources = {id(part): base.folder / str(place) for place, part in enumerate(old.parts)}
        except CollectionError:
            base = None
    if base is not None:
        touched = sorted(i for i in base.changes.graph | base.changes.texts if i[0] in "ap")
    else:
        touched = documents_by_age(store)
    read = read_contributions(store, touched)
    arrays = replace(changed(old, read, np.sort(encode(touched))), generation=store.generation)
    folder.mkdir(exist_ok=True)
    save_arrays(arrays, folder, from_disk=[sources.get(id(part)) for part in arrays.parts])


def empty_arrays() -> GraphArrays:
    """Return the arrays of a graph without nodes."""
    none = np.empty(0, dtype=np.int32)
    return GraphArrays(0, (), none.astype(np.int64), none, none, _hex(np.zeros(2, dtype=np.uint64)))


def changed(old: GraphArrays, read: Contributions, touched: npt.NDArray[np.uint64]) -> GraphArrays:
    """Return the arrays that follow on `old` when the documents `touched` add what was read of them, and no more."""
    if old.parts and not len(touched):
        return old
    named = np.unique(np.concatenate([read.edges.ravel(), read.pairs.ravel(), read.documents]))
    numbers = _Numbers(old, named[locate(old.parts, named) < 0])
    documents = numbers(touched)
    documents = np.sort(documents[documents >= 0])
    pairs = _pair_changes(old, read, numbers, documents)
    own = _edge_changes(old, read, numbers, documents)
    keys, counts = tally(np.concatenate([own[0], pairs.keys]), np.concatenate([own[1], pairs.counts]))
    kinds = split_keys(keys)[2]
    known = counts_of(old.parts, keys)
    weights = weigh(kinds, known + counts).astype(np.int64) - weigh(kinds, known)
    digests, digest = _digests(old, read, numbers, documents)
    part = _part(numbers.fresh, (keys, counts, weights), pairs, (documents, digests), dense=not old.parts)
    strengths = _grown(old.strengths, len(numbers.fresh))
    for side in split_keys(keys)[:2]:
        np.add.at(strengths, side, weights)
    counted = _counted(old, read, numbers, documents, (keys, counts, known))
    arrays = GraphArrays(old.generation, (*old.parts, part), strengths, counted, old.hidden, digest)
    while len(arrays.parts) > 1 and arrays.parts[-1].size >= _SHARE * arrays.parts[-2].size:
        arrays = _merged(arrays)
    return arrays


@dataclass(frozen=True)
class _Numbers:
    """The numbers of nodes, of those that were there and of new ones behind them."""

    old: GraphArrays
    fresh: npt.NDArray[np.uint64]

    def __call__(self, codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        found = locate(self.old.parts, codes).astype(np.int64)
        places, new = find(self.fresh, codes)
        return np.where(new, len(self.old) + places, found)


@dataclass(frozen=True)
class _Pairs:
    """What documents add to edges between entities: by document, then by edge."""

    documents: npt.NDArray[np.int64]
    keys: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]

    def summed(self) -> _Pairs:
        """Return each edge of a document once; what comes to nothing is left out."""
        order = np.lexsort((self.keys, self.documents))
        documents, keys = self.documents[order], self.keys[order]
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = (documents[1:] != documents[:-1]) | (keys[1:] != keys[:-1])
        begins = np.flatnonzero(fresh)
        counts = np.add.reduceat(self.counts[order], begins) if len(begins) else self.counts
        kept = counts != 0
        return _Pairs(documents[begins][kept], keys[begins][kept], counts[kept])


def _edge_changes(
    old: GraphArrays, read: Contributions, numbers: _Numbers, documents: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the edges of documents whose count changed, and by how much."""
    ends = [numbers(read.edges[:, side]) for side in (0, 1)]
    after = edge_keys(np.minimum(*ends), np.maximum(*ends), read.edge_kinds)
    if not old.parts:
        return after, read.edge_counts.astype(np.int64)
    before = entries(old.parts, documents)
    kinds = kinds_of(before.marks)
    keys = undirected(edge_keys(documents[before.owners], before.others, kinds))
    # An edge between two of the documents stands in the rows of both.
    keys, places = np.unique(keys, return_index=True)
    counts = (before.marks >> BITS)[places]
    return np.concatenate([after, keys]), np.concatenate([read.edge_counts, -counts]).astype(np.int64)


def _pair_changes(old: GraphArrays, read: Contributions, numbers: _Numbers, documents: npt.NDArray[np.int64]) -> _Pairs:
    ends = [numbers(read.pairs[:, side]) for side in (0, 1)]
    keys = edge_keys(np.minimum(*ends), np.maximum(*ends), read.pair_kinds)
    columns = [(numbers(read.holders), keys, read.pair_counts.astype(np.int64))]
    for part in old.parts:
        begins, lengths = part.shares(documents)
        chosen = slices(begins, lengths)
        counts = -part.pair_counts[chosen].astype(np.int64)
        columns.append((np.repeat(documents, lengths), part.pair_keys[chosen], counts))
    return _Pairs(*(np.concatenate(arrays) for arrays in zip(*columns, strict=True))).summed()


def _digests(
    old: GraphArrays, read: Contributions, numbers: _Numbers, documents: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], str]:
    """Return the hash of each document, 0 for one that is gone, and the sum of those of all documents."""
    before, after = (np.zeros((len(documents), 2), dtype=np.uint64) for _ in range(2))
    for part in old.parts:
        places, there = find(part.digested, documents)
        before[there] = part.digests[places[there]]
    after[find(documents, numbers(read.documents))[0]] = read.digests
    total = np.array([int(old.digest[:16], 16), int(old.digest[16:], 16)], dtype=np.uint64)
    return after, _hex(total + after.sum(axis=0, dtype=np.uint64) - before.sum(axis=0, dtype=np.uint64))


def _counted(
    old: GraphArrays,
    read: Contributions,
    numbers: _Numbers,
    documents: npt.NDArray[np.int64],
    change: tuple[npt.NDArray[np.int64], ...],
) -> npt.NDArray[np.int32]:
    """Return in how many documents each entity stands, 1 for each document that is there."""
    counted = _grown(old.documents, len(numbers.fresh))
    counted[documents] = 0
    counted[numbers(read.documents)] = 1
    keys, counts, known = change
    ones, others, kinds = split_keys(keys)
    naming = np.isin(kinds, (MENTIONS, SHOWS))
    entity = np.where(find(documents, ones)[1], others, ones)
    came, went = naming & (known == 0), naming & (known + counts == 0)
    np.add.at(counted, entity[came], 1)
    np.subtract.at(counted, entity[went], 1)
    return counted


def _part(
    codes: npt.NDArray[np.uint64],
    edges: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]],
    pairs: _Pairs,
    digests: tuple[Ints, npt.NDArray[np.uint64]],
    *,
    dense: bool,
) -> Segment:
    """Return a part of these edges, given once each; `dense` gives every node of it a row."""
    keys, counts, weights = edges
    ones, others, kinds = split_keys(keys)
    marks = (counts << BITS | kinds).astype(np.int32)
    both = np.concatenate([keys, edge_keys(others, ones, kinds)])
    order = np.argsort(both, kind="stable")
    both, place = both[order], order % max(1, len(keys))
    owners, columns, _ = split_keys(both)
    rows, starts = _rows(owners, len(codes) if dense else None)
    documents, pair_starts = _rows(pairs.documents, None)
    return Segment(
        codes=codes,
        rows=rows,
        starts=starts,
        columns=columns,
        marks=marks[place],
        weights=weights[place].astype(np.int16),
        documents=documents,
        pair_starts=pair_starts,
        pair_keys=pairs.keys,
        pair_counts=pairs.counts.astype(np.int32),
        digested=digests[0].astype(np.int32),
        digests=digests[1],
    )


def _rows(owners: Ints, count: int | None) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the distinct ones among ordered owners, or all numbers below `count`, and where each one begins."""
    rows = np.unique(owners) if count is None else np.arange(count)
    starts = np.append(np.searchsorted(owners, rows), len(owners))
    return rows.astype(np.int32), starts.astype(np.int64)


def _merged(arrays: GraphArrays) -> GraphArrays:
    """Return the same with the last two parts as one; nodes of these that are gone lose their numbers."""
    last = arrays.parts[-2:]
    first = int(arrays.firsts[-3])
    codes = np.concatenate([part.codes for part in last])
    there = (arrays.documents[first:] > 0) | (arrays.strengths[first:] != 0)
    kept = np.flatnonzero(there)
    kept = kept[np.argsort(codes[kept])]
    # From old numbers to new ones; what is gone stands nowhere.
    numbers = np.concatenate([np.arange(first), np.full(len(codes), -1)])
    numbers[first + kept] = first + np.arange(len(kept))
    rows = np.unique(np.concatenate([part.rows for part in last]))
    found = entries(last, rows)
    keys = edge_keys(numbers[rows[found.owners]], numbers[found.others], kinds_of(found.marks))
    keys, places = np.unique(undirected(keys), return_index=True)
    pairs = _Pairs(
        np.concatenate([numbers[np.repeat(part.documents, np.diff(part.pair_starts))] for part in last]),
        np.concatenate([_renumbered(part.pair_keys, numbers) for part in last]),
        np.concatenate([part.pair_counts for part in last]).astype(np.int64),
    )
    edges = (keys, (found.marks[places] >> BITS).astype(np.int64), found.weights[places])
    whole = _part(codes[kept], edges, pairs.summed(), _merged_digests(last, numbers), dense=first == 0)
    strengths, documents = (
        np.concatenate([array[:first], array[first:][kept]]) for array in (arrays.strengths, arrays.documents)
    )
    return replace(arrays, parts=(*arrays.parts[:-2], whole), strengths=strengths, documents=documents)


def _renumbered(keys: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ones, others, kinds = split_keys(keys)
    return undirected(edge_keys(numbers[ones], numbers[others], kinds))


def _merged_digests(
    parts: Sequence[Segment], numbers: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
    """Return the documents that were read, ordered, with their hashes: the later one counts."""
    documents = np.concatenate([numbers[part.digested] for part in reversed(parts)])
    digests = np.concatenate([part.digests for part in reversed(parts)])
    documents, places = np.unique(documents, return_index=True)
    kept = documents >= 0
    return documents[kept], digests[places[kept]]


def _grown(array: npt.NDArray[_Number], more: int) -> npt.NDArray[_Number]:
    return np.concatenate([array, np.zeros(more, dtype=array.dtype)])


def _hex(digest: npt.NDArray[np.uint64]) -> str:
    return "".join(f"{int(half):016x}" for half in digest)


def hiding(arrays: GraphArrays, entities: Sequence[str], statements: Sequence[tuple[str, str, int]]) -> GraphArrays:
    """Return the arrays without what people hid.

    Parameters
    ----------
    arrays : GraphArrays
    entities : sequence of str
        Full ids.
    statements : sequence of (str, str, int)
        Two entities, and how many statements between them are not to count.
    """
    hidden = locate(arrays.parts, encode(entities))
    hidden = np.unique(hidden[hidden >= 0])
    ends = [locate(arrays.parts, encode([row[side] for row in statements])) for side in (0, 1)]
    there = np.flatnonzero((ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1]))
    if not len(there):
        return replace(arrays, hidden=hidden)
    kinds = np.full(len(there), FACT)
    keys = undirected(edge_keys(ends[0][there], ends[1][there], kinds))
    keys, counts = tally(keys, -np.array([row[2] for row in statements])[there])
    known = counts_of(arrays.parts, keys)
    counts = np.maximum(counts, -known)
    kinds = split_keys(keys)[2]
    weights = weigh(kinds, known + counts).astype(np.int64) - weigh(kinds, known)
    nothing = np.empty(0, dtype=np.int64)
    digests = (nothing, np.empty((0, 2), dtype=np.uint64))
    none = _Pairs(nothing, nothing, nothing)
    part = _part(np.empty(0, dtype=np.uint64), (keys, counts, weights), none, digests, dense=False)
    return replace(arrays, parts=(*arrays.parts, part), hidden=hidden)
