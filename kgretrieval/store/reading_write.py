"""Writing what was read in pictures: one transaction a batch, with everything that comes of it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgretrieval.store.records import CountedText, VectorRow
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import insert_counts, release_terms, terms_held
from kgretrieval.store.touched import touch
from kgretrieval.store.write import append_vectors, name_vectors, writing
from kgretrieval.text.fragments import letters
from kgretrieval.types import Passage, PictureText


@dataclass(slots=True)
class ReadPicture:
    """A picture in which text was looked for, with all that comes of what was found."""

    picture: str
    text: PictureText
    passages: Sequence[Passage] = ()
    vectors: list[VectorRow] = field(default_factory=list)
    counts: list[CountedText] = field(default_factory=list)


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
