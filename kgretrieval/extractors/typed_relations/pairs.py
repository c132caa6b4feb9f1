"""Pairs of arguments that a typed relation may hold between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.typed_relations.arguments import Argument, Kind
from kgretrieval.extractors.typed_relations.features import Reading, features, hashed
from kgretrieval.extractors.typed_relations.predicates import PREDICATE_NAMES, PREDICATES, wide_kinds

#: Arguments further apart than this many words are not paired.
FURTHEST = 40
#: Lists of names make pairs by the square: no sentence is asked for more.
MOST = 400


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ordered pairs of a sentence.

    Attributes
    ----------
    reading : Reading
        The sentence with its arguments.
    pairs : tuple of (int, int)
        Positions of subject and object among the arguments.
    allowed : array of bool
        (pairs, predicates) which predicates the kinds of the arguments allow.
    ids : tuple of list of int
        The hashed features of each pair.
    """

    reading: Reading
    pairs: tuple[tuple[int, int], ...]
    allowed: npt.NDArray[np.bool_]
    ids: tuple[list[int], ...]

    def arguments(self, pair: int) -> tuple[Argument, Argument]:
        """Return subject and object of a pair."""
        subject, found = self.pairs[pair]
        return self.reading.arguments[subject], self.reading.arguments[found]


@cache
def _allowed_kinds() -> Mapping[tuple[Kind, Kind], npt.NDArray[np.bool_]]:
    kinds = [wide_kinds(predicate) for predicate in PREDICATES.values()]
    every: set[Kind] = set().union(*(subjects | objects for subjects, objects in kinds))
    found = {}
    for a in every:
        for b in every:
            row = np.array([a in subjects and b in objects for subjects, objects in kinds])
            if row.any():
                found[a, b] = row
    return found


def candidates(reading: Reading) -> Candidates:
    """Return the pairs of a sentence, with the predicates that may hold between them."""
    kinds = _allowed_kinds()
    pairs, allowed = [], []
    arguments = reading.arguments
    for i, subject in enumerate(arguments):
        for j, found in enumerate(arguments):
            if i == j or subject.chain == found.chain:
                continue
            row = kinds.get((subject.kind, found.kind))
            gap = found.first - subject.last if i < j else subject.first - found.last
            if row is not None and gap <= FURTHEST:
                pairs.append((i, j))
                allowed.append(row)
    pairs, allowed = pairs[:MOST], allowed[:MOST]
    ids = tuple(hashed(features(reading, i, j)) for i, j in pairs)
    table = np.array(allowed, bool).reshape(len(pairs), len(PREDICATE_NAMES))
    return Candidates(reading, tuple(pairs), table, ids)


def stack(ids: Sequence[list[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the ids of all pairs in a row, and where those of each pair start."""
    sizes = [len(own) for own in ids]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    return np.fromiter((i for own in ids for i in own), np.int64, sum(sizes)), starts
