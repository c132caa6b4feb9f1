"""How likely two names mean one thing, and why: a sum of few terms, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kgretrieval.resolution.names import Surroundings
from kgretrieval.resolution.roles import walks_differ
from kgretrieval.types import EntityType

Verdict = Literal["same", "unsure", "apart"]

#: From which score on two names are one, and from which a person is asked.
SAME, UNSURE = 0.75, 0.5
#: What the way in which two spellings are alike is worth by itself.
ALIKE: Mapping[str, float] = {
    "plain": 0.85,
    "spaces": 0.65,
    "ending": 0.6,
    "sound": 0.55,
    "slip": 0.4,
    "middle": 0.65,
    "nickname": 0.5,
    "initial": 0.45,
    "generation": 0.4,
}
_WORDS = {
    "plain": "short forms of one name",
    "spaces": "they differ in spaces alone",
    "ending": "one has an ending that names of organisations have",
    "sound": "two spellings of one sound",
    "slip": "one or two letters differ",
    "middle": "with and without a middle name",
    "nickname": "one given name is short for the other",
    "generation": "one is called junior or senior",
    "initial": "one given name is the other's initial",
    "surname": "one is the surname of the other",
    "acronym": "one has the initials of the other",
}
#: Years of birth reckoned from ages may differ by one; articles give ages carelessly.
BIRTHS_APART = 3
#: Years between the documents of two names from which they are far apart.
_FAR = 5
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two names that are judged: its key, its type and what stands around it."""

    key: str
    type: EntityType
    around: Surroundings


@dataclass(frozen=True, slots=True)
class Judgement:
    """A score from 0 to 1, and what it is made of."""

    score: float
    reasons: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """What follows from the score."""
        return "same" if self.score >= SAME else "unsure" if self.score >= UNSURE else "apart"


def alike(kind: str) -> str:
    """Return a way of being alike in words."""
    return _WORDS[kind]


def judge(
    one: Side, other: Side, kind: str, *, without: frozenset[str], rival: float = -1.0, names: Mapping[str, str]
) -> Judgement:
    """Judge two names that are alike.

    Parameters
    ----------
    one, other : Side
    kind : str
        As `kgretrieval.resolution.blocks.likeness` has it.
    without : frozenset of str
        Ids of the names themselves, which say nothing where they stand around.
    rival : float
        The weight of what one of the two shares with a third name that could as well be meant; -1 without one.
    names : Mapping[str, str]
        What to call the names around, by id.
    """
    terms = [(ALIKE[kind], alike(kind))]
    if kind in {"sound", "slip", "middle"}:
        letters = min(len(one.key), len(other.key))
        terms.append((0.02 * max(-2, min(8, letters - 10)), "long names" if letters > 10 else "short names"))
    weight, shared = one.around.shared(other.around, without=without)
    said = ", ".join(names.get(name, name) for name in shared[:_NAMED])
    terms.append((0.1 * min(3.0, weight), f"the same names stand around them: {said or 'common ones'}"))
    if rival >= 0.0 and weight < 2.0 * max(rival, 0.5):
        terms.append((-0.3, "a third name could as well be meant"))
    # A name that is only ever a tag is "misc": nobody looked what it is.
    if one.type != other.type and "misc" not in (one.type, other.type):
        terms.append((-0.15, f"one is mostly called {a(one.type)}, the other {a(other.type)}"))
    beside = one.around.near.keys() & without or other.around.near.keys() & without
    if beside and kind in {"sound", "slip", "nickname"}:
        terms.append((-0.3, "both stand in one article"))
    terms += _lives(one.around, other.around)
    chosen = [(worth, reason) for worth, reason in terms if abs(worth) >= 0.005]
    score = round(min(1.0, max(0.0, sum(worth for worth, _ in chosen))), 4)
    return Judgement(score, tuple(f"{reason} ({worth:+.2f})" for worth, reason in chosen))


def _lives(one: Surroundings, other: Surroundings) -> list[tuple[float, str]]:
    terms = []
    roles = sorted(one.roles & other.roles)
    if roles:
        terms.append((0.1, f"both are called {', '.join(roles[:_NAMED])}"))
    elif walks_differ(one.roles, other.roles):
        called = f"{', '.join(sorted(one.roles)[:2])} and {', '.join(sorted(other.roles)[:2])}"
        terms.append((-0.2, f"they are called {called}"))
    if births_differ(one.births, other.births):
        terms.append((-0.5, f"born about {min(one.births)} and about {min(other.births)}"))
    elif one.births and other.births:
        terms.append((0.15, f"both born about {min(one.births)}"))
    gap = years_between(one.years, other.years)
    if gap >= _FAR:
        terms.append((-0.1, f"{gap} years between their articles"))
    return terms


def births_differ(one: frozenset[int], other: frozenset[int]) -> bool:
    """Say whether years of birth are known and no two of them are near each other."""
    return bool(one and other) and min(abs(a - b) for a in one for b in other) > BIRTHS_APART


def years_between(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """Return how many years lie between the nearest documents of two names, 0 if a date is missing."""
    first, second = _years(one), _years(other)
    return min((abs(a - b) for a in first for b in second), default=0)


def _years(years: Mapping[str, int]) -> Sequence[int]:
    return [int(year) for year in years if year.isdigit()]


def a(word: str) -> str:
    """Return a word with its article."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
