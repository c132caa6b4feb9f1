"""An entity and what stands around it."""

from __future__ import annotations

from collections import Counter
from math import log2

import numpy as np

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.facts import facts_about
from kgretrieval.graph.hits import article_hits, picture_hits
from kgretrieval.graph.names import find_entities, resolve_node
from kgretrieval.graph.opening import open_arrays
from kgretrieval.graph.segments import CO_MENTION, MENTIONS, Ints
from kgretrieval.store import graph_rows
from kgretrieval.store.knowledge import entities
from kgretrieval.store.store import Store
from kgretrieval.types import Entity, EntityCard, Neighbour

__all__ = ["entity_card", "find_entities", "neighbours", "resolve_node"]

#: What joins two entities counts by how much it says of them; a shared article may be no more than a shared tag.
_FACT, _SENTENCE, _ARTICLE = 4, 2, 1


def neighbours(store: Store, entity_id: str, *, limit: int = 20) -> tuple[Neighbour, ...]:
    """Return the entities next to one, those first that belong to it most.

    A fact counts four times, a sentence that names both twice and an article that does once, divided by the
    logarithm of how often the other is mentioned at all: what stands in every second article is nobody's
    particular neighbour.

    Parameters
    ----------
    store : Store
    entity_id : str
        A full id; one that is not there has no neighbours.
    limit : int
        How many at most.
    """
    with store.reading():
        stated = Counter(o if s == entity_id else s for _, s, o in graph_rows.fact_ends(store, entities=[entity_id]))
        sentences, articles = _together(open_arrays(store), entity_id)
        known = entities(store, sorted({*stated, *sentences, *articles} - {entity_id}))

    def order(entity: Entity) -> tuple[float, str]:
        e = entity.id
        strength = _FACT * stated[e] + _SENTENCE * sentences[e] + _ARTICLE * articles[e]
        return -round(strength / log2(2 + entity.mentions), 9), e

    chosen = sorted(known.values(), key=order)[:limit]
    return tuple(Neighbour(e, stated[e.id], sentences[e.id], articles[e.id]) for e in chosen)


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


def _together(arrays: GraphArrays, entity_id: str) -> tuple[Counter[str], Counter[str]]:
    """Count the sentences and the articles that name an entity and each other one."""
    node = arrays.node(entity_id)
    if node < 0:
        return Counter(), Counter()
    edges = arrays.edges(np.array([node]))
    beside = edges.only(np.flatnonzero(edges.kinds == CO_MENTION))
    articles = edges.others[edges.kinds == MENTIONS]
    others, counts = np.unique(arrays.edges(articles, kinds=("mentions",)).others, return_counts=True)
    return _counter(arrays, beside.others, beside.counts), _counter(arrays, others, counts)


def _counter(arrays: GraphArrays, nodes: Ints, counts: Ints) -> Counter[str]:
    ids = (identifier.decode() for identifier in arrays.ids(nodes).tolist())
    return Counter(dict(zip(ids, counts.tolist(), strict=True)))
