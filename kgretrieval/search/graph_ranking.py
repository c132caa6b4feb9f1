"""What the graph finds for the names in a query: what mentions or shows what they name, then what stands near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.pagerank import personalised_pagerank
from kgretrieval.index.catalog import Catalog
from kgretrieval.search.filters import Mask
from kgretrieval.search.names import Name
from kgretrieval.search.rankings import Scored
from kgretrieval.search.walks import walkable

Nodes = npt.NDArray[np.int32]

#: Edges that are walked along: the scores of the first hundreds of documents change little with more.
EFFORT = 5_000


@dataclass(frozen=True, slots=True)
class Near:
    """Documents by the graph, the best first, with their share of the walks that begin at what the query names.

    Attributes
    ----------
    named : list of (int, float)
        What mentions or shows it, and the pictures of articles that do: what has more of the names first.
    near : list of (int, float)
        What is joined to it by other entities alone.
    """

    named: Scored
    near: Scored


@dataclass(frozen=True, slots=True)
class Walked:
    """Where the walks from what a query names come to.

    Attributes
    ----------
    ordinals : numpy.ndarray
        ``(k,)`` int32: documents; those with more of the names first, then those that are visited more often.
    scores : numpy.ndarray
        ``(k,)`` float64: their shares of the walks.
    named : int
        How many of them have one of the names; they come first.
    """

    ordinals: Nodes
    scores: npt.NDArray[np.float64]
    named: int

    def among(self, passed: Mask, depth: int) -> Near:
        """Return the documents that passed (``(n,)`` bool), at most `depth` in each list."""
        kept = np.flatnonzero(passed[self.ordinals])
        first = int(np.searchsorted(kept, self.named))
        return Near(self._scored(kept[:first][:depth]), self._scored(kept[first:][:depth]))

    def _scored(self, places: npt.NDArray[np.intp]) -> Scored:
        return list(zip(self.ordinals[places].tolist(), self.scores[places].tolist(), strict=True))


def walk(arrays: GraphArrays, catalog: Catalog, names: Sequence[Name], known: Mask | None = None) -> Walked:
    """Walk from what a query names, by personalised PageRank.

    Every name is worth the same. One that several entities bear is shared out among them by how often each is
    mentioned, and counts half where it is shared: it may mean any of them.

    Parameters
    ----------
    arrays : GraphArrays
    catalog : Catalog
        Of the same generation.
    names : sequence of Name
        What the query names.
    known : numpy.ndarray, optional
        ``(n,)`` bool: the documents through which the walks may go, where these are not all.
    """
    seeds, of_name = _seeds(arrays, names)
    if not seeds:
        return Walked(np.empty(0, dtype=np.int32), np.empty(0), 0)
    allowed, kinds = walkable(arrays, catalog, known)
    nodes, scores = personalised_pagerank(arrays, seeds, effort=EFFORT, allowed=allowed, kinds=kinds)
    held = _names_held(arrays, of_name, allowed)
    ordinals = _ordinals(arrays, catalog, nodes)
    documents = np.flatnonzero(ordinals >= 0)
    counts = held[nodes[documents]]
    order = np.lexsort((ordinals[documents], -scores[documents], -counts))
    listed = documents[order]
    return Walked(ordinals[listed], scores[listed], int(np.count_nonzero(counts)))


def _seeds(arrays: GraphArrays, names: Sequence[Name]) -> tuple[dict[int, float], list[Nodes]]:
    """Return the share of each node where walks begin, and the nodes of each name."""
    shares: dict[int, float] = {}
    of_name: list[Nodes] = []
    for name in names:
        nodes = arrays.nodes([entity.id for entity in name.entities])
        there = nodes >= 0
        mentions = np.array([entity.mentions for entity in name.entities], dtype=np.float64)[there]
        nodes = nodes[there]
        of_name.append(nodes)
        worth = 1.0 if len(nodes) == 1 else 0.5
        for node, share in zip(nodes.tolist(), (worth * mentions / max(1.0, mentions.sum())).tolist(), strict=True):
            shares[node] = shares.get(node, 0.0) + share
    return shares, of_name


def _names_held(arrays: GraphArrays, of_name: Sequence[Nodes], allowed: npt.NDArray[np.bool_] | None) -> Nodes:
    """Return ``(nodes,)`` int32: how many of the names each document has; a picture has those of its articles too."""
    held = np.zeros(len(arrays), dtype=np.int32)
    for nodes in of_name:
        documents = np.unique(arrays.edges(nodes, kinds=("mentions", "shows")).others)
        if allowed is not None:
            documents = documents[allowed[documents]]
        joined = arrays.edges(documents, kinds=("illustrates",)).others
        pictures = joined[arrays.letters(joined) == ord("p")]
        held[np.union1d(documents, pictures)] += 1
    return held


def _ordinals(arrays: GraphArrays, catalog: Catalog, nodes: Nodes) -> Nodes:
    """Return the place of each node in the catalog, -1 for what is no document of it."""
    if not len(catalog):
        return np.full(len(nodes), -1, dtype=np.int32)
    ids = arrays.ids(nodes).astype(catalog.ids.dtype)
    places = np.minimum(np.searchsorted(catalog.ids, ids), len(catalog) - 1)
    return np.where(catalog.ids[places] == ids, places, -1).astype(np.int32)
