"""In what the uses of a picture disagree: dates, places, persons. A doubt that is none costs more than it helps.

Nothing here says that a picture is wrong where it stands; each warning names two uses and what each of them says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kgretrieval.extractors.typed_relations.words import is_country
from kgretrieval.provenance.claims import Claims, Name
from kgretrieval.provenance.days import FAR_APART, LEEWAY, day_range, days_between, near, span
from kgretrieval.text.clean import fold
from kgretrieval.types import Disagreement

Warnings = Iterator[Disagreement]


def disagreements(
    claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str] | None = None
) -> tuple[Disagreement, ...]:
    """Return in what uses of one picture disagree, each kind once for the two uses that show it best.

    Parameters
    ----------
    claims : sequence of Claims
        The uses, the earliest first.
    taken : mapping
        When a picture was taken by its file, where that is known.
    stories : mapping, optional
        The story of each article that has one.
    """
    found: list[Disagreement] = []
    for check in (_before_it_was_taken, _stated_dates, _far_apart, _places, _persons):
        kinds = {one.kind for one in found}
        warning = next(check(claims, taken, stories or {}), None)
        # Of several doubts about the date the surest says it all.
        if warning is not None and warning.kind not in kinds:
            found.append(warning)
    return tuple(found)


def _before_it_was_taken(claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str]) -> Warnings:
    """A use that was published before the picture can have been taken, by its file or by another caption."""
    for later, when, sentence in _times_taken(claims, taken):
        for earlier in claims:
            used = day_range(earlier.use.date)
            start = day_range(when)
            if used and start and used[1] + LEEWAY < start[0] and (earlier is not later or not sentence):
                says = f"a caption {_when(later)} says" if sentence else "its file says"
                words = f"{says} that it was taken on {when}, but it was used {_when(earlier, 'on')} already"
                statements = [earlier.statement(earlier.said)]
                statements += [later.statement(sentence or later.said)] if later is not earlier else []
                yield Disagreement("date", words, tuple(statements))


def _times_taken(claims: Sequence[Claims], taken: Mapping[str, str]) -> Iterator[tuple[Claims, str, str]]:
    for one in claims:
        if one.use.picture in taken:
            yield one, taken[one.use.picture], ""
        published = day_range(one.use.date)
        for value, sentence in one.dates:
            days = day_range(value)
            # What lies ahead of a caption is no date of its picture.
            if days and published and days[0] <= published[1]:
                yield one, value, sentence


def _stated_dates(claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str]) -> Warnings:
    """Two captions that give different dates, none of which is near one of the other's."""
    dated = [one for one in claims if one.dates]
    for one, other in combinations(dated, 2):
        if not any(near(a, b) for a, _ in one.dates for b, _ in other.dates) and not _one_context(one, other, stories):
            (first, sentence), (second, again) = one.dates[0], other.dates[0]
            words = f"one caption gives the date {first}, another {second}"
            yield Disagreement("date", words, (one.statement(sentence), other.statement(again)))


def _far_apart(claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str]) -> Warnings:
    """A use long after the first one, or long after the picture was taken, that does not say so."""
    dated = [one for one in claims if day_range(one.use.date)]
    for later in dated:
        first = dated[0]
        start = first.use.date[:10]
        gap = days_between(start, later.use.date)
        if gap > FAR_APART and not _explained(first, later, start, stories):
            words = f"it was used {_when(first, 'on')} already, {span(gap)} before {_unsaid(later)}"
            yield Disagreement("date", words, (first.statement(first.said), later.statement(later.said)))
        own = taken.get(later.use.picture, "")
        gap = days_between(own, later.use.date) if own else 0
        if gap > FAR_APART and not _explained(later, later, own, stories):
            words = f"its file says that it was taken on {own}, {span(gap)} before {_unsaid(later)}"
            yield Disagreement("date", words, (later.statement(later.said),))


def _explained(first: Claims, later: Claims, start: str, stories: Mapping[str, str]) -> bool:
    """Return whether the later use may well use an older picture: it says so, or both show the same person."""
    persons = _keys(first.persons) & _keys(later.persons)
    says_when = any(near(value, start, leeway=FAR_APART) for value, _ in later.dates)
    same_words = first is not later and _same(first.use.caption, later.use.caption)
    return later.archive or says_when or bool(persons) or same_words or _one_story(first, later, stories)


def _places(claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str]) -> Warnings:
    """Two captions that name places of one rank, none of which the other or its article knows."""
    for one, other in combinations(claims, 2):
        if one.use.language != other.use.language or _one_context(one, other, stories):
            continue
        for rank in (_countries, _below_countries):
            ours, theirs = rank(one.places), rank(other.places)
            apart = _strange(ours, other) and _strange(theirs, one)
            if apart and (rank is _countries or not _keys(one.persons) & _keys(other.persons)):
                yield _names_differ("place", one, ours, other, theirs)
                break


def _persons(claims: Sequence[Claims], taken: Mapping[str, str], stories: Mapping[str, str]) -> Warnings:
    """Two captions that name persons, none of whom the other or its article knows."""
    for one, other in combinations(claims, 2):
        if one.use.language[:2] != other.use.language[:2] or _one_context(one, other, stories):
            continue
        if _strange(one.persons, other) and _strange(other.persons, one):
            yield _names_differ("person", one, one.persons, other, other.persons)


def _names_differ(kind: str, one: Claims, ours: Sequence[Name], other: Claims, theirs: Sequence[Name]) -> Disagreement:
    first, second = (", ".join(name.text for name in names) for names in (ours, theirs))
    words = f"the caption {_when(one)} names {first}, the one {_when(other)} names {second}"
    return Disagreement(
        kind,  # type: ignore[arg-type]
        words,
        (
            one.statement(ours[0].sentence, (name.text for name in ours)),
            other.statement(theirs[0].sentence, (name.text for name in theirs)),
        ),
    )


def _countries(places: Sequence[Name]) -> tuple[Name, ...]:
    return tuple(name for name in places if is_country(fold(name.text)))


def _below_countries(places: Sequence[Name]) -> tuple[Name, ...]:
    return tuple(name for name in places if not is_country(fold(name.text)))


def _strange(names: Sequence[Name], other: Claims) -> bool:
    """Return whether there are names, and none of them is in the other use or its article."""
    return bool(names) and not any(name.keys & other.around for name in names)


def _keys(names: Sequence[Name]) -> frozenset[str]:
    return frozenset().union(*(name.keys for name in names))


def _one_context(one: Claims, other: Claims, stories: Mapping[str, str]) -> bool:
    """Return whether two uses are of one article or one story, or have the same caption."""
    if one.use.article and one.use.article == other.use.article:
        return True
    return _same(one.use.caption, other.use.caption) or _one_story(one, other, stories)


def _one_story(one: Claims, other: Claims, stories: Mapping[str, str]) -> bool:
    story = stories.get(one.use.article, "")
    return bool(story) and one is not other and story == stories.get(other.use.article)


def _same(one: str, other: str) -> bool:
    words = fold(one).split()
    return bool(words) and words == fold(other).split()


def _unsaid(later: Claims) -> str:
    return f"the use {_when(later)}, which does not say that the picture is older"


def _when(one: Claims, before: str = "of") -> str:
    """Return when and where a use was published, as words."""
    words = [f"{before} {one.use.date[:10]}" if one.use.date else "", f"in {one.use.source}" if one.use.source else ""]
    return " ".join(word for word in words if word) or "of unknown date"
