"""What one text says of the names in it: roles, ages, and what is introduced as short for what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgretrieval.resolution.roles import BEFORE, BEHIND, age_beside, roles_beside

_YEAR = re.compile(r"\d{4}")
_OPENING = re.compile(r"\s*[(（]\s*['\"“]?$")


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """One mention as it stands in a field: where, how it is written, which name it means and whether a person's."""

    field: str
    start: int
    end: int
    text: str
    name: str
    person: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of one name."""

    roles: frozenset[str] = frozenset()
    births: frozenset[int] = frozenset()
    written_out: frozenset[str] = frozenset()


def said_of(fields: Mapping[str, str], mentions: Iterable[Seen], date: str) -> dict[str, Said]:
    """Return what a text says of each name of which it says anything.

    Parameters
    ----------
    fields : Mapping[str, str]
        The text of each field.
    mentions : iterable of Seen
    date : str
        Of the document, ISO 8601: ages are reckoned from its year.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    births: dict[str, set[int]] = defaultdict(set)
    written_out: dict[str, set[str]] = defaultdict(set)
    year = int(date[:4]) if _YEAR.match(date) else 0
    last: Seen | None = None
    for seen in sorted(mentions):
        text = fields.get(seen.field, "")
        if seen.start < 0 or not text:
            continue
        if seen.person:
            before = text[max(0, seen.start - BEFORE) : seen.start]
            behind = text[seen.end : seen.end + BEHIND]
            roles[seen.name] |= roles_beside(before, seen.text, behind)
            age = age_beside(before, behind)
            if age is not None and year:
                births[seen.name].add(year - age)
        if last is not None and last.field == seen.field and last.name != seen.name:
            between, behind = text[last.end : seen.start], text[seen.end : seen.end + 2]
            if _OPENING.fullmatch(between) and behind.lstrip("'\"”")[:1] in {")", "）"} and abbreviates(seen, last):
                written_out[seen.name].add(last.name)
        last = seen
    names = {name for found in (roles, births, written_out) for name, what in found.items() if what}
    return {n: Said(frozenset(roles[n]), frozenset(births[n]), frozenset(written_out[n])) for n in sorted(names)}


def abbreviates(short: Seen, long: Seen) -> bool:
    """Say whether one name could be the acronym of another: capitals that stand in it in this order.

    Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
    text", PSB 2003, without its search for the beginning of the long form: the extractor has marked that.
    """
    letters = "".join(c for c in short.text if c.isalnum())
    if short.person or long.person or " " in short.text or not letters.isupper() or not 2 <= len(letters) <= 8:
        return False
    if (
        len(long.text.split()) < 2
        or letters[0].lower() != long.text.removeprefix("the ").removeprefix("The ")[:1].lower()
    ):
        return False
    rest = iter(long.text.lower())
    return all(letter in rest for letter in letters.lower())
