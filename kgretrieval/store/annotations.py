"""Annotations on disk: what extractors found, written, taken away and read back by the holders of the texts."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kgretrieval.store.ids import fact_id
from kgretrieval.store.read import select_in
from kgretrieval.store.records import Annotations, LabelRow
from kgretrieval.store.resolution_tables import OF_ANNOTATIONS
from kgretrieval.store.store import Store
from kgretrieval.types import Frame, Label, Mention, Reference, Relation, Role

#: Tables whose rows came from an extractor.
TABLES = ("mention", "relation", "reference", "frame", "label")

#: What an extractor found in one holder.
Found = Mention | Relation | Reference | Frame | Label


def insert_annotations(connection: sqlite3.Connection, annotations: Annotations) -> None:
    """Write the rows; the entity of the collection is the name in the article until names are resolved."""
    for table, values in _values(annotations).items():
        rows = list(values)
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def delete_annotations(connection: sqlite3.Connection, holder: str) -> tuple[set[str], set[str]]:
    """Delete what was found in a holder; return the names and the entities that were mentioned there."""
    rows = connection.execute("SELECT DISTINCT name, entity FROM mention WHERE holder = ? AND name <> ''", (holder,))
    touched = rows.fetchall()
    for table in (*TABLES, "annotated", *OF_ANNOTATIONS):
        connection.execute(f"DELETE FROM {table} WHERE holder = ?", (holder,))
    return {name for name, _ in touched}, {entity for _, entity in touched}


def found_in(store: Store, holders: Sequence[str]) -> dict[str, list[Found]]:
    """Return what all extractors found in each of these holders, as they found it."""
    found: dict[str, list[Found]] = defaultdict(list)
    for make, table, columns in (
        (_mention, "mention", _MENTION),
        (_relation, "relation", _RELATION),
        (_reference, "reference", _REFERENCE),
        (_frame, "frame", _FRAME),
        (_label, "label", _LABEL),
    ):
        query = f"SELECT holder, {columns} FROM {table} WHERE holder IN (%s) ORDER BY holder, field, start, end"
        for holder, *values in select_in(store, query, holders):
            found[holder].append(make(values))
    return dict(found)


def versions_of(store: Store, holders: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return, for each of these holders that was read, the version of every extractor that read it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    query = "SELECT holder, extractor, version FROM annotated WHERE holder IN (%s)"
    for holder, extractor, version in select_in(store, query, holders):
        found[holder][extractor] = version
    return dict(found)


_MENTION = "field, start, end, text, type, origin, extractor, confidence, value"
_REFERENCE = "field, start, end, text, antecedent_field, antecedent_start, antecedent_end, extractor, confidence"
_FRAME = "field, start, end, lemma, predicate_start, predicate_end, roles, extractor, confidence"
_RELATION = (
    "field, start, end, subject, subject_start, subject_end, subject_head, predicate, object, object_start, "
    "object_end, object_head, extractor, confidence, negated, modality, typed, attributed_to, attributed_head, "
    "predicate_start"
)


_LABEL = "scheme, value, probability, extractor, version, sure, field, start, end, text"


def _label(values: Sequence[Any]) -> Label:
    named: Mapping[str, Any] = dict(zip(_LABEL.split(", "), values, strict=True))
    return Label(**{**named, "sure": bool(named["sure"])})


def _mention(values: Sequence[Any]) -> Mention:
    return Mention(*values)


def _reference(values: Sequence[Any]) -> Reference:
    return Reference(*values)


def _frame(values: Sequence[Any]) -> Frame:
    named: Mapping[str, Any] = dict(zip(_FRAME.split(", "), values, strict=True))
    return Frame(**{**named, "roles": tuple(Role(*role) for role in json.loads(named["roles"]))})


def _relation(values: Sequence[Any]) -> Relation:
    named: Mapping[str, Any] = dict(zip(_RELATION.split(", "), values, strict=True))
    return Relation(**{**named, "negated": bool(named["negated"]), "typed": bool(named["typed"])})


def _values(annotations: Annotations) -> dict[str, Iterator[tuple[Any, ...]]]:
    return {
        "mention": _mention_values(annotations),
        "relation": _relation_values(annotations),
        "reference": _reference_values(annotations),
        "frame": _frame_values(annotations),
        "label": label_values(annotations.labels),
        "annotated": ((h, *pair) for h, pairs in annotations.versions.items() for pair in sorted(pairs.items())),
    }


def label_values(rows: Iterable[LabelRow]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table of labels."""
    for row in rows:
        one = row.label
        said = (one.scheme, one.value, one.probability, one.extractor, one.version, int(one.sure))
        yield (row.holder, row.document, *said, one.field, one.start, one.end, one.text)


def _mention_values(annotations: Annotations) -> Iterator[tuple[Any, ...]]:
    for row in annotations.mentions:
        m = row.mention
        head = (row.holder, row.document, m.field, m.start, m.end, m.text, m.type, m.origin, m.extractor)
        yield (*head, m.confidence, m.value, row.name, row.name, row.sentence_start, row.sentence_end)


def _relation_values(annotations: Annotations) -> Iterator[tuple[Any, ...]]:
    for row in annotations.relations:
        r = row.relation
        sides = (row.subject_name or r.subject, r.predicate, row.object_name or r.object)
        stated = row.stated and (not row.subject_name or row.subject_name != row.object_name)
        fact = fact_id(*sides, negated=r.negated, modality=r.modality) if stated else ""
        yield (
            *(row.id, fact, row.holder, row.document, r.field, r.start, r.end),
            *(r.subject, r.subject_start, r.subject_end, r.subject_head, row.subject_name, row.subject_name),
            *(r.predicate, r.predicate_start),
            *(r.object, r.object_start, r.object_end, r.object_head, row.object_name, row.object_name),
            *(r.extractor, r.confidence, int(r.negated), r.modality, int(r.typed)),
            *(r.attributed_to, r.attributed_head, row.attributed_name, int(row.stated), row.time, row.place),
        )


def _reference_values(annotations: Annotations) -> Iterator[tuple[Any, ...]]:
    for row in annotations.references:
        r = row.reference
        head = (row.holder, row.document, r.field, r.start, r.end, r.text)
        antecedent = (r.antecedent_field, r.antecedent_start, r.antecedent_end)
        yield (*head, *antecedent, r.extractor, r.confidence, row.name)


def _frame_values(annotations: Annotations) -> Iterator[tuple[Any, ...]]:
    for row in annotations.frames:
        f = row.frame
        roles = json.dumps([[role.label, role.start, role.end, role.head] for role in f.roles])
        head = (row.holder, row.document, f.field, f.start, f.end, f.lemma, f.predicate_start, f.predicate_end)
        yield (*head, roles, f.extractor, f.confidence)
