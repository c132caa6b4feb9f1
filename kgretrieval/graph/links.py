"""What joins two entities, and how far apart that leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf, log10
from typing import Literal

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.arrays import Edges
from kgretrieval.graph.opening import open_arrays
from kgretrieval.graph.segments import CO_MENTION, FACT
from kgretrieval.store.store import Store

Kind = Literal["fact", "co_mention", "article"]

#: A step along a stated fact is the shortest; two facts are nearer than one article that mentions both.
_LENGTH: dict[Kind, float] = {"fact": 1.0, "co_mention": 2.0, "article": 4.0}
_NAMING = ("mentions", "shows")
#: Entities whose links are kept for being asked for again.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Link:
    """The best that joins two entities; of a shared article or picture `document` is the id."""

    kind: Kind
    length: float
    document: str = ""


class Links:
    """All that joins entities, by the arrays of the graph; the links of one entity are worked out when asked for.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._arrays = open_arrays(store)
        self._nearest = lru_cache(_KEPT)(self._all)

    def of(self, entity: str, *, within: float = inf) -> dict[str, Link]:
        """Return the best link to each entity that is one step of at most this length away."""
        near, shared = self._nearest(entity, within >= _LENGTH["article"])
        if within >= _LENGTH["co_mention"]:
            return {**shared, **near}
        return {other: link for other, link in near.items() if link.kind == "fact"}

    def detour(self, entity: str) -> float:
        """Return what it costs to pass through an entity: who stands in a thousand articles joins nobody."""
        node = self._arrays.node(entity)
        return log10(max(1, int(self._arrays.documents[node]))) if node >= 0 else 0.0

    def _all(self, entity: str, shared: bool) -> tuple[dict[str, Link], dict[str, Link]]:
        """Return the links by sentences and facts, and those by documents where they are wanted."""
        node = self._arrays.node(entity)
        if node < 0:
            return {}, {}
        edges = self._arrays.edges(np.array([node]))
        near: dict[str, Link] = {}
        numbers: dict[Kind, int] = {"co_mention": CO_MENTION, "fact": FACT}
        for kind, number in numbers.items():
            own = edges.only(np.flatnonzero(edges.kinds == number))
            # Many are nearer than one, by less than half a step.
            lengths = [round(_LENGTH[kind] + 1.0 / (1.0 + count), 6) for count in own.counts.tolist()]
            near.update((other, Link(kind, n)) for other, n in zip(self._ids(own.others), lengths, strict=True))
        return near, self._shared(node, edges) if shared else {}

    def _shared(self, node: int, edges: Edges) -> dict[str, Link]:
        """Link by documents; the fewer entities a document names the more it says of two of them."""
        documents = edges.others[(edges.kinds != CO_MENTION) & (edges.kinds != FACT)]
        members = self._arrays.edges(documents, kinds=_NAMING)
        sizes = np.bincount(members.owners, minlength=len(documents))
        lengths = np.round(_LENGTH["article"] + np.log10(np.maximum(1, sizes)), 6)[members.owners]
        order = np.lexsort((self._arrays.codes(documents)[members.owners], lengths, members.others))
        others = members.others[order]
        best = order[np.append(True, others[1:] != others[:-1])] if len(order) else order
        best = best[members.others[best] != node]
        names, titles = self._ids(members.others[best]), self._ids(documents[members.owners[best]])
        rows = zip(names, lengths[best].tolist(), titles, strict=True)
        return {other: Link("article", length, document) for other, length, document in rows}

    def _ids(self, nodes: npt.NDArray[np.int32]) -> list[str]:
        return [identifier.decode() for identifier in self._arrays.ids(nodes).tolist()]
