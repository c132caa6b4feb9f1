"""The mentions of a document as arrays, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.anaphora.lexicon import KINDS
from kgretrieval.extractors.anaphora.mentions import BARE, NOUN, REFLEXIVES, Links, Mentions
from kgretrieval.extractors.anaphora.names import Entities
from kgretrieval.extractors.anaphora.words import SAYING, Words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

#: Words on the way from a mention up its tree that are looked at.
CHAIN = 8
#: Sentences at the beginning that say what a text is about.
_LEAD = 3
#: Nouns by which news speaks again of whom it has named, whatever their types elsewhere.
GENERIC = frozenset(
    """company firm group bank club team side party organisation organization agency corporation giant carmaker airline
    retailer broadcaster maker manufacturer operator association university school hospital charity newspaper paper
    magazine station network channel studio label band trio duo watchdog regulator institute institution foundation
    federation league chain business brand publisher producer supplier developer conglomerate
    man woman star singer actor actress president minister leader chancellor secretary director chairman chairwoman
    chief boss manager coach captain player striker midfielder defender goalkeeper winger champion athlete sprinter
    runner rapper musician guitarist author writer novelist poet artist painter comedian presenter filmmaker
    politician mp senator governor mayor judge lawyer doctor professor scientist king queen prince princess pope
    bishop teenager boy girl veteran american briton frenchman german italian spaniard australian russian scot
    englishman irishman welshman swede swiss belgian argentine brazilian
    country city state town nation region island capital village kingdom republic continent province county
    """.split()
)


@dataclass(slots=True)
class Columns:
    """What `Mentions` holds and what follows from it, one row a mention; all arrays have m rows.

    `chain` holds the words from the head up to the root (-1 where it ends), `depth` how many they are; `speaks` says
    whether a mention is the speaker of a quote, `speaker` the row of who speaks the quote that it stands in (-1: none
    known). `lemma` numbers the lemmas of nouns, `again` is the next row with the same entity (names) or lemma (nouns),
    `order` counts the rows before. `size`, `titled`, `lead` and `longest` are those of the entity; `noun_of` holds,
    coded as ``lemma * entities + entity``, by which nouns the entities are described.
    """

    kind: Ints
    head: Ints
    first: Ints
    role: Ints
    governor: Ints
    conjunct: Bools
    marked: Bools
    described: Bools
    kinds: Floats
    gender: Floats
    plural: Bools
    lexeme: Ints
    determiner: Ints
    entity: Ints
    sentence: Ints
    paragraph: Ints
    quote: Ints
    opening: Bools
    reflexive: Bools
    expletive: Bools
    says: Bools
    modified: Bools
    extended: Bools
    generic: Bools
    chain: Ints
    speaks: Bools
    speaker: Ints
    lemma: Ints
    again: Ints
    order: Ints
    size: Ints
    titled: Bools
    lead: Bools
    main: Bools
    agent: Bools
    depth: Ints
    sure: Floats
    articled: Bools
    length: Ints
    longest: Ints
    noun_of: Ints
    entities: int


def columns(mentions: Mentions, words: Words, tied: Links, entities: Entities, who: Mapping[int, int]) -> Columns:
    """Return the mentions of a document as arrays; `who` maps a quote to the row of its speaker."""
    lemmas: dict[str, int] = {}
    lemma = [
        lemmas.setdefault(words.lemmas[i].lower(), len(lemmas)) if kind == NOUN else -1
        for i, kind in zip(mentions.head, mentions.kind, strict=True)
    ]
    total = max(1, len(entities.size))
    known = [lemmas[noun] * total + entity for entity, noun in entities.nouns if noun in lemmas]
    again, order = _repeats(mentions, lemma)
    chain = _chains(words, mentions.head)
    return Columns(
        lemma=_ints(lemma),
        again=_ints(again),
        order=_ints(order),
        chain=chain,
        depth=(chain >= 0).sum(axis=1),
        noun_of=_ints(sorted(known)),
        entities=total,
        **_of_mentions(mentions),
        **_of_words(mentions.head, mentions.governor, words, tied, who),
        **_of_entities(mentions, words, entities),
    )


def _of_mentions(mentions: Mentions) -> dict[str, Any]:
    number = len(mentions.head)
    flags = np.array(mentions.flags, dtype=bool).reshape(number, 3)
    length = [b - a for a, b in zip(mentions.first, mentions.last, strict=True)]
    determined = [kind != BARE for kind in mentions.determiner]
    names = ("kind", "head", "first", "role", "governor", "lexeme", "determiner", "entity")
    return {name: _ints(getattr(mentions, name)) for name in names} | {
        "conjunct": flags[:, 0],
        "marked": flags[:, 1],
        "described": flags[:, 2],
        "kinds": np.array(mentions.kinds, dtype=np.float32).reshape(number, len(KINDS)),
        "gender": np.array(mentions.gender, dtype=np.float32),
        "plural": _bools(mentions.plural),
        "sure": np.array(mentions.sure, dtype=np.float32),
        "articled": _bools(mentions.articled),
        "length": _ints(length),
        "extended": _bools([own > 1 + more for own, more in zip(length, determined, strict=True)]),
    }


def _of_words(
    head: list[int], governor: list[int], words: Words, tied: Links, who: Mapping[int, int]
) -> dict[str, Any]:
    quote = [words.quote[i] for i in head]
    speaking = set(who.values())
    return {
        "sentence": _ints([words.sentence[i] for i in head]),
        "paragraph": _ints([words.paragraph[i] for i in head]),
        "quote": _ints(quote),
        "opening": _bools([_opens(words, i) for i in head]),
        "reflexive": _bools([words.lower[i] in REFLEXIVES for i in head]),
        "expletive": _bools([words.labels[i] == "expl" for i in head]),
        "says": _bools([i >= 0 and words.lemmas[i] in SAYING for i in governor]),
        "modified": _bools([i in tied.after for i in head]),
        "generic": _bools([words.lemmas[i].lower() in GENERIC for i in head]),
        "main": _bools([i >= 0 and words.heads[i] < 0 for i in governor]),
        "agent": _bools([words.labels[i] == "obl:agent" for i in head]),
        "speaks": _bools([row in speaking for row in range(len(head))]),
        "speaker": _ints([who.get(one, -1) if one >= 0 else -1 for one in quote]),
    }


def _of_entities(mentions: Mentions, words: Words, entities: Entities) -> dict[str, Any]:
    longest = [0] * (len(entities.size) + 1)
    for entity, first, last in zip(mentions.entity, mentions.first, mentions.last, strict=True):
        if entity >= 0:
            longest[entity] = max(longest[entity], last - first)
    early = words.starts[min(_LEAD, len(words.starts) - 1)]
    # What is no name has the entity -1: the last of each list.
    lead = [*(0 <= first < early for first in entities.first), False]
    size, titled = [*entities.size, 0], [*entities.titled, False]
    return {
        "size": _ints([size[e] for e in mentions.entity]),
        "titled": _bools([titled[e] for e in mentions.entity]),
        "lead": _bools([lead[e] for e in mentions.entity]),
        "longest": _ints([longest[e] for e in mentions.entity]),
    }


def _ints(values: list[Any]) -> Ints:
    return np.array(values, dtype=np.int64)


def _bools(values: list[Any]) -> Bools:
    return np.array(values, dtype=bool)


def _opens(words: Words, i: int) -> bool:
    """Return whether the sentence of a word opens its paragraph."""
    first = words.starts[words.sentence[i]]
    return first == 0 or words.paragraph[first - 1] != words.paragraph[first]


def _repeats(mentions: Mentions, lemma: list[int]) -> tuple[list[int], list[int]]:
    """Return for each name or noun the next row that repeats it (-1: none), and how many rows said it before."""
    number = len(lemma)
    again, order = [number] * number, [0] * number
    last: dict[tuple[int, int], int] = {}
    for row in range(number):
        key = (mentions.kind[row], mentions.entity[row] if mentions.kind[row] != NOUN else lemma[row])
        if key[1] < 0:
            continue
        if key in last:
            again[last[key]] = row
            order[row] = order[last[key]] + 1
        last[key] = row
    return again, order


def _chains(words: Words, heads: list[int]) -> Ints:
    up = np.array([*words.heads, -1], dtype=np.int64)
    chain = np.empty((len(heads), CHAIN), np.int64)
    place = np.array(heads, dtype=np.int64)
    for step in range(CHAIN):
        chain[:, step] = place
        place = up[place]
    return chain
