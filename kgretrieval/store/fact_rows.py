"""Rows that facts are made from: statements, where they were published, what people decided of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.types import Field, Modality

#: What people hid is left out of everything that is shown; `mark` and `fact_mark` hold what was decided and are short.
HIDDEN_ENTITIES = "SELECT entity FROM mark WHERE hidden"
SHOWN = f"""fact <> '' AND fact NOT IN (SELECT fact FROM fact_mark WHERE hidden)
    AND subject_entity NOT IN ({HIDDEN_ENTITIES}) AND object_entity NOT IN ({HIDDEN_ENTITIES})"""
ASSERTED = "(NOT negated AND modality = 'asserted')"
_CHUNK = 500


class Statement(NamedTuple):
    """One sentence's statement of a fact; entities are ``""`` for a side that is none."""

    fact: str
    id: str
    holder: str
    document: str
    field: Field
    start: int
    end: int
    subject_entity: str
    subject: str
    predicate: str
    object_entity: str
    object: str
    extractor: str
    confidence: float
    negated: int
    modality: Modality
    typed: int
    attributed_to: str
    time: str
    place: str


class Publication(NamedTuple):
    """When, by whom and in which article something was published; `article` is ``""`` for a picture that stands alone.

    What a use of a picture does not say of itself is that of its article.
    """

    article: str
    title: str
    date: str
    source: str


class Edge(NamedTuple):
    """A fact as a pattern sees it; a side is the id of an entity, or the text of what is none.

    `support` counts the texts that state it, near copies of an article once.
    """

    fact: str
    subject: str
    object: str
    support: int


#: Who says so is called by the name of the entity, where it is one: "according to Angela Merkel", not "to her".
_SAID_BY = """COALESCE((SELECT e.name FROM mention m JOIN entity e ON e.id = m.entity
    WHERE m.name = relation.attributed_name AND m.document = relation.document LIMIT 1), attributed_to)"""
_COLUMNS = ", ".join(_SAID_BY if name == "attributed_to" else name for name in Statement._fields)
_STATEMENT = f"SELECT {_COLUMNS} FROM relation WHERE {SHOWN}"


def statements(store: Store, facts: Iterable[str]) -> list[Statement]:
    """Return what states these facts."""
    return [Statement(*row) for row in select_in(store, f"{_STATEMENT} AND fact IN (%s)", facts)]


def all_statements(store: Store, *, predicates: Sequence[str] | None = None) -> list[Statement]:
    """Return everything that states a fact, or what does with one of these predicates."""
    query = _STATEMENT if predicates is None else f"{_STATEMENT} AND predicate IN ({_marks(predicates)})"
    with store.reading() as connection:
        return [Statement(*row) for row in connection.execute(query, predicates or ())]


def statements_about(store: Store, entities: Iterable[str], *, said_by: bool = True) -> list[Statement]:
    """Return the statements that have one of these entities as subject or object, each once.

    Without `said_by`, which is quicker, who said so is called as in the text.
    """
    wanted = list(dict.fromkeys(entities))
    query = _STATEMENT if said_by else _STATEMENT.replace(_SAID_BY, "attributed_to")
    rows = select_in(store, f"{query} AND subject_entity IN (%s)", wanted)
    rows += select_in(store, f"{query} AND object_entity IN (%s)", wanted)
    return [Statement(*row) for row in dict.fromkeys(rows)]


def typed_of(store: Store, subjects: Iterable[str], predicates: Sequence[str]) -> list[Statement]:
    """Return the typed statements of these predicates with one of these entities as subject."""
    query = f"{_STATEMENT} AND typed AND predicate IN ({_marks(predicates)}) AND subject_entity IN (%s)"
    return [Statement(*row) for row in _select(store, query, subjects, *predicates)]


def publications(store: Store, holders: Iterable[str]) -> dict[str, Publication]:
    """Return where each of these holders was published."""
    wanted = sorted(set(holders))
    rows = select_in(store, "SELECT id, id, title, date, source FROM article WHERE id IN (%s)", wanted)
    query = """SELECT u.id, u.article, COALESCE(a.title, ''), COALESCE(NULLIF(u.date, ''), a.date, ''),
        COALESCE(NULLIF(u.source, ''), a.source, '') FROM use u LEFT JOIN article a ON a.id = u.article
        WHERE u.id IN (%s)"""
    rows += select_in(store, query, wanted)
    return {holder: Publication(*rest) for holder, *rest in rows}


def object_values(store: Store, facts: Iterable[str]) -> dict[str, str]:
    """Return what the date or quantity means that each of these facts has as object; others are left out."""
    query = """SELECT r.fact, MIN(m.value) FROM relation r JOIN mention m ON m.holder = r.holder AND m.field = r.field
        AND m.start <= r.object_head AND m.end > r.object_head
        WHERE r.fact <> '' AND r.fact IN (%s) AND r.object_entity = '' AND m.value <> '' GROUP BY r.fact"""
    return dict(select_in(store, query, facts))


def containers(store: Store, places: Iterable[str], predicate: str) -> dict[str, set[str]]:
    """Return in which other entities each of these lies, by the asserted facts with this predicate."""
    query = f"""SELECT DISTINCT subject_entity, object_entity FROM relation WHERE {SHOWN} AND {ASSERTED}
        AND predicate = ? AND object_entity <> '' AND subject_entity IN (%s)"""
    found: dict[str, set[str]] = defaultdict(set)
    for place, container in _select(store, query, places, predicate):
        found[place].add(container)
    return dict(found)


def predicate_counts(store: Store) -> dict[str, int]:
    """Return every predicate of a fact, ordered, with the number of statements."""
    query = "SELECT predicate, COUNT(*) FROM relation WHERE fact <> '' GROUP BY predicate ORDER BY predicate"
    with store.reading() as connection:
        return dict(connection.execute(query).fetchall())


def edges(
    store: Store,
    predicates: Sequence[str] | None,
    *,
    subjects: Sequence[str] | None = None,
    objects: Sequence[str] | None = None,
) -> list[Edge]:
    """Return the asserted facts with one of these predicates, or any, and one of these entities on a side.

    Parameters
    ----------
    store : Store
    predicates : sequence of str or None
        As they are written in the collection; None for any.
    subjects, objects : sequence of str, optional
        At most one of them: ids of entities.
    """
    query = f"""SELECT fact, MIN(COALESCE(NULLIF(subject_entity, ''), subject)),
        MIN(COALESCE(NULLIF(object_entity, ''), object)),
        COUNT(DISTINCT COALESCE((SELECT leader FROM copy_group WHERE article = holder), holder))
        FROM relation WHERE {SHOWN} AND {ASSERTED}"""
    values = tuple(predicates or ())
    if predicates is not None:
        query += f" AND predicate IN ({_marks(values)})"
    for column, wanted in (("subject_entity", subjects), ("object_entity", objects)):
        if wanted is not None:
            query += f" AND {column} IN (%s) GROUP BY fact"
            return [Edge(*row) for row in _select(store, query, wanted, *values)]
    with store.reading() as connection:
        return [Edge(*row) for row in connection.execute(f"{query} GROUP BY fact", values)]


def _select(store: Store, query: str, ids: Iterable[str], *values: str) -> list[Any]:
    """Run a query with ``IN (%s)`` at its end over any number of ids, after these other values."""
    wanted = list(dict.fromkeys(ids))
    rows: list[Any] = []
    with store.reading() as connection:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            rows += connection.execute(query % _marks(chunk), (*values, *chunk)).fetchall()
    return rows


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
