"""Which names of a document mean the same, as far as their spelling says, and what the document says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgretrieval.extractors.anaphora.lexicon import KINDS
from kgretrieval.extractors.anaphora.mentions import NAME, Links, Mentions
from kgretrieval.extractors.anaphora.words import Words
from kgretrieval.text.names import name_key
from kgretrieval.types import EntityType


@dataclass(slots=True)
class Entities:
    """The named entities of a document.

    Attributes
    ----------
    size : list of int
        How many names each has.
    titled : list of bool
        Whether a headline names it.
    first : list of int
        The word at which it is first named.
    gender : list of float
        How much likelier a woman, as a logarithm.
    nouns : set of tuple
        (entity, lemma): nouns that stand in its names, before or in apposition to them, or are said of them.
    """

    size: list[int]
    titled: list[bool]
    first: list[int]
    gender: list[float]
    nouns: set[tuple[int, str]]


def group(mentions: Mentions, types: Sequence[EntityType], texts: Sequence[str], titles: Sequence[bool]) -> int:
    """Number the entities of the names and return how many there are.

    One key (`name_key`) is one entity; one word of a person's name, or some words of another name, mean the only longer
    name that has them. `types`, `texts` and `titles` (stands in a headline) are by mention, ``""`` for what is no name.
    """
    keys = [name_key(text, kind) if text else "" for text, kind in zip(texts, types, strict=True)]
    people = {key for key, kind in zip(keys, types, strict=True) if kind == "person"}
    others = {key for key in keys if key} - people
    numbers: dict[str, int] = {}
    meant = {**_longer(people), **_longer(others)}
    for i, key in enumerate(keys):
        if key:
            mentions.entity[i] = numbers.setdefault(meant.get(key, key), len(numbers))
        elif mentions.kind[i] == NAME:
            mentions.entity[i] = numbers.setdefault(f"\0{i}", len(numbers))
    return len(numbers)


def _longer(keys: set[str]) -> dict[str, str]:
    """Map a key to the only longer one whose words begin or end with it."""
    wholes: dict[str, set[str]] = {}
    for key in keys:
        parts = key.split()
        for cut in range(1, len(parts)):
            wholes.setdefault(" ".join(parts[:cut]), set()).add(key)
            wholes.setdefault(" ".join(parts[cut:]), set()).add(key)
    found = {}
    for key in keys & wholes.keys():
        # Of "Bush", "George Bush" and "George W. Bush" the longest is meant by all.
        longest = max(wholes[key], key=lambda one: (len(one), one))
        if all(_words_in(one, longest) for one in wholes[key]):
            found[key] = longest
    return found


def _words_in(short: str, long: str) -> bool:
    return set(short.split()) <= set(long.split())


def describe(mentions: Mentions, words: Words, tied: Links, number: int, titles: Sequence[bool]) -> Entities:
    """Return what the document says of its entities, and give their common gender and kinds to all their names."""
    found = Entities([0] * number, [False] * number, [-1] * number, [0.0] * number, set())
    heads = {head: i for i, head in enumerate(mentions.head)}
    for i, entity in enumerate(mentions.entity):
        if entity < 0:
            continue
        found.size[entity] += 1
        found.titled[entity] |= titles[i]
        if found.first[entity] < 0:
            found.first[entity] = mentions.first[i]
        if abs(mentions.gender[i]) > abs(found.gender[entity]):
            found.gender[entity] = mentions.gender[i]
        first, last = mentions.first[i], mentions.last[i]
        found.nouns.update((entity, word) for word in words.lower[first:last])
        before = first - 1
        while before >= 0 and words.parts[before] in {"NOUN", "PROPN"} and words.heads[before] in range(first, last):
            found.nouns.add((entity, words.lemmas[before].lower()))
            before -= 1
    for noun, name in tied.described.items():
        entity = mentions.entity[heads[name]] if name in heads else -1
        if entity >= 0:
            found.nouns.add((entity, words.lemmas[noun].lower()))
    shares = [[0.0] * len(KINDS) for _ in range(number)]
    for entity, own in zip(mentions.entity, mentions.kinds, strict=True):
        if entity >= 0:
            shares[entity] = [a + b / found.size[entity] for a, b in zip(shares[entity], own, strict=True)]
    mentions.kinds = [
        tuple(shares[entity]) if entity >= 0 else own
        for entity, own in zip(mentions.entity, mentions.kinds, strict=True)
    ]
    mentions.gender = [
        found.gender[entity] if entity >= 0 else own
        for entity, own in zip(mentions.entity, mentions.gender, strict=True)
    ]
    return found
