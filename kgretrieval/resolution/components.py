"""Which names hang together: by spelling, by an introduction in a text, or by a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from kgretrieval.resolution.blocks import blocks, likeness, partner
from kgretrieval.resolution.cluster import Resolution, resolve_component
from kgretrieval.resolution.joined import Joined
from kgretrieval.resolution.names import Name
from kgretrieval.resolution.rules import Rules


def resolve_names(names: Iterable[Name], rules: Rules | None = None) -> Resolution:
    """Resolve names, each component by itself.

    Parameters
    ----------
    names : iterable of Name
        All that are to be resolved, in any order.
    rules : Rules, optional
    """
    rules = rules or Rules()
    whole = Resolution()
    for component in components(list(names), rules):
        part = resolve_component(component, rules)
        whole.meanings.update(part.meanings)
        whole.canonical.update(part.canonical)
        whole.links += part.links
    return whole


def components(names: Sequence[Name], rules: Rules) -> Iterator[list[Name]]:
    """Yield the components, each ordered by id, in the order of their first ids."""
    ordered = sorted(names, key=lambda name: name.id)
    joined = Joined(len(ordered))
    _join_alike(joined, ordered)
    place = {name.id: i for i, name in enumerate(ordered)}
    pairs = [(one, other) for one, others in rules.neighbours().items() for other in others]
    pairs += [(name.id, other) for name in ordered for other in written_out(name)]
    for one, other in pairs:
        if one in place and other in place:
            joined.join(place[one], place[other])
    bearing: dict[str, int] = {}
    for i, name in enumerate(ordered):
        for identifier in identifiers(name, rules):
            joined.join(i, bearing.setdefault(identifier, i))
    for members in joined.sets():
        yield [ordered[i] for i in members]


def _join_alike(joined: Joined, names: Sequence[Name]) -> None:
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


def written_out(name: Name) -> frozenset[str]:
    """Return the names that a name is introduced as short for somewhere."""
    return frozenset().union(*(group.written_out for group in name.groups))


def identifiers(name: Name, rules: Rules) -> frozenset[str]:
    """Return the ids of Wikidata that a name bears."""
    if name.id in rules.wikidata:
        return frozenset((rules.wikidata[name.id],))
    return frozenset(group.wikidata for group in name.groups if group.wikidata)
