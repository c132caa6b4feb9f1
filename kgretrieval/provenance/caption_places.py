"""Which places contradict each other: neither lies in the other, as far as anything that is known says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from kgretrieval.extractors.typed_relations.words import is_country
from kgretrieval.provenance.caption_sources import Known
from kgretrieval.provenance.caption_texts import Stated, Told, one_matter, related, same_name, stands_in, topic_words
from kgretrieval.store.knowledge import documents_mentioning, entities_named
from kgretrieval.store.picture_rows import named_in
from kgretrieval.store.search_rows import facts_with_predicate
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import ClaimEvidence

#: What stands before the place in which something is.
_IN = re.compile(
    r"(?:\b(?:in|at|near|outside|off|inside|across|im|bei|nahe|vor|aus)\s+(?:the\s+|der\s+|dem\s+|den\s+)?"
    r"(?:[a-z]+(?:ern|al)\s+)?|在|于)$",
    re.IGNORECASE,
)
_AND_COUNTRY = re.compile(r",\s*$")
_DATELINE = re.compile(r"\s*[,(]|\s*[-–—:]\s")
#: Countries whose names or parts overlap in the news: one of a row never contradicts another one.
_OVERLAP = tuple(
    frozenset(row.split("|"))
    for row in (
        "england|scotland|wales|northern ireland|britain|great britain|uk|u.k|u.k.|united kingdom|ireland",
        "us|u.s|u.s.|usa|united states|america",
        "china|hong kong|taiwan",
        "israel|palestine|jordan|egypt",
        "korea|north korea|south korea",
        "russia|soviet union|ukraine|belarus|georgia",
        "holland|netherlands|burma|myanmar",
        "serbia|yugoslavia|kosovo|macedonia|croatia|bosnia|bosnia and herzegovina|slovenia|montenegro",
        "denmark|greenland|sudan|south sudan|congo|guinea|swaziland|czech republic|slovakia",
    )
)
#: A place that fewer documents name is too little known for its silence about another one to mean anything.
_KNOWN = 3
#: Characters between two places of which the second says where the first one lies ("Lyon, France").
_BESIDE = 3
_MOST_FACTS = 5000


def located(claim: Stated, text: str) -> bool:
    """Return whether a text puts what it tells in this place, and does not only speak of it."""
    before = text[: claim.start]
    if _IN.search(before):
        return True
    # "in Lyon, France", and "LYON, July 3" at the beginning.
    if _AND_COUNTRY.search(before) and re.search(r"(?:\b(?:in|at|near|outside|bei)\s+|在)[^,.;]+,\s*$", before):
        return True
    return not before.strip() and claim.text.isupper() and bool(_DATELINE.match(text[claim.end :]))


class Geography:
    """Where places lie, as far as an archive tells: by its statements, and by places written one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def bearing_out(self, claim: Stated, known: Known) -> Iterator[ClaimEvidence]:
        """Yield that the file says this place, or one in it."""
        for part in _parts(known.place):
            if same_name(claim, part) or _same_country(claim, part) or self._in(part, claim):
                yield ClaimEvidence("file", "for", f"was taken in {known.place}", known.of_file(known.place))
                return

    def other_places(
        self, claim: Stated, claims: Sequence[Stated], caption: str, known: Known, stop: frozenset[str]
    ) -> Iterator[ClaimEvidence]:
        """Yield what puts the picture in a place that neither holds this one nor lies in it; in doubt it speaks not."""
        ours = [one for one in claims if one.kind == "place" and one.field == "caption"]
        named = [one for one in claims if one.kind == "place"]
        words = topic_words(caption, ours, stop)
        for told, theirs in _elsewhere(known):
            others = (*told.stated, *told.around, *theirs)
            if any(related(one, other) for one in ours for other in others if other.kind == "place"):
                continue
            if any(related(one, other) for one in theirs for other in named) or stands_in(claim, told):
                continue
            names = ", ".join(one.text for one in theirs)
            where = replace(told.quote(theirs[0]), names=tuple(one.text for one in theirs))
            same = told.text == known.place or one_matter(words, _topic(told, stop))
            apart = same and not told.archive and self._apart(claim, ours, theirs)
            says = f"was taken in {names}" if told.kind == "file" else f"is in {names}"
            yield ClaimEvidence(told.kind, "against" if apart else "", says, where)

    def _apart(self, claim: Stated, ours: Sequence[Stated], theirs: Sequence[Stated]) -> bool:
        """Return whether a place surely lies elsewhere: in another country, or as another well-known city."""
        if any(self._in(claim, other) or self._in(other, claim) for other in theirs):
            return False
        countries, other_countries = self._countries(ours), self._countries(theirs)
        if countries and other_countries:
            return not any(_overlap(one, other) for one in countries for other in other_countries)
        if is_country(fold(claim.text)):
            return False
        cities = [other for other in theirs if not is_country(fold(other.text))]
        return bool(cities) and all(self._never_joined(claim, other) for other in cities)

    def _countries(self, places: Iterable[Stated]) -> set[str]:
        """Return the countries that places are or lie in, in lower case."""
        found = set()
        for place in places:
            if is_country(fold(place.text)):
                found.add(fold(place.text).removeprefix("the "))
                continue
            for entity in self._entities(place):
                found |= {name for name in self._names_above(entity) if is_country(name)}
        return found

    def _in(self, inner: Stated, outer: Stated) -> bool:
        """Return whether the archive states that one place lies in the other."""
        wanted = self._entities(outer)
        return any(wanted & self._above(entity) for entity in self._entities(inner))

    def _entities(self, place: Stated) -> frozenset[str]:
        if place.entities:
            return place.entities
        return frozenset(entity.id for entity in entities_named(self._store, [place.text]).get(place.text, ()))

    @cached_property
    def _outer(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in facts_with_predicate(self._store, "located in", limit=_MOST_FACTS):
            if row.object:
                found[row.subject].add(row.object)
        return found

    def _above(self, entity: str) -> set[str]:
        found: set[str] = set()
        queue = [entity]
        while queue:
            new = self._outer.get(queue.pop(), set()) - found
            found |= new
            queue += new
        return found

    def _names_above(self, entity: str) -> set[str]:
        from kgretrieval.store.knowledge import entities

        return {fold(one.name) for one in entities(self._store, self._above(entity)).values()}

    def _never_joined(self, one: Stated, other: Stated) -> bool:
        """Return whether both places are known from several articles, and none writes one after the other."""
        ours, theirs = self._entities(one), self._entities(other)
        first, second = self._articles(ours), self._articles(theirs)
        if min(len(first), len(second)) < _KNOWN:
            return False
        by_holder: dict[tuple[str, str], list[tuple[int, int, bool]]] = defaultdict(list)
        for row in named_in(self._store, first & second, ("place",)):
            if row.start >= 0 and row.entity in ours | theirs:
                place = (row.start, row.start + len(row.text), row.entity in ours)
                by_holder[row.holder, row.field].append(place)
        return not any(
            a[2] != b[2] and b[0] - a[1] <= _BESIDE
            for places in by_holder.values()
            for a, b in zip(sorted(places), sorted(places)[1:], strict=False)
        )

    def _articles(self, entities: Iterable[str]) -> set[str]:
        found = {document for entity in entities for document in documents_mentioning(self._store, entity)}
        return {document for document in found if document.startswith("a:")}


def _elsewhere(known: Known) -> Iterator[tuple[Told, list[Stated]]]:
    """Yield the texts that put the picture somewhere, with the places: the file's own, then captions."""
    parts = _parts(known.place)
    if parts:
        yield Told("file", known.place, known.of_file(known.place), tuple(parts)), parts
    for told in known.told:
        if told.kind in ("caption", "file"):
            places = [one for one in told.of_kind("place") if located(one, told.text)]
            if places:
                yield told, places


def _topic(told: Told, stop: frozenset[str]) -> set[str]:
    return topic_words(told.text, told.of_kind("place"), stop)


def _parts(place: str) -> list[Stated]:
    """Return the city and the country of a place that a file states."""
    return [Stated("place", part.strip(), -1) for part in place.split(",") if part.strip()]


def _same_country(one: Stated, other: Stated) -> bool:
    return is_country(fold(one.text)) and is_country(fold(other.text)) and _overlap(fold(one.text), fold(other.text))


def _overlap(one: str, other: str) -> bool:
    first, second = one.removeprefix("the "), other.removeprefix("the ")
    return first == second or any(first in row and second in row for row in _OVERLAP)
