"""What documents add to the graph, as arrays: which edges they are at, which facts and co-mentions they support."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, islice
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.co_mentions import CROWD
from kgretrieval.graph.segments import CO_MENTION, FACT, ILLUSTRATES, MENTIONS, SHOWS, encode
from kgretrieval.store.array_rows import NameRow, StatedRow, UsedRow, names_in, seen_of, stated_in, uses_in
from kgretrieval.store.store import Store

#: Documents whose rows are in memory at once.
_DOCUMENTS = 2000


@dataclass(frozen=True)
class Contributions:
    """What some documents add; ids are encoded as in `segments`.

    Attributes
    ----------
    edges : numpy.ndarray
        ``(e, 2)`` uint64, the smaller first: all edges between these documents and anything else, each once.
    edge_kinds, edge_counts : numpy.ndarray
        ``(e,)`` int32.
    holders : numpy.ndarray
        ``(q,)`` uint64: the document that supports an edge between two entities.
    pairs : numpy.ndarray
        ``(q, 2)`` uint64: these entities, the smaller first.
    pair_kinds, pair_counts : numpy.ndarray
        ``(q,)`` int32.
    documents : numpy.ndarray
        ``(d,)`` uint64, ordered: those that are there.
    digests : numpy.ndarray
        ``(d, 2)`` uint64: a hash of all that was read of each.
    """

    edges: npt.NDArray[np.uint64]
    edge_kinds: npt.NDArray[np.int32]
    edge_counts: npt.NDArray[np.int32]
    holders: npt.NDArray[np.uint64]
    pairs: npt.NDArray[np.uint64]
    pair_kinds: npt.NDArray[np.int32]
    pair_counts: npt.NDArray[np.int32]
    documents: npt.NDArray[np.uint64]
    digests: npt.NDArray[np.uint64]


def read_contributions(store: Store, documents: Sequence[str]) -> Contributions:
    """Read what these articles and pictures add now; those that are gone add nothing.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    documents : sequence of str
        Full ids, each once.
    """
    gathered = _Gathered()
    for chunk in _chunks(documents):
        _read(store, chunk, gathered)
    return gathered.whole()


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while chunk := list(islice(left, _DOCUMENTS)):
        yield chunk


def _read(store: Store, documents: Sequence[str], gathered: _Gathered) -> None:
    chosen = set(documents)
    names, statements, uses = defaultdict(list), defaultdict(list), defaultdict(list)
    illustrated: set[tuple[str, str]] = set()
    for name in names_in(store, documents):
        names[name.document].append(name)
    for use in uses_in(store, documents):
        if use.article:
            illustrated.add((use.article, use.picture))
        if use.picture in chosen:
            uses[use.picture].append(use)
    holders = [d for d in documents if d.startswith("a:")] + [use.id for own in uses.values() for use in own]
    for statement in stated_in(store, holders):
        statements[statement.document].append(statement)
    edges: dict[tuple[str, str, int], int] = {(a, p, ILLUSTRATES): 1 for a, p in illustrated}
    pairs: list[tuple[str, str, str, int, int]] = []
    digests: dict[str, bytes] = {}
    for document, seen in seen_of(store, documents).items():
        kind = MENTIONS if document.startswith("a:") else SHOWS
        for entity, count in Counter(name.entity for name in names[document]).items():
            edges[_ordered(document, entity, kind)] = count
        for (one, other, what), count in _supported(names[document], statements[document]).items():
            pairs.append((document, one, other, what, count))
        digests[document] = _digest(seen, names[document], statements[document], uses[document])
    gathered.add(edges, pairs, digests)


def _ordered(one: str, other: str, kind: int) -> tuple[str, str, int]:
    return (one, other, kind) if one < other else (other, one, kind)


def _supported(names: Sequence[NameRow], statements: Sequence[StatedRow]) -> Counter[tuple[str, str, int]]:
    """Count what one document says of each pair of entities: statements, and sentences that name both."""
    found: Counter[tuple[str, str, int]] = Counter()
    sentences: dict[tuple[str, str, int, int], set[str]] = defaultdict(set)
    for name in names:
        if name.sentence_start >= 0:
            sentences[name.holder, name.field, name.sentence_start, name.sentence_end].add(name.entity)
    for group in sentences.values():
        if 1 < len(group) <= CROWD:
            found.update((one, other, CO_MENTION) for one, other in combinations(sorted(group), 2))
    ends = ((s.subject_entity, s.object_entity) for s in statements)
    found.update(_ordered(one, other, FACT) for one, other in ends if one and other and one != other)
    return found


def _digest(
    seen: tuple[Any, ...], names: Sequence[NameRow], statements: Sequence[StatedRow], uses: Sequence[UsedRow]
) -> bytes:
    """Hash all that a document adds to the graph.

    Where files lie is left out, and with it the ids of the uses of pictures that stand on it.
    """
    lines: list[tuple[Any, ...]] = [("name", *name[2:]) for name in names]
    lines += [("stated", *statement[3:], *statement[1:3]) for statement in statements]
    lines += [("use", use.article, use.position, PurePath(use.path).name, *use[4:9]) for use in uses]
    return blake2b(repr((seen, sorted(lines, key=repr))).encode("utf-8", "replace"), digest_size=16).digest()


class _Gathered:
    """Arrays of one chunk after another."""

    def __init__(self) -> None:
        self._parts: list[tuple[npt.NDArray[Any], ...]] = []

    def add(
        self,
        edges: Mapping[tuple[str, str, int], int],
        pairs: Sequence[tuple[str, str, str, int, int]],
        digests: Mapping[str, bytes],
    ) -> None:
        ends = np.stack([encode([edge[side] for edge in edges]) for side in (0, 1)], axis=1)
        own = np.stack([encode([pair[side] for pair in pairs]) for side in (0, 1, 2)], axis=1)
        self._parts.append(
            (
                ends,
                np.array([edge[2] for edge in edges], dtype=np.int32),
                np.array(list(edges.values()), dtype=np.int32),
                own[:, 0],
                own[:, 1:],
                np.array([pair[3] for pair in pairs], dtype=np.int32),
                np.array([pair[4] for pair in pairs], dtype=np.int32),
                encode(list(digests)),
                np.frombuffer(b"".join(digests.values()), dtype=np.uint64).reshape(-1, 2),
            )
        )

    def whole(self) -> Contributions:
        if not self._parts:
            self.add({}, [], {})
        columns = [np.concatenate(arrays) for arrays in zip(*self._parts, strict=True)]
        # A picture and its article may have been read in different chunks.
        order = np.lexsort((columns[1], columns[0][:, 1], columns[0][:, 0]))
        ends, kinds = columns[0][order], columns[1][order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = (ends[1:] != ends[:-1]).any(axis=1) | (kinds[1:] != kinds[:-1])
        by_id = np.argsort(columns[7])
        return Contributions(
            edges=ends[first],
            edge_kinds=kinds[first],
            edge_counts=columns[2][order][first],
            holders=columns[3],
            pairs=columns[4],
            pair_kinds=columns[5],
            pair_counts=columns[6],
            documents=columns[7][by_id],
            digests=columns[8][by_id],
        )
