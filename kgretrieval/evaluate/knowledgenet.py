"""KnowledgeNet: passages with the facts they state, and how predicted facts are compared with them.

Mesquita, Cannaviccio, Schmidek, Mirza and Barbosa, "KnowledgeNet: A Benchmark Dataset for Knowledge Base Population"
(EMNLP 2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kgretrieval.errors import UnreadableError
from kgretrieval.evaluate.layouts import read_records
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.typed_relations.arguments import arguments_of
from kgretrieval.extractors.typed_relations.features import Reading
from kgretrieval.extractors.typed_relations.fit import FALSE, TRUE, UNKNOWN, Example
from kgretrieval.extractors.typed_relations.pairs import Candidates, candidates
from kgretrieval.extractors.typed_relations.predicates import KNOWLEDGENET, PREDICATE_NAMES

FILE = "train.jsonl.gz"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A predicate of the product between two spans of a passage."""

    predicate: str
    subject: Span
    object: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with all statements of the predicates it is annotated for."""

    document: str
    fold: int
    text: str
    predicates: frozenset[str]
    statements: tuple[Statement, ...]


def read_passages(folder: Path) -> list[Passage]:
    """Read the public folds.

    Raises
    ------
    NotFoundError
        If the file is missing.
    UnreadableError
        If a record cannot be read.
    """
    path = folder / FILE
    found = []
    for record in read_records(path, needs=("doc", "fold", "text", "properties")):
        try:
            facts = [_statement(fact) for fact in record["facts"]]
            predicates = frozenset(KNOWLEDGENET[name][0] for name in record["properties"])
            found.append(Passage(str(record["doc"]), int(record["fold"]), record["text"], predicates, tuple(facts)))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableError(
                f"{path}: the passage {record.get('id', '')!r} is no such record: {error!r}"
            ) from None
    return found


def _statement(fact: Mapping[str, object]) -> Statement:
    predicate, turned = KNOWLEDGENET[str(fact["property"])]
    subject, found = (tuple(map(int, fact[key])) for key in ("subject", "object"))  # type: ignore[call-overload]
    return Statement(predicate, found, subject) if turned else Statement(predicate, subject, found)


def overlap(a: Span, b: Span) -> bool:
    """Return whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def examples(passages: Sequence[Passage], trees: Sequence[Sequence[tuple[Sentence, Tree]]]) -> list[list[Example]]:
    """Return the sentences of each passage with what is known of their pairs."""
    return [
        [_example(passage, sentence, tree) for sentence, tree in sentences]
        for passage, sentences in zip(passages, trees, strict=True)
    ]


def _example(passage: Passage, sentence: Sentence, tree: Tree) -> Example:
    found = candidates(Reading(sentence, tree, arguments_of(sentence)))
    labels = np.full(found.allowed.shape, UNKNOWN, np.int8)
    for predicate in passage.predicates:
        column = PREDICATE_NAMES.index(predicate)
        labels[:, column] = np.where(found.allowed[:, column], FALSE, UNKNOWN)
    for pair in range(len(found.pairs)):
        for statement in _between(passage.statements, *spans_of(found, pair)):
            column = PREDICATE_NAMES.index(statement.predicate)
            if found.allowed[pair, column]:
                labels[pair, column] = TRUE
    return Example(found, labels, passage.document)


def spans_of(found: Candidates, pair: int) -> tuple[Span, Span]:
    """Return the spans of the subject and the object of a pair in the text."""
    spans = found.reading.sentence.spans
    first, second = found.arguments(pair)
    return (spans[first.first][0], spans[first.last - 1][1]), (spans[second.first][0], spans[second.last - 1][1])


def _between(statements: Iterable[Statement], subject: Span, found: Span) -> list[Statement]:
    return [s for s in statements if overlap(s.subject, subject) and overlap(s.object, found)]


def count(passage: Passage, predicted: Sequence[Statement]) -> dict[str, tuple[int, int, int]]:
    """Return for each predicate (correct, predicted, gold) as the official script counts.

    A gold fact is found if a predicted one has its property and overlaps both its spans; a predicted fact that
    finds none is wrong, if the passage is annotated for its property. So several predicted ones that find the same
    fact count once.
    """
    table = {predicate: [0, 0, 0] for predicate in PREDICATE_NAMES}
    useful = [False] * len(predicted)
    for gold in passage.statements:
        hits = [
            place
            for place, one in enumerate(predicted)
            if one.predicate == gold.predicate
            and overlap(one.subject, gold.subject)
            and overlap(one.object, gold.object)
        ]
        row = table[gold.predicate]
        row[2] += 1
        if hits:
            row[0] += 1
            row[1] += 1
        for place in hits:
            useful[place] = True
    for one, hit in zip(predicted, useful, strict=True):
        if not hit and one.predicate in passage.predicates:
            table[one.predicate][1] += 1
    return {predicate: (row[0], row[1], row[2]) for predicate, row in table.items()}
