"""Labels on disk: written by whoever sorts documents, read with what people said in front."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kgretrieval.store.annotations import label_values
from kgretrieval.store.own_labels import THERE
from kgretrieval.store.read import select_in
from kgretrieval.store.records import LabelRow
from kgretrieval.store.store import Store
from kgretrieval.store.write import writing
from kgretrieval.types import Label

#: Who says what a person says.
PERSON = "person"


def commit_labels(store: Store, extractor: str, version: str, holders: Iterable[str], rows: Sequence[LabelRow]) -> int:
    """Put what one model says of these holders in place of what it said, in one transaction.

    Parameters
    ----------
    store : Store
        Open for writing.
    extractor, version : str
        Of the model; each holder is marked as read by it.
    holders : iterable of str
        Articles, uses and pictures that were looked at.
    rows : sequence of LabelRow
        What was found; holders without a row have no label.

    Returns
    -------
    int
        The new generation.
    """
    looked_at = sorted(set(holders))
    with writing(store) as connection:
        for holder in looked_at:
            connection.execute("DELETE FROM label WHERE holder = ? AND extractor = ?", (holder, extractor))
            connection.execute("INSERT OR REPLACE INTO annotated VALUES (?, ?, ?)", (holder, extractor, version))
        insert_labels(connection, rows)
    return store.generation


def insert_labels(connection: sqlite3.Connection, rows: Iterable[LabelRow]) -> None:
    """Write labels, inside the caller's transaction."""
    connection.executemany(f"INSERT OR REPLACE INTO label VALUES ({', '.join('?' * 12)})", label_values(rows))


def forget_labels(store: Store, extractor: str) -> None:
    """Delete everything that one model said."""
    with writing(store) as connection:
        connection.execute("DELETE FROM label WHERE extractor = ?", (extractor,))
        connection.execute("DELETE FROM annotated WHERE extractor = ?", (extractor,))
        connection.execute("DELETE FROM meta WHERE key = ? AND key LIKE 'head:%'", (extractor,))


def labels_of(store: Store, documents: Iterable[str]) -> dict[str, tuple[Label, ...]]:
    """Return the labels of these articles and pictures; what a person said stands for what models say of the same.

    Labels of names come with the entity that the name means; ordered by scheme, then by where the name stands.
    """
    wanted = sorted(set(documents))
    own: dict[str, dict[str, Label]] = defaultdict(dict)
    query = "SELECT document, scheme, value FROM own_label WHERE document IN (%s)"
    for document, scheme, value in select_in(store, query, wanted):
        own[document][scheme] = Label(scheme, value, 1.0, PERSON, document=document)
    found: dict[str, list[Label]] = defaultdict(list)
    query = """SELECT l.document, l.scheme, l.value, l.probability, l.extractor, l.version, l.sure, l.field, l.start,
        l.end, l.text, COALESCE((SELECT m.entity FROM mention m WHERE l.start >= 0 AND m.holder = l.holder
        AND m.field = l.field AND m.start = l.start AND m.end = l.end AND m.name <> '' LIMIT 1), '')
        FROM label l WHERE l.document IN (%s)"""
    for document, *said, sure, field, start, end, text, entity in select_in(store, query, wanted):
        scheme, value, probability, by, version = said
        place = (field, start, end, text)
        label = Label(scheme, value, probability, by, version, bool(sure), *place, document, entity)
        if label.start >= 0 or label.scheme not in own[document]:
            found[document].append(label)
    return {
        document: tuple(sorted([*own[document].values(), *found[document]], key=_order))
        for document in wanted
        if own[document] or found[document]
    }


def label_counts(store: Store) -> Mapping[str, Mapping[str, int]]:
    """Return, by scheme, how many documents have each sure label as a whole, the most frequent first."""
    query = f"""SELECT scheme, value, COUNT(DISTINCT document) FROM (
        SELECT scheme, value, document FROM own_label o WHERE {THERE}
        UNION ALL SELECT l.scheme, l.value, l.document FROM label l WHERE l.sure = 1 AND l.start < 0 AND NOT EXISTS
        (SELECT 1 FROM own_label o WHERE o.document = l.document AND o.scheme = l.scheme))
        GROUP BY scheme, value ORDER BY scheme, 3 DESC, value"""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    with store.reading() as connection:
        for scheme, value, count in connection.execute(query):
            counts[scheme][value] = count
    return dict(counts)


def _order(label: Label) -> tuple[str, str, int, str]:
    return label.scheme, label.field, label.start, label.extractor


def heads_applied(store: Store) -> dict[str, tuple[str, str]]:
    """Return, by name, the kind of documents that each trained model has sorted here, and its version then."""
    query = "SELECT key, value FROM meta WHERE key >= 'head:' AND key < 'head;' ORDER BY key"
    with store.reading() as connection:
        rows = connection.execute(query).fetchall()
    split = {key.removeprefix("head:"): value.split() for key, value in rows}
    return {name: (kind, version) for name, (kind, version) in split.items()}


def keep_applied(store: Store, name: str, kind: str, version: str) -> None:
    """Note that a trained model sorts this collection: what comes in later is sorted too."""
    with writing(store) as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"head:{name}", f"{kind} {version}"))
