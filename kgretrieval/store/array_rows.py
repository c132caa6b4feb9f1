"""What each document adds to the graph: its names, uses of pictures, statements, and what a person would see of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kgretrieval.store.fact_rows import HIDDEN_ENTITIES
from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store


class NameRow(NamedTuple):
    """One mention in an article or picture; spans are -1 for a given tag."""

    document: str
    holder: str
    field: str
    sentence_start: int
    sentence_end: int
    start: int
    end: int
    entity: str
    origin: str


class StatedRow(NamedTuple):
    """One statement of a fact; the entities are ``""`` for a side that is none."""

    document: str
    subject_entity: str
    object_entity: str
    field: str
    start: int
    end: int
    subject: str
    predicate: str
    object: str
    negated: int
    modality: str
    typed: int
    attributed_to: str
    time: str
    place: str


class UsedRow(NamedTuple):
    """One use of a picture; `article` is ``""`` for a picture that stands alone."""

    picture: str
    article: str
    position: int
    path: str
    caption: str
    date: str
    source: str
    language: str
    credit: str
    id: str


def names_in(store: Store, documents: Iterable[str]) -> list[NameRow]:
    """Return the mentions of entities in these articles and pictures."""
    columns = ", ".join(NameRow._fields)
    query = f"SELECT {columns} FROM mention WHERE entity <> '' AND document IN (%s)"
    return [NameRow(*row) for row in select_in(store, query, documents)]


def uses_in(store: Store, documents: Iterable[str]) -> list[UsedRow]:
    """Return the uses of these pictures and of the pictures of these articles, each once."""
    wanted = list(documents)
    query = f"SELECT {', '.join(UsedRow._fields)} FROM use WHERE "
    rows = select_in(store, f"{query} picture IN (%s)", (d for d in wanted if d.startswith("p:")))
    rows += select_in(store, f"{query} article IN (%s)", (d for d in wanted if d.startswith("a:")))
    return [UsedRow(*row) for row in dict.fromkeys(rows)]


def stated_in(store: Store, holders: Iterable[str]) -> list[StatedRow]:
    """Return the statements of facts in these articles and uses, hidden ones too."""
    query = f"SELECT {', '.join(StatedRow._fields)} FROM relation WHERE fact <> '' AND holder IN (%s)"
    return [StatedRow(*row) for row in select_in(store, query, holders)]


def seen_of(store: Store, documents: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """Return what is shown of these articles and pictures beside their uses; those that are gone are left out."""
    wanted = list(documents)
    query = "SELECT id, title, text, date, source, language, url, credit FROM article WHERE id IN (%s)"
    rows = select_in(store, query, (d for d in wanted if d.startswith("a:")))
    query = "SELECT id, sha256, width, height FROM picture WHERE id IN (%s)"
    rows += select_in(store, query, (d for d in wanted if d.startswith("p:")))
    return {row[0]: tuple(row[1:]) for row in rows}


def documents_by_age(store: Store) -> list[str]:
    """Return all articles and pictures, those whose mentions were written first before others.

    Rows that were written together lie together, so reading them in this order is several times quicker.
    """
    query = """SELECT d.id FROM (SELECT id FROM article UNION ALL SELECT id FROM picture) d LEFT JOIN
        (SELECT document, MIN(rowid) AS first FROM mention GROUP BY document) m ON m.document = d.id
        ORDER BY m.first IS NULL, m.first, d.id"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query)]


def hidden_entities(store: Store) -> list[str]:
    """Return the entities that people hid, ordered."""
    with store.reading() as connection:
        return sorted(row[0] for row in connection.execute(HIDDEN_ENTITIES))


def hidden_statements(store: Store) -> list[tuple[str, str, int]]:
    """Return (subject, object, statements) of the hidden facts between two entities, by pair, the smaller id first."""
    query = """SELECT MIN(subject_entity, object_entity), MAX(subject_entity, object_entity), COUNT(*) FROM relation
        WHERE fact <> '' AND fact IN (SELECT fact FROM fact_mark WHERE hidden)
        AND subject_entity <> '' AND object_entity <> '' GROUP BY 1, 2 ORDER BY 1, 2"""
    with store.reading() as connection:
        return connection.execute(query).fetchall()


def entity_lines(store: Store) -> Iterable[str]:
    """Yield a line for every entity with all that is shown of it, ordered by id."""
    query = """SELECT id || char(31) || name || char(31) || type || char(31) || aliases || char(31) || mentions
        || char(31) || articles || char(31) || pictures || char(31) || confirmed || char(31) || wikidata
        FROM entity WHERE NOT hidden ORDER BY id"""
    with store.reading() as connection:
        for row in connection.execute(query):
            yield row[0]


def fact_marks_and_copies(store: Store) -> list[tuple[Any, ...]]:
    """Return what people decided of facts, and which articles are near copies, ordered."""
    with store.reading() as connection:
        marked = connection.execute("SELECT fact, confirmed, hidden FROM fact_mark ORDER BY fact").fetchall()
        return marked + connection.execute("SELECT article, leader FROM copy_group ORDER BY article").fetchall()
