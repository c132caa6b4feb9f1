"""From the names of a component to entities: the whole decision, as a pure function.

A component is what hangs together by blocks of spelling (`kgretrieval.resolution.blocks`), introductions and rules.
Only its own names and fixed constants are looked at, so what documents elsewhere say cannot change the result, and
resolving only the components that changed gives what resolving everything does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from kgretrieval.resolution.blocks import blocks, likeness, partner
from kgretrieval.resolution.forms import given_and_family
from kgretrieval.resolution.judge import Judgement, Side, Verdict, alike, judge
from kgretrieval.resolution.names import Name, Surroundings
from kgretrieval.resolution.namesakes import bearers, may_divide
from kgretrieval.resolution.partition import Partition, Unit, canonical
from kgretrieval.resolution.rules import Anchor, Rules
from kgretrieval.resolution.shorts import Bearer, meant
from kgretrieval.store.ids import make_id

#: Ways of being alike in which a name can belong to one of several longer ones.
_AMBIGUOUS = frozenset(("middle", "generation", "nickname", "initial"))
#: A third name counts as a rival unless the one meant is in this many times its documents.
_RIVAL = 10


@dataclass(frozen=True, slots=True)
class Link:
    """What was found about two names (anchored at a document where only some of theirs are meant), and why."""

    one: Anchor
    other: Anchor
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Resolution:
    """What names mean.

    Attributes
    ----------
    meanings : dict
        From (name id, document) to the id of the entity.
    canonical : dict
        From the id of an entity to the name id that it goes by.
    links : list of Link
        Pairs that were judged and are one, or of which a person should say whether they are.
    """

    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def add(self, other: Resolution) -> None:
        """Take in what other names mean."""
        self.meanings.update(other.meanings)
        self.canonical.update(other.canonical)
        self.links += other.links


def resolve_component(names: Sequence[Name], rules: Rules) -> Resolution:
    """Resolve names that hang together; the result depends on the set of names and rules alone."""
    ordered = sorted(names, key=lambda name: name.id)
    if len(ordered) == 1 and not may_divide(ordered[0], rules):
        [name] = ordered
        return Resolution({(name.id, group.document): name.id for group in name.groups}, {name.id: name.id})
    units = [
        Unit(name, groups, rules.wikidata.get(name.id) or groups[0].wikidata)
        for name in ordered
        for groups in bearers(name, rules)
    ]
    links: list[Link] = _namesakes(units)
    partition = Partition(units)
    obey(partition, rules)
    called = {name.id: name.key for name in ordered}
    links += _join_alike(partition, called)
    shorts, found = _place_shorts(partition, called)
    return _resolution(partition, shorts, links + found)


def obey(partition: Partition, rules: Rules) -> None:
    """Join and keep apart what rules say, the newest first, and join what bears one id."""
    for rule in reversed(rules.pairs):
        ones, others = _units_at(partition, rule.one), _units_at(partition, rule.other)
        if rule.verdict == "same" and ones and others:
            partition.join(ones[0], others[0], decided=True)
        elif rule.verdict == "apart":
            for one, other in product(ones, others):
                partition.keep_apart(one, other)
    bearing: dict[str, int] = {}
    for i, unit in enumerate(partition.units):
        if unit.wikidata:
            partition.join(bearing.setdefault(unit.wikidata, i), i, decided=True)


def _units_at(partition: Partition, anchor: Anchor) -> list[int]:
    """Return the units that an anchor means: that of its document, or all of its name, the largest first."""
    own = [i for i, unit in enumerate(partition.units) if unit.name.id == anchor.name]
    if not anchor.document:
        return own
    return [i for i in own if any(group.document == anchor.document for group in partition.units[i].groups)]


def _namesakes(units: Sequence[Unit]) -> list[Link]:
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_name[unit.name.id].append(unit)
    links = []
    for own in by_name.values():
        for other in own[1:]:
            reasons = _why_two(own[0].around, other.around)
            links.append(Link(_anchor(own[0]), _anchor(other), "apart", 0.3, reasons))
    return links


def _why_two(one: Surroundings, other: Surroundings) -> tuple[str, ...]:
    reasons = ["no full name stands around both"]
    if one.births and other.births:
        reasons.append(f"born about {min(one.births)} and about {min(other.births)}")
    if one.roles and other.roles:
        reasons.append(f"called {', '.join(sorted(one.roles)[:3])} and {', '.join(sorted(other.roles)[:3])}")
    return tuple(reasons)


def _anchor(unit: Unit) -> Anchor:
    whole = len(unit.groups) == len(unit.name.groups)
    return Anchor(unit.name.id, "" if whole else min(group.document for group in unit.groups))


def _join_alike(partition: Partition, called: Mapping[str, str]) -> list[Link]:
    """Join units whose names are alike, the likeliest first."""
    units = partition.units
    pairs = _alike(units)
    judged: list[tuple[Judgement, int, int]] = []
    for (one, other), kind in pairs.items():
        rival = max(_rival(units, pairs, one, other, kind), _rival(units, pairs, other, one, kind))
        without = frozenset((units[one].name.id, units[other].name.id))
        sides = [Side(u.name.key, u.type, u.around) for u in (units[one], units[other])]
        judged.append((judge(sides[0], sides[1], kind, without=without, rival=rival, names=called), one, other))
    links = []
    for judgement, one, other in sorted(judged, key=lambda j: (-j[0].score, j[1], j[2])):
        if judgement.verdict == "apart":
            break
        decided = partition.of(one) == partition.of(other) or partition.separated(one, other)
        same = judgement.verdict == "same" and partition.join(one, other)
        if not (decided and not same):
            verdict: Verdict = "same" if same else "unsure"
            pair = (_anchor(units[one]), _anchor(units[other]))
            links.append(Link(*pair, verdict, judgement.score, judgement.reasons))
    return links


def _alike(units: Sequence[Unit]) -> dict[tuple[int, int], str]:
    shared: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        for block in blocks(unit.name.key, unit.name.kind):
            shared[block].append(i)
    found = {}
    pairs: list[Iterable[tuple[int, ...]]] = [
        combinations(members, 2) for block, members in shared.items() if partner(block) == block
    ]
    pairs += [product(shared[b], shared[partner(b)]) for b in list(shared) if b < partner(b) and partner(b) in shared]
    for i, j in sorted({(min(pair), max(pair)) for some in pairs for pair in some}):
        one, other = units[i].name, units[j].name
        if one.id != other.id and one.kind == other.kind:
            kind = likeness(one.key, other.key, one.kind)
            if kind and kind not in {"surname", "acronym"}:
                found[i, j] = kind
    return found


def _rival(units: Sequence[Unit], pairs: Mapping[tuple[int, int], str], one: int, other: int, kind: str) -> float:
    """Return what `one` shares with the nearest name that it could mean instead of `other`, -1 without one."""
    if kind not in _AMBIGUOUS:
        return -1.0
    best = -1.0
    for third in range(len(units)):
        if third in (one, other):
            continue
        alike = pairs.get((min(one, third), max(one, third))) in _AMBIGUOUS
        if not alike and not _middle_is_given(units[one].name.key, units[third].name.key):
            continue
        if (min(other, third), max(other, third)) in pairs:
            continue
        if units[other].around.documents >= _RIVAL * units[third].around.documents:
            continue
        weight, _ = units[one].around.shared(units[third].around)
        best = max(best, weight)
    return best


def _middle_is_given(one: str, other: str) -> bool:
    """Say whether a middle name is the given name of another of this family: "Joe Hunter Biden", "Hunter Biden"."""
    given, last, _ = given_and_family(one)
    other_given, other_last, _ = given_and_family(other)
    return last == other_last and other_given[:1] != () and other_given[0] in given[1:]


def _place_shorts(partition: Partition, called: Mapping[str, str]) -> tuple[dict[int, dict[str, int]], list[Link]]:
    """Say for each short name that stands alone which set of the partition it means in each document."""
    units = partition.units
    sets = partition.sets()
    placed: dict[int, dict[str, int]] = {}
    links: list[Link] = []
    for members in sets:
        if not all(units[i].short for i in members):
            continue
        for i in members:
            candidates = [s for s in sets if s is not members and _may_mean(units[i], [units[j] for j in s])]
            candidates = [s for s in candidates if not partition.separated(i, s[0])]
            if candidates and len(members) == 1:
                placed[i] = _place(units, i, candidates, links)
    return placed, links


def _may_mean(short: Unit, members: Sequence[Unit]) -> bool:
    written_out = frozenset().union(*(group.written_out for group in short.groups))
    return any(
        not unit.short
        and unit.name.kind == short.name.kind
        and (
            unit.name.id in written_out
            or likeness(short.name.key, unit.name.key, short.name.kind) in {"surname", "acronym"}
        )
        for unit in members
    )


def _place(units: Sequence[Unit], i: int, candidates: Sequence[Sequence[int]], links: list[Link]) -> dict[str, int]:
    short = units[i]
    acronym = short.name.kind == "other"
    if acronym and not short.name.capital:
        return {}
    known = [
        Bearer(
            frozenset(units[j].name.id for j in members),
            Surroundings.of([group for j in members for group in units[j].groups]),
        )
        for members in candidates
    ]
    found = meant(short.name.id, short.groups, known, acronym=acronym)
    for k, members in enumerate(candidates):
        whom = canonical([units[j] for j in members])
        target = Anchor(whom.id)
        sure = sorted(document for document, bearer in found.bearers.items() if bearer == k)
        if sure:
            said = [f"{reason} ({n} of {len(short.groups)} articles)" for reason, n in found.evidence[k].most_common()]
            reasons = (alike("acronym" if acronym else "surname"), *said)
            links.append(Link(Anchor(short.name.id, sure[0]), target, "same", 0.8, reasons))
        elif found.unsure.get(k):
            reasons = (alike("acronym" if acronym else "surname"), f"{found.unsure[k]} articles do not say clearly")
            links.append(Link(Anchor(short.name.id), target, "unsure", 0.5, reasons))
    return {document: candidates[bearer][0] for document, bearer in found.bearers.items() if bearer >= 0}


def _resolution(partition: Partition, shorts: Mapping[int, Mapping[str, int]], links: list[Link]) -> Resolution:
    units = partition.units
    documents: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for i, unit in enumerate(units):
        for group in unit.groups:
            target = shorts.get(i, {}).get(group.document, i)
            documents[partition.of(target)].add((unit.name.id, group.document))
    result = Resolution(links=links)
    by_name: dict[str, list[int]] = defaultdict(list)
    for number in documents:
        by_name[canonical(units[i] for i in partition.members(number)).id].append(number)
    keys = {unit.name.id: unit.name.key for unit in units}
    for name, numbers in by_name.items():
        ordered = sorted(numbers, key=lambda n: _size(documents[n]))
        for place, number in enumerate(ordered):
            first = min(document for _, document in documents[number])
            entity = name if place == 0 else make_id("e", f"{keys[name]}#{first}")
            result.canonical[entity] = name
            result.meanings.update(dict.fromkeys(documents[number], entity))
    return result


def _size(meant_in: Iterable[tuple[str, str]]) -> tuple[int, str]:
    own = {document for _, document in meant_in}
    return -len(own), min(own)
