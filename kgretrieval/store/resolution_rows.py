"""Rows that resolving names over the collection reads and writes; all inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.types import EntityType

_CHUNK = 500


class Spelled(NamedTuple):
    """A name: its id, its key, and whether it is a person's."""

    id: str
    key: str
    kind: str


class Written(NamedTuple):
    """Mentions of a name in one holder that are written and typed alike, with their confidences added up."""

    name: str
    holder: str
    document: str
    text: str
    type: EntityType
    confidence: float
    times: int


class Placed(NamedTuple):
    """A mention where it stands."""

    holder: str
    field: str
    start: int
    end: int
    text: str
    name: str
    type: EntityType


def pending(store: Store) -> set[str]:
    """Return the names whose mentions changed since names were last resolved."""
    with store.reading() as connection:
        return {row[0] for row in connection.execute("SELECT name FROM pending")}


def resolved_by(store: Store) -> str:
    """Return the version of the rules by which names were resolved, ``""`` before the first time."""
    with store.reading() as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'resolution'").fetchone()
    return row[0] if row else ""


def begin_anew(connection: sqlite3.Connection, version: str) -> None:
    """Forget what other rules made of texts, and let all names be resolved by those of this version."""
    for table in ("said", "introduced", "sketch", "copy_pair", "copy_group"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT OR IGNORE INTO pending SELECT DISTINCT name FROM mention WHERE name <> ''")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('resolution', ?)", (version,))


def add_pending(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Let these names be resolved anew."""
    connection.executemany("INSERT OR IGNORE INTO pending VALUES (?)", ((name,) for name in sorted(set(names))))


def clear_pending(connection: sqlite3.Connection) -> None:
    """Say that all names are resolved."""
    connection.execute("DELETE FROM pending")


def written(store: Store, names: Iterable[str]) -> list[Written]:
    """Return how these names are written in each holder, ordered."""
    query = """SELECT name, holder, document, text, type, SUM(CAST(ROUND(confidence * 100) AS INTEGER)) / 100.0,
        COUNT(*) FROM mention WHERE name IN (%s) GROUP BY name, holder, document, text, type"""
    return sorted(map(Written._make, select_in(store, query, names)))


def forms(store: Store, names: Iterable[str]) -> list[Written]:
    """Return how these names are written anywhere, ordered; holders and documents are ``""``."""
    query = """SELECT name, '', '', text, type, SUM(CAST(ROUND(confidence * 100) AS INTEGER)) / 100.0, COUNT(*)
        FROM mention WHERE name IN (%s) GROUP BY name, text, type"""
    return sorted(map(Written._make, select_in(store, query, names)))


def unread(store: Store, names: Iterable[str]) -> list[str]:
    """Return the holders of these names of which it is not known yet what they say of names, ordered."""
    # An index holds the documents of a name; to look up each holder would take as long as there are mentions.
    found = {row[0] for row in select_in(store, "SELECT DISTINCT document FROM mention WHERE name IN (%s)", names)}
    holders = {document for document in found if document.startswith("a:")}
    pictures = found - holders
    holders |= {r[0] for r in select_in(store, "SELECT DISTINCT holder FROM mention WHERE document IN (%s)", pictures)}
    read = select_in(store, "SELECT holder FROM said WHERE name = '' AND holder IN (%s)", holders)
    return sorted(holders - {row[0] for row in read})


def placed(store: Store, holders: Iterable[str]) -> list[Placed]:
    """Return the mentions of names in these holders."""
    query = "SELECT holder, field, start, end, text, name, type FROM mention WHERE holder IN (%s) AND name <> ''"
    return [Placed(*row) for row in select_in(store, query, holders)]


def fields_of(store: Store, holders: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the texts of these holders by field."""
    wanted = list(holders)
    rows = select_in(store, "SELECT id, title, text FROM article WHERE id IN (%s)", wanted)
    found = {holder: {"title": title, "text": text} for holder, title, text in rows}
    captions = select_in(store, "SELECT id, caption FROM use WHERE id IN (%s)", wanted)
    read = select_in(store, "SELECT holder, text FROM reading WHERE holder IN (%s)", wanted)
    found |= {holder: {"caption": caption} for holder, caption in captions}
    return {**found, **{holder: {"reading": text} for holder, text in read}}


def articles_of(store: Store, holders: Iterable[str]) -> dict[str, str]:
    """Return the article of each use among these holders that belongs to one."""
    return dict(select_in(store, "SELECT id, article FROM use WHERE id IN (%s) AND article <> ''", holders))


def names_in(store: Store, holders: Iterable[str]) -> dict[str, dict[str, bool]]:
    """Return, for each of these holders, its names and whether each is somebody's own there.

    So is that of a person or an organisation in several words; a place or a cup is in everybody's news.
    """
    query = """SELECT holder, name, MAX(INSTR(TRIM(text), ' ') > 0 AND type IN ('person', 'organisation')) FROM mention
        WHERE holder IN (%s) AND name <> '' GROUP BY holder, name"""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for holder, name, own in select_in(store, query, holders):
        found[holder][name] = bool(own)
    return found


def given_ids(store: Store, holders: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the ids of Wikidata that articles bring in their extra field ``wikidata``, by the name as it is given."""
    query = "SELECT id, extra FROM article WHERE id IN (%s) AND extra LIKE '%%\"wikidata\"%%'"
    found = {}
    for article, extra in select_in(store, query, holders):
        try:
            given = json.loads(json.loads(extra)["wikidata"])
        except (ValueError, TypeError, KeyError):
            continue
        if isinstance(given, dict):
            found[article] = {str(name): str(identifier) for name, identifier in given.items()}
    return found


class Said(NamedTuple):
    """What one holder says of one name: its roles, years of birth, and its id in Wikidata (``""`` without one)."""

    name: str
    holder: str
    roles: tuple[str, ...]
    births: tuple[int, ...]
    wikidata: str


def keep_said(
    connection: sqlite3.Connection, holder: str, said: Iterable[Said], introduced: Iterable[tuple[str, str]]
) -> None:
    """Keep what a holder says of names, and which (short, long) names it introduces as one."""
    marks = [(holder, "", "[]", "[]", "")]
    marks += [(holder, one.name, json.dumps(one.roles), json.dumps(one.births), one.wikidata) for one in said]
    connection.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?)", marks)
    pairs = ((holder, *pair) for pair in introduced)
    connection.executemany("INSERT OR REPLACE INTO introduced VALUES (?, ?, ?)", pairs)


def said_of(store: Store, names: Iterable[str]) -> list[Said]:
    """Return what is said of these names anywhere."""
    rows = select_in(store, "SELECT name, holder, roles, births, wikidata FROM said WHERE name IN (%s)", names)
    return [Said(name, holder, tuple(json.loads(r)), tuple(json.loads(b)), w) for name, holder, r, b, w in rows]


def told_twice(store: Store, names: Iterable[str]) -> set[str]:
    """Return those of these names of which several texts say something, or an id of Wikidata is given."""
    query = "SELECT name FROM said WHERE name IN (%s) GROUP BY name HAVING COUNT(*) > 1 OR MAX(wikidata) <> ''"
    return {row[0] for row in select_in(store, query, names)}


def identified(store: Store, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the ids of Wikidata that documents give to these names; names without one are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    query = "SELECT DISTINCT name, wikidata FROM said WHERE wikidata <> '' AND name IN (%s)"
    for name, identifier in select_in(store, query, names):
        found[name].add(identifier)
    return dict(found)


def introductions(store: Store, names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (short, holder, long) of what introduces one of these names as short or long form, ordered."""
    wanted = list(names)
    query = "SELECT short, holder, long FROM introduced WHERE {} IN (%s)"
    found = select_in(store, query.format("short"), wanted) + select_in(store, query.format("long"), wanted)
    return sorted(set(found))


def spelled(store: Store, names: Iterable[str]) -> dict[str, Spelled]:
    """Return these names as they were last resolved."""
    rows = select_in(store, "SELECT id, key, kind FROM name WHERE id IN (%s)", names)
    return {row[0]: Spelled(*row) for row in rows}


def blocks_of(store: Store, names: Iterable[str]) -> dict[str, set[str]]:
    """Return the blocks of these names as they were last resolved."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, block in select_in(store, "SELECT name, block FROM block WHERE name IN (%s)", names):
        found[name].add(block)
    return found


def names_in_blocks(store: Store, blocks: Iterable[str]) -> dict[str, list[Spelled]]:
    """Return the names that stand in these blocks."""
    query = "SELECT b.block, n.id, n.key, n.kind FROM block b JOIN name n ON n.id = b.name WHERE b.block IN (%s)"
    found: dict[str, list[Spelled]] = defaultdict(list)
    for block, *row in select_in(store, query, blocks):
        found[block].append(Spelled(*row))
    return found


def names_resolved(store: Store) -> int:
    """Return how many names there were when names were last resolved."""
    with store.reading() as connection:
        return int(connection.execute("SELECT COUNT(*) FROM name").fetchone()[0])


def moved(store: Store, names: Iterable[str]) -> list[str]:
    """Return those of these names that mean another entity than their own anywhere, ordered."""
    query = "SELECT DISTINCT name FROM mention WHERE name IN (%s) AND entity <> name"
    return sorted({row[0] for row in select_in(store, query, names)})


def keep_names(connection: sqlite3.Connection, names: Mapping[str, Spelled | None], blocks: Mapping[str, Any]) -> None:
    """Put names and their blocks in place of what was known of them; a name that is None is forgotten."""
    known = [(row[0],) for row in _in(connection, "SELECT id FROM name WHERE id IN (%s)", names)]
    connection.executemany("DELETE FROM name WHERE id = ?", known)
    connection.executemany("DELETE FROM block WHERE name = ?", known)
    connection.executemany("INSERT INTO name VALUES (?, ?, ?)", (row for row in names.values() if row is not None))
    rows = ((block, name) for name in sorted(blocks) for block in sorted(blocks[name]))
    connection.executemany("INSERT INTO block VALUES (?, ?)", rows)


def keep_links(connection: sqlite3.Connection, names: Iterable[str], links: Iterable[Sequence[Any]]) -> None:
    """Put links in place of all between these names, each as a row of the table with its reasons as a list."""
    known = _in(connection, "SELECT DISTINCT one FROM link WHERE one IN (%s)", names)
    connection.executemany("DELETE FROM link WHERE one = ?", known)
    rows = ((*link[:6], json.dumps(link[6], ensure_ascii=False)) for link in links)
    connection.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def keep_marks(connection: sqlite3.Connection, names: Iterable[str], marks: Iterable[tuple[Any, ...]]) -> set[str]:
    """Put marks in place of those of entities that go by these names; return the entities whose mark changed."""
    before, after = set(_in(connection, f"SELECT {_MARK} FROM mark WHERE name IN (%s)", names)), set(marks)
    connection.executemany("DELETE FROM mark WHERE entity = ?", ((row[0],) for row in before - after))
    connection.executemany(
        f"INSERT OR REPLACE INTO mark ({_MARK}) VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(after - before)
    )
    return {row[0] for row in before ^ after}


_MARK = "entity, name, shown, type, confirmed, hidden, wikidata"


def keep_fact_marks(connection: sqlite3.Connection, marks: Mapping[str, tuple[bool, bool]]) -> None:
    """Put what people decided of facts, (confirmed, hidden) by fact id, in place of all that was there."""
    connection.execute("DELETE FROM fact_mark")
    rows = ((fact, int(confirmed), int(hidden)) for fact, (confirmed, hidden) in sorted(marks.items()))
    connection.executemany("INSERT INTO fact_mark VALUES (?, ?, ?)", rows)


def fact_marks(store: Store, facts: Iterable[str]) -> dict[str, tuple[bool, bool]]:
    """Return what people decided of these facts: whether each was confirmed, and hidden; those without are left out."""
    rows = select_in(store, "SELECT fact, confirmed, hidden FROM fact_mark WHERE fact IN (%s)", facts)
    return {fact: (bool(confirmed), bool(hidden)) for fact, confirmed, hidden in rows}


def _in(connection: sqlite3.Connection, query: str, names: Iterable[str]) -> list[Any]:
    """Run a query with ``IN (%s)`` over any number of names, on a connection that may be writing."""
    wanted, found = sorted(set(names)), []
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        found += connection.execute(query % ", ".join("?" * len(chunk)), chunk).fetchall()
    return found
