"""Names spelt nearly right: "Angela Merkl" is taken for Angela Merkel.

A word is corrected only where it means nothing here: it stands in no document, or hardly any, and the encoder does not
know it; or it stands in none, with a capital letter, beside a word that is spelt as in the name ("Emanuel Macron").
What it may be is looked up among the names of the collection by their first letters, with one of those first letters
changed, added, left out or exchanged as well (after W. Garbe's symmetric deletes, 2012, kept to the beginning, so that
the sorted table of names serves as the index); then the whole is compared by the optimal string alignment distance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

from kgretrieval.store.knowledge import alias_folds_between, entities_named
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.text.tokens import CJK

#: The longest name in words, and the most strange words of a query: one with more is in another language.
MOST_WORDS = 4
MOST_STRANGE = 3
#: Letters that a word has at least to be corrected, and from which on two slips are forgiven, if nothing holds it.
SHORTEST = 4
LONG = 8
#: The most documents that may hold a strange word, and how many times as often the name must be mentioned then.
RARE = 2
RARER = 10
_BEGINNING = 3
_WORD = re.compile(rf"[^\W\d_{CJK}][^\W_{CJK}'’-]*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A stretch of the query, and the name that it was taken for as it is written there."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    strange: bool
    absent: bool
    holding: int

    @property
    def forgiven(self) -> int:
        """Return how many slips it may have."""
        if not (self.strange or self.absent):
            return 0
        return 2 if len(self.text) >= LONG and not self.holding else 1


def corrections(
    store: Store, query: str, document_frequency: Callable[[str], int], unknown: Callable[[str], bool]
) -> list[Correction]:
    """Return the corrections of a query from left to right; nothing for a query that is spelt well.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    query : str
        Its words.
    document_frequency : callable
        In how many documents a word occurs in any form.
    unknown : callable
        Whether the encoder does not know a word.
    """
    words = [_word(match, document_frequency, unknown) for match in _WORD.finditer(query)]
    if not 0 < sum(word.strange or word.absent for word in words) <= MOST_STRANGE:
        return []
    found: list[Correction] = []
    free = [word.strange or word.absent for word in words]
    taken = [False] * len(words)
    for length in range(MOST_WORDS, 0, -1):
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            here = slice(first, first + length)
            if any(free[here]) and not any(taken[here]) and _may_be_a_name(query, run):
                asked = " ".join(word.text for word in run)
                # What is a name as it stands is left alone, with every word of it.
                right = bool(entities_named(store, [asked]))
                name = "" if right else _nearest(store, run, asked)
                if right or name:
                    taken[here] = [True] * length
                if name:
                    found.append(Correction(run[0].start, run[-1].end, name))
    return sorted(found, key=lambda one: one.start)


def correct(query: str, found: Sequence[Correction]) -> str:
    """Return a query with its corrections made."""
    for one in reversed(found):
        query = query[: one.start] + one.name + query[one.end :]
    return query


def _word(match: re.Match[str], document_frequency: Callable[[str], int], unknown: Callable[[str], bool]) -> _Word:
    word = match.group()
    text, holding = fold(word), document_frequency(word)
    strange = len(text) >= SHORTEST and holding <= RARE and unknown(word)
    absent = len(text) >= SHORTEST and holding == 0 and word[0].isupper()
    return _Word(*match.span(), text, strange, absent, holding)


def _may_be_a_name(query: str, run: Sequence[_Word]) -> bool:
    """Return whether nothing but a blank or a hyphen stands between the words, and one of them means nothing here."""
    between = (query[a.end : b.start] for a, b in pairwise(run))
    if not all(gap in (" ", "-") for gap in between):
        return False
    # Stop words, which nothing holds and everybody knows, stand within names at most.
    ends_well = all(word.strange or word.absent or word.holding for word in (run[0], run[-1]))
    return ends_well and (any(word.strange for word in run) or not all(word.absent for word in run))


def _nearest(store: Store, run: Sequence[_Word], asked: str) -> str:
    """Return the name nearest to these words, of the most mentioned entity among equals, ``""`` if none is near."""
    held = max(word.holding for word in run if word.strange or word.absent)
    most = sum(word.forgiven for word in run)
    for beginnings in (_beginning(asked), _beginnings_with_a_slip(asked)):
        names = alias_folds_between(store, beginnings, shortest=len(asked) - most, longest=len(asked) + most)
        slips = {name: slips for name in _near(asked, names, most) if (slips := _slips(run, name)) is not None}
        best = [name for name, distance in slips.items() if distance == min(slips.values())]
        known = entities_named(store, best)
        bearers = [(known[name][0], name) for name in known]
        if bearers:
            entity, name = max(bearers, key=lambda pair: (pair[0].mentions, pair[1]))
            if entity.mentions > held * RARER:
                return entity.name if fold(entity.name) == name else name.title()
    return ""


def _near(asked: str, names: Sequence[str], most: int) -> list[str]:
    """Return the names at most so many slips away, as a whole."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    return [name for name, _, _ in extract(asked, names, scorer=OSA.distance, score_cutoff=most, limit=None)]


def _slips(run: Sequence[_Word], name: str) -> int | None:
    """Return how many slips of the pen lie between these words and a name, None if more than are forgiven."""
    parts = name.replace("-", " ").split(" ")
    if len(parts) != len(run):
        return None
    from rapidfuzz.distance import OSA

    slips = [OSA.distance(word.text, part) for word, part in zip(run, parts, strict=True)]
    return sum(slips) if all(own <= word.forgiven for own, word in zip(slips, run, strict=True)) else None


def _beginning(text: str) -> list[tuple[str, str]]:
    return [_range(text[:_BEGINNING])]


def _beginnings_with_a_slip(text: str) -> list[tuple[str, str]]:
    """Return the ranges of names that begin as the text does but for one slip in its first letters."""
    long = text[: _BEGINNING + 1]
    found = {long[:at] + long[at + 1 :] for at in range(len(long))}
    for at in range(_BEGINNING):
        found.add((text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :])[:_BEGINNING])
        found |= {(text[:at] + letter + text[at:])[:_BEGINNING] for letter in ascii_lowercase}
        found |= {(text[:at] + letter + text[at + 1 :])[:_BEGINNING] for letter in ascii_lowercase}
    return [_range(beginning) for beginning in sorted(found)]


def _range(beginning: str) -> tuple[str, str]:
    return beginning, beginning + "\U0010ffff"
