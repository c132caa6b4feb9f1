"""Reading knowledge: entities, facts with their evidence, who is named together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Entity, Evidence, Fact


def entities(store: Store, ids: Iterable[str]) -> dict[str, Entity]:
    """Return the entities with these full ids, keyed by id; unknown ids are left out."""
    columns = "id, name, type, aliases, articles, pictures, mentions"
    rows = select_in(store, f"SELECT {columns} FROM entity WHERE id IN (%s)", ids)
    return {row[0]: Entity(row[0], row[1], row[2], tuple(json.loads(row[3])), *row[4:]) for row in rows}


def entities_named(store: Store, names: Iterable[str]) -> dict[str, list[Entity]]:
    """Return, for each of these names that some entity bears, those entities, the most mentioned first.

    Names are compared without case and accents.
    """
    folds = {fold(name): name for name in names}
    bearers: dict[str, list[str]] = defaultdict(list)
    for folded, entity in select_in(store, "SELECT fold, entity FROM alias WHERE fold IN (%s)", folds):
        bearers[folds[folded]].append(entity)
    known = entities(store, (e for es in bearers.values() for e in es))
    order = {name: sorted(es, key=lambda e: (-known[e].mentions, e)) for name, es in bearers.items()}
    return {name: [known[e] for e in es] for name, es in order.items()}


def alias_folds(store: Store) -> list[tuple[str, str]]:
    """Return every (folded name, entity id), ordered: what a fuzzy search for a name runs over."""
    with store.reading() as connection:
        return connection.execute("SELECT fold, entity FROM alias ORDER BY fold, entity").fetchall()


def documents_of(store: Store, entity_ids: Iterable[str]) -> list[tuple[str, str, int, float, str]]:
    """Return (entity, document, mentions, confidence, origin of the best) of what mentions these entities."""
    query = """SELECT entity, document, COUNT(*), MAX(confidence), MIN(origin) FROM mention WHERE entity IN (%s)
        GROUP BY entity, document ORDER BY entity, document"""
    return select_in(store, query, entity_ids)


def entities_of(store: Store, documents: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (document, entity, mentions) of the entities that these documents mention."""
    query = "SELECT document, entity, COUNT(*) FROM mention WHERE document IN (%s) AND entity <> '' "
    query += "GROUP BY 1, 2 ORDER BY 1, 2"
    return select_in(store, query, documents)


def facts_about(store: Store, entity_ids: Iterable[str], *, limit: int | None = None) -> list[Fact]:
    """Return the facts that have one of these entities as subject or object, the best supported first."""
    wanted = list(dict.fromkeys(entity_ids))
    rows = select_in(store, "SELECT DISTINCT fact FROM relation WHERE subject_entity IN (%s) AND fact <> ''", wanted)
    rows += select_in(store, "SELECT DISTINCT fact FROM relation WHERE object_entity IN (%s) AND fact <> ''", wanted)
    found = facts(store, [row[0] for row in rows])
    found.sort(key=lambda f: (-len(f.evidence), -f.confidence, f.first_seen, f.id))
    return found[:limit]


def facts(store: Store, ids: Sequence[str]) -> list[Fact]:
    """Return the facts with these full ids, each with all its evidence, ordered by id."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in select_in(store, _EVIDENCE, ids):
        groups[row[0]].append(row)
    subjects = {row[2] for rows in groups.values() for row in rows} | {r[5] for rs in groups.values() for r in rs}
    names = entities(store, (s for s in subjects if s))
    return [_fact(identifier, groups[identifier], names) for identifier in sorted(groups)]


_EVIDENCE = """
SELECT r.fact, r.id, r.subject_entity, r.subject, r.predicate, r.object_entity, r.object, r.document, r.field, r.start,
    r.end, r.extractor, r.confidence, r.negated,
    CASE r.field WHEN 'title' THEN a.title WHEN 'text' THEN substr(a.text, r.start + 1, r.end - r.start)
        ELSE u.caption END,
    COALESCE(a.title, ua.title, ''), COALESCE(NULLIF(a.date, ''), NULLIF(u.date, ''), ua.date, ''),
    COALESCE(NULLIF(a.source, ''), NULLIF(u.source, ''), ua.source, '')
FROM relation r LEFT JOIN article a ON a.id = r.holder LEFT JOIN use u ON u.id = r.holder
    LEFT JOIN article ua ON ua.id = u.article
WHERE r.fact IN (%s) ORDER BY r.fact, r.id"""


def _fact(identifier: str, rows: list[Any], names: dict[str, Entity]) -> Fact:
    evidence = [_evidence(row) for row in rows]
    evidence.sort(key=lambda e: (e.date, e.document, e.field, e.start, e.relation))
    dates = [e.date for e in evidence if e.date]
    _, _, subject_id, subject, predicate, object_id, object_, *_ = rows[0]
    return Fact(
        id=identifier,
        subject_id=subject_id,
        subject=names[subject_id].name if subject_id in names else subject,
        predicate=predicate,
        object_id=object_id,
        object=names[object_id].name if object_id in names else object_,
        confidence=max(e.confidence for e in evidence),
        negated=bool(rows[0][13]),
        first_seen=min(dates, default=""),
        last_seen=max(dates, default=""),
        evidence=tuple(evidence),
    )


def _evidence(row: Any) -> Evidence:
    relation, document, field, start, end, extractor, confidence = (row[i] for i in (1, 7, 8, 9, 10, 11, 12))
    text, title, date, source = row[14:]
    # SQLite's substr counts code points; a title or caption is cut here because its span is short anyway.
    sentence = text if field == "text" else text[start:end]
    return Evidence(relation, document, field, start, end, sentence, title, date, source, extractor, confidence)
