"""What people decided, in the order in which they did; nothing is ever taken out of the log, only undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kgretrieval.store.store import Store


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person.

    Attributes
    ----------
    id : int
        Its number in this collection.
    time, author : str
        When (ISO 8601, UTC) and by whom.
    action : str
        One of `kgretrieval.resolution.decide.ACTIONS`.
    payload : Mapping
        What it is about, by names and keys of documents: it means the same in another collection.
    undone_at : str
        When it was undone, ``""`` while it holds.
    """

    id: int
    time: str
    author: str
    action: str
    payload: Mapping[str, Any]
    undone_at: str = ""


def decisions(store: Store, *, active: bool = False) -> list[Decision]:
    """Return all decisions, or those that hold, the oldest first."""
    query = "SELECT id, time, author, action, payload, undone_at FROM decision"
    if active:
        query += " WHERE undone_at = ''"
    with store.reading() as connection:
        rows = connection.execute(query + " ORDER BY time, id").fetchall()
    return [Decision(i, time, by, action, json.loads(text), undone) for i, time, by, action, text, undone in rows]


def add_decision(
    connection: sqlite3.Connection,
    action: str,
    payload: Mapping[str, Any],
    *,
    time: str,
    author: str,
    undone_at: str = "",
) -> int:
    """Write a decision down, inside the caller's transaction, and return its number."""
    columns = "(time, author, action, payload, undone_at)"
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    values = (time, author, action, text, undone_at)
    found = connection.execute(f"INSERT INTO decision {columns} VALUES (?, ?, ?, ?, ?)", values)
    assert found.lastrowid is not None
    return found.lastrowid


def undo_decision(connection: sqlite3.Connection, number: int, *, time: str) -> None:
    """Say that a decision holds no more, inside the caller's transaction."""
    connection.execute("UPDATE decision SET undone_at = ? WHERE id = ? AND undone_at = ''", (time, number))
