"""Rows that the graph is made from, of the whole collection or around some of its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from kgretrieval.store.fact_rows import HIDDEN_ENTITIES, SHOWN
from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store

#: Texts held in memory at once while sentences are cut out of them.
_TEXTS = 500


class Span(NamedTuple):
    """A stretch of one field of an article or of a use of a picture, or of the text in a picture."""

    holder: str
    field: str
    start: int
    end: int


class Named(NamedTuple):
    """One mention of an entity; `start`, `end` and the sentence's span are -1 for a given tag."""

    holder: str
    field: str
    sentence_start: int
    sentence_end: int
    start: int
    end: int
    entity: str
    origin: str
    document: str
    confidence: float

    @property
    def sentence(self) -> Span:
        """Where its sentence stands."""
        return Span(self.holder, self.field, self.sentence_start, self.sentence_end)


def named(
    store: Store, *, entities: Iterable[str] | None = None, documents: Iterable[str] | None = None
) -> list[Named]:
    """Return all mentions, or those of these entities, or those in these documents, in reading order."""
    columns = ", ".join(Named._fields)
    query = f"SELECT {columns} FROM mention WHERE entity <> '' AND entity NOT IN ({HIDDEN_ENTITIES})"
    return sorted(map(Named._make, _select(store, query, entity=entities, document=documents)))


def illustrations(
    store: Store,
    *,
    pictures: Iterable[str] | None = None,
    articles: Iterable[str] | None = None,
    as_of: str = "",
) -> list[tuple[str, str, str]]:
    """Return (picture, article, caption) of the uses of pictures in articles, ordered.

    With `as_of` only those dated by then; a use without a date has its article's.
    """
    query = "SELECT DISTINCT picture, article, caption FROM use WHERE article <> ''"
    if as_of:
        query = query.replace("caption FROM", "caption, id FROM")
        rows = _select(store, query, picture=pictures, article=articles)
        known = dates(store, (row[3] for row in rows))
        return sorted({row[:3] for row in rows if known[row[3]] and known[row[3]][: len(as_of)] <= as_of})
    return sorted(_select(store, query, picture=pictures, article=articles))


def captioned(store: Store) -> list[tuple[str, str]]:
    """Return (picture, entity) of what captions name, ordered."""
    query = f"""SELECT DISTINCT document, entity FROM mention
        WHERE origin = 'caption' AND entity <> '' AND entity NOT IN ({HIDDEN_ENTITIES}) ORDER BY 1, 2"""
    with store.reading() as connection:
        return connection.execute(query).fetchall()


def pixel_rows(store: Store) -> dict[str, int]:
    """Return, for each picture that has one, the row of its vector in the space ``picture``."""
    query = "SELECT holder, row FROM vector WHERE space = 'picture' AND field = 'pixels' ORDER BY row"
    with store.reading() as connection:
        return dict(connection.execute(query).fetchall())


def fact_ends(store: Store, *, entities: Iterable[str] | None = None) -> list[tuple[str, str, str]]:
    """Return (fact, subject, object) of the facts between two entities, ordered."""
    query = f"""SELECT DISTINCT fact, subject_entity, object_entity FROM relation
        WHERE {SHOWN} AND subject_entity <> '' AND object_entity <> ''"""
    if entities is None:
        return sorted(_select(store, query))
    wanted = list(entities)
    rows = _select(store, query, subject_entity=wanted) + _select(store, query, object_entity=wanted)
    return sorted(set(rows))


def crowded_sentences(store: Store, most: int) -> set[Span]:
    """Return the sentences that name more than `most` different entities."""
    query = f"""SELECT holder, field, sentence_start, sentence_end FROM mention
        WHERE sentence_start >= 0 AND entity <> '' AND entity NOT IN ({HIDDEN_ENTITIES})
        GROUP BY 1, 2, 3, 4 HAVING COUNT(DISTINCT entity) > ?"""
    with store.reading() as connection:
        return {Span(*row) for row in connection.execute(query, (most,))}


def dates(store: Store, holders: Iterable[str]) -> dict[str, str]:
    """Return the date of each of these articles and uses; a use without one has its article's.

    What stands in a picture itself was known when the picture was first used.
    """
    wanted = set(holders)
    pictures = [holder for holder in wanted if holder.startswith("p:")]
    found = dict(select_in(store, "SELECT id, date FROM article WHERE id IN (%s)", sorted(wanted)))
    query = """SELECT u.id, COALESCE(NULLIF(u.date, ''), a.date, '') FROM use u LEFT JOIN article a ON a.id = u.article
        WHERE u.id IN (%s)"""
    return {**found, **dict(select_in(store, query, sorted(wanted))), **_first_uses(store, pictures)}


def _first_uses(store: Store, pictures: Iterable[str]) -> dict[str, str]:
    query = """SELECT u.picture, COALESCE(MIN(COALESCE(NULLIF(u.date, ''), NULLIF(a.date, ''))), '')
        FROM use u LEFT JOIN article a ON a.id = u.article WHERE u.picture IN (%s) GROUP BY u.picture"""
    return dict(select_in(store, query, pictures))


def sentences(store: Store, spans: Iterable[Span]) -> dict[Span, str]:
    """Return the text of each of these stretches."""
    wanted: dict[str, list[Span]] = {}
    for span in sorted(set(spans)):
        wanted.setdefault(span.holder, []).append(span)
    found: dict[Span, str] = {}
    for holder, texts in _texts(store, wanted):
        found.update((span, texts.get(span.field, "")[span.start : span.end]) for span in wanted[holder])
    return found


def _texts(store: Store, holders: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    left = iter(holders)
    while chunk := list(islice(left, _TEXTS)):
        for holder, title, text in select_in(store, "SELECT id, title, text FROM article WHERE id IN (%s)", chunk):
            yield holder, {"title": title, "text": text}
        for holder, caption in select_in(store, "SELECT id, caption FROM use WHERE id IN (%s)", chunk):
            yield holder, {"caption": caption}
        for holder, text in select_in(store, "SELECT holder, text FROM reading WHERE holder IN (%s)", chunk):
            yield holder, {"reading": text}


def _select(store: Store, query: str, **columns: Iterable[str] | None) -> list[Any]:
    """Run `query` over everything, or where the one column that is given has one of these values."""
    for column, values in columns.items():
        if values is not None:
            joint = "AND" if " WHERE " in query else "WHERE"
            return select_in(store, f"{query} {joint} {column} IN (%s)", values)
    with store.reading() as connection:
        return connection.execute(query).fetchall()
