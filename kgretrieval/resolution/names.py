"""A name over the whole collection: where it stands, in which forms, and what stands around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kgretrieval.types import ENTITY_TYPES, EntityType

#: How much a name beside it says of a name: the full one of a person or an organisation is its own, others anybody's.
FULL, SINGLE = 1.0, 0.3


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one name in one document.

    Attributes
    ----------
    document : str
        Id of the article or picture.
    forms : Mapping[str, int]
        How often each spelling stands there.
    types : Mapping[EntityType, float]
        The types it was given, with the sum of their confidences.
    date : str
        Of the document, ISO 8601.
    near : Mapping[str, bool]
        The other names of the document, by name id, and whether one is the full name of a person or an organisation.
    roles : frozenset[str]
        What it is called there ("prime minister").
    births : frozenset[int]
        The years of birth that ages in the text lead to.
    written_out : frozenset[str]
        Names that it is introduced as short for, as in "United Nations (UN)", by name id.
    wikidata : str
        Its id there, if the document brings it.
    """

    document: str
    forms: Mapping[str, int]
    types: Mapping[EntityType, float]
    date: str = ""
    near: Mapping[str, bool] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    births: frozenset[int] = frozenset()
    written_out: frozenset[str] = frozenset()
    wikidata: str = ""


@dataclass(frozen=True)
class Name:
    """A name (`id` is the entity id that its key makes) with its groups, ordered by document."""

    id: str
    key: str
    groups: tuple[Group, ...] = ()

    @cached_property
    def type(self) -> EntityType:
        """What most of its mentions are."""
        return main_type(self.groups)

    @property
    def kind(self) -> str:
        """``"person"`` or ``"other"``: names of the one kind are compared in another way than those of the other."""
        return kind_of(self.type)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What stands around it in all its documents."""
        return Surroundings.of(self.groups)

    @cached_property
    def capital(self) -> bool:
        """Whether it is ever written in capitals only, as acronyms are; a name never written otherwise counts too."""
        forms = [form for group in self.groups for form in group.forms]
        return any(form.isupper() for form in forms) or all(form.islower() for form in forms)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a name in some documents: in how many of them each other name, each role, each year."""

    documents: int
    near: Mapping[str, int]
    full: frozenset[str]
    roles: frozenset[str]
    births: frozenset[int]
    years: Mapping[str, int]

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Surroundings:
        """Count over groups."""
        chosen = list(groups)
        near: Counter[str] = Counter()
        full: set[str] = set()
        for group in chosen:
            near.update(group.near)
            full.update(name for name, own in group.near.items() if own)
        return cls(
            len(chosen),
            near,
            frozenset(full),
            frozenset().union(*(g.roles for g in chosen)),
            frozenset().union(*(g.births for g in chosen)),
            Counter(g.date[:4] for g in chosen if g.date),
        )

    def shared(
        self, other: Surroundings, *, without: frozenset[str] = frozenset(), often: int = 30
    ) -> tuple[float, list[str]]:
        """Return the weight of the names that stand around both, and the full names among them.

        A name counts where it stands in at least one of `often` of each side's documents: beside somebody who is in
        every paper everybody stands some time.
        """
        small, large = (self, other) if len(self.near) <= len(other.near) else (other, self)
        weight, names = 0.0, []
        for name in small.near.keys() & large.near.keys() - without:
            if often * small.near[name] < small.documents or often * large.near[name] < large.documents:
                continue
            if name in small.full or name in large.full:
                weight += FULL
                names.append(name)
            else:
                weight += SINGLE
        return round(weight, 6), sorted(names)


def kind_of(main: EntityType) -> str:
    """Return the kind of a name, from what most of its mentions are."""
    return "person" if main == "person" else "other"


def main_type(groups: Iterable[Group]) -> EntityType:
    """Return the type that the mentions in these groups were given most."""
    votes: dict[EntityType, int] = defaultdict(int)
    for group in groups:
        for kind, weight in group.types.items():
            votes[kind] += round(100 * weight)
    return most_voted(votes)


def most_voted(votes: Mapping[EntityType, int]) -> EntityType:
    """Return the type with most votes; `ENTITY_TYPES` breaks ties."""
    return min(votes, key=lambda kind: (-votes[kind], ENTITY_TYPES.index(kind)), default="misc")
