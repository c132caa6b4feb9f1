"""Learning the weights of `kgretrieval.classify.linear` with scikit-learn.

CountVectorizer counts the pieces of each text, TfidfTransformer weighs them, LinearSVC learns one output a label.

- S. Wang and C. Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification", ACL 2012: columns
  multiplied by the log-ratio of naive Bayes.
- R.-E. Fan et al., "LIBLINEAR: A Library for Large Linear Classification", JMLR 9, 2008.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from kgretrieval.classify.base import Examples, Floats, Item, Numbers, Settings
from kgretrieval.classify.features import Pieces
from kgretrieval.classify.linear import Block, LinearModel, Recipe, text_vectors

#: A piece that fewer texts have is left out; with few texts every piece counts.
_SEEN, _MANY = 2, 200
#: The score of a label of which there was no example: surely not.
_NEVER = -2.0


def train_recipe(examples: Examples, recipe: Recipe, settings: Settings) -> LinearModel:
    """Return a model trained on all examples in one way."""
    return model_of(Counted(examples.items, recipe), examples, recipe, settings)


class Counted:
    """The pieces of texts, counted once for all models that are trained on parts of them.

    Parameters
    ----------
    items : sequence of Item
    recipe : Recipe
    before : Counted, optional
        Of the same items, by another recipe: what both need is counted once.
    """

    def __init__(self, items: Sequence[Item], recipe: Recipe, before: Counted | None = None) -> None:
        self.items = items
        self._known: dict[Pieces, tuple[Any, list[str]]] = {} if before is None else before._known
        self.counts = [self._counted(pieces) for pieces in recipe.pieces]
        self.vectors: Floats | None = None if before is None else before.vectors
        if recipe.vectors and self.vectors is None:
            self.vectors = text_vectors(items)

    def _counted(self, pieces: Pieces) -> tuple[Any, list[str]]:
        """Return a sparse matrix of counts, or of ones where only presence counts, and the piece of each column."""
        cut = replace(pieces, binary=False, columns=0)
        if cut not in self._known:
            self._known[cut] = _counts(self.items, cut)
        counts, names = self._known[cut]
        return ((counts > 0).astype(np.float32) if pieces.binary else counts), names


class Fitted(NamedTuple):
    """A model's columns among those counted: for each block which ones, their rarity, and their weights."""

    columns: list[Numbers]
    rarity: list[Floats]
    weights: list[Floats]
    vectors: Floats | None
    bias: Floats

    def outputs(self, counted: Counted, rows: Numbers) -> Floats:
        """Return ``(len(rows), labels)`` scores."""
        out = np.repeat(self.bias[None], len(rows), 0)
        for (counts, _), columns, rarity, weights in zip(
            counted.counts, self.columns, self.rarity, self.weights, strict=True
        ):
            out += _weighed(counts[rows][:, columns], rarity) @ weights
        if self.vectors is not None and counted.vectors is not None:
            out += counted.vectors[rows] @ self.vectors
        return np.hstack([-out, out]) if out.shape[1] == 1 else out


def _counts(items: Sequence[Item], pieces: Pieces) -> tuple[Any, list[str]]:
    """Return a sparse matrix of counts and the piece of each column."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=lambda item: pieces.cut(item.text, item.language), dtype=np.float32)
    try:
        counts = vectorizer.fit_transform(items)
    except ValueError as error:
        # CountVectorizer refuses texts in which it finds nothing at all; for us they are just empty.
        if "empty vocabulary" not in str(error):
            raise
        return csr_matrix((len(items), 0), dtype=np.float32), []
    return counts.tocsr(), vectorizer.get_feature_names_out().tolist()


def _weighed(counts: Any, rarity: Floats) -> Any:
    """Return what TfidfTransformer makes of counts: ``(1 + log count) * rarity``, each row of length one."""
    from sklearn.preprocessing import normalize

    values = counts.copy()
    values.data = (1 + np.log(values.data)) * rarity[values.indices]
    return normalize(values, copy=False) if values.shape[1] else values


def fit_rows(counted: Counted, examples: Examples, rows: Numbers, recipe: Recipe, settings: Settings) -> Fitted:
    """Return what is learned of these rows of the examples, all of whose texts are counted."""
    """Return what is learned of the examples at these rows of those counted."""
    from scipy.sparse import csr_matrix

    columns, rarity, parts = [], [], []
    for (counts, _), pieces in zip(counted.counts, recipe.pieces, strict=True):
        part = counts[rows]
        kept = _kept(part, examples.answers[rows], pieces.columns)
        part = part[:, kept]
        columns.append(kept)
        rarity.append(_rarity(part, pieces))
        parts.append(_weighed(part, rarity[-1]))
    if recipe.vectors and counted.vectors is not None:
        parts.append(csr_matrix(counted.vectors[rows] * np.float32(recipe.vectors)))
    importance = _importance(examples, rows, settings)
    weights, bias = _learn(parts, examples.answers[rows], len(examples.labels), importance, recipe)
    split = np.split(weights, np.cumsum([len(one) for one in columns]))
    vectors = split.pop() * np.float32(recipe.vectors)
    return Fitted(columns, rarity, split, vectors if recipe.vectors else None, bias)


def _kept(counts: Any, answers: Numbers, most: int) -> Numbers:
    """Return the columns of pieces that enough texts have, of too many those that tell labels apart best."""
    from sklearn.feature_selection import chi2

    least = _SEEN if len(answers) >= _MANY else 1
    kept = np.flatnonzero(counts.getnnz(axis=0) >= least)
    if len(kept) > most:
        worth = np.nan_to_num(chi2(counts[:, kept], answers)[0])
        kept = np.sort(kept[np.argsort(-worth, kind="stable")[:most]])
    return kept


def _rarity(counts: Any, pieces: Pieces) -> Floats:
    """Return the inverse document frequency of each column, 1 for pieces that only are there or not."""
    from sklearn.feature_extraction.text import TfidfTransformer

    if pieces.binary or not counts.shape[1]:
        return np.ones(counts.shape[1], np.float32)
    return np.asarray(TfidfTransformer(sublinear_tf=True).fit(counts).idf_, np.float32)


def _learn(
    parts: Sequence[Any], answers: Numbers, labels: int, importance: Floats, recipe: Recipe
) -> tuple[Floats, Floats]:
    """Return ``(columns, outputs)`` weights and ``(outputs,)`` biases, one output for two labels."""
    from scipy.sparse import hstack
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    wanted = [1] if labels == 2 else list(range(labels))
    weights = np.zeros((sum(part.shape[1] for part in parts), len(wanted)), np.float32)
    bias = np.full(len(wanted), _NEVER, np.float32)
    matrix = hstack(parts).tocsr()
    for output, label in enumerate(wanted):
        positive = answers == label
        if positive.all() or not positive.any():
            bias[output] = -_NEVER if positive.all() else _NEVER
            continue
        if not matrix.shape[1]:
            bias[output] = 2 * positive.mean() - 1
            continue
        machine = LinearSVC(C=recipe.cost, dual="auto", random_state=0, max_iter=5000)
        scale = np.ones(matrix.shape[1], np.float32)
        if recipe.bayes:
            scale[: parts[0].shape[1]] = _bayes(parts[0], positive)
        with warnings.catch_warnings():
            # One that has not quite converged is judged on held-out examples like every other.
            warnings.simplefilter("ignore", ConvergenceWarning)
            machine.fit(_times(matrix, scale) if recipe.bayes else matrix, positive, sample_weight=importance)
        weights[:, output] = machine.coef_[0] * scale
        bias[output] = machine.intercept_[0]
    return weights, bias


def _times(values: Any, scale: Floats) -> Any:
    """Return a sparse matrix with its columns multiplied."""
    scaled = values.copy()
    scaled.data *= scale[values.indices]
    return scaled


def _bayes(values: Any, positive: Any) -> Floats:
    """Return by what to multiply each column: how much likelier it is with the label than without, as a logarithm.

    Scaled so that the rows keep their length in the mean, for the other blocks to count beside them as before.
    """
    have = values[positive].getnnz(axis=0) + 1.0
    lack = values[~positive].getnnz(axis=0) + 1.0
    ratio = np.log(have / have.sum() * lack.sum() / lack)
    lengths = values.power(2) @ ratio**2
    return np.asarray(ratio / np.sqrt(max(float(lengths.mean()), 1e-12)), dtype=np.float32)


def _importance(examples: Examples, rows: Numbers, settings: Settings) -> Floats:
    """Return how much each example counts, 1 in the mean where labels are balanced."""
    given = np.ones(len(rows)) if examples.weights is None else examples.weights[rows].astype(np.float64)
    if settings.balanced:
        answers = examples.answers[rows]
        mass = np.bincount(answers, given, len(examples.labels))
        given = given * (mass.sum() / (np.count_nonzero(mass) * np.maximum(mass, 1e-9)))[answers]
    return given.astype(np.float32)


def model_of(counted: Counted, examples: Examples, recipe: Recipe, settings: Settings) -> LinearModel:
    """Return a model trained on all examples, whose texts are counted."""
    fitted = fit_rows(counted, examples, np.arange(len(examples)), recipe, settings)
    blocks = []
    for (_, names), pieces, columns, rarity, weights in zip(
        counted.counts, recipe.pieces, fitted.columns, fitted.rarity, fitted.weights, strict=True
    ):
        written = "\n".join(names[column] for column in columns.tolist()).encode()
        blocks.append(Block(pieces, np.frombuffer(written, np.uint8), rarity, weights))
    return LinearModel(examples.labels, recipe, blocks, fitted.vectors, fitted.bias)
