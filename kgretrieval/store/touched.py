"""What changed since derived files were made, so that they can be brought up to date without being made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from kgretrieval.store.store import Store

_SINCE = "touched_since"


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two generations.

    Attributes
    ----------
    since : int
        The earlier of them.
    texts : frozenset of str
        Articles (``a:…``), uses (``u:…``) and pictures (``p:…``) that came, went or changed in their text, vectors or
        metadata. A picture is in here with any of its uses.
    graph : frozenset of str
        Articles and pictures of which mentions, relations or what their names mean changed, came or went.
    """

    since: int
    texts: frozenset[str]
    graph: frozenset[str]


def touch(connection: sqlite3.Connection, kind: str, ids: Iterable[str]) -> None:
    """Note that these changed in the generation that the present transaction will end in."""
    connection.executemany(
        "INSERT OR REPLACE INTO touched SELECT ?, ?, CAST(value AS INTEGER) + 1 FROM meta WHERE key = 'generation'",
        ((kind, i) for i in sorted(set(ids))),
    )


def changes_since(store: Store, generation: int) -> Changes | None:
    """Return what changed after a generation, None where the log does not go back to it."""
    with store.reading() as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_SINCE,)).fetchone()
        if generation < (int(row[0]) if row else 0) or generation > store.generation:
            return None
        rows = connection.execute("SELECT kind, id FROM touched WHERE generation > ?", (generation,)).fetchall()
    texts = frozenset(identifier for kind, identifier in rows if kind == "text")
    return Changes(generation, texts, frozenset(identifier for kind, identifier in rows if kind == "graph"))


def start_anew(connection: sqlite3.Connection, generation: int) -> None:
    """Let nothing that was derived before `generation` be a beginning; inside the transaction that ends in it."""
    connection.execute("DELETE FROM touched")
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SINCE, str(generation)))


def forget_changes(store: Store, generation: int) -> None:
    """Cut the log: whatever was derived up to `generation` is on disk. For the writer, outside a transaction."""
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM touched WHERE generation <= ?", (generation,))
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SINCE, str(generation)))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
