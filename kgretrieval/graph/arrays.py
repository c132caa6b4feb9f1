"""The graph as arrays on disk: what a search walks along, without NetworkX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.graph import segments
from kgretrieval.graph.segments import KINDS, UNIT, Ints, Segment, decode, encode, find
from kgretrieval.graph.sums import entries, kinds_of, locate, wanted_kinds
from kgretrieval.index._files import damaged

META = "graph.json"
VERSION = 1


class Edges(NamedTuple):
    """The edges at some nodes, each edge once for each of these nodes that it touches.

    Attributes
    ----------
    owners : numpy.ndarray
        ``(e,)`` int64, ordered: the place, among the nodes asked for, of the one that the edge is at.
    others : numpy.ndarray
        ``(e,)`` int32: the node at its other end.
    kinds : numpy.ndarray
        ``(e,)`` int32: places in `segments.KINDS`.
    counts : numpy.ndarray
        ``(e,)`` int32: how many mentions, sentences or statements it stands on.
    weights : numpy.ndarray
        ``(e,)`` float64.
    """

    owners: npt.NDArray[np.int64]
    others: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float64]

    def only(self, places: Ints) -> Edges:
        """Return the edges at these places."""
        return Edges(
            self.owners[places], self.others[places], self.kinds[places], self.counts[places], self.weights[places]
        )


@dataclass(frozen=True)
class GraphArrays:
    """Articles, entities and pictures by number, and the undirected weighted edges between them; immutable.

    Two nodes may be joined by edges of several kinds (`segments.KINDS`). Hidden facts are no edges; hidden entities
    have no number and stand at the end of no edge.

    Attributes
    ----------
    generation : int
        Of the collection.
    parts : tuple of Segment
        The edges, to be added up.
    strengths : numpy.ndarray
        ``(n,)`` int64: the weights of all edges at each node, added up, in 1 / `segments.UNIT`.
    documents : numpy.ndarray
        ``(n,)`` int32: in how many articles and pictures an entity is named; of these themselves 1, 0 for what is gone.
    hidden : numpy.ndarray
        ``(h,)`` int32, ordered: the nodes that people hid.
    digest : str
        A hash, in hex, of all that was read of the documents, in whatever order they came.
    """

    generation: int
    parts: tuple[Segment, ...]
    strengths: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    hidden: npt.NDArray[np.int32]
    digest: str = ""

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def firsts(self) -> npt.NDArray[np.int64]:
        """The number of the first node of each part, and in the end of all nodes."""
        return np.cumsum([0, *(len(part.codes) for part in self.parts)])

    @cached_property
    def volume(self) -> int:
        """All strengths, added up."""
        return int(self.strengths.sum())

    def node(self, identifier: str) -> int:
        """Return the number of a full id, -1 if it is not there."""
        return int(self.nodes([identifier])[0])

    def nodes(self, ids: Sequence[str] | npt.NDArray[np.bytes_]) -> npt.NDArray[np.int32]:
        """Return the numbers of full ids, ``(k,)`` int32; -1 for what is not there."""
        found = locate(self.parts, encode(ids))
        there = np.flatnonzero(found >= 0)
        gone = self.documents[found[there]] == 0
        found[there[gone | find(self.hidden, found[there])[1]]] = -1
        return found

    def id(self, node: int) -> str:
        """Return the id of a node."""
        return bytes(self.ids(np.array([node]))[0]).decode()

    def ids(self, nodes: Ints) -> npt.NDArray[np.bytes_]:
        """Return the ids of nodes, ``(k,)`` bytes as a catalog has them."""
        return decode(self.codes(nodes))

    def codes(self, nodes: Ints) -> npt.NDArray[np.uint64]:
        """Return the ids of nodes as numbers that order as they do, ``(k,)`` uint64."""
        found = np.empty(len(nodes), dtype=np.uint64)
        part = np.searchsorted(self.firsts[1:], nodes, side="right")
        for place, segment in enumerate(self.parts):
            own = np.flatnonzero(part == place)
            found[own] = segment.codes[nodes[own] - self.firsts[place]]
        return found

    def letters(self, nodes: Ints) -> npt.NDArray[np.uint8]:
        """Return what kind of node each is: ``ord("a")``, ``ord("e")`` or ``ord("p")``."""
        return (self.codes(nodes) >> np.uint64(48)).astype(np.uint8)

    def edges(self, nodes: Ints, *, kinds: Sequence[str] | None = None) -> Edges:
        """Return the edges at these nodes.

        Parameters
        ----------
        nodes : numpy.ndarray
            ``(k,)`` integers.
        kinds : sequence of str, optional
            Only edges of these `segments.KINDS`.
        """
        owners, others, marks, weights = entries(self.parts, nodes)
        kept = ~find(self.hidden, others)[1] if len(self.hidden) else np.ones(len(others), dtype=np.bool_)
        if kinds is not None:
            kept &= np.isin(kinds_of(marks), wanted_kinds(kinds))
        if not kept.all():
            owners, others, marks, weights = owners[kept], others[kept], marks[kept], weights[kept]
        return Edges(owners, others, kinds_of(marks), marks >> segments.BITS, weights / UNIT)


def save_arrays(arrays: GraphArrays, folder: Path, *, from_disk: Sequence[Path | None]) -> None:
    """Write arrays into a folder that is there and empty.

    Parameters
    ----------
    arrays : GraphArrays
        With nothing hidden yet.
    folder : pathlib.Path
    from_disk : sequence of pathlib.Path or None
        For each part where it lies already: then its files are linked, not written.
    """
    for place, (part, source) in enumerate(zip(arrays.parts, from_disk, strict=True)):
        if source is not None:
            segments.link(source, folder / str(place))
        else:
            segments.save(part, folder / str(place))
    np.save(folder / "strengths.npy", arrays.strengths, allow_pickle=False)
    np.save(folder / "documents.npy", arrays.documents, allow_pickle=False)
    meta = {
        "version": VERSION,
        "generation": arrays.generation,
        "parts": len(arrays.parts),
        "digest": arrays.digest,
        "kinds": KINDS,
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")


def load_arrays(folder: Path) -> GraphArrays:
    """Open what `save_arrays` wrote; the arrays stay on disk and are read as they are used. Nothing is hidden.

    Raises
    ------
    CollectionError
        If it is not there or damaged.
    """
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        if meta["version"] != VERSION:
            raise damaged(folder, f"it is of version {meta['version']!r}")
        return GraphArrays(
            generation=int(meta["generation"]),
            parts=tuple(segments.load(folder / str(place)) for place in range(meta["parts"])),
            strengths=segments.mapped(folder / "strengths.npy"),
            documents=segments.mapped(folder / "documents.npy"),
            hidden=np.empty(0, dtype=np.int32),
            digest=str(meta["digest"]),
        )
    except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise damaged(folder, error) from error
