"""Whether what is known of a picture bears out a person, an organisation or a place in its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgretrieval.provenance.caption_places import Geography, located
from kgretrieval.provenance.caption_sources import Known
from kgretrieval.provenance.caption_texts import (
    NAMES,
    Stated,
    Told,
    one_matter,
    related,
    same_name,
    stands_in,
    topic_words,
)
from kgretrieval.types import ClaimEvidence, Statement, Verdict

#: At most so many pieces of evidence are shown for a claim.
MOST = 6
#: Words by which a caption shows more persons than it may name.
_COMPANY = re.compile(
    r"\b(?:with|and|meets?|met|greets?|joins?|beside|next to|alongside|left|right|cent(?:er|re)|flanked|members?|"
    r"und|mit|neben|links|rechts|trifft)\b|&|和|与|会见",
    re.IGNORECASE,
)

Judged = tuple[Verdict, tuple[ClaimEvidence, ...]]


def judge_name(
    claim: Stated,
    claims: Sequence[Stated],
    caption: str,
    known: Known,
    places: Geography,
    stop: frozenset[str],
    *,
    archive: bool = False,
) -> Judged:
    """Return the verdict on a name, with its evidence.

    Parameters
    ----------
    claim : Stated
        A person, an organisation or a place.
    claims : sequence of Stated
        Everything that the caption and its headline state.
    caption : str
        The caption; a headline does not say what the picture shows, so nothing contradicts it.
    stop : frozenset of str
        Words that carry no topic.
    archive : bool
        The caption says that the picture does not show the event itself; then the place may be another.
    """
    bearing = list(_for(claim, known))
    if claim.kind == "place":
        bearing += list(places.bearing_out(claim, known))
    if bearing:
        return "supported", tuple(bearing[:MOST])
    if claim.field != "caption" or not caption:
        return "unsupported", ()
    if claim.kind == "person":
        against = list(_other_persons(claims, caption, known, stop))
    elif claim.kind == "place" and not archive and located(claim, caption):
        against = list(places.other_places(claim, claims, caption, known, stop))
    else:
        against = []
    if any(one.speaks for one in against):
        return "contradicted", tuple(sorted(against, key=lambda one: not one.speaks)[:MOST])
    return "unsupported", tuple(against[:MOST])


def _for(claim: Stated, known: Known) -> Iterator[ClaimEvidence]:
    alone = not _has_namesake(claim, known)
    for told in known.told:
        same = (one for one in told.stated if one.kind in NAMES and same_name(claim, one))
        named = next((one for one in same if alone or len(one.words) > 1), None)
        if named is None and not stands_in(claim, told):
            continue
        as_what = "" if named is None or named.text == claim.text else f" as {named.text}"
        yield ClaimEvidence(told.kind, "for", f"names {claim.text}{as_what}", told.quote(named))


def _has_namesake(claim: Stated, known: Known) -> bool:
    """Return whether somebody else of the same last name is known here: then that name alone bears nobody out."""
    if claim.kind != "person" or len(claim.words) == 1:
        return False
    persons = (one for told in known.told for one in told.of_kind("person") if len(one.words) > 1)
    return any(one.words[-1] == claim.words[-1] and not same_name(claim, one) for one in persons)


def _other_persons(
    claims: Sequence[Stated], caption: str, known: Known, stop: frozenset[str]
) -> Iterator[ClaimEvidence]:
    """Yield the captions that name persons of whom none is named here, and the other way round.

    They speak where they tell of the same matter, or where the file says whom it shows, and neither shows others.
    """
    ours = [one for one in claims if one.kind == "person" and one.field == "caption"]
    words = topic_words(caption, ours, stop)
    company = bool(_COMPANY.search(caption))
    for told in _captions(known):
        theirs = told.of_kind("person")
        if not theirs or _touch(ours, (*told.stated, *told.around)) or _touch(theirs, claims):
            continue
        if any(stands_in(one, told) for one in ours):
            continue
        shown = any(one.start < 0 for one in theirs)
        same = shown or one_matter(words, topic_words(told.text, theirs, stop))
        doubtful = company or not same or _COMPANY.search(told.text) is not None
        names = ", ".join(one.text for one in theirs)
        yield ClaimEvidence(told.kind, "" if doubtful else "against", f"names {names}", _quoted(told, theirs))


def _captions(known: Known) -> list[Told]:
    return [told for told in known.told if told.kind in ("caption", "file")]


def _touch(names: Sequence[Stated], others: Sequence[Stated]) -> bool:
    return any(other.kind in NAMES and related(one, other) for one in names for other in others)


def _quoted(told: Told, names: Sequence[Stated]) -> Statement:
    return replace(told.quote(names[0]), names=tuple(one.text for one in names))
