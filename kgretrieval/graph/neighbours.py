"""An entity and what stands around it."""

from __future__ import annotations

from collections import Counter
from math import log2

from kgretrieval.graph.co_mentions import CROWD, by_sentence
from kgretrieval.graph.hits import article_hits, picture_hits
from kgretrieval.graph.names import find_entities, resolve_node
from kgretrieval.store import graph_rows
from kgretrieval.store.knowledge import entities, facts_about
from kgretrieval.store.store import Store
from kgretrieval.types import Entity, EntityCard, Neighbour

__all__ = ["entity_card", "find_entities", "neighbours", "resolve_node"]

#: A stated fact says more of two entities than a sentence that names both.
_FACT_WEIGHT = 2


def neighbours(store: Store, entity_id: str, *, limit: int = 20) -> tuple[Neighbour, ...]:
    """Return the entities next to one, those first that belong to it most.

    Facts count twice, sentences that name both once, divided by the logarithm of how often the other
    is mentioned at all: what stands in every second article is nobody's particular neighbour.

    Parameters
    ----------
    store : Store
    entity_id : str
        A full id; one that is not there has no neighbours.
    """
    with store.reading():
        stated = Counter(o if s == entity_id else s for _, s, o in graph_rows.fact_ends(store, entities=[entity_id]))
        together = _co_mentions(store, entity_id)
        known = entities(store, sorted({*stated, *together} - {entity_id}))

    def order(entity: Entity) -> tuple[float, str]:
        strength = _FACT_WEIGHT * stated[entity.id] + together[entity.id]
        return -round(strength / log2(2 + entity.mentions), 9), entity.id

    chosen = sorted(known.values(), key=order)[:limit]
    return tuple(Neighbour(e, stated[e.id], together[e.id]) for e in chosen)


def entity_card(store: Store, name_or_id: str, *, limit: int = 10) -> EntityCard:
    """Return what is known of an entity: at most `limit` facts, neighbours, articles, pictures and namesakes.

    Raises
    ------
    NotFoundError
        If there is none; the message suggests near names.
    UsageError
        If the id is that of something else.
    """
    with store.reading():
        entity, *others = find_entities(store, name_or_id)
        return EntityCard(
            entity=entity,
            facts=tuple(facts_about(store, [entity.id], limit=limit)),
            neighbours=neighbours(store, entity.id, limit=limit),
            articles=article_hits(store, entity.id, limit=limit),
            pictures=picture_hits(store, entity.id, limit=limit),
            others=tuple(others[:limit]),
        )


def _co_mentions(store: Store, entity_id: str) -> Counter[str]:
    own = graph_rows.named(store, entities=[entity_id])
    documents = {m.document for m in own if m.sentence_start >= 0}
    found: Counter[str] = Counter()
    for _, group in by_sentence(graph_rows.named(store, documents=sorted(documents))):
        names = {m.entity for m in group}
        if entity_id in names and len(names) <= CROWD:
            found.update(names - {entity_id})
    return found
