"""Labels guessed for items that have none, from a few that have one, and how well models do that learn from them.

Two ways to guess, each with and without what the names of the labels say:

- D. Yarowsky, "Unsupervised Word Sense Disambiguation Rivaling Supervised Methods", ACL 1995: a model labels the rest
  and learns from that too (self-training; a second round changed little).
- D. Zhou et al., "Learning with Local and Global Consistency", NIPS 2003: labels spread along a graph that joins
  each item to those whose vectors lie nearest.

What is guessed counts less than what a person said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Examples, Floats, Item, Numbers, Report, Settings
from kgretrieval.classify.calibrate import temperature
from kgretrieval.classify.features import Pieces
from kgretrieval.classify.head import softmax
from kgretrieval.classify.linear import Recipe
from kgretrieval.classify.linear_fit import Counted, Fitted, fit_rows
from kgretrieval.classify.measures import accuracy
from kgretrieval.types import Progress

#: By how much a text's vector counts beside its words, and the cost of a mistake, as in `Recipe`.
VECTORS, COST = 1.0, 1.0
#: What a guessed label counts beside one that was given.
WORTH = 0.1
#: What the name of a label counts, as an example and on the graph.
NAME_EXAMPLE, NAME_SEED = 1.0, 0.2
#: Neighbours of an item on the graph, how much steeper near ones count, how far labels go, and steps.
NEIGHBOURS, STEEP, REACH, STEPS = 10, 3, 0.9, 30
#: By what cosines with names are multiplied before their softmax.
STRETCH = 12.0


class Way(NamedTuple):
    """How labels of the rest are guessed."""

    what: str
    names: bool

    def __str__(self) -> str:
        return f"{self.what}{' and names of labels' if self.names else ''}"


WAYS = (
    Way("self-training", False),
    Way("self-training", True),
    Way("propagation", False),
    Way("propagation", True),
)


class Pool:
    """Labelled examples, the rest and the names of labels, counted once for all models learned from parts of them.

    Parameters
    ----------
    examples : Examples
    rest : sequence of Item
    settings : Settings
    """

    def __init__(self, examples: Examples, rest: Sequence[Item], settings: Settings) -> None:
        names = [Item(label, _language(examples.items)) for label in examples.labels]
        self.items = (*examples.items, *rest, *names)
        self.given, self.rest, self.labels = len(examples), len(rest), examples.labels
        self.answers = np.concatenate(
            [examples.answers, np.zeros(self.rest, np.int64), np.arange(len(self.labels), dtype=np.int64)]
        )
        weights = np.ones(self.given, np.float32) if examples.weights is None else examples.weights
        self.weights = np.concatenate(
            [weights, np.full(self.rest, WORTH), np.full(len(self.labels), NAME_EXAMPLE)]
        ).astype(np.float32)
        self.settings = settings
        self.recipe = recipe_of(examples.items)
        self.counted = Counted(self.items, self.recipe)
        assert self.counted.vectors is not None
        self.vectors = self.counted.vectors
        self.graph = _graph(self.vectors[: self.given + self.rest])
        self.by_name = _by_name(self.vectors[: self.given + self.rest], self.vectors[self.given + self.rest :])

    def best(self, folds: Numbers, plain: Floats, progress: Report | None = None) -> tuple[Way | None, Floats, str]:
        """Return the way that does best on examples held out, None where that is none; its scores; what to say."""
        found = []
        answers = self.answers[: self.given]
        for number, way in enumerate(WAYS):
            scores = self.cross_scores(way, folds)
            found.append((value_of(scores, answers), way, scores))
            if progress is not None:
                progress(Progress("learning from the rest", number + 1, len(WAYS)))
        value, way, scores = max(found, key=lambda one: one[0])
        said = said_of(f"{self.rest} items without a label, by {way},", scores, plain, answers)
        helped = value > value_of(plain, answers)
        return (way, scores, said) if helped else (None, plain, said)

    def cross_scores(self, way: Way, folds: Numbers) -> Floats:
        """Return for each labelled example the scores of a model that has not seen it, ``(n, labels)`` float32."""
        scores = np.zeros((self.given, len(self.labels)), np.float32)
        for fold in range(int(folds.max()) + 1):
            held = np.flatnonzero(folds == fold)
            scores[held] = self._learned(way, np.flatnonzero(folds != fold)).outputs(self.counted, held)
        return scores

    def taught(self, way: Way) -> Examples:
        """Return the labelled examples with the rest as it is guessed from them, and the names where they count."""
        rows = np.arange(self.given)
        answers, weights = self._guessed(way, rows)
        chosen = self._rows(way, rows)
        chosen = chosen[weights[chosen] > 0]
        items = tuple(self.items[row] for row in chosen.tolist())
        return Examples(items, answers[chosen], self.labels, weights[chosen])

    def _rows(self, way: Way, rows: Numbers) -> Numbers:
        end = len(self.items) if way.names else self.given + self.rest
        return np.concatenate([rows, np.arange(self.given, end)])

    def _learned(self, way: Way, rows: Numbers) -> Fitted:
        answers, weights = self._guessed(way, rows)
        return self._fitted(self._rows(way, rows), answers, weights)

    def _guessed(self, way: Way, rows: Numbers) -> tuple[Numbers, Floats]:
        """Return answers and weights of all items, those of the rest as guessed from some of the labelled ones."""
        rest = slice(self.given, self.given + self.rest)
        answers, weights = self.answers.copy(), self.weights.copy()
        if way.what == "propagation":
            spread = self._spread(rows, NAME_SEED if way.names else 0.0)[rest]
            answers[rest] = spread.argmax(1)
            even = 1 / len(self.labels)
            weights[rest] *= np.maximum(0, spread.max(1) - even) / (1 - even)
            return answers, weights
        begin = np.concatenate([rows, np.arange(rest.stop, len(self.items))]) if way.names else rows
        fitted = self._fitted(begin, answers, weights)
        answers[rest] = fitted.outputs(self.counted, np.arange(rest.start, rest.stop)).argmax(1)
        return answers, weights

    def _fitted(self, rows: Numbers, answers: Numbers, weights: Floats) -> Fitted:
        rows = rows[weights[rows] > 0]
        return fit_rows(
            self.counted, Examples(self.items, answers, self.labels, weights), rows, self.recipe, self.settings
        )

    def _spread(self, rows: Numbers, names: float) -> Floats:
        """Return ``(labelled and rest, labels)``: how much of each label reaches each item, rows adding up to 1."""
        seeds = names * self.by_name
        seeds[rows] += np.eye(len(self.labels))[self.answers[rows]]
        reached = seeds
        for _ in range(STEPS):
            reached = REACH * (self.graph @ reached) + (1 - REACH) * seeds
        # Labels with more seeds would flood the graph (class mass: X. Zhu, Z. Ghahramani and J. Lafferty, ICML 2003).
        reached = reached / (reached.sum(0, keepdims=True) + 1e-9)
        spread: Floats = reached / (reached.sum(1, keepdims=True) + 1e-12)
        return spread


def recipe_of(items: Sequence[Item]) -> Recipe:
    """Return how texts become numbers where few have a label: words and the text's vector, nothing to choose."""
    chinese = _language(items) == "zh"
    return Recipe((Pieces("words", 3) if chinese else Pieces("words", 2, stems=True),), VECTORS, cost=COST)


def _language(items: Sequence[Item]) -> str:
    counts = Counter(item.language for item in items)
    return max(counts, key=lambda language: (counts[language], language))


def _graph(vectors: Floats) -> Any:
    """Return a sparse symmetric matrix of weights between near items, each row and column scaled by its sum's root."""
    from scipy.sparse import diags
    from sklearn.neighbors import kneighbors_graph

    centred = vectors - vectors.mean(0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    near = kneighbors_graph(centred, min(NEIGHBOURS, len(vectors) - 1), mode="distance")
    near.data = np.maximum(0, 1 - near.data**2 / 2) ** STEEP
    near = near.maximum(near.T)
    scale = diags(1 / np.sqrt(np.asarray(near.sum(1)).ravel() + 1e-9))
    return (scale @ near @ scale).tocsr()


def _by_name(vectors: Floats, names: Floats) -> npt.NDArray[np.float64]:
    """Return ``(n, labels)``: by how much more likely each label is by its name than for the mean item; 0 at least."""
    likely = softmax(np.float32(STRETCH) * (vectors @ names.T))
    found: npt.NDArray[np.float64] = np.maximum(0, likely - likely.mean(0)).astype(np.float64)
    return found


def value_of(scores: Floats, answers: Numbers) -> float:
    """Return the mean logarithm of the probability that calibrated scores give to the right answers.

    Of a few dozen answers it says more than how many are right.
    """
    likely = softmax(scores / np.float32(temperature(scores, answers)))[np.arange(len(answers)), answers]
    return float(np.log(np.maximum(likely, 1e-9)).mean())


def said_of(what: str, scores: Floats, plain: Floats, answers: Numbers) -> str:
    """Return whether something made scores better than the plain ones, for a person to read."""
    helped = value_of(scores, answers) > value_of(plain, answers)
    figures = [accuracy(one.argmax(1), answers) for one in (scores, plain)]
    return f"{what} {'helped' if helped else 'did not help'}: accuracy {figures[0]:.3f}, without {figures[1]:.3f}"
