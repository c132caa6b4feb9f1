"""CoNLL04: sentences with entities and relations.

Roth and Yih, "A Linear Programming Formulation for Global Inference in Natural Language Tasks" (CoNLL 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.layouts import read_records
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.typed_relations.arguments import Argument, Kind, arguments_of
from kgretrieval.extractors.typed_relations.features import Reading
from kgretrieval.extractors.typed_relations.fit import FALSE, TRUE, UNKNOWN, Example
from kgretrieval.extractors.typed_relations.pairs import Candidates, candidates
from kgretrieval.extractors.typed_relations.predicates import CONLL04, PREDICATE_NAMES, PREDICATES

SPLITS = ("train", "dev", "test")
#: CoNLL04's types as kinds of arguments.
KINDS: dict[str, Kind] = {"Peop": "person", "Org": "organisation", "Loc": "place", "Other": "misc"}
#: Columns of the predicates that CoNLL04 annotates.
COLUMNS = [PREDICATE_NAMES.index(name) for name in CONLL04.values()]
_SUBJECTS_AND_OBJECTS = {name: (PREDICATES[name].subject, PREDICATES[name].object) for name in CONLL04.values()}
# Predicates that CoNLL04 does not have, and what it annotates wherever they hold: a pair without that is known to be
# none of theirs.
_ENTAILING = {"chief executive of": "works for", "born in": "lives in"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Tokens `start` to `end` (exclusive) and a type of CoNLL04; how sure a network is of them."""

    start: int
    end: int
    type: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """Tokens with entities and relations: (predicate, position of the subject's entity, of the object's)."""

    tokens: tuple[str, ...]
    entities: tuple[Entity, ...]
    relations: tuple[tuple[str, int, int], ...]

    def untagged(self) -> Sentence:
        """Return the tokens as a sentence with one blank between each."""
        spans, start = [], 0
        for token in self.tokens:
            spans.append((start, start + len(token)))
            start += len(token) + 1
        return Sentence(self.tokens, tuple(spans))


def read_sentences(folder: Path, split: str) -> list[AnnotatedSentence]:
    """Read a split.

    Raises
    ------
    UsageError
        If there is no such split.
    NotFoundError
        If its file is missing.
    UnreadableError
        If a record cannot be read.
    """
    if split not in SPLITS:
        raise UsageError(f"{folder} has no split {split!r}; there are: {', '.join(SPLITS)}")
    path = folder / f"{split}.jsonl.gz"
    if not path.exists():
        raise NotFoundError(f"there is no {path}; {folder} should hold the CoNLL04 files")
    found = []
    for number, record in enumerate(read_records(path, needs=("tokens",)), start=1):
        try:
            entities = tuple(Entity(e["start"], e["end"], e["type"]) for e in record["entities"])
            relations = tuple((CONLL04[r["type"]], r["head"], r["tail"]) for r in record["relations"])
            found.append(AnnotatedSentence(tuple(record["tokens"]), entities, relations))
        except (KeyError, TypeError) as error:
            raise UnreadableError(f"{path}:{number} is no sentence of CoNLL04: {error!r}") from None
    return found


def with_entities(sentence: Sentence, tree: Tree, entities: Sequence[Entity]) -> Candidates:
    """Return the pairs between entities of CoNLL04's scheme, for its predicates alone."""
    arguments = [
        Argument(e.start, e.end, KINDS[e.type], e.end - 1, place, e.confidence) for place, e in enumerate(entities)
    ]
    found = candidates(Reading(sentence, tree, arguments))
    strict = np.zeros_like(found.allowed)
    for pair, (first, second) in enumerate(found.pairs):
        for column in COLUMNS:
            wanted = _SUBJECTS_AND_OBJECTS[PREDICATE_NAMES[column]]
            strict[pair, column] = (arguments[first].kind, arguments[second].kind) == wanted
    return Candidates(found.reading, found.pairs, strict, found.ids)


def gold_example(sentence: Sentence, tree: Tree, gold: AnnotatedSentence, group: str) -> Example:
    """Return a sentence with its own entities and what is known of their pairs."""
    found = with_entities(sentence, tree, gold.entities)
    labels = np.where(found.allowed, FALSE, UNKNOWN).astype(np.int8)
    for pair, places in enumerate(found.pairs):
        for predicate, first, second in gold.relations:
            if places == (first, second):
                labels[pair, PREDICATE_NAMES.index(predicate)] = TRUE
    return Example(found, labels, group)


def tagged_example(sentence: Sentence, tree: Tree, gold: AnnotatedSentence, group: str) -> Example:
    """Return a sentence with the arguments that the product finds, labelled by the gold entities they overlap."""
    found = candidates(Reading(sentence, tree, arguments_of(sentence)))
    labels = np.full(found.allowed.shape, UNKNOWN, np.int8)
    labels[:, COLUMNS] = FALSE
    labels[:, [PREDICATE_NAMES.index(name) for name in _ENTAILING]] = FALSE
    for pair in range(len(found.pairs)):
        subject, other = found.arguments(pair)
        for predicate, first, second in gold.relations:
            if _overlap(subject, gold.entities[first]) and _overlap(other, gold.entities[second]):
                labels[pair, PREDICATE_NAMES.index(predicate)] = TRUE
                for name, entailed in _ENTAILING.items():
                    if entailed == predicate:
                        labels[pair, PREDICATE_NAMES.index(name)] = UNKNOWN
    return Example(found, np.where(found.allowed, labels, UNKNOWN).astype(np.int8), group)


def _overlap(argument: Argument, entity: Entity) -> bool:
    return argument.first < entity.end and entity.start < argument.last


Place = tuple[int, int, str]
Predicted = tuple[str, Place, Place]


def predicted_relations(found: Candidates, probabilities: npt.NDArray[np.float64], least: float) -> list[Predicted]:
    """Return (predicate, subject, object) that are probable enough, where their spans are sure too."""
    kinds = {kind: name for name, kind in KINDS.items()}
    out = []
    for place, column in np.argwhere(probabilities > 0):
        first, second = found.arguments(int(place))
        # What is uncertain of the spans makes the relation as uncertain; the root was chosen on the dev part.
        if probabilities[place, column] * (first.confidence * second.confidence) ** 0.5 >= least:
            spans = [(one.first, one.last, kinds[one.kind]) for one in (first, second)]
            out.append((PREDICATE_NAMES[column], spans[0], spans[1]))
    return out


def count_relations(gold: AnnotatedSentence, predicted: Sequence[Predicted]) -> dict[str, tuple[int, int, int]]:
    """Return for each predicate (correct, predicted, gold): type, direction, spans and types must be right."""
    places = [(one.start, one.end, one.type) for one in gold.entities]
    wanted = {(predicate, places[first], places[second]) for predicate, first, second in gold.relations}
    counts = {}
    for name in CONLL04.values():
        own, theirs = ({one for one in side if one[0] == name} for side in (wanted, set(predicted)))
        counts[name] = (len(own & theirs), len(theirs), len(own))
    return counts


def count_entities(gold: AnnotatedSentence, predicted: Sequence[Entity]) -> tuple[int, int, int]:
    """Return (correct, predicted, gold) entities by exact span and type."""
    wanted, found = ({(one.start, one.end, one.type) for one in side} for side in (gold.entities, predicted))
    return len(wanted & found), len(found), len(wanted)
