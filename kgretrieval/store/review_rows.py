"""Rows that questions for people and their decisions are made from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store


def entity_of(store: Store, name: str, document: str = "") -> str:
    """Return the entity that a name means in a document, or in most of them; ``""`` where it is not mentioned."""
    query = "SELECT entity FROM mention WHERE name = ?"
    values = [name]
    if document:
        query, values = f"{query} AND document = ?", [name, document]
    query += " GROUP BY entity ORDER BY COUNT(DISTINCT document) DESC, entity LIMIT 1"
    with store.reading() as connection:
        row = connection.execute(query, values).fetchone()
    return str(row[0]) if row else ""


def links(store: Store, verdicts: Iterable[str]) -> list[tuple[Any, ...]]:
    """Return the links with these verdicts, the reasons as a list, ordered by their anchors."""
    columns = "one, one_document, other, other_document, verdict, score, reasons"
    rows = select_in(store, f"SELECT {columns} FROM link WHERE verdict IN (%s)", verdicts)
    return sorted((*row[:6], tuple(json.loads(row[6]))) for row in rows)


def sentences_of(store: Store, name: str, document: str = "", *, limit: int = 3) -> list[tuple[str, str, str, str]]:
    """Return (document, title, date, sentence) of mentions of a name, one a document, the oldest first.

    A given tag has no sentence: the title stands for it.
    """
    query = """SELECT m.document, COALESCE(a.title, ua.title, ''),
        COALESCE(NULLIF(a.date, ''), NULLIF(u.date, ''), ua.date, ''),
        CASE WHEN m.sentence_start < 0 THEN '' WHEN m.field = 'text' THEN
            substr(a.text, m.sentence_start + 1, m.sentence_end - m.sentence_start)
        WHEN m.field = 'title' THEN a.title
        WHEN m.field = 'reading' THEN substr(r.text, m.sentence_start + 1, m.sentence_end - m.sentence_start)
        ELSE u.caption END
        FROM mention m LEFT JOIN article a ON a.id = m.holder LEFT JOIN use u ON u.id = m.holder
            LEFT JOIN article ua ON ua.id = u.article LEFT JOIN reading r ON r.holder = m.holder
        WHERE m.name = ?"""
    values: list[str] = [name]
    if document:
        query, values = f"{query} AND m.document = ?", [name, document]
    query += " ORDER BY 3, m.document, m.sentence_start < 0, m.field, m.start"
    found: dict[str, tuple[str, str, str, str]] = {}
    with store.reading() as connection:
        for row in connection.execute(query, values):
            found.setdefault(row[0], (row[0], row[1], row[2], row[3] or row[1]))
            if len(found) == limit:
                break
    return list(found.values())


def known_as(store: Store, entity: str) -> tuple[str, str]:
    """Return the name id that an entity goes by, and one of its documents if that name has other bearers."""
    with store.reading() as connection:
        row = connection.execute("SELECT name FROM mark WHERE entity = ?", (entity,)).fetchone()
        name = str(row[0]) if row else entity
        query = "SELECT entity, MIN(document) FROM mention WHERE name = ? GROUP BY entity"
        documents = dict(connection.execute(query, (name,)).fetchall())
    return name, documents.get(entity, "") if len(documents) > 1 else ""


def names_of_entity(store: Store, entity: str, documents: Iterable[str]) -> list[str]:
    """Return the names, by id, that mean an entity in these documents, ordered."""
    rows = select_in(store, "SELECT DISTINCT document, name, entity FROM mention WHERE document IN (%s)", documents)
    return sorted({name for _, name, meant in rows if meant == entity})


def article_keys(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return the keys of these articles by id."""
    return dict(select_in(store, "SELECT id, key FROM article WHERE id IN (%s)", articles))


def fact_sides(store: Store, fact: str) -> tuple[str, str, str, str, str, bool, str] | None:
    """Return (subject entity, subject, predicate, object entity, object, negated, modality) of a fact."""
    query = """SELECT subject_entity, subject, predicate, object_entity, object, negated, modality FROM relation
        WHERE fact = ? ORDER BY id LIMIT 1"""
    with store.reading() as connection:
        row = connection.execute(query, (fact,)).fetchone()
    return (*row[:5], bool(row[5]), row[6]) if row else None


def articles_with(store: Store, names: Iterable[str]) -> dict[str, int]:
    """Return in how many documents each of these names stands."""
    query = "SELECT name, COUNT(DISTINCT document) FROM mention WHERE name IN (%s) GROUP BY name"
    return dict(select_in(store, query, names))


def shown_as(store: Store, names: Iterable[str]) -> dict[str, str]:
    """Return what the entities are called that these names mean in most documents."""
    query = """SELECT m.name, e.name FROM mention m JOIN entity e ON e.id = m.entity WHERE m.name IN (%s)
        GROUP BY m.name, m.entity ORDER BY COUNT(DISTINCT m.document), m.entity DESC"""
    return dict(select_in(store, query, names))
