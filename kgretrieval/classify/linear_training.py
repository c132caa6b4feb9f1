"""Which recipe a linear model is trained by: a few are compared by cross-validation, the best one is taken."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import numpy as np

from kgretrieval.classify.base import Examples, Floats, Numbers, Report, Settings
from kgretrieval.classify.features import Pieces
from kgretrieval.classify.linear import LinearModel, Recipe
from kgretrieval.classify.linear_fit import Counted, fit_rows, model_of, train_recipe
from kgretrieval.classify.measures import accuracy, macro_f1
from kgretrieval.classify.splits import joined
from kgretrieval.types import Progress

_WORDS = Pieces("words", 2, stems=True, ends=True)
_CHARS = Pieces("chars", 5)
_HAN = Pieces("words", 2, ends=True)
_COSTS = (0.1, 0.3)
#: What is tried, the simplest first: of equal ones the first is taken. Found by cross-validation within the training
#: parts of public sets; runs of characters help where texts are short, and cost most where they are long.
_LONG = (Recipe((_WORDS,), 1.0, bayes=True), Recipe((replace(_WORDS, stop=True),), 1.0, bayes=True))
_SHORT = (
    Recipe((_WORDS,), 1.0, bayes=True),
    Recipe((_WORDS, _CHARS), 1.0, bayes=True),
    Recipe((replace(_WORDS, binary=True), _WORDS, _CHARS), 1.0, bayes=True),
)
_CHINESE = (Recipe((_HAN,), 1.0, bayes=True), Recipe((replace(_HAN, binary=True), _HAN), 0.5, bayes=True))
#: Characters of a text in the mean from which on texts are long.
_LENGTH = 600
#: Examples on which recipes are compared at most, more where they have fewer characters than this together.
_COMPARED, _CHARACTERS = 4000, 1_500_000


class Trainer:
    """Trains linear models; see `kgretrieval.classify.base.Fit`."""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> LinearModel:
        """Return a model trained on `train` with the recipe that does best on `validation`."""
        if not len(validation):
            return train_recipe(train, recipes(train)[0], settings)
        some = train.chosen(np.arange(_compared(train)))
        folds = np.repeat([1, 0], [len(some), len(validation)])
        return train_recipe(train, _best_recipe(joined(some, validation), folds, 1, settings, progress), settings)

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[LinearModel, Floats]:
        """Return a model trained on all examples, and for each the scores of a model that has not seen it.

        Parameters
        ----------
        examples : Examples
        folds : array of int64
            ``(n,)``: the examples of a fold are left out together.
        """
        number = int(folds.max()) + 1
        # Examples lie in the order of their digests, so the first ones are a sample that depends on no order.
        some = np.arange(_compared(examples))
        recipe = _best_recipe(examples.chosen(some), folds[some], number, settings, progress)
        scores = np.zeros((len(examples), len(examples.labels)), np.float32)
        counted = Counted(examples.items, recipe)
        for fold in range(number):
            seen = np.flatnonzero(folds != fold)
            fitted = fit_rows(counted, examples, seen, recipe, settings)
            rows = np.flatnonzero(folds == fold)
            scores[rows] = fitted.outputs(counted, rows)
            if progress is not None:
                progress(Progress("cross-validation", fold + 1, number))
        return model_of(counted, examples, recipe, settings), scores


def fit(kind: str) -> Trainer:
    """Return what trains a linear model; there is one kind."""
    return Trainer()


def recipes(examples: Examples) -> tuple[Recipe, ...]:
    """Return what is worth trying on such texts, the simplest first."""
    chinese = sum(item.language == "zh" for item in examples.items)
    length = sum(len(item.text) for item in examples.items) / max(len(examples), 1)
    shapes = _CHINESE if 2 * chinese > len(examples) else _LONG if length > _LENGTH else _SHORT
    return tuple(replace(shape, cost=cost) for shape in shapes for cost in _COSTS)


def _compared(examples: Examples) -> int:
    """Return on how many of the examples recipes are compared."""
    lengths = np.cumsum([len(item.text) for item in examples.items])
    return min(len(examples), max(_COMPARED, int(np.searchsorted(lengths, _CHARACTERS))))


def _best_recipe(examples: Examples, folds: Numbers, tried: int, settings: Settings, progress: Report | None) -> Recipe:
    """Return the recipe whose models, trained without a fold, do best on it; folds from `tried` on only train.

    What is best is the mean of accuracy and macro F1. Where time is limited, a third of it is spent here.
    """
    rows = [np.flatnonzero(folds == fold) for fold in range(tried)]
    answers = examples.answers[np.concatenate(rows)]
    offered = recipes(examples)
    started, values = monotonic(), []
    texts: Counted | None = None
    for number, recipe in enumerate(offered):
        texts = Counted(examples.items, recipe, texts)
        fitted = (fit_rows(texts, examples, np.flatnonzero(folds != fold), recipe, settings) for fold in range(tried))
        said = np.concatenate([one.outputs(texts, row).argmax(1) for one, row in zip(fitted, rows, strict=True)])
        values.append(accuracy(said, answers) + macro_f1(said, answers, len(examples.labels)))
        if progress is not None:
            progress(Progress("recipes", number + 1, len(offered)))
        if settings.seconds and monotonic() - started > settings.seconds / 3:
            break
    return offered[int(np.argmax(values))]
