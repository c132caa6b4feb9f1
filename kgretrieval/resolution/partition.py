"""Units (the bearers of names) put together to entities, under what must not stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kgretrieval.resolution.blocks import is_short, likeness
from kgretrieval.resolution.forms import family
from kgretrieval.resolution.names import Group, Name, Surroundings, main_type
from kgretrieval.types import EntityType


@dataclass(frozen=True, eq=False)
class Unit:
    """One bearer of a name: some or all of its groups."""

    name: Name
    groups: tuple[Group, ...]
    wikidata: str = ""

    @cached_property
    def around(self) -> Surroundings:
        """What stands around it."""
        return self.name.surroundings if len(self.groups) == len(self.name.groups) else Surroundings.of(self.groups)

    @cached_property
    def type(self) -> EntityType:
        """What most of its mentions are."""
        return main_type(self.groups)

    @property
    def short(self) -> bool:
        """Whether it may stand for a longer name."""
        return is_short(self.name.key, self.name.kind)


class Partition:
    """Disjoint sets of units; `join` refuses what a rule or reason keeps apart."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._of = list(range(len(units)))
        self._members = {i: [i] for i in range(len(units))}
        self._apart: set[tuple[int, int]] = set()

    def of(self, unit: int) -> int:
        """Return the number of the set that a unit is in."""
        return self._of[unit]

    def members(self, of: int) -> list[int]:
        """Return the units of a set, in order."""
        return self._members[of]

    def sets(self) -> list[list[int]]:
        """Return all sets, in the order of their first units."""
        return sorted(self._members.values())

    def keep_apart(self, one: int, other: int) -> None:
        """Let two units never be joined, unless they are one set already."""
        if self._of[one] != self._of[other]:
            self._apart |= {(one, other), (other, one)}

    def separated(self, one: int, other: int) -> bool:
        """Say whether the sets of two units hold a pair that is kept apart."""
        return any((a, b) in self._apart for a in self._with(one) for b in self._with(other))

    def join(self, one: int, other: int, *, decided: bool = False) -> bool:
        """Join the sets of two units unless they must not be; `decided` overrules all but what is kept apart."""
        first, second = sorted((self._of[one], self._of[other]))
        if first == second:
            return True
        if self.separated(one, other) or not (decided or self._fit(first, second)):
            return False
        merged = sorted(self._members[first] + self._members.pop(second))
        self._members[first] = merged
        for unit in merged:
            self._of[unit] = first
        return True

    def _with(self, unit: int) -> list[int]:
        return self._members[self._of[unit]]

    def _fit(self, first: int, second: int) -> bool:
        pairs = [(self.units[a], self.units[b]) for a in self._members[first] for b in self._members[second]]
        return not any(_unfit(a, b) for a, b in pairs)


def _unfit(one: Unit, other: Unit) -> bool:
    """Say whether no likeness of other names can make these two one."""
    if one.wikidata and other.wikidata and one.wikidata != other.wikidata:
        return True
    if one.name.id == other.name.id:
        return True
    if one.name.kind != "person" or other.name.kind != "person" or one.short or other.short:
        return False
    kin = family(one.name.key) == family(other.name.key)
    return kin and not likeness(one.name.key, other.name.key, "person")


def canonical(units: Iterable[Unit]) -> Name:
    """Return the name that a set of units goes by: no short one, in the most documents, then by the alphabet."""
    documents: dict[str, int] = {}
    names: dict[str, Name] = {}
    for unit in units:
        documents[unit.name.id] = documents.get(unit.name.id, 0) + len(unit.groups)
        names[unit.name.id] = unit.name
    return min(names.values(), key=lambda n: (is_short(n.key, n.kind), -documents[n.id], n.key))
