"""Reading knowledge: entities, the names they go by, the documents that mention them. What people hid is not there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kgretrieval.store.fact_rows import HIDDEN_ENTITIES
from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Entity, EntityType


def entities(store: Store, ids: Iterable[str]) -> dict[str, Entity]:
    """Return the entities with these full ids, keyed by id; unknown ids are left out."""
    columns = "id, name, type, aliases, articles, pictures, mentions, confirmed, wikidata"
    rows = select_in(store, f"SELECT {columns} FROM entity WHERE NOT hidden AND id IN (%s)", ids)
    return {row[0]: _entity(*row) for row in rows}


def _entity(
    identifier: str,
    name: str,
    kind: EntityType,
    aliases: str,
    articles: int,
    pictures: int,
    mentions: int,
    confirmed: int,
    wikidata: str,
) -> Entity:
    known = tuple(json.loads(aliases))
    return Entity(identifier, name, kind, known, articles, pictures, mentions, bool(confirmed), wikidata)


def entity_types(store: Store) -> dict[str, str]:
    """Return the type of every entity."""
    with store.reading() as connection:
        return dict(connection.execute("SELECT id, type FROM entity WHERE NOT hidden").fetchall())


def entities_named(store: Store, names: Iterable[str]) -> dict[str, list[Entity]]:
    """Return, for each of these names that some entity bears, those entities, the most mentioned first.

    Names are compared without case and accents.
    """
    folds = {fold(name): name for name in names}
    bearers: dict[str, list[str]] = defaultdict(list)
    query = f"SELECT fold, entity FROM alias WHERE entity NOT IN ({HIDDEN_ENTITIES}) AND fold IN (%s)"
    for folded, entity in select_in(store, query, folds):
        bearers[folds[folded]].append(entity)
    known = entities(store, (e for es in bearers.values() for e in es))
    order = {name: sorted(es, key=lambda e: (-known[e].mentions, e)) for name, es in bearers.items()}
    return {name: [known[e] for e in es] for name, es in order.items()}


def alias_folds(store: Store) -> list[tuple[str, str]]:
    """Return every (folded name, entity id), ordered: what a fuzzy search for a name runs over."""
    query = f"SELECT fold, entity FROM alias WHERE entity NOT IN ({HIDDEN_ENTITIES}) ORDER BY fold, entity"
    with store.reading() as connection:
        return connection.execute(query).fetchall()


def alias_folds_between(store: Store, ranges: Sequence[tuple[str, str]], *, shortest: int, longest: int) -> list[str]:
    """Return the folded names, each once and ordered, that lie in one of these ranges and have a length between."""
    query = f"""WITH part(first, last) AS (VALUES {", ".join(["(?, ?)"] * len(ranges))})
        SELECT DISTINCT fold FROM part CROSS JOIN alias ON fold >= first AND fold <= last
        WHERE LENGTH(fold) BETWEEN ? AND ? AND entity NOT IN ({HIDDEN_ENTITIES}) ORDER BY fold"""
    bounds = [bound for part in ranges for bound in part]
    with store.reading() as connection:
        return [fold for (fold,) in connection.execute(query, (*bounds, shortest, longest))]


def documents_of(store: Store, entity_ids: Iterable[str]) -> list[tuple[str, str, int, float, str]]:
    """Return (entity, document, mentions, confidence, origin of the best) of what mentions these entities."""
    query = """SELECT entity, document, COUNT(*), MAX(confidence), MIN(origin) FROM mention WHERE entity IN (%s)
        GROUP BY entity, document ORDER BY entity, document"""
    return select_in(store, query, entity_ids)


def documents_mentioning(store: Store, entity_id: str) -> list[str]:
    """Return the articles and pictures that mention an entity, ordered."""
    query = "SELECT DISTINCT document FROM mention WHERE entity = ? ORDER BY document"
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (entity_id,))]


def entities_of(store: Store, documents: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (document, entity, mentions) of the entities that these documents mention."""
    query = f"""SELECT document, entity, COUNT(*) FROM mention WHERE document IN (%s) AND entity <> ''
        AND entity NOT IN ({HIDDEN_ENTITIES}) GROUP BY 1, 2 ORDER BY 1, 2"""
    return select_in(store, query, documents)
