"""What a search reads: documents as filters see them, counts of a name, facts around entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kgretrieval.store.fact_rows import ASSERTED, SHOWN
from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import term_rows
from kgretrieval.text.clean import fold


class FactRow(NamedTuple):
    """One statement of a fact: in which document, between whom; `plain` if it is neither hedged nor negated."""

    fact: str
    document: str
    subject: str
    object: str
    confidence: float
    plain: int


def name_counts(store: Store, entity_ids: Iterable[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, for each (entity, folded name), how often and in how many documents the entity is called so."""
    query = "SELECT entity, text, COUNT(*), COUNT(DISTINCT document) FROM mention WHERE entity IN (%s) GROUP BY 1, 2"
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for entity, text, mentions, documents in select_in(store, query, entity_ids):
        before = found.get((entity, fold(text)), (0, 0))
        found[entity, fold(text)] = (before[0] + mentions, before[1] + documents)
    return found


def named_with(store: Store, word: str, documents: Iterable[str]) -> set[str]:
    """Return those of these documents that mention a name of which this word is a part."""
    query = "SELECT DISTINCT document, text FROM mention WHERE document IN (%s) AND entity <> ''"
    wanted = fold(word)
    return {document for document, text in select_in(store, query, documents) if wanted in fold(text).split()}


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


def word_counts(store: Store, articles: Iterable[str]) -> dict[str, dict[int, int]]:
    """Return how often each article holds each of its terms, by the ids of the terms."""
    found: dict[str, dict[int, int]] = {}
    for rows in term_rows(store, list(articles)):
        starts = [0, *rows.ends.tolist()[:-1]]
        for holder, start, end in zip(rows.holders, starts, rows.ends.tolist(), strict=True):
            found[holder] = dict(zip(rows.terms[start:end].tolist(), rows.counts[start:end].tolist(), strict=True))
    return found


def texts_with_term(store: Store, ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Return each of these terms, and how many texts hold it, by its id."""
    rows = select_in(store, "SELECT id, text, holders FROM term WHERE id IN (%s)", ids)  # type: ignore[arg-type]
    return {identifier: (text, holders) for identifier, text, holders in rows}


def fact_of(store: Store, relation: str) -> str:
    """Return the fact that a relation states, ``""`` where it joins no entity."""
    with store.reading() as connection:
        row = connection.execute("SELECT fact FROM relation WHERE id = ?", (relation,)).fetchone()
    return str(row[0]) if row else ""


def facts_with_predicate(store: Store, predicate: str, *, limit: int) -> list[FactRow]:
    """Return at most `limit` statements with this predicate, the surest first."""
    order = "ORDER BY confidence DESC, fact, id LIMIT ?"
    with store.reading() as connection:
        rows = connection.execute(f"{_FACTS} AND predicate = ? {order}", (predicate, limit))
        return sorted(FactRow(*row) for row in rows)


def picture_paths(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Return a file of each of these pictures."""
    return dict(select_in(store, "SELECT picture, MIN(path) FROM use WHERE picture IN (%s) GROUP BY picture", ids))


def picture_hashes(store: Store, ids: Iterable[str]) -> dict[str, int]:
    """Return the perceptual hash of each of these pictures, as the signed number of its 64 bits."""
    return dict(select_in(store, "SELECT id, phash FROM picture WHERE id IN (%s) ORDER BY id", ids))
