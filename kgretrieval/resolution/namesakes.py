"""One name, two people: when the documents of a name are about different bearers of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kgretrieval.resolution.forms import surname_only
from kgretrieval.resolution.joined import Joined
from kgretrieval.resolution.judge import births_differ
from kgretrieval.resolution.names import Group, Name, Surroundings
from kgretrieval.resolution.roles import walks_differ
from kgretrieval.resolution.rules import Rules

#: The share of the names around the one that stand around the other too, from which two sets of documents with
#: different callings are left together.
_TOGETHER = 0.15


def bearers(name: Name, rules: Rules) -> list[tuple[Group, ...]]:
    """Divide the groups of a name among its bearers, the one with most documents first.

    What a person decided comes first, then ids of Wikidata, and then, for people named in full, the context. One
    bearer is assumed unless much speaks for two: documents that share no name that is somebody's own and no role hang
    apart, and are another's if their ages lead to other years of birth, or if they call him something of another walk
    of life and have hardly anything in common.
    """
    rest = list(name.groups)
    found: list[list[Group]] = []
    for documents in reversed(rules.splits.get(name.id, ())):
        chosen = [group for group in rest if group.document in documents]
        rest = [group for group in rest if group.document not in documents]
        found.append(chosen)
    if name.id in rules.wikidata:
        found.append(rest)
    else:
        found += _by_identifier(rest, ask=_in_full(name))
    return sorted((tuple(groups) for groups in found if groups), key=_order)


def may_divide(name: Name, rules: Rules) -> bool:
    """Say whether a name could have several bearers at all: what `bearers` looks at first, and cheaply."""
    if len(name.groups) < 2:
        return False
    if name.id in rules.splits or any(group.wikidata for group in name.groups):
        return True
    return _in_full(name) and _told(name.groups)


def _by_identifier(groups: Sequence[Group], *, ask: bool) -> list[list[Group]]:
    """Divide by the ids that documents bring; those without one go where most are, if no context says otherwise."""
    known: dict[str, list[Group]] = defaultdict(list)
    unknown: list[Group] = []
    for group in groups:
        (known[group.wikidata] if group.wikidata else unknown).append(group)
    if not known:
        return _by_context(unknown) if ask else [list(groups)]
    largest = min(known, key=lambda one: (-len(known[one]), one))
    known[largest] += unknown
    return list(known.values())


def _by_context(groups: Sequence[Group]) -> list[list[Group]]:
    if not _told(groups):
        return [list(groups)]
    found: list[tuple[list[Group], Surroundings]] = []
    for part in sorted(_hanging_together(groups), key=_order):
        around = Surroundings.of(part)
        for i, (others, other) in enumerate(found):
            if not another_life(around, other):
                found[i] = ([*others, *part], Surroundings.of([*others, *part]))
                break
        else:
            found.append((list(part), around))
    return [part for part, _ in found]


def _in_full(name: Name) -> bool:
    return name.kind == "person" and not surname_only(name.key)


def _told(groups: Sequence[Group]) -> bool:
    return sum(bool(group.roles) for group in groups) > 1 or sum(bool(group.births) for group in groups) > 1


def another_life(one: Surroundings, other: Surroundings) -> bool:
    """Say whether two sets of documents of one name speak of two people."""
    if births_differ(one.births, other.births):
        return True
    if not walks_differ(one.roles, other.roles) or (one.births and other.births):
        return False
    shared = one.near.keys() & other.near.keys()
    if shared & (one.full | other.full):
        return False
    return len(shared) < _TOGETHER * min(len(one.near), len(other.near))


def _hanging_together(groups: Sequence[Group]) -> list[list[Group]]:
    """Return groups joined by a full name near both, by a role, or by a year of birth."""
    links: dict[object, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        for key in (
            *(name for name, own in group.near.items() if own),
            *(("role", role) for role in group.roles),
            *group.births,
        ):
            links[key].append(i)
    joined = Joined(len(groups))
    for members in links.values():
        for other in members[1:]:
            joined.join(members[0], other)
    return [[groups[i] for i in members] for members in joined.sets()]


def _order(groups: Iterable[Group]) -> tuple[int, str]:
    documents = [group.document for group in groups]
    return -len(documents), min(documents)
