"""What the graph knows around the hits of a search: entities, and facts with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log

import numpy as np

from kgretrieval.graph.facts import facts
from kgretrieval.search.as_of import Known
from kgretrieval.search.names import Name
from kgretrieval.store.knowledge import entities, entities_of
from kgretrieval.store.search_rows import FactRow, facts_between, facts_in, facts_of, uses_of
from kgretrieval.store.store import Store
from kgretrieval.types import Entity, Fact

#: Entities and facts that an answer shows, and hits they are taken from.
MOST = 6
HITS = 20
_FACTS_OF_ONE = 200


def entities_around(store: Store, names: Sequence[Name], hits: Sequence[str], known: Known) -> tuple[Entity, ...]:
    """Return the entities that the query names, then those that the hits mention most.

    A mention counts less in a later hit, and for an entity that much of the collection mentions: the agency
    under every article is not what the query was about.
    """
    named = known.entities(store, {entity.id: entity for name in names for entity in name.entities[:1]})
    chosen = dict(named)
    rank = {document: place for place, document in enumerate(hits[:HITS], start=1)}
    weight: dict[str, float] = defaultdict(float)
    for document, entity_id, mentions in entities_of(store, rank):
        weight[entity_id] += (1.0 + log(mentions)) / (1.0 + log(rank[document]))
    found = known.entities(store, entities(store, weight))
    total = len(known.catalog) if known.documents is None else int(np.count_nonzero(known.documents))

    def order(entity: Entity) -> tuple[float, str]:
        rarity = log(1.0 + total / max(1, entity.articles + entity.pictures))
        return -round(weight[entity.id] * rarity, 9), entity.id

    for entity in sorted(found.values(), key=order):
        chosen.setdefault(entity.id, entity)
    return tuple(list(chosen.values())[:MOST])


def facts_around(
    store: Store, shown: Sequence[Entity], names: Sequence[Name], hits: Sequence[str], known: Known
) -> tuple[Fact, ...]:
    """Return facts of the entities shown: asserted ones, stated in the hits, between two of them before others."""
    ids = [entity.id for entity in shown]
    near = set(hits[:HITS])
    holders = [h for h in hits[:HITS] if h.startswith("a:")]
    holders += [use for _, use in uses_of(store, [h for h in hits[:HITS] if h.startswith("p:")])]
    rows = facts_in(store, holders) + facts_between(store, ids)
    for name in names:
        rows += facts_of(store, name.entities[0].id, limit=_FACTS_OF_ONE)
    there = known.only({row.document for row in rows})
    by_fact: dict[str, set[FactRow]] = defaultdict(set)
    for row in rows:
        if row.document in there and (row.subject in ids or row.object in ids):
            by_fact[row.fact].add(row)
    order = sorted(by_fact, key=lambda fact: (*_merit(by_fact[fact], ids, near), fact))
    # Of a picture that was known then, a later caption may state what was not: its facts are not there.
    wanted = order[: MOST if known.documents is None else 2 * MOST]
    found = {fact.id: fact for fact in facts(store, wanted, as_of=known.day)}
    return tuple(found[identifier] for identifier in wanted if identifier in found)[:MOST]


def _merit(rows: set[FactRow], ids: Sequence[str], near: set[str]) -> tuple[float, ...]:
    """Return what a fact is sorted by.

    What is put as a fact, then two entities shown or a hit that states it, then the order of the entities.
    """
    plain = all(row.plain for row in rows)
    ends = {row.subject for row in rows} | {row.object for row in rows}
    both = sum(end in ids for end in ends) > 1
    in_hits = any(row.document in near for row in rows)
    first = min(ids.index(end) for end in ends if end in ids)
    return not plain, -(int(both) + int(in_hits)), first, -len(rows), -max(row.confidence for row in rows)
