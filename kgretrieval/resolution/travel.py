"""Decisions that travel: to a file and from one into another collection, and ids of Wikidata from a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError
from kgretrieval.resolution.anchors import check, labelled, names_of
from kgretrieval.resolution.decide import ACTIONS, IDENTIFIER, now
from kgretrieval.store import resolution_rows as rows
from kgretrieval.store.decisions import Decision, add_decision, decisions
from kgretrieval.store.ids import make_id
from kgretrieval.store.own_labels import settle_own_labels
from kgretrieval.store.store import Store
from kgretrieval.store.write import writing
from kgretrieval.text.names import name_key


def exported(store: Store) -> list[dict[str, Any]]:
    """Return all decisions as they stand in a file that travels: without their numbers, which are this collection's."""
    return [
        {"time": d.time, "author": d.author, "action": d.action, "payload": dict(d.payload), "undone_at": d.undone_at}
        for d in decisions(store)
    ]


def take_over(store: Store, file: Path) -> int:
    """Take over the decisions of a file of JSON lines, those that are not here yet; return how many they were.

    Raises
    ------
    NotFoundError, UnreadableError
        If the file is not there or a line of it is no decision; then nothing is taken over.
    """
    known = {json.dumps(one, sort_keys=True) for one in exported(store)}
    new = [one for one in _read(file) if json.dumps(one, sort_keys=True) not in known]
    made = [Decision(0, "", "", one["action"], one["payload"]) for one in new]
    with writing(store) as connection:
        for one in new:
            when = {"time": one["time"], "author": one["author"], "undone_at": one["undone_at"]}
            add_decision(connection, one["action"], one["payload"], **when)
        rows.add_pending(connection, {name for one in made for name in names_of(one)})
        settle_own_labels(connection, labelled(made))
    return len(new)


def link_table(store: Store, file: Path, *, author: str = "") -> int:
    """Take ids of Wikidata from a table with the columns ``name`` and ``wikidata``; return how many are new.

    Raises
    ------
    NotFoundError, UnreadableError
        If the file is not there or is no such table; then nothing is taken over.
    """
    known = {(d.payload["entity"]["name"], d.payload["wikidata"]) for d in decisions(store, active=True)
             if d.action == "link"}  # fmt: skip
    new = []
    for number, row in enumerate(_table(file), start=2):
        name, identifier = (str(row.get(column) or "").strip() for column in ("name", "wikidata"))
        if not name or not IDENTIFIER.fullmatch(identifier):
            raise UnreadableError(f"{file}:{number} has no name or no id such as Q567: {name!r}, {identifier!r}")
        keys = {name_key(name, "person"), name_key(name, "organisation")} - {""}
        new += [(key, identifier) for key in sorted(keys) if (key, identifier) not in known]
    time = now()
    with writing(store) as connection:
        for key, identifier in new:
            payload = {"entity": {"name": key}, "wikidata": identifier}
            add_decision(connection, "link", payload, time=time, author=author)
        rows.add_pending(connection, (make_id("e", key) for key, _ in new))
    return len(new)


def _read(file: Path) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            made: dict[str, Any] = {key: str(one[key]) for key in ("time", "author", "action", "undone_at")}
            made["payload"] = dict(one["payload"])
            check(Decision(0, "", "", made["action"], made["payload"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UnreadableError(f"{file}:{number} is no decision; kg decisions --export writes such a file") from None
        if made["action"] not in {*ACTIONS, "hide_fact", "confirm_fact"}:
            raise UnreadableError(f"{file}:{number} decides {made['action']!r}, which this version does not know")
        found.append(made)
    return found


def _table(file: Path) -> Iterable[dict[str, str | None]]:
    lines = _text(file).splitlines()
    reader = csv.DictReader(lines)
    if not {"name", "wikidata"} <= set(reader.fieldnames or ()):
        raise UnreadableError(f"{file} is no table with the columns name and wikidata; write them in its first line")
    return list(reader)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"there is no {file}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{file} cannot be read: {error}") from None
