"""Labels as a search asks for them: which documents have one, and the labels of many documents at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kgretrieval.store.read import select_in
from kgretrieval.store.store import Store
from kgretrieval.types import HitLabel


def holding_labels(store: Store, documents: Iterable[str]) -> dict[str, tuple[HitLabel, ...]]:
    """Return the labels of these documents that hold, ordered by scheme; what a person said comes instead of a model.

    Of several labels of one scheme, as the captions of a picture may have them, the most probable one holds.
    """
    wanted = sorted(set(documents))
    best: dict[str, dict[str, HitLabel]] = defaultdict(dict)
    query = """SELECT document, scheme, value, probability FROM label
        WHERE sure = 1 AND start < 0 AND document IN (%s) ORDER BY document, scheme, probability, value"""
    for document, *said in select_in(store, query, wanted):
        one = HitLabel(*said)
        best[document][one.scheme] = one
    own = "SELECT document, scheme, value FROM own_label WHERE document IN (%s)"
    for document, scheme, value in select_in(store, own, wanted):
        best[document][scheme] = HitLabel(scheme, value, 1.0)
    return {document: tuple(own[scheme] for scheme in sorted(own)) for document, own in best.items()}


def documents_with_label(store: Store, scheme: str, value: str) -> list[str]:
    """Return the articles and pictures of which a label holds as a whole, ordered; case aside."""
    query = """SELECT document FROM own_label WHERE scheme = ? AND value = ? COLLATE NOCASE
        UNION SELECT document FROM label l WHERE l.scheme = ? AND l.value = ? COLLATE NOCASE AND l.sure = 1
        AND l.start < 0 AND NOT EXISTS
        (SELECT 1 FROM own_label o WHERE o.document = l.document AND o.scheme = l.scheme) ORDER BY 1"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (scheme, value, scheme, value))]


def documents_towards(store: Store, entity: str, value: str) -> list[str]:
    """Return the documents that sound so towards an entity, ordered; case aside."""
    query = """SELECT DISTINCT l.document FROM mention m JOIN label l ON l.holder = m.holder AND l.field = m.field
        AND l.start = m.start AND l.end = m.end WHERE m.entity = ? AND l.scheme = 'towards' AND l.sure = 1
        AND l.value = ? COLLATE NOCASE ORDER BY 1"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (entity, value))]


def frequent_labels(store: Store, scheme: str, *, most: int) -> list[str]:
    """Return the labels of a scheme that most documents have, the most frequent first."""
    query = """SELECT value FROM (SELECT value, document FROM own_label WHERE scheme = ? UNION
        SELECT value, document FROM label WHERE scheme = ? AND sure = 1)
        GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT ?"""
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query, (scheme, scheme, most))]


def label_schemes(store: Store) -> list[str]:
    """Return the schemes of all labels, ordered."""
    query = "SELECT scheme FROM label UNION SELECT scheme FROM own_label ORDER BY 1"
    with store.reading() as connection:
        return [row[0] for row in connection.execute(query)]


def sounding_towards(store: Store, entities: Iterable[str] | None = None) -> dict[tuple[str, str], str]:
    """Return, by document and entity, how the document sounds towards the entity: all of them, or these.

    Where its sentences differ the value with the largest sum of probabilities speaks.
    """
    query = """SELECT l.document, m.entity, l.value, SUM(l.probability) AS much FROM label l JOIN mention m
        ON m.holder = l.holder AND m.field = l.field AND m.start = l.start AND m.end = l.end AND m.entity <> ''
        WHERE l.scheme = 'towards' AND l.sure = 1 %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 4, 3"""
    if entities is None:
        with store.reading() as connection:
            rows = connection.execute(query.replace("%s", "")).fetchall()
    else:
        rows = select_in(store, query.replace("%s", "AND m.entity IN (%s)"), entities)
    return {(document, entity): value for document, entity, value, _ in rows}
