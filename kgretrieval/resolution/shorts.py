"""Surnames alone and acronyms: whom they mean, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.resolution.names import Group, Surroundings

#: Weight of the names around from which a document alone says who is meant, and by how much it must beat the next.
ENOUGH, CLEARLY = 1.3, 2.0
#: What is worth more than any context: the long name in the same article, or written out as "United Nations (UN)".
_BESIDE, _WRITTEN_OUT, _ROLE = 3.0, 9.0, 1.0
#: How many documents a bearer needs, and how many times those of all others together, to be meant without context.
_KNOWN, _TIMES = 4, 5
#: A name around a bearer counts in one of so many of its documents: the better known, the likelier it is meant.
_OFTEN = 1000
#: Years from a document within which the bearer must be in the news.
_NEAR_YEARS = 1


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity that a short name may mean: its names, and what stands around it."""

    names: frozenset[str]
    around: Surroundings


@dataclass(frozen=True, slots=True)
class Meant:
    """Which bearer the short name means in each document (-1: none), why, and of how many a person should say."""

    bearers: Mapping[str, int]
    evidence: Mapping[int, Counter[str]]
    unsure: Mapping[int, int]


def meant(short: str, groups: Sequence[Group], bearers: Sequence[Bearer], *, acronym: bool) -> Meant:
    """Say which bearer a short name means in each document.

    A document decides by itself where the names around, a role, or the long name beside it point to one bearer
    clearly. What is left follows the others, if nearly all of those mean one bearer, or the bearer that is far better
    known than all others at that time; but only where a name around fits, or none is there that could.

    Parameters
    ----------
    short : str
        The id of the short name.
    groups : sequence of Group
    bearers : sequence of Bearer
    acronym : bool
        Whether the long name in the same article says what is meant. Of a surname it does not: had it been clear,
        it would have been resolved within the article.
    """
    chosen: dict[str, int] = {}
    evidence: dict[int, Counter[str]] = {}
    fits: dict[str, list[float]] = {}
    for group in groups:
        beside = [bool(group.near.keys() & bearer.names) for bearer in bearers]
        if any(beside) and not acronym:
            # Several of this name are named in the article in full: it means one of them, and only fame can say whom.
            fits[group.document] = [float(one) for one in beside]
            continue
        own = Surroundings.of([group])
        scored = [_fit(short, group, own, bearer, acronym=acronym) for bearer in bearers]
        fits[group.document] = [score for score, _ in scored]
        order = sorted(range(len(bearers)), key=lambda i: (-scored[i][0], i))
        best = order[0]
        second = scored[order[1]][0] if len(order) > 1 else 0.0
        if scored[best][0] >= ENOUGH and scored[best][0] >= CLEARLY * second:
            chosen[group.document] = best
            evidence.setdefault(best, Counter()).update(scored[best][1])
    favourite = _favourite(chosen, bearers)
    unsure: Counter[int] = Counter()
    for group in groups:
        if group.document in chosen:
            continue
        chosen[group.document] = -1
        if favourite < 0:
            best = max(range(len(bearers)), key=lambda i: (fits[group.document][i], -i))
            if fits[group.document][best] > 0:
                unsure[best] += 1
        elif _in_time(group, bearers[favourite]) and _nothing_against(fits[group.document], favourite, group):
            chosen[group.document] = favourite
            evidence.setdefault(favourite, Counter()).update(["nobody else of this name is in the news as much"])
        else:
            unsure[favourite] += 1
    return Meant(chosen, evidence, unsure)


def _fit(short: str, group: Group, own: Surroundings, bearer: Bearer, *, acronym: bool) -> tuple[float, list[str]]:
    reasons = []
    weight, names = own.shared(bearer.around, without=bearer.names | {short}, often=_OFTEN)
    if names:
        reasons.append("the same names stand around them")
    if group.roles & bearer.around.roles:
        weight += _ROLE
        reasons.append(f"both are called {', '.join(sorted(group.roles & bearer.around.roles))}")
    if acronym and group.near.keys() & bearer.names:
        weight += _BESIDE
        reasons.append("both stand in one article")
    if group.written_out & bearer.names:
        weight += _WRITTEN_OUT
        reasons.append("an article introduces the one as short for the other")
    return round(weight, 6), reasons


def _favourite(chosen: Mapping[str, int], bearers: Sequence[Bearer]) -> int:
    """Return the bearer that the name means unless something speaks against it, -1 if there is none."""
    votes = Counter(chosen.values())
    if votes:
        best = min(votes, key=lambda i: (-votes[i], i))
        if votes[best] >= 2 and 10 * votes[best] >= 9 * sum(votes.values()):
            return best
        return -1
    known = [bearer.around.documents for bearer in bearers]
    best = max(range(len(bearers)), key=lambda i: (known[i], -i))
    return best if known[best] >= _KNOWN and known[best] >= _TIMES * (sum(known) - known[best]) else -1


def _in_time(group: Group, bearer: Bearer) -> bool:
    year = group.date[:4]
    years = [int(y) for y in bearer.around.years if y.isdigit()]
    return not (year.isdigit() and years) or min(abs(int(year) - y) for y in years) <= _NEAR_YEARS


def _nothing_against(fits: Sequence[float], favourite: int, group: Group) -> bool:
    others = [fit for i, fit in enumerate(fits) if i != favourite]
    return fits[favourite] >= max(others, default=0.0) and (fits[favourite] > 0 or not any(group.near.values()))
