"""Training of models of text and picture together: how much each counts is found on examples left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from kgretrieval.classify.base import Examples, Floats, Numbers, Report, Settings
from kgretrieval.classify.calibrate import temperature
from kgretrieval.classify.fusion import EarlyModel, LateModel, with_pictures
from kgretrieval.classify.linear import Block, LinearModel, Recipe
from kgretrieval.classify.linear_fit import Counted, Fitted, fit_rows
from kgretrieval.classify.linear_training import Trainer as TextTrainer
from kgretrieval.classify.linear_training import recipes
from kgretrieval.classify.picture import picture_rows
from kgretrieval.classify.picture_training import Trainer as PictureTrainer
from kgretrieval.classify.picture_training import surprise
from kgretrieval.classify.splits import joined
from kgretrieval.errors import UsageError
from kgretrieval.types import Progress

Array = npt.NDArray[np.float64]

#: By what pictures are multiplied before they stand beside the words of a text, whose values have length one.
SCALES = (0.5, 1.0)
#: Folds that are left out in turn to choose.
_TRIED = 2
#: By what scores are multiplied at most: answers that a model gets all right would send it to infinity.
_MOST = 100.0


def fit(kind: str) -> EarlyTrainer | LateTrainer:
    """Return what trains models of the kind ``"early"`` or ``"late"``."""
    return EarlyTrainer() if kind == "early" else LateTrainer()


class EarlyTrainer:
    """Trains one linear model on words, the text's vector and the picture's; see `kgretrieval.classify.base.Fit`."""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> EarlyModel:
        """Train on `train`, in the way under which the labels of `validation` are likeliest."""
        recipe, scale = recipes(train)[0], SCALES[0]
        if len(validation):
            folds = np.repeat([1, 0], [len(train), len(validation)])
            recipe, scale = _chosen(joined(train, validation), folds, 1, settings, progress)
        return _early(_Seen(train, recipe, scale), train, settings)

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[EarlyModel, Floats]:
        """Return a model trained on all examples, and for each the scores of a model that has not seen it."""
        number = int(folds.max()) + 1
        seen = _Seen(examples, *_chosen(examples, folds, min(_TRIED, number), settings, progress))
        scores = np.zeros((len(examples), len(examples.labels)), np.float32)
        for fold in range(number):
            held, others = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            scores[held] = fit_rows(seen, examples, others, seen.recipe, settings).outputs(seen, held)
            if progress is not None:
                progress(Progress("cross-validation", fold + 1, number))
        return _early(seen, examples, settings), scores


class LateTrainer:
    """Trains a model of texts and one of pictures, and mixes them; see `kgretrieval.classify.base.Fit`."""

    def __call__(
        self, train: Examples, validation: Examples, settings: Settings, progress: Report | None = None
    ) -> LateModel:
        """Train both on `train`; the share of each is the one under which the labels of `validation` are likeliest."""
        shown, judged = _with_picture(train), validation.chosen(with_pictures(validation.items))
        text = TextTrainer()(train, validation, settings, progress)
        seen = PictureTrainer()(shown, judged, settings, progress)
        weights = mixed(text.scores(judged.items), seen.scores(judged.items), judged.answers)
        return LateModel(text, seen, weights)

    def cross_fit(
        self, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None = None
    ) -> tuple[LateModel, Floats]:
        """Return a model trained on all examples, and for each the scores of a model that has not seen it."""
        shown, rows = _with_picture(examples), np.array(with_pictures(examples.items), np.int64)
        text, said = TextTrainer().cross_fit(examples, folds, settings, progress)
        seen, found = PictureTrainer().cross_fit(shown, folds[rows], settings, progress)
        weights, scores = mixed(said[rows], found, shown.answers), np.zeros_like(said)
        # The share of each fold is found on the others: what is scored has no part in it.
        for fold in range(int(folds.max()) + 1):
            held, others = folds[rows] == fold, folds[rows] != fold
            words, looks = mixed(said[rows[others]], found[others], shown.answers[others])
            scores[folds == fold] = np.float32(words) * said[folds == fold]
            scores[rows[held]] += np.float32(looks) * found[held]
        return LateModel(text, seen, weights), scores


def mixed(text: Floats, seen: Floats, answers: Numbers) -> tuple[float, float]:
    """Return by what to multiply the scores of a text's and of a picture's model so that their sum fits the answers.

    The two numbers, neither below 0, under which the answers are likeliest; their likelihood has one summit alone.
    1 and 1 where there is nothing to judge by.
    """
    if not len(answers):
        return 1.0, 1.0
    both, rows = np.stack([text, seen]).astype(np.float64), np.arange(len(answers))

    def cost(weights: Array) -> tuple[float, Array]:
        scores = np.tensordot(weights, both, 1)
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = (shares * both).sum(2) - both[:, rows, answers]
        return -float(np.log(np.maximum(shares[rows, answers], 1e-12)).mean()), slope.mean(1)

    found = minimize(cost, np.ones(2), jac=True, bounds=[(0.0, _MOST)] * 2, method="L-BFGS-B").x
    return float(found[0]), float(found[1])


class _Seen(Counted):
    """The pieces of texts with, beside each text's vector, how its picture differs from the mean one."""

    def __init__(self, examples: Examples, recipe: Recipe, scale: float) -> None:
        super().__init__(examples.items, recipe)
        assert self.vectors is not None, "every recipe of texts has their vectors"
        self.recipe, self.texts = recipe, self.vectors
        rows = with_pictures(examples.items)
        pictures = picture_rows(_with_picture(examples).items)
        self.centre = pictures.mean(0)
        self.pictures = np.zeros((len(examples), pictures.shape[1]), np.float32)
        self.pictures[rows] = pictures - self.centre
        self.rescale(scale)

    def rescale(self, scale: float) -> None:
        """Let pictures count by this."""
        self.scale = scale
        self.vectors = np.hstack([self.texts, np.float32(scale / self.recipe.vectors) * self.pictures])


def _chosen(
    examples: Examples, folds: Numbers, tried: int, settings: Settings, progress: Report | None
) -> tuple[Recipe, float]:
    """Return how texts are cut and how much pictures count so that the labels of the first folds are likeliest."""
    best, least = (recipes(examples)[0], SCALES[0]), np.inf
    for done, recipe in enumerate(recipes(examples)):
        seen = _Seen(examples, recipe, SCALES[0])
        for scale in SCALES:
            seen.rescale(scale)
            cost = 0.0
            for fold in range(tried):
                held, others = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
                scores = fit_rows(seen, examples, others, recipe, settings).outputs(seen, held)
                judged = examples.chosen(held)
                cost += surprise(scores / np.float32(temperature(scores, judged.answers)), judged, settings)
            if cost < least:
                best, least = (recipe, scale), cost
        if progress is not None:
            progress(Progress("recipes", done + 1, len(recipes(examples))))
    return best


def _early(seen: _Seen, examples: Examples, settings: Settings) -> EarlyModel:
    fitted = fit_rows(seen, examples, np.arange(len(examples)), seen.recipe, settings)
    assert fitted.vectors is not None
    written, shown = np.split(fitted.vectors, [seen.texts.shape[1]])
    text = LinearModel(examples.labels, seen.recipe, _blocks(seen, fitted), written, fitted.bias)
    return EarlyModel(text, seen.centre, shown * np.float32(seen.scale / seen.recipe.vectors))


def _blocks(seen: _Seen, fitted: Fitted) -> list[Block]:
    blocks = []
    for place, pieces in enumerate(seen.recipe.pieces):
        names = seen.counts[place][1]
        pieces_there = "\n".join(names[column] for column in fitted.columns[place].tolist()).encode()
        blocks.append(Block(pieces, np.frombuffer(pieces_there, np.uint8), fitted.rarity[place], fitted.weights[place]))
    return blocks


def _with_picture(examples: Examples) -> Examples:
    """Return the examples that have a picture.

    Raises
    ------
    UsageError
        If there are examples, but none with a picture.
    """
    places = with_pictures(examples.items)
    if len(examples) and not places:
        raise UsageError("none of the examples has a picture; train a model of texts, or give pictures too")
    return examples.chosen(places)
