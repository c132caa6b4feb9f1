"""What joins two entities, and how far apart that leaves them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf, log10
from typing import Literal

from kgretrieval.graph.co_mentions import CROWD, by_sentence
from kgretrieval.store import graph_rows
from kgretrieval.store.graph_rows import Span
from kgretrieval.store.store import Store

Kind = Literal["fact", "co_mention", "article"]

#: A step along a stated fact is the shortest; two facts are nearer than one article that mentions both.
_LENGTH: dict[Kind, float] = {"fact": 1.0, "co_mention": 2.0, "article": 4.0}


@dataclass(frozen=True, slots=True)
class Link:
    """The best that joins two entities: facts, sentences or documents (`grounds`, of one kind)."""

    kind: Kind
    length: float
    grounds: tuple[str | Span, ...]


class Links:
    """All that joins entities, in memory; the links of one entity are worked out when asked for.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        rows = graph_rows.named(store)
        self._documents: dict[str, set[str]] = defaultdict(set)
        self._members: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self._documents[row.entity].add(row.document)
            self._members[row.document].add(row.entity)
        self._sentences: dict[str, list[Span]] = defaultdict(list)
        self._named: dict[Span, set[str]] = {}
        for span, group in by_sentence(rows):
            names = {m.entity for m in group}
            if 1 < len(names) <= CROWD:
                self._named[span] = names
                for name in names:
                    self._sentences[name].append(span)
        self._facts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for fact, subject, object_ in graph_rows.fact_ends(store):
            self._facts[subject].append((fact, object_))
            self._facts[object_].append((fact, subject))

    def of(self, entity: str, *, within: float = inf) -> dict[str, Link]:
        """Return the best link to each entity that is one step of at most this length away."""
        found = self._shared_documents(entity) if within >= _LENGTH["article"] else {}
        if within >= _LENGTH["co_mention"]:
            found.update(_links("co_mention", [(s, o) for s in self._sentences[entity] for o in self._named[s]]))
        found.update(_links("fact", self._facts[entity]))
        found.pop(entity, None)
        return found

    def detour(self, entity: str) -> float:
        """Return what it costs to pass through an entity: who stands in a thousand articles joins nobody."""
        return log10(max(1, len(self._documents[entity])))

    def _shared_documents(self, entity: str) -> dict[str, Link]:
        """Link by documents; the fewer entities a document names the more it says of two of them."""
        nearest: dict[str, tuple[float, str]] = {}
        for document in self._documents[entity]:
            members = self._members[document]
            candidate = (round(_LENGTH["article"] + log10(len(members)), 6), document)
            for other in members:
                if other not in nearest or candidate < nearest[other]:
                    nearest[other] = candidate
        return {other: Link("article", length, (document,)) for other, (length, document) in nearest.items()}


def _links(kind: Kind, grounds: list[tuple[str, str]] | list[tuple[Span, str]]) -> dict[str, Link]:
    """Link by facts or sentences: many are nearer than one, by less than half a step."""
    groups: dict[str, list[str | Span]] = defaultdict(list)
    for ground, other in grounds:
        groups[other].append(ground)
    return {
        other: Link(kind, round(_LENGTH[kind] + 1 / (1 + len(found)), 6), tuple(found))
        for other, found in groups.items()
    }
