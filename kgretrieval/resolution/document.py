"""Within one document: which entity a mention means, and which entities a relation joins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kgretrieval.extractors.pronouns import is_pronoun
from kgretrieval.resolution.circumstances import Circumstances
from kgretrieval.resolution.places import Places
from kgretrieval.store.ids import make_id
from kgretrieval.store.records import Annotations, FrameRow, MentionRow, ReferenceRow, RelationRow
from kgretrieval.text.names import name_key
from kgretrieval.types import VALUE_TYPES, Frame, Mention, Reference, Relation


@dataclass(frozen=True, slots=True)
class Annotated:
    """One holder of text (an article, or one use of a picture) with what was extracted from it."""

    holder: str
    document: str
    mentions: Sequence[Mention]
    relations: Sequence[Relation] = ()
    sentences: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    references: Sequence[Reference] = ()
    frames: Sequence[Frame] = ()


def resolve(parts: Sequence[Annotated]) -> Annotations:
    """Resolve an article together with the captions of its pictures.

    A pure function of these texts, so the order in which documents come cannot matter: a name's key is its
    folded spelling, and a surname alone means the one person of that surname who is named in full here. An argument of
    a relation means the entity whose mention, or whose reference, covers its head.
    """
    surnames = _surnames(m for part in parts for m in part.mentions)
    resolved = Annotations()
    for part in parts:
        mentions = [row for m in part.mentions if (row := _mention(part, m, surnames))]
        names = Places((r.mention.field, r.mention.start, r.mention.end, r.name) for r in mentions if r.name)
        references = [_reference(part, reference, names) for reference in part.references]
        stands_for = Places((r.reference.field, r.reference.start, r.reference.end, r.name) for r in references)
        circumstances = Circumstances(part.mentions, part.frames)
        relations: dict[str, RelationRow] = {}
        for relation in part.relations:
            joined = _relation(part, relation, (names, stands_for), circumstances)
            relations.setdefault(joined.id, joined)
        resolved.mentions += mentions
        resolved.references += references
        resolved.relations += relations.values()
        resolved.frames += [FrameRow(part.holder, part.document, frame) for frame in part.frames]
    return resolved


def _surnames(mentions: Iterable[Mention]) -> dict[str, str]:
    """Map a surname to the key of the only full name that ends in it."""
    bearers: dict[str, set[str]] = {}
    for mention in mentions:
        key = name_key(mention.text, mention.type) if mention.type == "person" else ""
        if " " in key:
            bearers.setdefault(key.rsplit(" ", 1)[1], set()).add(key)
    return {surname: next(iter(keys)) for surname, keys in bearers.items() if len(keys) == 1}


def _mention(part: Annotated, mention: Mention, surnames: dict[str, str]) -> MentionRow | None:
    key = "" if mention.type in VALUE_TYPES else name_key(mention.text, mention.type)
    if not key and mention.type not in VALUE_TYPES:
        return None
    if mention.type == "person":
        key = surnames.get(key, key)
    spans = part.sentences.get(mention.field, ())
    sentence = next((s for s in spans if s[0] <= mention.start < s[1]), (-1, -1)) if mention.start >= 0 else (-1, -1)
    return MentionRow(part.holder, part.document, mention, make_id("e", key) if key else "", *sentence)


def _reference(part: Annotated, reference: Reference, names: Places) -> ReferenceRow:
    name = names.at(reference.antecedent_field, reference.antecedent_start)
    return ReferenceRow(part.holder, part.document, reference, name)


def _relation(
    part: Annotated, relation: Relation, meanings: tuple[Places, Places], circumstances: Circumstances
) -> RelationRow:
    subject = _argument(relation.field, relation.subject_head, meanings)
    object_ = _argument(relation.field, relation.object_head, meanings)
    unclear = any(
        not name and is_pronoun(text) for name, text in ((subject, relation.subject), (object_, relation.object))
    )
    place = (relation.field, str(relation.start), str(relation.subject_start), str(relation.object_start))
    time, where = circumstances.of(relation)
    return RelationRow(
        id=make_id("r", part.holder, relation.extractor, *place, relation.predicate),
        holder=part.holder,
        document=part.document,
        relation=relation,
        subject_name=subject,
        object_name=object_,
        stated=bool(subject or object_) and not unclear,
        attributed_name=_argument(relation.field, relation.attributed_head, meanings),
        time=time,
        place=where,
    )


def _argument(field: str, head: int, meanings: tuple[Places, Places]) -> str:
    """Return the entity whose name stands at this offset, else the one that a pronoun or short form there means."""
    return next((name for places in meanings if (name := places.at(field, head))), "")
