"""What is like an entity or a fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.facts import fact_with, facts
from kgretrieval.graph.pagerank import personalised_pagerank
from kgretrieval.index.catalog import Catalog
from kgretrieval.search.as_of import Known
from kgretrieval.search.walks import walkable
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.knowledge import entities
from kgretrieval.store.search_rows import fact_of, facts_of, facts_with_predicate
from kgretrieval.store.store import Store
from kgretrieval.types import Answer, Entity, Fact

#: Entities that are looked at.
_CANDIDATES = 500
#: Statements that are looked at with each end of a fact, and with its predicate.
_MOST = 200


def like_knowledge(
    store: Store, catalog: Catalog, arrays: Callable[[], GraphArrays], identifier: str, wanted: Wanted
) -> Answer:
    """Return the entities like an entity, or the facts like a fact.

    Parameters
    ----------
    identifier : str
        The full id of an entity, a fact or a relation (then the fact that it states).
    """
    known = Known.by(catalog, wanted.as_of)
    if identifier.startswith("e:"):
        (entity,) = _entities(store, [identifier])
        similar = _like_entity(store, arrays(), entity, wanted, known)
        return Answer(entity.name, entities=similar, generation=store.generation, as_of=known.day)
    fact = fact_of(store, identifier) if identifier.startswith("r:") else identifier
    if fact.startswith("f:"):
        own = fact_with(store, fact)
        title = f"{own.subject} {own.predicate} {own.object}"
        return Answer(title, facts=_like_fact(store, own, wanted, known), generation=store.generation, as_of=known.day)
    raise UsageError(f"nothing can be like {identifier}; give the id of an article, a picture, an entity or a fact")


def _entities(store: Store, ids: Sequence[str]) -> list[Entity]:
    found = entities(store, ids)
    if len(ids) == 1 and not found:
        raise NotFoundError(f"{ids[0]} was hidden by a person; kg review shows and undoes decisions")
    return [found[i] for i in ids if i in found]


def _like_entity(store: Store, arrays: GraphArrays, own: Entity, wanted: Wanted, known: Known) -> tuple[Entity, ...]:
    """Return the entities of the same type that walks from one come by most often."""
    allowed, kinds = walkable(arrays, known.catalog, known.documents)
    nodes, _ = personalised_pagerank(arrays, [arrays.node(own.id)], allowed=allowed, kinds=kinds)
    chosen = np.flatnonzero(arrays.letters(nodes) == ord("e"))[:_CANDIDATES]
    ids = arrays.ids(nodes[chosen]).astype(str).tolist()
    near = known.entities(store, entities(store, ids))
    return tuple([near[i] for i in ids if i in near and i != own.id and near[i].type == own.type][: wanted.k])


def _like_fact(store: Store, own: Fact, wanted: Wanted, known: Known) -> tuple[Fact, ...]:
    """Return the facts that share two of subject, predicate and object with one, then those that share one."""
    rows = facts_with_predicate(store, own.predicate, limit=_MOST)
    for end in (own.subject_id, own.object_id):
        rows += facts_of(store, end, limit=_MOST) if end else []
    there = known.only({row.document for row in rows})
    near = {row.fact for row in rows if row.document in there} - {own.id}
    found = facts(store, near, as_of=known.day)

    def order(fact: Fact) -> tuple[object, ...]:
        shared = _shared(own, fact)
        plain = fact.modality == "asserted" and not fact.negated
        return -shared, not plain, -fact.independent, -fact.confidence, fact.id

    return tuple(sorted(found, key=order)[: wanted.k])


def _shared(one: Fact, other: Fact) -> int:
    ends = {one.subject_id, one.object_id} - {""}
    return 2 * len(ends & {other.subject_id, other.object_id}) + (one.predicate == other.predicate)
