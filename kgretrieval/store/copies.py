"""Which articles are near copies of each other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store

#: The band of the row that says that an article was looked at, however little it holds.
_LOOKED_AT = -1


def copy_groups(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return for each of these articles the first by id of all that are near copies of it: itself, if none is.

    Articles with the same one are one source.
    """
    wanted = list(articles)
    found = dict(select_in(store, "SELECT article, leader FROM copy_group WHERE article IN (%s)", wanted))
    return {article: found.get(article, article) for article in wanted}


def unsketched(store: Store) -> list[str]:
    """Return the articles that were not compared with others yet, ordered."""
    query = "SELECT id FROM article WHERE id NOT IN (SELECT holder FROM sketch WHERE band = ?) ORDER BY id"
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (_LOOKED_AT,))]


def gone(store: Store) -> list[str]:
    """Return the articles of groups of copies that are not in the collection any more, ordered."""
    query = "SELECT article FROM copy_group WHERE article NOT IN (SELECT id FROM article) ORDER BY article"
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query)]


def forget_pairs(connection: sqlite3.Connection, articles: Iterable[str]) -> set[str]:
    """Delete the pairs with these articles; return the other articles of those."""
    others: set[str] = set()
    for article in sorted(articles):
        others.update(r[0] for r in connection.execute("SELECT other FROM copy_pair WHERE one = ?", (article,)))
        connection.execute(
            "DELETE FROM copy_pair WHERE other = ? AND one IN (SELECT other FROM copy_pair WHERE one = ?)",
            (article, article),
        )
        connection.execute("DELETE FROM copy_pair WHERE one = ?", (article,))
    return others


def keep_sketches(connection: sqlite3.Connection, sketches: Mapping[str, Sequence[int]]) -> None:
    """Write the hashes of articles, one a band."""
    rows = [(article, _LOOKED_AT, 0) for article in sketches]
    rows += [(article, band, value) for article, hashes in sketches.items() for band, value in enumerate(hashes)]
    connection.executemany("INSERT OR REPLACE INTO sketch VALUES (?, ?, ?)", rows)


def candidates(store: Store, articles: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of one of these articles and another that share a hash, ordered, each once."""
    query = f"""SELECT DISTINCT a.holder, b.holder FROM sketch a
        JOIN sketch b ON b.band = a.band AND b.hash = a.hash AND b.holder <> a.holder
        WHERE a.band <> {_LOOKED_AT} AND a.holder IN (%s)"""
    return sorted({(min(pair), max(pair)) for pair in select_in(store, query, articles)})


def keep_pairs(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Write pairs of copies, both ways."""
    rows = [row for one, other in pairs for row in ((one, other), (other, one))]
    connection.executemany("INSERT OR IGNORE INTO copy_pair VALUES (?, ?)", rows)


def regroup(store: Store, connection: sqlite3.Connection, articles: Iterable[str]) -> None:
    """Make the groups anew that these articles are in or were in."""
    left = set(articles)
    former = {row[0] for row in select_in(store, "SELECT leader FROM copy_group WHERE article IN (%s)", left)}
    left |= {row[0] for row in select_in(store, "SELECT article FROM copy_group WHERE leader IN (%s)", former)}
    connection.executemany("DELETE FROM copy_group WHERE article = ?", ((article,) for article in sorted(left)))
    for first in sorted(left):
        if first not in left:
            continue
        group, frontier = set(), {first}
        while frontier:
            group |= frontier
            found = {row[0] for row in select_in(store, "SELECT other FROM copy_pair WHERE one IN (%s)", frontier)}
            frontier = found - group
        left -= group
        if len(group) > 1:
            rows = ((article, min(group)) for article in sorted(group))
            connection.executemany("INSERT OR REPLACE INTO copy_group VALUES (?, ?)", rows)
