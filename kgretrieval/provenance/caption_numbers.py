"""Whether what is known of a picture bears out a number in its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgretrieval.provenance.caption_names import MOST, Judged
from kgretrieval.provenance.caption_sources import Known
from kgretrieval.provenance.caption_texts import Stated, one_matter, topic_words
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import ClaimEvidence

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DIGITS = re.compile(r"\d[\d.,]*")
#: Numbers that differ by less may be one number, rounded.
_ROUNDED = 0.1
#: What is counted while it grows: the dead of a fire are more in the evening than at noon.
_GROWING = re.compile(r"^(?:dead|injured|hurt|wounded|missing|arrested|death|case|victim|casualt)|tote|verletzt|死|伤")


def judge_number(claim: Stated, caption: str, known: Known, *, language: str, stop: frozenset[str]) -> Judged:
    """Return the verdict on a number, with its evidence.

    Parameters
    ----------
    claim : Stated
        With the number and its unit as value.
    caption : str
        ``""`` for a number in the headline, which nothing contradicts.
    language : str
        Of the caption: what is counted is compared within one language.
    stop : frozenset of str
        Words that carry no topic.
    """
    bearing = tuple(_for(claim, known))
    if bearing:
        return "supported", bearing[:MOST]
    against = tuple(_otherwise(claim, caption, known, language, stop)) if caption else ()
    return ("contradicted" if against else "unsupported"), against[:MOST]


def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that carry no topic."""
    return frozenset(Analyser.default().config.get("stop_words", {}).get(language.partition("-")[0], ()))


def _for(claim: Stated, known: Known) -> Iterator[ClaimEvidence]:
    written = _written(claim)
    for told in known.told:
        one = next((o for o in told.of_kind("number") if o.value == claim.value), None)
        if one is not None:
            yield ClaimEvidence(told.kind, "for", f"gives {one.text}", told.quote(one))
        elif told.kind == "reading" and len(written) > 1 and written in _DIGITS.findall(told.text):
            yield ClaimEvidence(told.kind, "for", f"shows {written}", told.quote(None))


def _otherwise(
    claim: Stated, caption: str, known: Known, language: str, stop: frozenset[str]
) -> Iterator[ClaimEvidence]:
    number, unit = _parsed(claim.value)
    if not unit or number is None or _GROWING.search(unit):
        return
    own = topic_words(caption, (claim,), stop)
    for told in known.told:
        if told.kind not in ("reading", "caption", "file") or told.language[:2] != language[:2]:
            continue
        same = [one for one in told.of_kind("number") if _parsed(one.value)[1] == unit]
        if len(same) != 1:
            continue
        other = _parsed(same[0].value)[0]
        if other is None or abs(other - number) <= _ROUNDED * max(abs(other), abs(number)):
            continue
        # "$1.3 bil." and "$1.3 billion" differ in how they were read, not in what they say.
        if _written(claim) and _written(claim) == _written(same[0]):
            continue
        if one_matter(own, topic_words(told.text, same, stop)):
            yield ClaimEvidence(told.kind, "against", f"gives {same[0].text}", told.quote(same[0]))


def _written(one: Stated) -> str:
    """Return the digits of a number as they are written, ``""`` for one in words."""
    digits = _DIGITS.search(one.text)
    return digits.group().rstrip(".,") if digits else ""


def _parsed(value: str) -> tuple[float | None, str]:
    number, _, unit = value.partition(" ")
    return (float(number), unit) if _NUMBER.fullmatch(number) else (None, unit)
