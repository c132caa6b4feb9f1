"""From how likely an anaphor means an entity to the references that are sure enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kgretrieval.extractors.anaphora.mentions import NAME, PRONOUN
from kgretrieval.extractors.anaphora.model import Resolved
from kgretrieval.extractors.anaphora.reading import Reading

_FIRST_PERSON = frozenset("i me my mine myself".split())
_RELATIVE = frozenset("who whom whose".split())
#: How often a relative pronoun next to a name means it, and "I" in a quote the speaker that a verb of saying names.
RELATIVE_SURE, SPEAKER_SURE = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Answer:
    """Words `first` to `last` (exclusive) stand for a name; `antecedent` is its row among the mentions."""

    first: int
    last: int
    antecedent: int
    confidence: float
    pronoun: bool


def answers(reading: Reading, resolved: Resolved) -> list[Answer]:
    """Return what every anaphor most likely stands for, however sure, in the order of the words.

    The antecedent is the nearest name of the entity before the anaphor; where there is none, the first one behind.
    """
    found = [*_of_anaphors(reading, resolved), *_of_speakers(reading, resolved), *_of_relatives(reading)]
    return sorted(found, key=lambda answer: (answer.first, answer.last))


def _of_anaphors(reading: Reading, resolved: Resolved) -> Iterator[Answer]:
    mentions = reading.mentions
    if not resolved.shares.size:
        return
    best = resolved.shares.argmax(axis=1)
    for place, row in enumerate(resolved.anaphors.tolist()):
        share = float(resolved.shares[place, best[place]])
        if share > 0:
            antecedent = _nearest(reading, int(best[place]), mentions.first[row])
            pronoun = mentions.kind[row] == PRONOUN
            yield Answer(mentions.first[row], mentions.last[row], antecedent, share, pronoun)


def _nearest(reading: Reading, entity: int, word: int) -> int:
    """Return the row of the nearest name of an entity before a word, else of the first behind it."""
    own = reading.columns
    rows = np.flatnonzero((own.entity == entity) & (own.kind == NAME))
    before = rows[own.head[rows] < word]
    return int(before[-1] if len(before) else rows[0])


def _of_speakers(reading: Reading, resolved: Resolved) -> Iterator[Answer]:
    """Yield the "I" of quotes whose speaker is known."""
    words, own = reading.words, reading.columns
    place = {row: i for i, row in enumerate(resolved.anaphors.tolist())}
    for i, quote in enumerate(words.quote):
        if quote < 0 or words.lower[i] not in _FIRST_PERSON:
            continue
        row = reading.speakers.get(quote, -1)
        if row < 0:
            continue
        if own.kind[row] == NAME:
            yield Answer(i, i + 1, row, SPEAKER_SURE, True)
        elif row in place and resolved.shares.size:
            shares = resolved.shares[place[row]]
            entity = int(shares.argmax())
            if shares[entity] > 0:
                yield Answer(i, i + 1, _nearest(reading, entity, i), SPEAKER_SURE * float(shares[entity]), True)


def _of_relatives(reading: Reading) -> Iterator[Answer]:
    """Yield the "who" of clauses that hang on a name."""
    words, own = reading.words, reading.columns
    heads = {int(head): row for row, head in enumerate(own.head) if own.kind[row] == NAME}
    for i, word in enumerate(words.lower):
        if word not in _RELATIVE:
            continue
        place = i
        while place >= 0 and words.labels[place] != "acl:relcl":
            place = words.heads[place]
        row = heads.get(words.heads[place], -1) if place >= 0 else -1
        if row >= 0 and own.kinds[row, 0] > 0.5 and own.head[row] < i:
            yield Answer(i, i + 1, row, RELATIVE_SURE, True)
