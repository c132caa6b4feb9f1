"""What is said in picture files themselves, on disk: the text that was read in them, and their own statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kgretrieval.store.read import select_in
from kgretrieval.store.records import PictureTexts
from kgretrieval.store.store import Store
from kgretrieval.types import Document, PictureText, TextLine

_SAYS = "(m.taken <> '' OR m.place <> '' OR m.persons <> '')"
#: Pictures in which text was found, and pictures whose files say when or where they were taken or whom they show.
_TEXTS = f"SELECT holder FROM reading WHERE letters <> '' UNION SELECT m.holder FROM miniature m WHERE {_SAYS}"


@dataclass(frozen=True, slots=True)
class UnreadPicture:
    """A picture in which text is to be looked for: the hash of its bytes, and the files that held them."""

    picture: str
    sha256: str
    paths: tuple[str, ...]


def unread_pictures(store: Store, engine: str, version: str = "") -> list[UnreadPicture]:
    """Return the pictures that no engine has read, ordered by id.

    With a version, also those that another engine or version read, or that this one could not bring to an end.
    """
    query = """SELECT p.id, p.sha256, u.path FROM picture p JOIN use u ON u.picture = p.id
        LEFT JOIN reading r ON r.holder = p.id WHERE r.holder IS NULL
        OR (? <> '' AND (r.engine <> ? OR r.version <> ? OR r.problem <> '')) ORDER BY p.id, u.path"""
    paths: dict[tuple[str, str], list[str]] = defaultdict(list)
    with store.reading() as connection:
        for picture, sha256, path in connection.execute(query, (version, engine, version)):
            paths[picture, sha256].append(path)
    return [UnreadPicture(*key, tuple(dict.fromkeys(own))) for key, own in paths.items()]


def readings_of(store: Store, pictures: Iterable[str]) -> dict[str, PictureText]:
    """Return what was read in each of these pictures; one that no engine looked at is not there."""
    query = "SELECT holder, lines, engine, version, language, problem FROM reading WHERE holder IN (%s)"
    return {
        picture: PictureText(tuple(map(_line, json.loads(lines))), *said)
        for picture, lines, *said in select_in(store, query, pictures)
    }


def with_readings(store: Store, known: Mapping[str, Document]) -> dict[str, Document]:
    """Return these documents, pictures with what was read in them."""
    read = readings_of(store, (i for i in known if i.startswith("p:")))
    return {i: replace(d, reading=read[i]) if i in read else d for i, d in known.items()}


def reading_holds(store: Store, wanted: str) -> list[tuple[str, int]]:
    """Return the pictures whose text holds these letters (`kgretrieval.text.fragments.letters`), and its length.

    Looks through all that was read: a hundred thousand texts take about a tenth of a second (benchmarks/ocr.py).
    """
    query = "SELECT holder, LENGTH(letters) FROM reading WHERE INSTR(letters, ?) ORDER BY holder"
    with store.reading() as connection:
        return connection.execute(query, (wanted,)).fetchall()


def reads_any(store: Store) -> bool:
    """Return whether text was found in any picture."""
    with store.reading() as connection:
        return connection.execute("SELECT 1 FROM reading WHERE letters <> '' LIMIT 1").fetchone() is not None


def pictures_with_texts(store: Store, *, unread_by: str = "") -> list[str]:
    """Return the pictures whose files say something, ordered; with the name of an extractor, those it has not read."""
    query, values = f"SELECT holder FROM ({_TEXTS})", list[str]()
    if unread_by:
        query += " WHERE holder NOT IN (SELECT holder FROM annotated WHERE extractor = ?)"
        values.append(unread_by)
    with store.reading() as connection:
        return [row[0] for row in connection.execute(f"{query} ORDER BY holder", values)]


def named_in_readings(store: Store, pictures: Iterable[str]) -> set[str]:
    """Return those of these pictures in whose text something was found."""
    query = "SELECT DISTINCT holder FROM mention WHERE field = 'reading' AND holder IN (%s)"
    return {row[0] for row in select_in(store, query, pictures)}


def picture_texts(store: Store, pictures: Iterable[str]) -> dict[str, PictureTexts]:
    """Return what is said in each of these picture files itself."""
    wanted = list(pictures)
    query = f"SELECT m.holder, m.taken, m.place, m.persons FROM miniature m WHERE {_SAYS} AND m.holder IN (%s)"
    said = {
        picture: (*own, tuple(persons.split("\n")) if persons else ())
        for picture, *own, persons in select_in(store, query, wanted)
    }
    read = readings_of(store, wanted)
    return {p: PictureTexts(p, read.get(p), *said.get(p, ())) for p in wanted if p in said or p in read}


def _line(values: tuple[str, float, list[tuple[float, float]]]) -> TextLine:
    text, confidence, box = values
    return TextLine(text, confidence, tuple((x, y) for x, y in box))
