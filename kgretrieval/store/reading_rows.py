"""The text in pictures on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.types import PictureText, TextLine


def insert_readings(connection: sqlite3.Connection, readings: Mapping[str, PictureText]) -> None:
    """Write what was read in pictures, by their ids, inside the caller's transaction."""
    rows = []
    for picture, read in readings.items():
        lines = json.dumps([[line.text, line.confidence, line.box] for line in read.lines], ensure_ascii=False)
        rows.append((picture, read.text, lines, read.engine, read.version, read.language))
    connection.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?)", rows)


def readings_of(store: Store, pictures: Iterable[str]) -> dict[str, PictureText]:
    """Return what was read in each of these pictures; one that no engine looked at is not there."""
    query = "SELECT holder, lines, engine, version, language FROM reading WHERE holder IN (%s)"
    return {
        picture: PictureText(tuple(map(_line, json.loads(lines))), engine, version, language)
        for picture, lines, engine, version, language in select_in(store, query, pictures)
    }


def _line(values: tuple[str, float, list[tuple[float, float]]]) -> TextLine:
    text, confidence, box = values
    return TextLine(text, confidence, tuple((x, y) for x, y in box))
