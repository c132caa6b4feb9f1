"""What people say of documents, made from the decisions that hold: the last one about a document speaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kgretrieval.store.store import Store

#: What people said of a document that was deleted waits for it to come again.
THERE = """(EXISTS (SELECT 1 FROM article a WHERE a.id = o.document)
    OR EXISTS (SELECT 1 FROM picture p WHERE p.id = o.document))"""


def settle_own_labels(connection: sqlite3.Connection, about: Iterable[tuple[str, str, str]]) -> None:
    """Bring the labels of people up to the decisions, inside the caller's transaction.

    Parameters
    ----------
    connection
        In the transaction that takes or undoes the decisions.
    about : iterable of (str, str, str)
        Id of a document, what decisions call it, scheme. The document need not be there (yet): what people said of it
        holds when it comes.
    """
    for document, reference, scheme in sorted(set(about)):
        connection.execute("DELETE FROM own_label WHERE document = ? AND scheme = ?", (document, scheme))
        connection.execute(
            """INSERT INTO own_label SELECT ?, ?, json_extract(payload, '$.value'), id FROM decision
            WHERE action = 'label' AND undone_at = '' AND json_extract(payload, '$.document') = ?
            AND json_extract(payload, '$.scheme') = ? ORDER BY time DESC, id DESC LIMIT 1""",
            (document, scheme, reference, scheme),
        )


def own_labels(store: Store, scheme: str) -> list[tuple[str, str]]:
    """Return (document, value) of what people said under a scheme, of documents that are there, ordered."""
    query = f"SELECT document, value FROM own_label o WHERE scheme = ? AND {THERE} ORDER BY 1"
    with store.reading() as connection:
        return [(document, value) for document, value in connection.execute(query, (scheme,))]


def own_schemes(store: Store) -> dict[str, int]:
    """Return the schemes under which people sorted documents, with how many labels each has."""
    query = f"SELECT scheme, COUNT(*) FROM own_label o WHERE {THERE} GROUP BY scheme ORDER BY scheme"
    with store.reading() as connection:
        return dict(connection.execute(query).fetchall())


def own_label_lines(store: Store) -> list[tuple[str, str, str]]:
    """Return (document, scheme, value) of all that people said of documents that are there, ordered."""
    query = f"SELECT document, scheme, value FROM own_label o WHERE {THERE} ORDER BY document, scheme"
    with store.reading() as connection:
        return connection.execute(query).fetchall()
