"""Pictures as a search for copies reads them: hashes, miniatures, and every use with what is said there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kgretrieval.store.read import select_in
from kgretrieval.store.records import Bundle
from kgretrieval.store.store import Store
from kgretrieval.types import EntityType

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


class NamedHere(NamedTuple):
    """A name or a value in a text; `value` is what a date or a quantity means, `entity` ``""`` for one of these."""

    holder: str
    field: str
    sentence_start: int
    sentence_end: int
    start: int
    type: str
    entity: str
    text: str
    value: str
    confidence: float


def insert_miniatures(connection: sqlite3.Connection, bundle: Bundle) -> None:
    """Write the miniatures of a bundle's pictures that are not there yet."""
    rows = [(p.id, p.miniature, p.taken, p.place, "\n".join(p.persons)) for p in bundle.pictures if p.miniature]
    connection.executemany("INSERT OR IGNORE INTO miniature VALUES (?, ?, ?, ?, ?)", rows)


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


def says_of_itself(store: Store, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return when and where each of these pictures was taken, as its file says, where it says one of them."""
    query = "SELECT holder, taken, place FROM miniature WHERE (taken <> '' OR place <> '') AND holder IN (%s)"
    return {picture: (taken, place) for picture, taken, place in select_in(store, query, ids)}


def named_in(
    store: Store, holders: Iterable[str], types: Sequence[EntityType] = ("person", "place", "date")
) -> list[NamedHere]:
    """Return what of these types the texts of these articles and uses name, in reading order."""
    chosen = ", ".join(f"'{kind}'" for kind in types)
    query = f"""SELECT holder, field, sentence_start, sentence_end, start, type, COALESCE(NULLIF(entity, ''), name),
        text, value, confidence FROM mention WHERE type IN ({chosen}) AND holder IN (%s)"""
    return sorted(NamedHere(*row) for row in select_in(store, query, holders))
