"""The closed list of predicates of typed relations, and how two data sets name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgretrieval.types import EntityType

if TYPE_CHECKING:
    # Searching needs the list of predicates, not what reads them.
    from kgretrieval.extractors.typed_relations.arguments import Kind

_PERSON: frozenset[Kind] = frozenset({"person", "he", "who"})
_ORGANISATION: frozenset[Kind] = frozenset({"organisation", "it", "which"})
_PLACE: frozenset[Kind] = frozenset({"place"})
_DATE: frozenset[Kind] = frozenset({"date"})

# What the tagger takes an argument for when it errs, and pronouns that only some texts use of themselves.
_ANY_PERSON: frozenset[Kind] = _PERSON | {"i", "they", "we", "organisation", "misc"}
_ANY_ORGANISATION: frozenset[Kind] = _ORGANISATION | {"misc", "place", "person", "we", "they", "where"}
_ANY_PLACE: frozenset[Kind] = frozenset({"place", "organisation"})


@dataclass(frozen=True, slots=True)
class TypedPredicate:
    """What a predicate says and holds between.

    Attributes
    ----------
    name : str
        As it stands in `Relation.predicate`.
    subject, object : EntityType
        What its arguments are: a person, an organisation, a place, a date; "misc" for nationalities.
    meaning : str
        One clause.
    functional : bool
        Whether a subject has one object: two different dates of birth contradict each other.
    symmetric : bool
        Whether it holds the other way round too; it is then stated once, the earlier mention first.
    passing : bool
        Whether it may stop holding ("former chief executive"): said of the past, it is negated.
    """

    name: str
    subject: EntityType
    object: EntityType
    meaning: str
    functional: bool = False
    symmetric: bool = False
    passing: bool = False


#: In the order in which models have them.
PREDICATES: Mapping[str, TypedPredicate] = {
    predicate.name: predicate
    for predicate in (
        TypedPredicate("based in", "organisation", "place", "has its seat or an office there", passing=True),
        TypedPredicate("born in", "person", "place", "was born there", functional=True),
        TypedPredicate("chief executive of", "person", "organisation", "runs the company", passing=True),
        TypedPredicate("child of", "person", "person", "is a son or daughter of"),
        TypedPredicate("date founded", "organisation", "date", "was founded then", functional=True),
        TypedPredicate("date of birth", "person", "date", "was born then", functional=True),
        TypedPredicate("date of death", "person", "date", "died then", functional=True),
        TypedPredicate("educated at", "person", "organisation", "is or was a pupil or student there"),
        TypedPredicate("founded", "person", "organisation", "founded or co-founded it"),
        TypedPredicate("killed", "person", "person", "killed or tried to kill"),
        TypedPredicate("lives in", "person", "place", "lives or lived there", passing=True),
        TypedPredicate("located in", "place", "place", "lies in it", functional=False),
        TypedPredicate("married to", "person", "person", "is or was the spouse of", symmetric=True, passing=True),
        TypedPredicate("nationality", "person", "misc", "is a citizen of that country"),
        TypedPredicate("political affiliation", "person", "organisation", "belongs to the party", passing=True),
        TypedPredicate("subsidiary of", "organisation", "organisation", "is owned by it", passing=True),
        TypedPredicate("works for", "person", "organisation", "is employed by it or a member of it", passing=True),
    )
}
PREDICATE_NAMES: tuple[str, ...] = tuple(PREDICATES)

#: KnowledgeNet's properties: the predicate, and whether subject and object change places.
KNOWLEDGENET: Mapping[str, tuple[str, bool]] = {
    "CEO": ("chief executive of", True),
    "CHILD_OF": ("child of", False),
    "DATE_FOUNDED": ("date founded", False),
    "DATE_OF_BIRTH": ("date of birth", False),
    "DATE_OF_DEATH": ("date of death", False),
    "EDUCATED_AT": ("educated at", False),
    "EMPLOYEE_OR_MEMBER_OF": ("works for", False),
    "FOUNDED_BY": ("founded", True),
    "HEADQUARTERS": ("based in", False),
    "NATIONALITY": ("nationality", False),
    "PLACE_OF_BIRTH": ("born in", False),
    "PLACE_OF_RESIDENCE": ("lives in", False),
    "POLITICAL_AFFILIATION": ("political affiliation", False),
    "SPOUSE": ("married to", False),
    "SUBSIDIARY_OF": ("subsidiary of", False),
}
#: CoNLL04's relations.
CONLL04: Mapping[str, str] = {
    "Kill": "killed",
    "Live_In": "lives in",
    "Located_In": "located in",
    "OrgBased_In": "based in",
    "Work_For": "works for",
}

_STRICT: Mapping[EntityType, frozenset[Kind]] = {
    "person": _PERSON,
    "organisation": _ORGANISATION,
    "place": _PLACE,
    "date": _DATE,
    "misc": frozenset({"misc"}),
}
_WIDE: Mapping[EntityType, frozenset[Kind]] = {
    "person": _ANY_PERSON,
    "organisation": _ANY_ORGANISATION,
    "place": _ANY_PLACE,
    "date": _DATE,
    "misc": frozenset({"misc"}),
}
# Universities are places to the tagger as often as not.
_OF_THEIR_OWN: Mapping[tuple[str, EntityType], frozenset[Kind]] = {("educated at", "organisation"): _ANY_PLACE}


def strict_kinds(predicate: TypedPredicate) -> tuple[frozenset[Kind], frozenset[Kind]]:
    """Return which kinds of subject and object a stated relation has."""
    other = _OF_THEIR_OWN.get((predicate.name, predicate.object))
    return _STRICT[predicate.subject], other or _STRICT[predicate.object]


def wide_kinds(predicate: TypedPredicate) -> tuple[frozenset[Kind], frozenset[Kind]]:
    """Return which kinds the classifier looks at: also what the tagger may have taken for something else."""
    return _WIDE[predicate.subject], _WIDE[predicate.object]
