"""Which entities a query names, and the documents that mention them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.filters import Mask
from kgretrieval.store.knowledge import documents_of, entities_named
from kgretrieval.store.search_rows import name_counts
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.text.tokens import CJK
from kgretrieval.types import Entity

#: The longest name in words, and in Han characters.
MOST_WORDS = 7
MOST_HAN = 10
#: Namesakes that one name may mean, each mentioned at least a tenth as often as the first.
NAMESAKES = 3
#: A word in lower case is a name where this share of the documents that hold it use it as one.
NAME_SHARE = 0.2

_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:[.&'’][^\W{CJK}]+)*\.?")
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")
_STRENGTH = {"article": 0, "caption": 0, "tag": 1, "ocr": 2, "pixels": 2}


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of the query that names entities: the most mentioned bearer first."""

    text: str
    entities: tuple[Entity, ...]


def named_in(store: Store, query: str, document_frequency: Callable[[str], int]) -> list[Name]:
    """Return the names in a query from left to right, the longest first where they overlap.

    A single word in lower case is taken for a name only where the collection uses it as one more than once
    and not mostly as a word ("apple", but not "may").

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    query : str
        As `understand` returns it.
    document_frequency : callable
        In how many documents a word occurs in any form; 0 for a stop word.
    """
    spans = _grams(query)
    known = entities_named(store, dict.fromkeys(name for _, _, name in spans))
    found: list[tuple[int, Name]] = []
    free = [True] * len(query)
    for start, end, name in spans:
        if name not in known or not all(free[start:end]):
            continue
        bearers = _bearers(store, name, known[name], document_frequency)
        if bearers:
            free[start:end] = [False] * (end - start)
            found.append((start, Name(name, bearers)))
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def ranking(store: Store, catalog: Catalog, names: Sequence[Name], passed: Mask, depth: int) -> list[tuple[int, float]]:
    """Return the documents that mention what the query names; the score is the number of mentions.

    Those that mention more of the names come first, then by origin (a name written or given before one that was
    guessed), mentions and date, the newest first.
    """
    names_of: dict[str, set[int]] = defaultdict(set)
    mentions: dict[str, int] = defaultdict(int)
    strength: dict[str, int] = defaultdict(lambda: len(_STRENGTH))
    meant: dict[str, set[int]] = defaultdict(set)
    for place, name in enumerate(names):
        for entity in name.entities:
            meant[entity.id].add(place)
    for entity_id, document, count, _, origin in documents_of(store, meant):
        names_of[document] |= meant[entity_id]
        mentions[document] += count
        strength[document] = min(strength[document], _STRENGTH.get(origin, len(_STRENGTH)))
    ids = list(names_of)
    ordinals = dict(zip(ids, catalog.ordinals(ids).tolist(), strict=True))
    chosen = [i for i in ids if ordinals[i] >= 0 and passed[ordinals[i]]]
    # Stable sorts, the last one counts most: ids ascend, dates descend.
    chosen.sort()
    chosen.sort(key=lambda i: bytes(catalog.dates[ordinals[i]]), reverse=True)
    chosen.sort(key=lambda i: (-len(names_of[i]), strength[i], -mentions[i]))
    return [(ordinals[i], float(mentions[i])) for i in chosen[:depth]]


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
