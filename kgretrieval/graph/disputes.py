"""Which facts contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kgretrieval.graph.wording import claims
from kgretrieval.store import fact_rows
from kgretrieval.store.fact_rows import Statement
from kgretrieval.store.ids import fact_id
from kgretrieval.store.knowledge import entities
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Entity, Modality

#: All ways to put a fact that claim something.
_WAYS: tuple[tuple[bool, Modality], ...] = tuple(
    (negated, modality) for negated in (False, True) for modality in ("asserted", "alleged", "denied")
)
#: The predicate that says that a place lies in another, and how many of them in a row are followed.
_INSIDE, _DEPTH = "located in", 4


def functional_predicates() -> tuple[str, ...]:
    """Return the predicates of which a subject has one object: two different ones contradict each other."""
    from kgretrieval.extractors.typed_relations.predicates import PREDICATES

    return tuple(name for name, predicate in PREDICATES.items() if predicate.functional)


def disputes(store: Store, statements: Sequence[Statement], *, as_of: str = "") -> dict[str, tuple[str, ...]]:
    """Return the facts that contradict those which these statements state, by fact, ordered; undisputed are left out.

    A fact is contradicted by its own denial or negation, and, where a subject has but one object by the nature of the
    predicate, by the same of another object. Values that agree are no contradiction: a date less precise, a place
    inside the other one or of a name in common. Whether a phrase and an entity are the same cannot be told, so they
    are not held against each other either.

    Parameters
    ----------
    store : Store
    statements : sequence of Statement
    as_of : str
        Only what was published up to this day contradicts.
    """
    wanted = {s.fact: s for s in statements}
    found: dict[str, set[str]] = defaultdict(set)
    opposite = {fact: _opposites(s) for fact, s in wanted.items()}
    there = _published(store, fact_rows.statements(store, {o for ids in opposite.values() for o in ids}), as_of)
    for fact, ids in opposite.items():
        found[fact].update(ids & there.keys())
    for one, other in _rivals(store, wanted.values(), as_of):
        found[one].add(other)
        found[other].add(one)
    return {fact: tuple(sorted(found[fact])) for fact in wanted if found[fact]}


def _opposites(s: Statement) -> set[str]:
    own = claims(negated=bool(s.negated), modality=s.modality)
    sides = (s.subject_entity or s.subject, s.predicate, s.object_entity or s.object)
    return {
        fact_id(*sides, negated=negated, modality=modality)
        for negated, modality in _WAYS
        if own * claims(negated=negated, modality=modality) < 0
    }


def _published(store: Store, statements: Iterable[Statement], as_of: str) -> dict[str, Statement]:
    """Return one statement of each fact that was published by then."""
    rows = list(statements)
    if as_of:
        places = fact_rows.publications(store, (s.holder for s in rows))
        dates = {holder: place.date for holder, place in places.items()}
        rows = [s for s in rows if dates[s.holder] and dates[s.holder][: len(as_of)] <= as_of]
    return {s.fact: s for s in sorted(rows, key=lambda s: (s.fact, s.document, s.field, s.start, s.extractor))}


def _rivals(store: Store, statements: Iterable[Statement], as_of: str) -> list[tuple[str, str]]:
    """Return pairs of facts that name different objects where there can only be one."""
    typed = [s for s in statements if s.typed and s.subject_entity]
    functional = functional_predicates() if typed else ()
    subjects = {s.subject_entity for s in typed if s.predicate in functional}
    if not subjects:
        return []
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in _published(store, fact_rows.typed_of(store, sorted(subjects), functional), as_of).values():
        if claims(negated=bool(s.negated), modality=s.modality) > 0:
            groups[s.subject_entity, s.predicate].append(s)
    several = [group for group in groups.values() if len(group) > 1]
    agree = _agreement(store, [s for group in several for s in group])
    pairs = (pair for group in several for pair in combinations(group, 2))
    return [(one.fact, other.fact) for one, other in pairs if not agree.same(one, other)]


def _agreement(store: Store, rows: Sequence[Statement]) -> _Agreement:
    ids = sorted({s.object_entity for s in rows if s.object_entity})
    inside: dict[str, set[str]] = {}
    frontier = set(ids)
    for _ in range(_DEPTH):
        found = fact_rows.containers(store, sorted(frontier - inside.keys()), _INSIDE)
        inside.update(found)
        frontier = {container for containers in found.values() for container in containers}
    return _Agreement(entities(store, ids), inside, fact_rows.object_values(store, (s.fact for s in rows)))


@dataclass(frozen=True, slots=True)
class _Agreement:
    """What is known of objects: the entities, what lies in what, what dates and quantities mean."""

    entities: Mapping[str, Entity]
    inside: Mapping[str, set[str]]
    values: Mapping[str, str]

    def same(self, one: Statement, other: Statement) -> bool:
        """Say whether two objects may be the same."""
        if one.object_entity and other.object_entity:
            return self._same_entity(one.object_entity, other.object_entity)
        return same_value(self.values.get(one.fact, ""), self.values.get(other.fact, ""))

    def _same_entity(self, one: str, other: str) -> bool:
        if one == other or other in self._around(one) or one in self._around(other):
            return True
        names = [{fold(name) for name in (e.name, *e.aliases)} for e in (self.entities[one], self.entities[other])]
        return bool(names[0] & names[1])

    def _around(self, place: str) -> set[str]:
        reached: set[str] = set()
        frontier = {place}
        while frontier:
            frontier = {c for p in frontier for c in self.inside.get(p, ())} - reached
            reached |= frontier
        return reached


def same_value(one: str, other: str) -> bool:
    """Say whether two values, as in `Mention.value`, may mean the same; what is unknown may mean anything.

    Examples
    --------
    >>> same_value("1954", "1954-07-17"), same_value("1954-07", "1954-08"), same_value("1954", "1950/1959")
    (True, False, True)
    >>> same_value("12 %", "13 %"), same_value("12 %", "13 km"), same_value("", "1954")
    (False, True, True)
    """
    if not one or not other:
        return True
    units = [value.partition(" ")[2] for value in (one, other)]
    if any(units):
        return units[0] != units[1] or one == other
    ends = [tuple(value.partition("/")[::2]) for value in (one, other)]
    (start, end), (start_other, end_other) = ((first, last or first) for first, last in ends)
    return _begins_by(start, end_other) and _begins_by(start_other, end)


def _begins_by(start: str, end: str) -> bool:
    """Say whether something that began then can have begun by this end, each as long as it is precise."""
    return start[: len(end)] <= end
