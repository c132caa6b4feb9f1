"""Whether a sentence speaks of what is to come where it names a date: "will meet on Friday", "met on Friday"."""

from __future__ import annotations

import re

_EN_SENTENCE = re.compile(r"[.!?]\s|\n")
_EN_COMING = re.compile(
    r"\b(?:will|would|shall|upcoming|coming|going to|set to|plans? to|planned|scheduled|is to|are to|to be|"
    r"(?<!been )(?:expected|due)|opens?|begins?|starts?|takes? place|resumes?|kicks? off|goes on sale|expires?|"
    r"(?-i:may|might|could)(?! have))\b|['’]ll\b",
    re.I,
)
_EN_TOLD = re.compile(r"\b(?:said|says|told|reported|announced|added|was|were|had|after|since|but)\b", re.I)

_DE_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜ„])|\n")
_DE_COMING = re.compile(r"\b(?:wird|werden|würden?|will|wollen|soll|sollen|plant|planen|geplant)\b", re.I)
_DE_TOLD = re.compile(r"\b(?:sagte|teilte|hatte|hat|haben|war|waren|wurden?|worden|erklärte|seit|nach)\b", re.I)

_ZH_CLAUSE = re.compile(r"[，,。！？；：:\n]|表示|宣布|透露|报道|指出")
_ZH_COMING = re.compile(r"将|即将|拟|计划|预计|定于|会于|会在")

_FAR, _NEAR = 160, 60
#: With at most so many words before it, a date opens its sentence ("On Friday, he will").
_OPENING = 2


def english(text: str, start: int, end: int) -> bool:
    """Return whether what is said around a date is to come: "will meet on Friday", but not "said on Friday he will"."""
    before = _EN_SENTENCE.split(text[max(0, start - _FAR) : start])[-1]
    coming = _last(_EN_COMING, before)
    if coming and not _EN_TOLD.search(before, coming.end()):
        return True
    if len(before.split()) > _OPENING:
        return False
    after = _EN_SENTENCE.split(text[end : end + _NEAR])[0]
    follows = _EN_COMING.search(after)
    return follows is not None and not _EN_TOLD.search(after, 0, follows.start())


def german(text: str, start: int, end: int) -> bool:
    """Return whether what is said around a date is to come: "will am Freitag kommen", "Am Freitag wird"."""
    before = _DE_SENTENCE.split(text[max(0, start - _FAR) : start])[-1]
    after = _DE_SENTENCE.split(text[end : end + 2 * _NEAR])[0]
    # The participle stands at the end of the clause: "soll am Freitag gesagt haben".
    told = _DE_TOLD.search(after.partition(",")[0]) is not None
    coming = _last(_DE_COMING, before)
    if coming:
        return not told and not _DE_TOLD.search(before, coming.end())
    return len(before.split()) <= _OPENING and not told and _DE_COMING.search(after[:_NEAR]) is not None


def chinese(text: str, start: int, end: int) -> bool:
    """Return whether the clause around a date speaks of what is to come: "将于周五举行"."""
    before = _ZH_CLAUSE.split(text[max(0, start - _NEAR) : start])[-1]
    after = _ZH_CLAUSE.split(text[end : end + _NEAR])[0]
    return bool(_ZH_COMING.search(before) or _ZH_COMING.search(after))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
