"""Rows that a timeline is made from: where an entity is meant, the frames beside it, the dates in their sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.types import Frame, Mention, Role


class Meant(NamedTuple):
    """A stretch of a text that means an entity: its name, or a pronoun or short form that stands for it."""

    holder: str
    field: str
    start: int
    end: int
    entity: str


def holders_of(store: Store, entity_id: str) -> dict[str, str]:
    """Return the document of each text that mentions an entity in a sentence."""
    query = "SELECT DISTINCT holder, document FROM mention WHERE entity = ? AND start >= 0"
    with store.reading() as connection:
        return dict(connection.execute(query, (entity_id,)).fetchall())


def meant_in(store: Store, entity_id: str, holders: Iterable[str]) -> list[Meant]:
    """Return the names of all entities in these texts, and what stands for this one, ordered."""
    wanted = sorted(set(holders))
    query = f"SELECT {', '.join(Meant._fields)} FROM mention WHERE start >= 0 AND entity <> '' AND holder IN (%s)"
    found = {Meant(*row) for row in select_in(store, query, wanted)}
    with store.reading() as connection:
        own = connection.execute("SELECT DISTINCT document, name FROM mention WHERE entity = ?", (entity_id,))
        names = set(own.fetchall())
    query = "SELECT document, name, holder, field, start, end FROM reference WHERE name <> '' AND holder IN (%s)"
    for document, name, holder, field, start, end in select_in(store, query, wanted):
        if (document, name) in names:
            found.add(Meant(holder, field, start, end, entity_id))
    return sorted(found)


def frames_at(store: Store, places: Iterable[Meant]) -> dict[str, list[Frame]]:
    """Return, by holder, the frames of the sentences in which one of these stretches lies."""
    starts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in places:
        starts[place.holder, place.field].append(place.start)
    query = f"SELECT holder, {_COLUMNS} FROM frame WHERE holder IN (%s) ORDER BY holder, field, start, predicate_start"
    found: dict[str, list[Frame]] = defaultdict(list)
    for holder, *values in select_in(store, query, sorted({holder for holder, _ in starts})):
        named: Mapping[str, Any] = dict(zip(_COLUMNS.split(", "), values, strict=True))
        near = starts.get((holder, named["field"]), ())
        if any(named["start"] <= start < named["end"] for start in near):
            roles = tuple(Role(*role) for role in json.loads(named["roles"]))
            found[holder].append(Frame(**{**named, "roles": roles}))
    return dict(found)


_COLUMNS = "field, start, end, lemma, predicate_start, predicate_end, roles, extractor, confidence"


def dates_and_places(store: Store, holders: Iterable[str]) -> Mapping[str, list[Mention]]:
    """Return the mentions in these texts that may say when and where."""
    columns = "field, start, end, text, type, origin, extractor, confidence, value"
    query = f"SELECT holder, {columns} FROM mention WHERE type IN ('date', 'place') AND start >= 0 AND holder IN (%s)"
    found: dict[str, list[Mention]] = defaultdict(list)
    for holder, *values in select_in(store, query, holders):
        found[holder].append(Mention(*values))
    return found


def predicates_of(store: Store, entity_id: str) -> set[tuple[str, str, int]]:
    """Return (holder, field, offset) of the predicate of every statement with this entity as subject or object."""
    found: set[tuple[str, str, int]] = set()
    with store.reading() as connection:
        for side in ("subject_entity", "object_entity"):
            query = f"SELECT holder, field, predicate_start FROM relation WHERE fact <> '' AND {side} = ?"
            found.update(row for row in connection.execute(query, (entity_id,)) if row[2] >= 0)
    return found
