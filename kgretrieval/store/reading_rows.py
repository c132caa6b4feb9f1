"""What is said in picture files themselves, on disk: the text that was read in them, and their own statements."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgretrieval.store.read import select_in
from kgretrieval.store.records import CountedText, PictureTexts, VectorRow
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import insert_counts, release_terms, terms_held
from kgretrieval.store.touched import touch
from kgretrieval.store.write import append_vectors, name_vectors, writing
from kgretrieval.text.fragments import letters
from kgretrieval.types import Document, Passage, PictureText, TextLine

_SAYS = "(m.taken <> '' OR m.place <> '' OR m.persons <> '')"
#: Pictures in which text was found, and pictures whose files say when or where they were taken or whom they show.
_TEXTS = f"SELECT holder FROM reading WHERE letters <> '' UNION SELECT m.holder FROM miniature m WHERE {_SAYS}"


@dataclass(slots=True)
class ReadPicture:
    """A picture in which text was looked for, with all that comes of what was found."""

    picture: str
    text: PictureText
    passages: Sequence[Passage] = ()
    vectors: list[VectorRow] = field(default_factory=list)
    counts: list[CountedText] = field(default_factory=list)


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


def commit_readings(store: Store, readings: Sequence[ReadPicture]) -> int:
    """Put what was read in pictures in place of what was read there before, in one transaction.

    What extractors found in the former text stays until they read the new one: they have not read it now.

    Parameters
    ----------
    store : Store
        Open for writing.
    readings : sequence of ReadPicture
        Of pictures that are in the collection, each once.

    Returns
    -------
    int
        The new generation.
    """
    rows = append_vectors(store, [vector for one in readings for vector in one.vectors])
    dead: dict[str, list[int]] = defaultdict(list)
    with writing(store) as connection:
        lost: Counter[int] = Counter()
        for one in readings:
            lost.update(_clear(connection, one.picture, dead))
            _insert(connection, one)
        insert_counts(connection, [counted for one in readings for counted in one.counts])
        release_terms(connection, lost)
        name_vectors(connection, rows)
        touch(connection, "text", [one.picture for one in readings])
        touch(connection, "graph", [one.picture for one in readings])
    for space, places in dead.items():
        store.vectors[space].wipe(places)
    return store.generation


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

    Looks through all that was read: a hundred thousand signs take some hundredths of a second, no sign no time.
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


def _clear(connection: sqlite3.Connection, picture: str, dead: dict[str, list[int]]) -> list[int]:
    """Take away what came of an earlier reading; return the terms that are lost."""
    own = "FROM vector WHERE holder = ? AND field = 'reading'"
    for space, row in connection.execute(f"SELECT space, row {own}", (picture,)).fetchall():
        dead[space].append(row)
    connection.execute(f"DELETE {own}", (picture,))
    lost = terms_held(connection, picture)
    for table in ("counts", "passage", "reading"):
        connection.execute(f"DELETE FROM {table} WHERE holder = ?", (picture,))
    # What trained models say of its pixels does not change.
    unread = "DELETE FROM annotated WHERE holder = ? AND extractor NOT LIKE 'head:%'"
    connection.execute(unread, (picture,))
    return lost


def _insert(connection: sqlite3.Connection, one: ReadPicture) -> None:
    text = one.text
    lines = json.dumps([[line.text, line.confidence, line.box] for line in text.lines], ensure_ascii=False)
    row = (one.picture, text.text, letters(text.text), lines, text.engine, text.version, text.language, text.problem)
    connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    spans = [(p.document, p.field, p.start, p.end) for p in one.passages]
    connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", spans)


def _line(values: tuple[str, float, list[tuple[float, float]]]) -> TextLine:
    text, confidence, box = values
    return TextLine(text, confidence, tuple((x, y) for x, y in box))
