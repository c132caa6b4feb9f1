"""From probabilities of pairs to what a sentence states: each relation once, between the arguments that say most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.typed_relations.arguments import NAMES, Argument
from kgretrieval.extractors.typed_relations.modality import modality_of
from kgretrieval.extractors.typed_relations.pairs import Candidates
from kgretrieval.extractors.typed_relations.predicates import PREDICATES, TypedPredicate, strict_kinds
from kgretrieval.extractors.typed_relations.rules import plausible, trigger_of
from kgretrieval.types import Modality

_ALL = tuple(PREDICATES.values())
_STRICT = tuple(map(strict_kinds, _ALL))
# What is denied or hedged was annotated as not stated, so the classifier thinks little of it: this share of its
# predicate's least probability is enough.
_UNASSERTED = 0.6
_RELATIVE = frozenset({"who", "which", "where"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A typed relation in a sentence; `trigger` is the word that speaks of it (-1: none)."""

    predicate: TypedPredicate
    subject: Argument
    object: Argument
    probability: float
    trigger: int
    negated: bool
    modality: Modality


def stated(found: Candidates, probabilities: npt.NDArray[np.float64], least: npt.NDArray[np.float64]) -> list[Stated]:
    """Return the relations whose probability is at least that of their predicate, in the order of their subjects.

    Of mentions that mean the same, names are preferred to pronouns; "who" and "which" give way to the name before.
    """
    best: dict[tuple[str, int, int], Stated] = {}
    for one in _likely(found, probabilities, least):
        first, second = one.subject.chain, one.object.chain
        if one.predicate.symmetric and one.object.first < one.subject.first:
            first, second = second, first
        key = (one.predicate.name, first, second)
        if one.predicate.functional and one.object.kind == "date":
            key = (one.predicate.name, first, -1)
        if key not in best or _rank(one) > _rank(best[key]):
            best[key] = one
    # Who runs a company works for it: the narrower says both.
    wider = [("works for", *key[1:]) for key in best if key[0] == "chief executive of"]
    kept = _one_spouse_each(one for key, one in best.items() if key not in wider)
    return sorted(map(_earlier_first, kept), key=lambda one: (one.subject.first, one.object.first))


def _likely(
    found: Candidates, probabilities: npt.NDArray[np.float64], least: npt.NDArray[np.float64]
) -> Iterator[Stated]:
    reading = found.reading
    for place, column in np.argwhere(probabilities >= least * _UNASSERTED):
        pair = int(place)
        predicate, (subjects, objects) = _ALL[column], _STRICT[column]
        subject, other = found.arguments(pair)
        trigger = trigger_of(reading, predicate.name, subject, other)
        if subject.kind not in subjects or other.kind not in objects:
            continue
        if not plausible(reading, predicate.name, *found.pairs[pair], trigger):
            continue
        negated, modality = modality_of(reading, subject, other, trigger, passing=predicate.passing)
        named, other_named = _named(found, subject), _named(found, other)
        asserted = not negated and modality == "asserted"
        if asserted and probabilities[pair, column] < least[column]:
            continue
        if named is not None and other_named is not None:
            sure = round(float(probabilities[pair, column]), 4)
            yield Stated(predicate, named, other_named, sure, trigger, negated, modality)


def _named(found: Candidates, argument: Argument) -> Argument | None:
    """Return the name before a relative pronoun, None where there is none; any other argument as it is."""
    if argument.kind not in _RELATIVE:
        return argument
    names = [a for a in found.reading.arguments if a.chain == argument.chain and a.kind in NAMES]
    return names[-1] if names else None


def _one_spouse_each(found: Iterable[Stated]) -> list[Stated]:
    """Return the statements without those of a symmetric predicate that share an argument with a likelier one."""
    kept: list[Stated] = []
    taken: set[tuple[str, int]] = set()
    for one in sorted(found, key=lambda one: -one.probability):
        ends = {(one.predicate.name, argument.chain) for argument in (one.subject, one.object)}
        if one.predicate.symmetric and taken & ends:
            continue
        taken |= ends
        kept.append(one)
    return kept


def _rank(one: Stated) -> tuple[int, float]:
    return (one.subject.kind in NAMES) + (one.object.kind in NAMES), one.probability


def _earlier_first(one: Stated) -> Stated:
    if not one.predicate.symmetric or one.subject.first < one.object.first:
        return one
    return Stated(one.predicate, one.object, one.subject, one.probability, one.trigger, one.negated, one.modality)
