"""What a search reads: documents as filters see them, counts of a name, facts around entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kgretrieval.store.fact_rows import ASSERTED, SHOWN
from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold


class DocumentRow(NamedTuple):
    """An article or a picture with what filters look at."""

    id: str
    date: str
    source: str
    language: str


class FactRow(NamedTuple):
    """One statement of a fact: in which document, between whom; `plain` if it is neither hedged nor negated."""

    fact: str
    document: str
    subject: str
    object: str
    confidence: float
    plain: int


def document_rows(store: Store) -> list[DocumentRow]:
    """Return all articles, then all pictures, ordered by id; a picture has what `read.documents` shows of it."""
    with store.reading() as connection:
        articles = connection.execute("SELECT id, date, source, language FROM article ORDER BY id").fetchall()
        known = [row[0] for row in connection.execute("SELECT id FROM picture ORDER BY id")]
        uses = connection.execute(_USES).fetchall()
    said: dict[str, list[str]] = {picture: [""] * 6 for picture in known}
    for picture, *values in uses:
        said[picture] = [old or new for old, new in zip(said[picture], values, strict=True)]
    pictures = [(p, own[0] or own[1], own[2] or own[3], own[4] or own[5]) for p, own in said.items()]
    return [DocumentRow(*row) for row in (*articles, *pictures)]


#: In the order of `read._pictures`: where uses differ the first by date speaks.
_USES = """SELECT u.picture, u.date, COALESCE(a.date, ''), u.source, COALESCE(a.source, ''), u.language,
    COALESCE(a.language, '') FROM use u LEFT JOIN article a ON a.id = u.article
    ORDER BY u.picture, u.article = '', a.date, u.id"""


def use_documents(store: Store) -> dict[str, str]:
    """Return the picture of every use."""
    with store.reading() as connection:
        return dict(connection.execute("SELECT id, picture FROM use").fetchall())


def illustration_pairs(store: Store) -> list[tuple[str, str]]:
    """Return (article, picture) of every use of a picture in an article, in the order of the article."""
    query = "SELECT article, picture FROM use WHERE article <> '' ORDER BY article, position, id"
    with store.reading() as connection:
        return list(dict.fromkeys(connection.execute(query).fetchall()))


def document_count(store: Store) -> int:
    """Return how many articles and pictures there are."""
    query = "SELECT (SELECT COUNT(*) FROM article) + (SELECT COUNT(*) FROM picture)"
    with store.reading() as connection:
        return int(connection.execute(query).fetchone()[0])


def name_counts(store: Store, entity_ids: Iterable[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, for each (entity, folded name), how often and in how many documents the entity is called so."""
    query = "SELECT entity, text, COUNT(*), COUNT(DISTINCT document) FROM mention WHERE entity IN (%s) GROUP BY 1, 2"
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for entity, text, mentions, documents in select_in(store, query, entity_ids):
        before = found.get((entity, fold(text)), (0, 0))
        found[entity, fold(text)] = (before[0] + mentions, before[1] + documents)
    return found


def facts_in(store: Store, holders: Iterable[str]) -> list[FactRow]:
    """Return what these articles and uses state of at least one entity, ordered."""
    query = f"{_FACTS} AND holder IN (%s)"
    return sorted(FactRow(*row) for row in select_in(store, query, holders))


def facts_between(store: Store, entity_ids: Sequence[str]) -> list[FactRow]:
    """Return what is stated with one of these entities as subject and another one as object, ordered."""
    wanted = list(dict.fromkeys(entity_ids))
    marks = ", ".join("?" * len(wanted))
    query = f"{_FACTS} AND subject_entity IN ({marks}) AND object_entity IN ({marks})"
    with store.reading() as connection:
        return sorted(FactRow(*row) for row in connection.execute(query, wanted * 2))


def facts_of(store: Store, entity_id: str, *, limit: int) -> list[FactRow]:
    """Return at most `limit` statements with this entity as subject or object, the surest assertions first."""
    order = f"ORDER BY {ASSERTED} DESC, confidence DESC, fact, id LIMIT ?"
    rows: set[FactRow] = set()
    with store.reading() as connection:
        for column in ("subject_entity", "object_entity"):
            found = connection.execute(f"{_FACTS} AND {column} = ? {order}", (entity_id, limit))
            rows.update(FactRow(*row) for row in found)
    return sorted(rows, key=lambda r: (-r.plain, -r.confidence, r))[:limit]


def uses_of(store: Store, pictures: Iterable[str]) -> list[tuple[str, str]]:
    """Return (picture, use) of every use of these pictures, ordered."""
    return sorted(select_in(store, "SELECT picture, id FROM use WHERE picture IN (%s)", pictures))


_FACTS = f"""SELECT fact, document, subject_entity, object_entity, confidence, {ASSERTED} FROM relation
    WHERE {SHOWN}"""


def picture_hashes(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """Return the perceptual hash of each of these pictures, as the signed number of its 64 bits."""
    return dict(select_in(store, "SELECT id, phash FROM picture WHERE id IN (%s) ORDER BY id", ids))
