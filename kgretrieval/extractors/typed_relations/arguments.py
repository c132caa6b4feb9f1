"""What a typed relation can hold between: names, dates and pronouns of a sentence, and which of them mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.typed_relations.triggers import TRIGGERS
from kgretrieval.types import EntityType

#: Kinds of arguments: the tagger's types, dates, and pronouns by what they can stand for.
Kind = Literal[
    "person", "organisation", "place", "misc", "date", "he", "i", "it", "we", "they", "who", "which", "where"
]

NAMES: frozenset[str] = frozenset({"person", "organisation", "place", "misc"})
PRONOUNS: dict[str, Kind] = {
    **dict.fromkeys(("he", "him", "his", "himself", "she", "her", "hers", "herself"), "he"),
    **dict.fromkeys(("i", "me", "my", "myself", "mine"), "i"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("who", "whom", "whose"), "who"),
    "which": "which",
    "that": "which",
    "where": "where",
}
# Events and products are other names here, as in the data that the classifier learns from.
_NAME_KINDS: dict[EntityType, Kind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "misc": "misc",
    "event": "misc",
    "product": "misc",
}
# Pronouns of one sentence that mean the same, as far as their form says.
_FORM = {word: "she" if word in {"she", "her", "hers", "herself"} else kind for word, kind in PRONOUNS.items()}
_KIN = frozenset({"spouse", "child", "parent", "kin"})
_RELATIVE = frozenset({"who", "which", "where"})
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\ds?")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_FULL_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Argument:
    """Words `first` to `last` (exclusive) of a sentence; `head` is the word it is about.

    Arguments with the same `chain` are taken to mean the same.
    """

    first: int
    last: int
    kind: Kind
    head: int
    chain: int = -1
    confidence: float = 1.0


def arguments_of(sentence: Sentence) -> list[Argument]:
    """Return the arguments of a tagged sentence in the order of their words, with their chains."""
    taken = [False] * len(sentence.words)
    found: list[Argument] = []
    for name in sentence.names:
        kind = _NAME_KINDS.get(name.type)
        if kind is None:
            continue
        found.append(Argument(name.first, name.last, kind, name.last - 1, -1, name.confidence))
        taken[name.first : name.last] = [True] * (name.last - name.first)
    lowered = [word.lower() for word in sentence.words]
    found.extend(_dates(lowered, taken))
    for i, word in enumerate(lowered):
        if word not in PRONOUNS or taken[i]:
            continue
        if word == "that" and sentence.parts[i] != "WDT":
            continue
        if word == "us" and sentence.words[i].isupper():
            continue
        found.append(Argument(i, i + 1, PRONOUNS[word], i))
    found.sort(key=lambda argument: argument.first)
    return _chained(lowered, found)


def _dates(words: Sequence[str], taken: list[bool]) -> Iterator[Argument]:
    """Yield dates of any precision that have a year, or a day and a month."""
    i = 0
    while i < len(words):
        size = 0 if taken[i] else _date_size(words, i)
        if size:
            for k in range(i, i + size):
                taken[k] = True
            yield Argument(i, i + size, "date", i + size - 1)
        i += max(size, 1)


def _date_size(words: Sequence[str], i: int) -> int:
    """Return how many words from `i` on make a date; 0: none."""
    word = words[i]
    first = word[0]
    if first.isdigit():
        if _FULL_DATE.fullmatch(word) or (_YEAR.fullmatch(word) and len(word) >= 4):
            return 1
        if not _DAY.fullmatch(word):
            return 0
        size = 1
        if words[i + 1 : i + 2] == ["of"]:
            size = 2
        if i + size >= len(words) or words[i + size].rstrip(".") not in _MONTHS:
            return 0
        size += 1
        return size + _year_size(words, i + size)
    if word.rstrip(".") not in _MONTHS:
        return 0
    size = 1
    if i + 1 < len(words) and _DAY.fullmatch(words[i + 1]):
        size = 2
    year = _year_size(words, i + size)
    return size + year if year or size > 1 else 0


def _year_size(words: Sequence[str], i: int) -> int:
    skip = 1 if i < len(words) and words[i] == "," else 0
    if i + skip < len(words) and _YEAR.fullmatch(words[i + skip]):
        return skip + 1
    return 0


def _chained(words: Sequence[str], arguments: Sequence[Argument]) -> list[Argument]:
    """Return the arguments with their chains, by rules that look at one sentence alone."""
    chains: list[int] = []
    for place, argument in enumerate(arguments):
        before = arguments[:place]
        kind = argument.kind
        if kind in NAMES:
            same = _same_name(words, argument, before)
        elif kind == "date":
            same = -1
        elif kind in _RELATIVE:
            same = _relative(words, argument, before)
        else:
            same = _personal(words, argument, before)
        chains.append(chains[same] if same >= 0 else place)
    chains = _cataphora(words, arguments, chains)
    return [
        Argument(a.first, a.last, a.kind, a.head, chain, a.confidence)
        for a, chain in zip(arguments, chains, strict=True)
    ]


def _same_name(words: Sequence[str], name: Argument, before: Sequence[Argument]) -> int:
    """Return the first name before with these words at an end of it, or of which this is the acronym."""
    own = list(words[name.first : name.last])
    for place, other in enumerate(before):
        if other.kind not in NAMES:
            continue
        theirs = list(words[other.first : other.last])
        short, long = (own, theirs) if len(own) <= len(theirs) else (theirs, own)
        if long[-len(short) :] == short or long[: len(short)] == short:
            return place
        initials = "".join(word[0] for word in theirs if word not in {"of", "the", "and", "for"})
        if len(own) == 1 and len(own[0]) > 1 and own[0].replace(".", "") == initials:
            return place
    return -1


def _relative(words: Sequence[str], pronoun: Argument, before: Sequence[Argument]) -> int:
    """Return the name right before a relative pronoun, perhaps with a comma, a preposition or a bracket between."""
    for place in range(len(before) - 1, -1, -1):
        other = before[place]
        if other.kind not in NAMES:
            continue
        if pronoun.kind == "who" and other.kind not in {"person", "organisation"}:
            continue
        if pronoun.kind != "who" and other.kind == "person":
            continue
        between = words[other.last : pronoun.first]
        if len(between) <= 2 or all(not word.isalpha() for word in between):
            return place
        if pronoun.kind == "who" and len(between) <= 8 and "," in between:
            return place
        return -1
    return -1


def _personal(words: Sequence[str], pronoun: Argument, before: Sequence[Argument]) -> int:
    """Return an earlier pronoun of the same form, else the name before that a pronoun can stand for."""
    form = _FORM[words[pronoun.first]]
    for place in range(len(before) - 1, -1, -1):
        other = before[place]
        if other.kind not in NAMES and other.kind != "date" and _FORM[words[other.first]] == form:
            return place
    if form in {"i", "we"}:
        return -1
    wanted = {"person"} if form in {"he", "she"} else {"organisation"} if form == "it" else set()
    for place, other in enumerate(before):
        if other.kind in wanted:
            return place
    return -1


def _cataphora(words: Sequence[str], arguments: Sequence[Argument], chains: list[int]) -> list[int]:
    """Join "he" and "she" that stand before the only person of a sentence to that person."""
    persons = [place for place, argument in enumerate(arguments) if argument.kind == "person"]
    distinct = {chains[place] for place in persons}
    if len(distinct) != 1:
        return chains
    (one,) = distinct
    forms = {_FORM[words[a.first]] for a in arguments if a.kind == "he"}
    first = arguments[persons[0]].first
    before = [place for place, a in enumerate(arguments) if a.kind == "he" and a.first < first]
    # "His wife Angela" is somebody else's.
    kin = any(_KIN & set(TRIGGERS.get(word, ())) for place in before for word in words[arguments[place].last : first])
    if len(forms) != 1 or kin:
        return chains
    loose = {chains[place] for place in before}
    return [one if chain in loose else chain for chain in chains]
