"""Writing: one transaction a batch, in which everything that hangs on a document comes or goes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from kgretrieval.store.aggregate import refresh_few
from kgretrieval.store.annotations import delete_annotations, insert_annotations
from kgretrieval.store.picture_rows import insert_miniatures
from kgretrieval.store.records import Annotations, Bundle, CountedText, UseRow, VectorRow
from kgretrieval.store.resolution_tables import OF_TEXT
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import insert_counts, release_terms, terms_held
from kgretrieval.store.topic_rows import insert_topics
from kgretrieval.store.touched import touch

_HOLDER_TABLES = ("topic", "passage", "vector", "counts", "miniature", "reading", *OF_TEXT)


def commit(store: Store, bundles: Sequence[Bundle] = (), *, delete: Iterable[str] = ()) -> int:
    """Put bundles in place of what bore their ids, delete articles and uses, and return the new generation.

    Vectors are appended and flushed first, so a crash leaves at worst unnamed rows; one SQLite transaction
    then names them. Pictures that nothing uses any more go with their last use; entities are counted anew.

    Parameters
    ----------
    store : Store
        Open for writing.
    bundles : sequence of Bundle
        New or changed documents, complete.
    delete : iterable of str
        Full ids of articles (``a:…``) and uses (``u:…``).
    """
    rows = append_vectors(store, [v for bundle in bundles for v in bundle.vectors])
    with writing(store) as connection:
        change = _Change(connection)
        for identifier in delete:
            change.remove(identifier)
        for bundle in bundles:
            change.replace(bundle)
        name_vectors(connection, rows)
        change.finish()
    for space, dead in change.dead_rows.items():
        store.vectors[space].wipe(dead)
    return store.generation


def commit_annotations(store: Store, changed: Sequence[Annotations]) -> int:
    """Put annotations in place of those of the same holders, in one transaction; return the new generation.

    The holders are those named in `Annotations.versions`.
    """
    with writing(store) as connection:
        change = _Change(connection)
        for annotations in changed:
            for holder in annotations.versions:
                change.clear_annotations(holder)
            change.annotate(annotations)
        change.finish()
    return store.generation


@contextmanager
def writing(store: Store) -> Iterator[sqlite3.Connection]:
    """Run a block as one transaction that ends in a new generation, or leaves everything as it was."""
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


class _Change:
    """The bookkeeping of one transaction: which entities and pictures must be looked at again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.entities: set[str] = set()
        self.names: set[str] = set()
        self.pictures: set[str] = set()
        self.counted: dict[str, CountedText] = {}
        self.lost_terms: Counter[int] = Counter()
        self.texts: set[str] = set()
        self.annotated: set[str] = set()
        self.dead_rows: dict[str, list[int]] = {}

    def remove(self, identifier: str) -> None:
        """Remove an article with its uses, or one use."""
        if identifier.startswith("a:"):
            uses = self.connection.execute("SELECT id FROM use WHERE article = ?", (identifier,)).fetchall()
            for (use,) in uses:
                self.remove(use)
            self.connection.execute("DELETE FROM article WHERE id = ?", (identifier,))
        else:
            row = self.connection.execute("SELECT picture FROM use WHERE id = ?", (identifier,)).fetchone()
            if row is not None:
                self.pictures.add(row[0])
            self.connection.execute("DELETE FROM use WHERE id = ?", (identifier,))
        self.texts.add(identifier)
        self._clear_holder(identifier)

    def replace(self, bundle: Bundle) -> None:
        if bundle.article_id:
            self.remove(bundle.article_id)
        for use in bundle.uses:
            self.remove(use.id)
        self._insert(bundle)

    def finish(self) -> None:
        """Drop pictures without a use and words of no text, then bring the entities that were touched up to date."""
        for picture in sorted(self.pictures):
            used = self.connection.execute("SELECT 1 FROM use WHERE picture = ? LIMIT 1", (picture,)).fetchone()
            if used is None:
                self.connection.execute("DELETE FROM picture WHERE id = ?", (picture,))
                self._clear_holder(picture)
        insert_counts(self.connection, list(self.counted.values()))
        release_terms(self.connection, self.lost_terms)
        refresh_few(self.connection, self.entities)
        pending = ((name,) for name in sorted(self.names))
        self.connection.executemany("INSERT OR IGNORE INTO pending VALUES (?)", pending)
        touch(self.connection, "text", self.texts | self.pictures)
        touch(self.connection, "graph", self._documents() | {i for i in self.texts if i[0] == "a"} | self.pictures)

    def _documents(self) -> set[str]:
        """Return the documents of the holders that were annotated."""
        uses = sorted(i for i in self.annotated if i.startswith("u:"))
        rows = (self.connection.execute("SELECT picture FROM use WHERE id = ?", (use,)).fetchone() for use in uses)
        return {row[0] for row in rows if row} | {i for i in self.annotated if not i.startswith("u:")}

    def clear_annotations(self, holder: str) -> None:
        self.annotated.add(holder)
        names, entities = delete_annotations(self.connection, holder)
        self.names |= names
        self.entities |= entities

    def annotate(self, annotations: Annotations) -> None:
        insert_annotations(self.connection, annotations)
        names = {row.name for row in annotations.mentions if row.name}
        self.names |= names
        self.entities |= names

    def _clear_holder(self, holder: str) -> None:
        rows = self.connection.execute("SELECT space, row FROM vector WHERE holder = ?", (holder,))
        for space, row in rows.fetchall():
            self.dead_rows.setdefault(space, []).append(row)
        self.clear_annotations(holder)
        self.counted.pop(holder, None)
        self.lost_terms.update(terms_held(self.connection, holder))
        for table in _HOLDER_TABLES:
            self.connection.execute(f"DELETE FROM {table} WHERE holder = ?", (holder,))

    def _insert(self, bundle: Bundle) -> None:
        if bundle.article is not None:
            self.connection.execute(f"INSERT INTO article VALUES ({_marks(16)})", _article_values(bundle))
        known = [(p.id, p.sha256, p.width, p.height, p.phash, p.format, p.bytes) for p in bundle.pictures]
        self.connection.executemany(f"INSERT OR IGNORE INTO picture VALUES ({_marks(7)})", known)
        insert_miniatures(self.connection, bundle)
        self.connection.executemany(f"INSERT INTO use VALUES ({_marks(16)})", map(_use_values, bundle.uses))
        insert_topics(self.connection, bundle)
        self.pictures.update(use.picture for use in bundle.uses)
        self.texts.update([bundle.article_id] if bundle.article is not None else [])
        self.texts.update(use.id for use in bundle.uses)
        spans = [(p.document, p.field, p.start, p.end) for p in bundle.passages]
        self.connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", spans)
        self.counted.update((text.holder, text) for text in bundle.counts)
        self.annotate(bundle.annotations)


def append_vectors(store: Store, vectors: Sequence[VectorRow]) -> list[tuple[str, int, str, str, int]]:
    """Append rows to the files of vectors, flushed, and return what `name_vectors` is to write of them."""
    named = []
    for space, file in store.vectors.items():
        chosen = [v for v in vectors if v.space == space]
        if chosen:
            first = file.append(np.stack([v.vector for v in chosen]))
            named += [(space, first + i, v.holder, v.field, v.start) for i, v in enumerate(chosen)]
    return named


def name_vectors(connection: sqlite3.Connection, rows: list[tuple[str, int, str, str, int]]) -> None:
    """Say what appended rows belong to, inside the caller's transaction: until then they are none."""
    connection.executemany("INSERT INTO vector VALUES (?, ?, ?, ?, ?)", rows)


def _article_values(bundle: Bundle) -> tuple[str, ...]:
    a = bundle.article
    assert a is not None
    tags, types, extra = _json(list(a.tags)), _json(dict(a.tag_types)), _json(dict(a.extra))
    head = (bundle.article_id, a.key, bundle.digest, a.title, a.text, a.url, a.source, a.author, a.date, a.language)
    return (*head, tags, types, a.credit, a.rights, a.origin, extra)


def _use_values(u: UseRow) -> tuple[str | int, ...]:
    head = (u.id, u.key, u.digest, u.picture, u.article, u.position, u.path, u.caption, u.date, u.source, u.language)
    return (*head, u.credit, u.rights, _json(list(u.tags)), u.origin, _json(u.extra))


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
