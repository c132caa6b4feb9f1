"""Documents of GUM and GAP as what the networks are trained on: pairs with their features, and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kgretrieval.evaluate.coreference_data import Chains, Snippet
from kgretrieval.extractors.anaphora.lexicon import Lexicon
from kgretrieval.extractors.anaphora.mentions import NAME
from kgretrieval.extractors.anaphora.pairs import Pairs
from kgretrieval.extractors.anaphora.reading import Reading, read
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from training.coreference.data import Marked

Trees = Sequence[tuple[Sentence, Tree]]


@dataclass
class Half:
    """The pairs of pronouns or of short forms of one document, and where their shares go."""

    pairs: Pairs
    row: np.ndarray
    names: np.ndarray
    entity: np.ndarray
    again: np.ndarray
    through: np.ndarray
    #: Whether a candidate is right, and whether the anaphor's own antecedents are known at all.
    right: np.ndarray
    known: np.ndarray


@dataclass
class Instance:
    """One document: `wanted` and `unwanted` are (anaphor, entity) that are right and wrong for sure."""

    id: str
    genre: str
    anaphors: np.ndarray
    kind: np.ndarray
    entities: int
    pronoun: Half
    noun: Half
    wanted: list[tuple[int, list[int]]] = field(default_factory=list)
    unwanted: list[tuple[int, list[int]]] = field(default_factory=list)
    gold: list[tuple[int, list[int], list[int]]] = field(default_factory=list)
    labels: tuple[bool, bool] = (False, False)


def _halves(reading: Reading, right: dict[int, str]) -> tuple[np.ndarray, list[Half]]:
    own = reading.columns
    anaphors = np.sort(np.concatenate([reading.pronouns.anaphors, reading.nouns.anaphors]))
    place = np.full(len(own.head) + 1, -1, np.int64)
    place[anaphors] = np.arange(len(anaphors))
    halves = []
    for pairs in (reading.pronouns, reading.nouns):
        row = place[pairs.anaphors][pairs.row]
        names = own.kind[pairs.candidate] == NAME
        through = place[pairs.candidate]
        of_anaphor = [right.get(int(one), "") for one in pairs.anaphors]
        good = [
            bool(of_anaphor[r]) and right.get(int(c), "-") == of_anaphor[r]
            for r, c in zip(pairs.row, pairs.candidate, strict=True)
        ]
        again = ~names & (through >= 0)
        halves.append(
            Half(pairs, row, names, own.entity[pairs.candidate], again, through, np.array(good, bool), np.zeros(0))
        )
    return anaphors, halves


def from_gum(document: Chains, trees: Trees, lexicon: Lexicon) -> Instance:
    """Return a document of GUM: everything is known."""
    reading = read([("text", document.text, trees)], lexicon)
    own = reading.columns
    starts = [reading.words.where[word][1] for word in own.head]
    chains = {row: document.heads[start].chain for row, start in enumerate(starts) if start in document.heads}
    anaphors, (pronoun, noun) = _halves(reading, chains)
    for half in (pronoun, noun):
        half.known = np.ones(len(half.pairs.anaphors), bool)
    found = Instance(document.id, document.genre, anaphors, own.kind[anaphors], own.entities, pronoun, noun)
    entities: dict[str, set[int]] = {}
    for row, chain in chains.items():
        if own.kind[row] == NAME:
            entities.setdefault(chain, set()).add(int(own.entity[row]))
    for place, row in enumerate(anaphors):
        right = sorted(entities.get(chains.get(int(row), ""), ()))
        wrong = sorted(set(range(own.entities)) - set(right))
        found.gold.append((place, right, wrong))
        if right:
            found.wanted.append((place, right))
        else:
            found.unwanted.append((place, wrong))
    return found


def from_ecb(document: Marked, trees: Trees, lexicon: Lexicon) -> Instance:
    """Return a document of ECB+: what the mentions of its judged sentences mean is known."""
    reading = read([("text", document.text, trees)], lexicon)
    own = reading.columns
    anaphors, (pronoun, noun) = _halves(reading, {})
    for half in (pronoun, noun):
        half.known = np.zeros(len(half.pairs.anaphors), bool)
    found = Instance(document.id, "ecb", anaphors, own.kind[anaphors], own.entities, pronoun, noun)
    chain = [document.words.get(reading.words.where[word][1], "") for word in own.head]
    entities: dict[str, set[int]] = {}
    for row, one in enumerate(chain):
        if one and own.kind[row] == NAME:
            entities.setdefault(one, set()).add(int(own.entity[row]))
    for place, row in enumerate(anaphors):
        if not chain[row]:
            continue
        right = sorted(entities.get(chain[row], ()))
        wrong = sorted(set(range(own.entities)) - set(right))
        found.gold.append((place, right, wrong))
        if right:
            found.wanted.append((place, right))
        elif wrong:
            found.unwanted.append((place, wrong))
    return found


def from_gap(snippet: Snippet, trees: Trees, lexicon: Lexicon) -> Instance:
    """Return a snippet of GAP: of one pronoun it is known whether it means two names."""
    reading = read([("text", snippet.text, trees)], lexicon)
    own = reading.columns
    anaphors, (pronoun, noun) = _halves(reading, {})
    for half in (pronoun, noun):
        half.known = np.zeros(len(half.pairs.anaphors), bool)
    found = Instance(snippet.id, "gap-f" if snippet.feminine else "gap-m", anaphors, own.kind[anaphors], own.entities,
                     pronoun, noun)  # fmt: skip
    starts = [reading.words.where[word][1] for word in own.head]
    place = next((p for p, row in enumerate(anaphors) if starts[row] == snippet.pronoun[0]), -1)
    sides = [_entities(reading, span) for span in snippet.names]
    found.gold.append((place, sides[0], sides[1]))
    found.labels = snippet.right
    if place < 0:
        return found
    right = sorted({e for side, yes in zip(sides, snippet.right, strict=True) if yes for e in side})
    wrong = sorted({e for side, yes in zip(sides, snippet.right, strict=True) if not yes for e in side} - set(right))
    if right:
        found.wanted.append((place, right))
    elif wrong:
        found.unwanted.append((place, wrong))
    return found


def _entities(reading: Reading, span: tuple[int, int]) -> list[int]:
    """Return the entities of the names that overlap a span."""
    own, where = reading.columns, reading.words.where
    return sorted(
        {
            int(own.entity[row])
            for row in np.flatnonzero(own.kind == NAME)
            if where[reading.mentions.first[row]][1] < span[1] and where[reading.mentions.last[row] - 1][2] > span[0]
        }
    )
