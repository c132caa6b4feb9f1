"""Examples to a head: split, trained, calibrated, with a level of abstaining and a card that says how.

Half of honest figures is what a model is measured on. Everything here is decided on examples that the model which
is measured has not seen: the recipe, the temperature, the level and the figures on the card.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import numpy as np

from kgretrieval.classify import trainer
from kgretrieval.classify.auto import Choice, choose
from kgretrieval.classify.base import CrossFit, Examples, Fit, Floats, Model, Numbers, Report, Settings
from kgretrieval.classify.calibrate import abstain_level, temperature
from kgretrieval.classify.head import Card, Head, softmax
from kgretrieval.classify.measures import accuracy, expected_calibration_error, macro_f1, mean_average_precision
from kgretrieval.classify.splits import data_hash, folds_of, in_order
from kgretrieval.errors import UsageError

#: Parts into which examples are cut; models that cannot be trained often use one of them to stop by.
FOLDS = 5
#: From so many examples on half as large a part is enough to stop by, and the rest is learned from.
MANY = 2000


def train_head(
    name: str,
    examples: Examples,
    *,
    model: str = "auto",
    settings: Settings | None = None,
    precision: float = 0.9,
    pictures: str = "",
    fit: Fit | None = None,
    progress: Report | None = None,
) -> Head:
    """Train a model and find out how far it can be trusted.

    Parameters
    ----------
    name : str
        The scheme of its labels.
    examples : Examples
        In any order: the same ones give the same head. Labels that none of them has are left out.
    model : str
        A name of `kgretrieval.classify.MODELS`, or ``"auto"``.
    settings : Settings, optional
    precision : float
        The share of right answers wanted among those of which the head is sure; 0 to be sure of all.
    pictures : str
        The encoder that made the items' vectors of pictures.
    fit : Fit, optional
        What trains the model in the place of the kind's own trainer.
    progress : callable, optional

    Returns
    -------
    Head

    Raises
    ------
    UsageError
        If there is no such model, or there are not at least two examples of each of two labels.
    """
    settings = settings or Settings()
    if not 0 <= precision < 1:
        raise UsageError(f"the precision wanted is a share from 0 to below 1, not {precision}")
    ordered = in_order(examples)
    _enough(ordered)
    folds = folds_of(ordered, min(FOLDS, len(ordered)), seed=settings.seed)
    if not folds.any():
        raise UsageError(f"the {len(ordered)} examples are too much alike to check what was learned: give more of them")
    asked = model != "auto" or fit is not None
    choice = Choice("linear" if model == "auto" else model, "") if asked else choose(ordered, folds, settings, progress)
    if choice.fitted is not None:
        trained, scores, rows = *choice.fitted, np.arange(len(ordered))
    else:
        trained, scores, rows = _trained(fit or trainer(choice.kind), ordered, folds, settings, progress)
    card = _card(name, choice.kind, ordered, scores, rows, precision)
    note = "; ".join(part for part in (choice.note, card.note) if part)
    kept = {**_settings(settings), "model": dict(trained.state().settings)}
    return Head(trained, dataclasses.replace(card, settings=kept, pictures=pictures, note=note))


def _trained(
    fit: Fit, examples: Examples, folds: Numbers, settings: Settings, progress: Report | None
) -> tuple[Model, Floats, Numbers]:
    """Return a model, and scores of examples that the model which gave them was not trained on."""
    if isinstance(fit, CrossFit):
        model, scores = fit.cross_fit(examples, folds, settings, progress)
        return model, scores, np.arange(len(examples))
    if len(examples) >= MANY:
        folds = folds_of(examples, 2 * FOLDS, seed=settings.seed)
    held = np.flatnonzero(folds == 0)
    model = fit(examples.chosen(np.flatnonzero(folds != 0)), examples.chosen(held), settings, progress)
    return model, model.scores(examples.chosen(held).items), held


def _card(name: str, kind: str, examples: Examples, scores: Floats, rows: Numbers, precision: float) -> Card:
    answers = examples.answers[rows]
    degrees = temperature(scores, answers)
    before, after = softmax(scores), softmax(scores / np.float32(degrees))
    level, shown = abstain_level(after, answers, precision)
    said = after.argmax(1)
    sure = after.max(1) >= level
    measures = {
        "accuracy": accuracy(said, answers),
        "macro_f1": macro_f1(said, answers, len(examples.labels)),
        "mean_average_precision": mean_average_precision(after, answers),
        "calibration_error_before": expected_calibration_error(before, answers),
        "calibration_error": expected_calibration_error(after, answers),
        "sure": float(sure.mean()),
        "sure_precision": accuracy(said[sure], answers[sure]),
        "held_out": float(len(rows)),
    }
    note = "" if shown else "too few held-out examples to show the precision wanted: the level rests on calibration"
    counts = Counter(examples.labels[answer] for answer in examples.answers.tolist())
    return Card(
        name,
        kind,
        examples.labels,
        data_hash(examples),
        dict(sorted(counts.items())),
        {key: round(value, 4) for key, value in measures.items()},
        {},
        degrees,
        level,
        precision,
        note=note,
    )


def _enough(examples: Examples) -> None:
    rare = {examples.labels[i]: n for i, n in enumerate(np.bincount(examples.answers).tolist()) if n < 2}
    if len(examples.labels) - len(rare) < 2 and len(examples) < 4:
        raise UsageError(
            f"{len(examples)} examples are too few to learn from and to check what was learned: give two or more of "
            f"each of two labels"
        )


def _settings(settings: Settings) -> dict[str, Any]:
    """Return what of the settings a person may want to know later."""
    return {name: value for name, value in dataclasses.asdict(settings).items() if name != "checkpoint"}
