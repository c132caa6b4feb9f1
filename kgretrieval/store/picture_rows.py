"""Pictures as a search for copies reads them: hashes, miniatures, and every use with what is said there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from kgretrieval.store.read import select_in
from kgretrieval.store.records import Bundle
from kgretrieval.store.store import Store

_UNSIGNED = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class MiniatureRow:
    """A picture's size in pixels and its packed miniature, ``b""`` where none is kept."""

    id: str
    width: int
    height: int
    packed: bytes


@dataclass(frozen=True, slots=True)
class PictureUse:
    """One use of a picture and the article it stands in; `date` and `source` are the use's own or the article's.

    `published` is the date of the article, ``""`` where the use stands alone or the article has none.
    """

    use: str
    picture: str
    article: str
    path: str
    caption: str
    date: str
    published: str
    source: str
    title: str
    url: str
    language: str


def insert_miniatures(connection: sqlite3.Connection, bundle: Bundle) -> None:
    """Write the miniatures of a bundle's pictures that are not there yet."""
    rows = [(p.id, p.miniature) for p in bundle.pictures if p.miniature]
    connection.executemany("INSERT OR IGNORE INTO miniature VALUES (?, ?)", rows)


def picture_hashes(store: Store, ids: Iterable[str] | None = None) -> dict[str, int]:
    """Return the perceptual hash of each of these pictures, or of all, 0 to 2**64 - 1."""
    if ids is not None:
        rows = select_in(store, "SELECT id, phash FROM picture WHERE id IN (%s)", ids)
    else:
        with store.reading() as connection:
            rows = connection.execute("SELECT id, phash FROM picture").fetchall()
    return {picture: phash & _UNSIGNED for picture, phash in rows}


def miniatures(store: Store, ids: Iterable[str]) -> list[MiniatureRow]:
    """Return the size and the miniature of each of these pictures, ordered by id."""
    query = """SELECT p.id, p.width, p.height, COALESCE(m.grey, x'') FROM picture p
        LEFT JOIN miniature m ON m.holder = p.id WHERE p.id IN (%s)"""
    return sorted((MiniatureRow(*row) for row in select_in(store, query, ids)), key=lambda row: row.id)


def picture_uses(store: Store, ids: Iterable[str]) -> list[PictureUse]:
    """Return every use of these pictures, the earliest first, those without a date last."""
    query = """SELECT u.id, u.picture, u.article, u.path, u.caption, COALESCE(NULLIF(u.date, ''), a.date, ''),
        COALESCE(a.date, ''), COALESCE(NULLIF(u.source, ''), a.source, ''), COALESCE(a.title, ''),
        COALESCE(a.url, ''), COALESCE(NULLIF(a.language, ''), u.language)
        FROM use u LEFT JOIN article a ON a.id = u.article WHERE u.picture IN (%s)"""
    uses = [PictureUse(*row) for row in select_in(store, query, ids)]
    return sorted(uses, key=lambda use: (not use.date, use.date, use.article, use.use))
