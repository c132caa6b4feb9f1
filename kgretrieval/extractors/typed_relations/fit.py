"""Fitting the classifier of typed relations: seconds for some thousand sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.typed_relations.context import FACTS, context
from kgretrieval.extractors.typed_relations.features import BUCKETS
from kgretrieval.extractors.typed_relations.model import Model
from kgretrieval.extractors.typed_relations.pairs import Candidates, stack
from kgretrieval.extractors.typed_relations.predicates import PREDICATE_NAMES

#: What a pair is to a predicate: false, true, or not annotated.
FALSE, TRUE, UNKNOWN = 0, 1, -1
#: Inverse strength of the ridge of the first stage (chosen by cross-validation on KnowledgeNet).
STRENGTH = 0.3
_FOLDS = 4

Labels = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Example:
    """A sentence with what is known of its pairs.

    Attributes
    ----------
    found : Candidates
    labels : array of int8
        (pairs, predicates) `TRUE`, `FALSE` or `UNKNOWN`.
    group : str
        Sentences of a group (a document) are kept together when the stages are fitted apart.
    """

    found: Candidates
    labels: Labels
    group: str


def fit(examples: Sequence[Example], *, strength: float = STRENGTH) -> Model:
    """Return a model. The second stage learns from what first stages say of groups they have not seen.

    Deterministic: the same examples in the same order give the same model.
    """
    import scipy.sparse

    ids, starts = stack([own for example in examples for own in example.found.ids])
    rows = scipy.sparse.csr_matrix(
        (np.ones(len(ids), np.float32), ids, np.append(starts, len(ids))), shape=(len(starts), BUCKETS)
    )
    labels = np.concatenate([np.where(e.found.allowed, e.labels, UNKNOWN) for e in examples])
    fold = np.repeat(_folds([e.group for e in examples]), [len(e.found.pairs) for e in examples])
    unseen = np.zeros(labels.shape)
    for held in range(_FOLDS):
        weights, bias = _first_stage(rows[fold != held], labels[fold != held], strength)
        unseen[fold == held] = _sigmoid(rows[fold == held] @ weights + bias)
    weights, bias = _first_stage(rows, labels, strength)
    return Model(weights, bias, _second_stage(examples, unseen, labels))


def _folds(groups: Sequence[str]) -> npt.NDArray[np.int64]:
    place = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    return np.array([place[group] % _FOLDS for group in groups])


def _sigmoid(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    out: npt.NDArray[np.float64] = 1 / (1 + np.exp(-logits.astype(np.float64)))
    return out


def _first_stage(
    rows: object, labels: Labels, strength: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((BUCKETS, len(PREDICATE_NAMES)), np.float32)
    bias = np.full(len(PREDICATE_NAMES), -30.0, np.float32)
    for column in range(len(PREDICATE_NAMES)):
        known = np.flatnonzero(labels[:, column] != UNKNOWN)
        wanted = labels[known, column]
        if wanted.any() and not wanted.all():
            regression = LogisticRegression(C=strength, solver="liblinear", random_state=0)
            regression.fit(rows[known], wanted)  # type: ignore[index]
            weights[:, column], bias[column] = regression.coef_[0], regression.intercept_[0]
    return weights, bias


def _second_stage(
    examples: Sequence[Example], unseen: npt.NDArray[np.float64], labels: Labels
) -> npt.NDArray[np.float32]:
    from sklearn.linear_model import LogisticRegression

    facts, first = np.zeros((*unseen.shape, FACTS)), 0
    for example in examples:
        last = first + len(example.found.pairs)
        if last > first:
            local = np.where(example.found.allowed, unseen[first:last], 0.0)
            facts[first:last] = context(example.found, local)
        first = last
    second = np.zeros((len(PREDICATE_NAMES), FACTS + 1), np.float32)
    second[:, -1] = -30.0
    for column in range(len(PREDICATE_NAMES)):
        known = np.flatnonzero(labels[:, column] != UNKNOWN)
        wanted = labels[known, column]
        if wanted.any() and not wanted.all():
            regression = LogisticRegression(C=1.0, max_iter=1000).fit(facts[known, column], wanted)
            second[column, :-1], second[column, -1] = regression.coef_[0], regression.intercept_[0]
    return second
