"""Which entities a query names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kgretrieval.search.spelling import Correction, correct, corrections
from kgretrieval.store.knowledge import entities_named
from kgretrieval.store.search_rows import name_counts
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.text.tokens import CJK
from kgretrieval.types import Entity, Linked

#: The longest name in words, and in Han characters.
MOST_WORDS = 7
MOST_HAN = 10
#: Namesakes that one name may mean, each mentioned at least a tenth as often as the first.
NAMESAKES = 3
#: A word in lower case is a name where this share of the documents that hold it use it as one.
NAME_SHARE = 0.2

_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:[.&'’][^\W{CJK}]+)*\.?")
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of the query that names entities: the most mentioned bearer first.

    `start` is where it begins in the query as it was corrected, `asked` what stood there before.
    """

    text: str
    start: int
    entities: tuple[Entity, ...]
    asked: str = ""

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)

    def linked(self) -> Linked:
        """Return the entity that it was taken for in the first place."""
        first = self.entities[0]
        if self.asked:
            return Linked(self.asked, first.id, first.name, "fuzzy")
        return Linked(self.text, first.id, first.name, "exact" if fold(self.text) == fold(first.name) else "alias")


def named_in(
    store: Store,
    query: str,
    document_frequency: Callable[[str], int],
    unknown: Callable[[str], bool],
) -> tuple[str, list[Name]]:
    """Return a query with the spelling of names corrected, and the names in it from left to right.

    Where names overlap, the longest counts. A single word in lower case is taken for a name only where the collection
    uses it as one more than once and not mostly as a word ("apple", but not "may").

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    query : str
        Its words.
    document_frequency : callable
        In how many documents a word occurs in any form; 0 for a stop word.
    unknown : callable
        Whether the encoder does not know a word.
    """
    wrong = corrections(store, query, document_frequency, unknown)
    text = correct(query, wrong)
    names = _names(store, text, document_frequency)
    return text, [_as_asked(name, query, wrong) for name in names]


def _as_asked(name: Name, query: str, wrong: Sequence[Correction]) -> Name:
    """Return a name with what stood in its place before the query was corrected."""
    moved = 0
    for one in wrong:
        start = one.start + moved
        if start <= name.start < start + len(one.name):
            return replace(name, asked=query[one.start : one.end])
        moved += len(one.name) - (one.end - one.start)
    return name


def _names(store: Store, query: str, document_frequency: Callable[[str], int]) -> list[Name]:
    spans = _grams(query)
    known = entities_named(store, dict.fromkeys(name for _, _, name in spans))
    found: list[Name] = []
    free = [True] * len(query)
    for start, end, name in spans:
        if name not in known or not all(free[start:end]):
            continue
        bearers = _bearers(store, name, known[name], document_frequency)
        if bearers:
            free[start:end] = [False] * (end - start)
            found.append(Name(name, start, bearers))
    return sorted(found, key=lambda name: name.start)


def _grams(query: str) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of every run of words that could be a name, the longest first, then from the left."""
    words = [match.span() for match in _WORD.finditer(query)]
    grams: dict[tuple[int, int], str] = {}
    for first in range(len(words)):
        for last in range(first, min(first + MOST_HAN, len(words))):
            start, end = words[first][0], words[last][1]
            text = query[start:end]
            if last - first >= MOST_WORDS and not text[0] > "\u2e80":
                break
            for form in (text, _POSSESSIVE.sub("", text), text.rstrip(".")):
                if len(form) > 1:
                    grams.setdefault((start, start + len(form)), form)
    spans = [(start, end, text) for (start, end), text in grams.items()]
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def _bearers(
    store: Store, name: str, entities: Sequence[Entity], document_frequency: Callable[[str], int]
) -> tuple[Entity, ...]:
    if _is_plain_word(name):
        counts = name_counts(store, (e.id for e in entities))
        uses = [counts.get((e.id, fold(name)), (0, 0)) for e in entities]
        holding = document_frequency(name)
        entities = [
            entity
            for entity, (mentions, documents) in zip(entities, uses, strict=True)
            if mentions > 1 and holding and documents >= NAME_SHARE * holding
        ]
    likely = [e for e in entities if 10 * e.mentions >= entities[0].mentions]
    return tuple(likely[:NAMESAKES])


def _is_plain_word(name: str) -> bool:
    return name.islower() and name.isalpha()
