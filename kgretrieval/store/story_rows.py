"""Stories as rows: what of each article is compared, which pairs tell of one event, and the stories they make."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import term_rows, term_texts
from kgretrieval.store.touched import changes_since

_MARK = "stories"


@dataclass(frozen=True, slots=True)
class Profile:
    """An article as stories see it.

    Attributes
    ----------
    weights : Mapping of int to int
        The weight of each term, by a hash of 32 bits.
    day : int
        The proleptic Gregorian ordinal of its date, 0 where the day is not known.
    keys : sequence of int
        Hashes of 48 bits; only articles that share one are compared.
    """

    article: str
    weights: Mapping[int, int]
    day: int = 0
    keys: Sequence[int] = ()


class StoryRow(NamedTuple):
    """A story: its first report, its most central article, how many it has, the dates of the first and the last."""

    id: str
    first: str
    central: str
    articles: int
    first_date: str
    last_date: str


class Report(NamedTuple):
    """An article as a list of a story's reports shows it."""

    id: str
    title: str
    date: str
    source: str


class Text(NamedTuple):
    """What a profile is made from: `counts` of the terms of all text of an article."""

    article: str
    digest: str
    title: str
    language: str
    date: str
    source: str
    counts: Mapping[str, int]


def stories_of(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return the story of each of these articles that is in one."""
    return dict(select_in(store, "SELECT article, story FROM story_member WHERE article IN (%s)", articles))


def story_ids(store: Store) -> list[str]:
    """Return the ids of all stories, ordered."""
    return [row.id for row in story_rows(store)]


def members_of(store: Store, stories: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return (story, article) of all stories or of these, ordered."""
    query = "SELECT story, article FROM story_member"
    if stories is not None:
        return sorted(select_in(store, f"{query} WHERE story IN (%s)", stories))
    with store.reading() as connection:
        return connection.execute(f"{query} ORDER BY story, article").fetchall()


def titles_of(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return the headline of each of these articles."""
    return dict(select_in(store, "SELECT id, title FROM article WHERE id IN (%s)", articles))


def reports_of(store: Store, articles: Iterable[str]) -> dict[str, Report]:
    """Return these articles by their ids."""
    query = "SELECT id, title, date, source FROM article WHERE id IN (%s)"
    return {row[0]: Report(*row) for row in select_in(store, query, articles)}


def story_rows(store: Store, ids: Iterable[str] | None = None) -> list[StoryRow]:
    """Return all stories, or those with these full ids, ordered by id."""
    query = f"SELECT {', '.join(StoryRow._fields)} FROM story"
    if ids is not None:
        return sorted(StoryRow(*row) for row in select_in(store, f"{query} WHERE id IN (%s)", ids))
    with store.reading() as connection:
        return [StoryRow(*row) for row in connection.execute(f"{query} ORDER BY id")]


def story_places(store: Store) -> list[tuple[str, str, str]]:
    """Return (story, date, source) of every article that is in a story, ordered."""
    query = "SELECT m.story, a.date, a.source FROM story_member m JOIN article a ON a.id = m.article ORDER BY 1, 2, 3"
    with store.reading() as connection:
        return connection.execute(query).fetchall()


# -- bringing them up to date --------------------------------------------------------------------------------


def made_up_to(store: Store, version: str) -> int | None:
    """Return the generation up to which stories were made by this version of the rules, None if they were not."""
    with store.reading() as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
    made, _, generation = str(row[0]).partition(" ") if row else ("", "", "")
    return int(generation) if made == version else None


def mark_made(store: Store, version: str) -> None:
    """Note that stories are those of the last commit. For the writer, outside a transaction."""
    value = f"{version} {store.generation}"
    store.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, value))


def forget_stories(connection: sqlite3.Connection) -> None:
    """Delete everything about stories: other rules make other ones."""
    for table in ("story_profile", "story_key", "story_pair", "story_member", "story"):
        connection.execute(f"DELETE FROM {table}")


def changed_articles(store: Store, since: int | None) -> list[str]:
    """Return the articles that came, went or changed after a generation, ordered; all that are there for None."""
    with store.reading() as connection:
        if since is None:
            return [row[0] for row in connection.execute("SELECT id FROM article ORDER BY id")]
        changes = changes_since(store, since)
        if changes is None:
            query = "SELECT id FROM article UNION SELECT article FROM story_profile"
            ids = [row[0] for row in connection.execute(query)]
        else:
            ids = [identifier for identifier in changes.texts if identifier.startswith("a:")]
        known = dict(select_in(store, "SELECT article, digest FROM story_profile WHERE article IN (%s)", ids))
        now = dict(select_in(store, "SELECT id, digest FROM article WHERE id IN (%s)", ids))
    return sorted(i for i in ids if known.get(i) != now.get(i))


def texts(store: Store, articles: Sequence[str]) -> list[Text]:
    """Return the texts of those of these articles that are there."""
    counted: dict[str, dict[str, int]] = {}
    for stretch in term_rows(store, articles):
        names = term_texts(store, np.unique(stretch.terms))
        start = 0
        for holder, end in zip(stretch.holders, stretch.ends.tolist(), strict=True):
            terms, counts = stretch.terms[start:end].tolist(), stretch.counts[start:end].tolist()
            counted[holder] = {names[term]: count for term, count in zip(terms, counts, strict=True)}
            start = end
    rows = select_in(store, "SELECT id, digest, title, language, date, source FROM article WHERE id IN (%s)", articles)
    return [Text._make((*row, counted.get(row[0], {}))) for row in sorted(rows)]


def forget_articles(connection: sqlite3.Connection, articles: Iterable[str]) -> set[str]:
    """Delete the profiles and pairs of these articles; return the other articles of those pairs."""
    others: set[str] = set()
    for article in articles:
        row = connection.execute("SELECT number, day, keys FROM story_profile WHERE article = ?", (article,)).fetchone()
        if row is None:
            continue
        number, day, keys = row
        own = ((key, day, number) for key in np.frombuffer(keys, dtype="<u8").tolist())
        connection.executemany("DELETE FROM story_key WHERE key = ? AND day = ? AND number = ?", own)
        connection.execute("DELETE FROM story_profile WHERE number = ?", (number,))
        others.update(r[0] for r in connection.execute("SELECT other FROM story_pair WHERE one = ?", (article,)))
        connection.execute(
            "DELETE FROM story_pair WHERE other = ? AND one IN (SELECT other FROM story_pair WHERE one = ?)",
            (article, article),
        )
        connection.execute("DELETE FROM story_pair WHERE one = ?", (article,))
    return others


def keep_profiles(connection: sqlite3.Connection, profiles: Iterable[tuple[Profile, str]]) -> None:
    """Write profiles, each with the digest of the article that it was made from."""
    insert = "INSERT INTO story_profile (article, digest, day, terms, weights, keys) VALUES (?, ?, ?, ?, ?, ?)"
    for profile, digest in profiles:
        terms, weights = list(profile.weights), list(profile.weights.values())
        arrays = (np.array(terms, dtype="<u4"), np.array(weights, dtype="<u2"), np.array(profile.keys, dtype="<u8"))
        blobs = (array.tobytes() for array in arrays)
        number = connection.execute(insert, (profile.article, digest, profile.day, *blobs)).lastrowid
        keys = ((key, profile.day, number) for key in profile.keys)
        connection.executemany("INSERT INTO story_key VALUES (?, ?, ?)", keys)


def profiles(store: Store, articles: Iterable[str]) -> dict[str, Profile]:
    """Return the profiles of these articles without their keys."""
    query = "SELECT article, day, terms, weights FROM story_profile WHERE article IN (%s)"
    found = {}
    for article, day, terms, weights in select_in(store, query, articles):
        read = (np.frombuffer(terms, dtype="<u4").tolist(), np.frombuffer(weights, dtype="<u2").tolist())
        found[article] = Profile(article, dict(zip(*read, strict=True)), day)
    return found


def candidates(store: Store, articles: Iterable[str], window: int) -> set[tuple[str, str]]:
    """Return the pairs of one of these articles and another that share a key, each pair in the order of its ids.

    Two articles with a date stand at most `window` days apart.
    """
    found: set[tuple[int, int]] = set()
    connection = store.connection
    rows = select_in(store, "SELECT number, day, keys FROM story_profile WHERE article IN (%s)", articles)
    for number, day, keys in rows:
        for key in np.frombuffer(keys, dtype="<u8").tolist():
            if day:
                near = connection.execute(_NEAR, (key, day - window, day + window, key))
            else:
                near = connection.execute("SELECT number FROM story_key WHERE key = ?", (key,))
            found.update((number, other) for (other,) in near if other != number)
    numbers = sorted({number for pair in found for number in pair})
    query = "SELECT number, article FROM story_profile WHERE number IN (%s)"
    names: dict[int, str] = dict(select_in(store, query, numbers))  # type: ignore[arg-type]
    pairs = ((names[one], names[other]) for one, other in found)
    return {(min(pair), max(pair)) for pair in pairs}


_NEAR = """SELECT number FROM story_key WHERE key = ? AND day BETWEEN ? AND ?
    UNION ALL SELECT number FROM story_key WHERE key = ? AND day = 0"""


def keep_pairs(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Write pairs of articles that tell of one event, both ways."""
    rows = sorted(row for one, other in pairs for row in ((one, other), (other, one)))
    connection.executemany("INSERT OR IGNORE INTO story_pair VALUES (?, ?)", rows)


def beside(store: Store, articles: Iterable[str]) -> list[tuple[str, str]]:
    """Return (article, other) for each of these articles and those it makes a pair with, ordered."""
    return sorted(select_in(store, "SELECT one, other FROM story_pair WHERE one IN (%s)", articles))


def dates_of(store: Store, articles: Iterable[str]) -> dict[str, str]:
    """Return the date of each of these articles."""
    return dict(select_in(store, "SELECT id, date FROM article WHERE id IN (%s)", articles))


def replace_stories(
    connection: sqlite3.Connection, articles: Iterable[str], stories: Mapping[StoryRow, Sequence[str]]
) -> None:
    """Put stories with their articles in place of all that these articles were in."""
    for article in sorted(articles):
        row = connection.execute("SELECT story FROM story_member WHERE article = ?", (article,)).fetchone()
        if row is not None:
            connection.execute("DELETE FROM story WHERE id = ?", row)
            connection.execute("DELETE FROM story_member WHERE article = ?", (article,))
    for story, members in stories.items():
        connection.execute("INSERT INTO story VALUES (?, ?, ?, ?, ?, ?)", story)
        connection.executemany("INSERT INTO story_member VALUES (?, ?)", ((one, story.id) for one in members))
