"""Within one document: which entity a mention means, and which entities a relation joins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.store.ids import make_id
from kgretrieval.store.records import MentionRow, RelationRow
from kgretrieval.text.clean import fold
from kgretrieval.text.names import name_key
from kgretrieval.types import Mention, Relation


@dataclass(frozen=True, slots=True)
class Annotated:
    """One holder of text (an article, or one use of a picture) with what was extracted from it."""

    holder: str
    document: str
    mentions: Sequence[Mention]
    relations: Sequence[Relation]
    sentences: Mapping[str, Sequence[tuple[int, int]]]


def resolve(parts: Sequence[Annotated]) -> tuple[list[MentionRow], list[RelationRow]]:
    """Resolve an article together with the captions of its pictures.

    A pure function of these texts, so the order in which documents come cannot matter: a name's key is its
    folded spelling, and a surname alone means the one person of that surname who is named in full here.
    Relations are kept when at least one argument is an entity and the two are not the same one.
    """
    surnames = _surnames(m for part in parts for m in part.mentions)
    mentions: list[MentionRow] = []
    relations: dict[str, RelationRow] = {}
    for part in parts:
        rows = [row for m in part.mentions if (row := _mention(part, m, surnames))]
        mentions += rows
        for relation in part.relations:
            joined = _relation(part, relation, rows)
            if joined is not None:
                relations.setdefault(joined.id, joined)
    return mentions, list(relations.values())


def _surnames(mentions: Iterable[Mention]) -> dict[str, str]:
    """Map a surname to the key of the only full name that ends in it."""
    bearers: dict[str, set[str]] = {}
    for mention in mentions:
        key = name_key(mention.text, mention.type) if mention.type == "person" else ""
        if " " in key:
            bearers.setdefault(key.rsplit(" ", 1)[1], set()).add(key)
    return {surname: next(iter(keys)) for surname, keys in bearers.items() if len(keys) == 1}


def _mention(part: Annotated, mention: Mention, surnames: dict[str, str]) -> MentionRow | None:
    key = name_key(mention.text, mention.type)
    if not key:
        return None
    if mention.type == "person":
        key = surnames.get(key, key)
    spans = part.sentences.get(mention.field, ())
    sentence = next((s for s in spans if s[0] <= mention.start < s[1]), (-1, -1)) if mention.start >= 0 else (-1, -1)
    return MentionRow(part.holder, part.document, mention, make_id("e", key), *sentence)


def _relation(part: Annotated, relation: Relation, mentions: Sequence[MentionRow]) -> RelationRow | None:
    subject = _entity_at(relation.field, relation.subject_head, mentions)
    object_ = _entity_at(relation.field, relation.object_head, mentions)
    if subject == object_:
        return None
    sides = (subject or fold(relation.subject), relation.predicate, object_ or fold(relation.object))
    place = (relation.field, str(relation.start), str(relation.subject_start), str(relation.object_start))
    return RelationRow(
        id=make_id("r", part.holder, *place, relation.predicate),
        fact=make_id("f", *sides, str(int(relation.negated))),
        holder=part.holder,
        document=part.document,
        relation=relation,
        subject_entity=subject,
        object_entity=object_,
    )


def _entity_at(field: str, offset: int, mentions: Sequence[MentionRow]) -> str:
    """Return the entity whose mention covers this offset, ``""`` if none does."""
    covering = (r for r in mentions if r.mention.field == field and r.mention.start <= offset < r.mention.end)
    return next((row.entity for row in covering), "")
