"""Whole-collection scans, ordered: what the derived index and the graph are made from."""

from __future__ import annotations

from dataclasses import dataclass

from kgretrieval.store.store import Store


@dataclass(frozen=True, slots=True)
class HolderRow:
    """An article, or one use of a picture, with what filters look at. `document` is what a person sees."""

    holder: str
    document: str
    date: str
    source: str
    language: str


@dataclass(frozen=True, slots=True)
class MentionScan:
    """One mention; spans are -1 for a given tag."""

    holder: str
    document: str
    field: str
    start: int
    end: int
    origin: str
    confidence: float
    entity: str
    sentence_start: int
    sentence_end: int


def holders(store: Store) -> list[HolderRow]:
    """Return every article and every use, ordered by id; a use without a date, source or language has its article's."""
    uses = """SELECT u.id, u.picture, COALESCE(NULLIF(u.date, ''), a.date, ''),
        COALESCE(NULLIF(u.source, ''), a.source, ''), COALESCE(NULLIF(u.language, ''), a.language, '')
        FROM use u LEFT JOIN article a ON a.id = u.article ORDER BY u.id"""
    with store.reading() as connection:
        rows = connection.execute("SELECT id, id, date, source, language FROM article ORDER BY id").fetchall()
        rows += connection.execute(uses).fetchall()
    return [HolderRow(*row) for row in rows]


def vector_rows(store: Store, space: str) -> list[tuple[int, str, str, int]]:
    """Return (row, holder, field, start) of every named row of a space, ordered by row."""
    query = "SELECT row, holder, field, start FROM vector WHERE space = ? ORDER BY row"
    with store.reading() as connection:
        return connection.execute(query, (space,)).fetchall()


def illustrations(store: Store) -> list[tuple[str, str, str, str]]:
    """Return (picture, article, caption, use) of every use of a picture in an article, ordered."""
    query = "SELECT picture, article, caption, id FROM use WHERE article <> '' ORDER BY picture, article, id"
    with store.reading() as connection:
        return connection.execute(query).fetchall()


def document_ids(store: Store) -> list[str]:
    """Return the ids of all articles, then of all pictures, ordered."""
    with store.reading() as connection:
        articles = connection.execute("SELECT id FROM article ORDER BY id").fetchall()
        return [r[0] for r in articles + connection.execute("SELECT id FROM picture ORDER BY id").fetchall()]


def entity_ids(store: Store) -> list[str]:
    """Return the ids of all entities, ordered."""
    with store.reading() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM entity ORDER BY id")]


def mentions(store: Store, *, entity: str = "") -> list[MentionScan]:
    """Return all mentions, or those in documents that mention `entity`, by holder, field and place."""
    where = "AND holder IN (SELECT holder FROM mention WHERE entity = ?)" if entity else ""
    query = f"""SELECT holder, document, field, start, end, origin, confidence, entity, sentence_start, sentence_end
        FROM mention WHERE entity <> '' {where} ORDER BY holder, field, sentence_start, start, end, entity, origin"""
    with store.reading() as connection:
        return [MentionScan(*row) for row in connection.execute(query, (entity,) if entity else ())]
