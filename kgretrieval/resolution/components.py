"""Which names hang together: by spelling, by an introduction in a text, or by a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Protocol, TypeVar

from kgretrieval.resolution.blocks import blocks, likeness, partner
from kgretrieval.resolution.cluster import Resolution, resolve_component
from kgretrieval.resolution.joined import Joined
from kgretrieval.resolution.names import Name
from kgretrieval.resolution.rules import Rules


class Spelling(Protocol):
    """What components are made from: the id of a name, its key, and ``"person"`` or ``"other"``."""

    @property
    def id(self) -> str:
        """The entity id that its key makes."""
        ...

    @property
    def key(self) -> str:
        """As `kgretrieval.text.names.name_key` has it."""
        ...

    @property
    def kind(self) -> str:
        """Names of different kinds are not compared."""
        ...


Spelled = TypeVar("Spelled", bound=Spelling)


def resolve_names(names: Iterable[Name], rules: Rules | None = None) -> Resolution:
    """Resolve names that are all in memory, each component by itself.

    Parameters
    ----------
    names : iterable of Name
        All that are to be resolved, in any order.
    rules : Rules, optional
    """
    rules, wanted = rules or Rules(), list(names)
    whole = Resolution()
    for component in components(wanted, direct_pairs(wanted, rules)):
        whole.add(resolve_component(component, rules))
    return whole


def components(names: Sequence[Spelled], pairs: Iterable[tuple[str, str]]) -> Iterator[list[Spelled]]:
    """Yield the components, each ordered by id, in the order of their first ids.

    Parameters
    ----------
    names : sequence
        In any order.
    pairs : iterable of (id, id)
        What hangs together whatever its spelling; ids of other names are left out.
    """
    ordered = sorted(names, key=lambda name: name.id)
    joined = Joined(len(ordered))
    _join_alike(joined, ordered)
    place = {name.id: i for i, name in enumerate(ordered)}
    for one, other in pairs:
        if one in place and other in place:
            joined.join(place[one], place[other])
    for members in joined.sets():
        yield [ordered[i] for i in members]


def direct_pairs(names: Iterable[Name], rules: Rules) -> list[tuple[str, str]]:
    """Return the names that hang together by a rule, an introduction, or an id of Wikidata."""
    pairs = [(one, other) for one, others in rules.neighbours().items() for other in others]
    bearing: dict[str, str] = {}
    for name in names:
        pairs += [(name.id, long) for group in name.groups for long in group.written_out]
        own = {rules.wikidata[name.id]} if name.id in rules.wikidata else {group.wikidata for group in name.groups}
        pairs += [(name.id, bearing.setdefault(identifier, name.id)) for identifier in own if identifier]
    return pairs


def _join_alike(joined: Joined, names: Sequence[Spelling]) -> None:
    shared: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        for block in blocks(name.key, name.kind):
            shared[block].append(i)
    for block, members in shared.items():
        other = partner(block)
        if other < block or other not in shared:
            continue
        for i, j in combinations(members, 2) if other == block else product(members, shared[other]):
            if joined.of(i) != joined.of(j) and likeness(names[i].key, names[j].key, names[i].kind):
                joined.join(i, j)
