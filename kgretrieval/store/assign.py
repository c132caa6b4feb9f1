"""Say which entity of the collection the names in documents mean, everywhere that it is written down."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kgretrieval.store.aggregate import refresh_entities
from kgretrieval.store.ids import fact_id
from kgretrieval.store.touched import touch


def assign(
    connection: sqlite3.Connection, meanings: Iterable[tuple[str, str, str]], *, also: Iterable[str] = ()
) -> set[str]:
    """Let names mean entities, in mentions, relations and facts, and count those entities anew.

    Runs inside the caller's transaction. Facts whose two sides become one entity are facts no more, and are again if
    the sides part.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of a writer, in a transaction.
    meanings : iterable of (name, document, entity)
        `name` is the entity within an article (column `name`), `document` an article's or picture's id, ``""`` for
        all documents.
    also : iterable of str
        Further entities to count anew: those of which people decided something else.

    Returns
    -------
    set of str
        The entities that gained or lost a mention, and `also`.
    """
    touched: set[str] = set(also)
    relations: set[str] = set()
    documents: set[str] = set()
    for name, document, entity in meanings:
        where, values = ("name = ? AND document = ?", [name, document]) if document else ("name = ?", [name])
        before = connection.execute(
            f"SELECT DISTINCT entity, document FROM mention WHERE {where} AND entity <> ?", [*values, entity]
        ).fetchall()
        if not before:
            continue
        touched |= {entity, *(old for old, _ in before)}
        documents.update(place for _, place in before)
        connection.execute(f"UPDATE mention SET entity = ? WHERE {where}", [entity, *values])
        for side in ("subject", "object"):
            # The index leaves out arguments that are no entity, and is used only where the query says so too.
            own = f"{side}_{where} AND {side}_name <> ''"
            rows = connection.execute(f"SELECT id FROM relation WHERE {own} AND stated", values).fetchall()
            relations.update(row[0] for row in rows)
            connection.execute(f"UPDATE relation SET {side}_entity = ? WHERE {own}", [entity, *values])
    _restate(connection, relations)
    touch(connection, "graph", documents)
    refresh_entities(connection, touched)
    return touched


def _restate(connection: sqlite3.Connection, relations: Iterable[str]) -> None:
    for identifier in sorted(relations):
        subject, subject_entity, predicate, object_, object_entity, negated, modality = connection.execute(
            "SELECT subject, subject_entity, predicate, object, object_entity, negated, modality FROM relation "
            "WHERE id = ?",
            (identifier,),
        ).fetchone()
        sides = (subject_entity or subject, predicate, object_entity or object_)
        fact = fact_id(*sides, negated=bool(negated), modality=modality) if subject_entity != object_entity else ""
        connection.execute("UPDATE relation SET fact = ? WHERE id = ?", (fact, identifier))
