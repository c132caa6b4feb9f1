"""Entities are what their mentions say: names and types by vote, counts by counting."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

from kgretrieval.store.ids import make_id
from kgretrieval.text.clean import fold
from kgretrieval.text.names import name_key
from kgretrieval.types import ENTITY_TYPES, EntityType

#: A form of the name, the type it was given, where it stood, the confidence in hundredths added up, how often.
_Vote = tuple[str, EntityType, str, int, int]
#: Mentions from which an entity is no longer counted anew with every batch: in a large collection a few names stand in
#: every batch, and each would be counted over and over.
MANY = 256


def refresh_entities(connection: sqlite3.Connection, entities: Iterable[str]) -> None:
    """Make the rows of these entities anew from their mentions; one without mentions disappears.

    The result depends on the set of mentions alone, not on the order in which they came.
    """
    for entity in sorted(entities):
        connection.execute("DELETE FROM entity WHERE id = ?", (entity,))
        connection.execute("DELETE FROM alias WHERE entity = ?", (entity,))
        rows = connection.execute(_VOTES, (entity,)).fetchall()
        if rows:
            _insert(connection, entity, rows)


def refresh_few(connection: sqlite3.Connection, entities: Iterable[str]) -> None:
    """Make the rows of entities anew, but of those with `MANY` mentions only note that they are out of date.

    Until `refresh_entities` makes them anew with the rest of what an ingest ends with (`take_stale`), they are there
    with the numbers that they had.
    """
    now: list[str] = []
    later: list[str] = []
    for entity in sorted(entities):
        row = connection.execute("SELECT mentions FROM entity WHERE id = ?", (entity,)).fetchone()
        (later if row and row[0] >= MANY else now).append(entity)
    refresh_entities(connection, now)
    connection.executemany("INSERT OR IGNORE INTO stale VALUES (?)", ((entity,) for entity in later))


def take_stale(connection: sqlite3.Connection) -> set[str]:
    """Return the entities that are out of date and forget that they are: the caller makes them anew."""
    found = {row[0] for row in connection.execute("SELECT entity FROM stale")}
    connection.execute("DELETE FROM stale")
    return found


def _insert(connection: sqlite3.Connection, entity: str, rows: list[_Vote]) -> None:
    names: Counter[str] = Counter()
    types: Counter[EntityType] = Counter()
    given: set[str] = set()
    for text, kind, origin, weight, count in rows:
        names[text] += count
        # A given tag without a type says "misc" at half confidence: it must not outvote a tagger that looked.
        types[kind] += weight
        if origin == "tag":
            given.add(text)
    mark = connection.execute(_MARK, (entity,)).fetchone() or (entity, "", "", 0, 0, "")
    own, decided_name, decided_type, *marks = mark
    # A surname that stood for the full name is an alias; the name itself is one whose own key this entity has.
    full = [text for text, kind, *_ in rows if make_id("e", name_key(text, kind)) == own]
    known = list(dict.fromkeys(full)) or list(names)
    written = [n for n in known if n not in given] or known
    name = min(written, key=lambda n: (n.islower(), -names[n], -len(n), n))
    kind = min(types, key=lambda t: (-types[t], ENTITY_TYPES.index(t)))
    shown = decided_name or (name.title() if name.islower() and kind != "misc" else name)
    aliases = sorted((n for n in names if n != shown and (decided_name or n != name)), key=lambda n: (-names[n], n))
    documents = dict(connection.execute(_DOCUMENTS, (entity,)).fetchall())
    values = (entity, shown, decided_type or kind, json.dumps(aliases, ensure_ascii=False), sum(names.values()))
    counts = (documents.get("a", 0), documents.get("p", 0))
    columns = "id, name, type, aliases, mentions, articles, pictures, confirmed, hidden, wikidata"
    marked = (*values, *counts, *marks)
    connection.execute(f"INSERT INTO entity ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", marked)
    folds = sorted({fold(n) for n in (*names, shown)})
    connection.executemany("INSERT INTO alias VALUES (?, ?)", ((f, entity) for f in folds))


_VOTES = """
SELECT text, type, origin, SUM(CAST(ROUND(confidence * 100) AS INTEGER)), COUNT(*) FROM mention
WHERE entity = ? GROUP BY text, type, origin ORDER BY text, type, origin"""

#: What people and identifiers say of an entity, and the name that it goes by.
_MARK = "SELECT name, shown, type, confirmed, hidden, wikidata FROM mark WHERE entity = ?"

_DOCUMENTS = "SELECT substr(document, 1, 1), COUNT(DISTINCT document) FROM mention WHERE entity = ? GROUP BY 1"
