"""How likely an anaphor stands for each of its candidates, and so for each named entity of the document.

Each candidate, and none, gets a score from a small network; their softmax says what the anaphor repeats. That may
itself be a pronoun or a short form, so the shares of the entities follow from those of the mentions it may repeat:
``X = B + L X``, where B holds the shares of names and L those of earlier anaphors. The sum over all chains is the
marginal of G. Durrett and D. Klein, "Easy Victories and Uphill Battles in Coreference Resolution", EMNLP 2013.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.anaphora.columns import Columns, Floats, Ints
from kgretrieval.extractors.anaphora.mentions import NAME
from kgretrieval.extractors.anaphora.pairs import Pairs
from kgretrieval.extractors.anaphora.reading import Reading


class Scorer:
    """A network of one hidden layer with a direct way past it; its arrays bear its name in front.

    The weights of the hidden layer are stored as int8 with one scale for each unit.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> None:
        self._bias, self._out, self._direct, scale = (
            arrays[f"{name}.{part}"].astype(np.float32) for part in ("bias", "out", "direct", "scale")
        )
        self._hidden = arrays[f"{name}.hidden"].astype(np.float32) * (scale / 127)

    def score(self, features: Floats) -> Floats:
        """Return ``(n,)`` scores of ``(n, f)`` features."""
        found: Floats = np.maximum(features @ self._hidden + self._bias, 0) @ self._out + features @ self._direct
        return found


@dataclass(frozen=True, slots=True)
class Resolved:
    """The anaphors of a document (rows of mentions, in order) with ``(a, entities)`` shares."""

    anaphors: Ints
    shares: Floats


class Model:
    """The networks for pronouns and for short forms."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._scorers = {
            name: (Scorer(arrays, f"{name}.pair"), Scorer(arrays, f"{name}.none")) for name in ("pronoun", "noun")
        }

    def resolve(self, reading: Reading) -> Resolved:
        """Return how likely each anaphor of a document stands for each entity."""
        own = reading.columns
        both = {"pronoun": reading.pronouns, "noun": reading.nouns}
        anaphors = np.sort(np.concatenate([pairs.anaphors for pairs in both.values()]))
        place = np.full(len(own.head) + 1, -1, np.int64)
        place[anaphors] = np.arange(len(anaphors))
        named = np.zeros((len(anaphors), own.entities), np.float32)
        chained = np.zeros((len(anaphors), len(anaphors)), np.float32)
        for name, pairs in both.items():
            if len(pairs.row):
                add(named, chained, own, place, pairs, self.shares(name, pairs))
        return Resolved(anaphors, follow(named, chained))

    def shares(self, name: str, pairs: Pairs) -> Floats:
        """Return ``(p,)``: how likely each candidate is what the anaphor repeats."""
        pair, none = self._scorers[name]
        scores, nothing = pair.score(pairs.features), none.score(pairs.context)
        highest = nothing.copy()
        np.maximum.at(highest, pairs.row, scores)
        raised = np.exp(scores - highest[pairs.row])
        total = np.bincount(pairs.row, weights=raised, minlength=len(highest)) + np.exp(nothing - highest)
        found: Floats = (raised / total[pairs.row]).astype(np.float32)
        return found


def add(named: Floats, chained: Floats, own: Columns, place: Ints, pairs: Pairs, shares: Floats) -> None:
    """Put the shares of pairs where they belong: those of names by entity, those of anaphors by anaphor."""
    row = place[pairs.anaphors][pairs.row]
    names = own.kind[pairs.candidate] == NAME
    np.add.at(named, (row[names], own.entity[pairs.candidate[names]]), shares[names])
    through = place[pairs.candidate]
    again = ~names & (through >= 0)
    np.add.at(chained, (row[again], through[again]), shares[again])


def follow(named: Floats, chained: Floats) -> Floats:
    """Return the shares of the entities: `chained` holds only earlier anaphors, so one pass in order does."""
    found = named.copy()
    for row in range(1, len(found)):
        found[row] += chained[row, :row] @ found[:row]
    return found
