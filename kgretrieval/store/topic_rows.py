"""The topics somebody gave to a document: tags and sections that were not given as names."""

from __future__ import annotations

import sqlite3

from kgretrieval.store.records import Bundle
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold


def insert_topics(connection: sqlite3.Connection, bundle: Bundle) -> None:
    """Write the topics of an article and of the uses of pictures that come with it."""
    rows = []
    if bundle.article is not None:
        names = bundle.article.tag_types
        rows += [(bundle.article_id, fold(tag), tag) for tag in bundle.article.tags if tag not in names]
    rows += [(use.id, fold(tag), tag) for use in bundle.uses for tag in use.tags]
    connection.executemany("INSERT OR IGNORE INTO topic VALUES (?, ?, ?)", [row for row in rows if row[1]])


def documents_with_topic(store: Store, topic: str) -> list[str]:
    """Return the articles and pictures that were given this topic themselves, ordered; case and accents aside."""
    query = """SELECT DISTINCT COALESCE(u.picture, t.holder) FROM topic t LEFT JOIN use u ON u.id = t.holder
        WHERE t.fold = ? ORDER BY 1"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (fold(topic),))]


def frequent_topics(store: Store, *, most: int) -> list[str]:
    """Return the topics that most articles and pictures were given, the most frequent first."""
    query = "SELECT MIN(topic) FROM topic GROUP BY fold ORDER BY COUNT(*) DESC, fold LIMIT ?"
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (most,))]
