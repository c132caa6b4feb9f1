"""What the evaluation of classifiers found: figures with intervals, by label, and how honest the probabilities are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kgretrieval.classify.base import Floats, Numbers
from kgretrieval.classify.measures import Bin, ClassMeasures

#: The measures that have an interval, in the order of the table.
MEASURES = ("accuracy", "macro_f1", "mean_average_precision")


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model on one data set.

    Attributes
    ----------
    model : str
        As it was asked for; `note` says what ``auto`` chose, and why.
    values, intervals : Mapping
        By the names of `MEASURES`, with 95 % intervals over the items.
    calibration_error : tuple of (float, float)
        The expected calibration error with the scores as they are, and with the temperature that was chosen.
    sure, precision : float
        The share of items of which the model is sure, and the share of them that are right.
    seconds : float
        Training, calibration included; 0 for a model that was trained before.
    rate : float
        Items a second when predicting.
    bytes : int
        Of the model's arrays.
    by_label : tuple of ClassMeasures
    confusion : array of int64
        ``(labels, labels)``: a row for each answer, a column for each prediction.
    bins : tuple of Bin
        The reliability diagram after calibration.
    probabilities, answers
        ``(n, labels)`` float32 and ``(n,)`` int64.
    """

    model: str
    values: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    calibration_error: tuple[float, float]
    sure: float
    precision: float
    seconds: float
    rate: float
    bytes: int
    by_label: tuple[ClassMeasures, ...]
    confusion: Numbers = field(repr=False)
    bins: tuple[Bin, ...] = field(repr=False)
    probabilities: Floats = field(repr=False)
    answers: Numbers = field(repr=False)
    note: str = ""

    def to_dict(self, labels: tuple[str, ...]) -> dict[str, Any]:
        """Return the figures as they stand in JSON."""
        return {
            "model": self.model,
            **{name: round(value, 4) for name, value in self.values.items()},
            "intervals": {name: [round(end, 4) for end in ends] for name, ends in self.intervals.items()},
            "calibration_error": [round(value, 4) for value in self.calibration_error],
            "sure": round(self.sure, 4),
            "precision_when_sure": round(self.precision, 4),
            "training_seconds": round(self.seconds, 1),
            "items_per_second": round(self.rate),
            "bytes": self.bytes,
            "by_label": {
                name: {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4)}
                | {"answers": one.answers, "predicted": one.predicted}
                for name, one in zip(labels, self.by_label, strict=True)
            },
            "confusion": self.confusion.tolist(),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """The accuracy of a model minus that of the first one on the same items, its interval, and p by randomisation."""

    model: str
    value: float
    interval: tuple[float, float]
    p: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as they stand in JSON."""
        ends = [round(end, 4) for end in self.interval]
        return {"model": self.model, "accuracy": round(self.value, 4), "interval": ends, "p": round(self.p, 4)}


@dataclass(frozen=True, slots=True)
class ClassifyReport:
    """Models on one data set: the same items for all.

    Attributes
    ----------
    data : Mapping
        ``path``, ``split``, how many items were trained on and measured.
    labels : tuple of str
    results : tuple of ModelResult
    differences : tuple of ModelDifference
        Of every model but the first.
    """

    data: Mapping[str, str | int]
    labels: tuple[str, ...]
    results: tuple[ModelResult, ...]
    differences: tuple[ModelDifference, ...] = ()
    seed: int = 0

    def __getitem__(self, model: str) -> ModelResult:
        """Return the result of this model."""
        return next(result for result in self.results if result.model == model)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole report as dicts, lists and scalars."""
        return {
            "task": "classify",
            "data": dict(self.data),
            "labels": list(self.labels),
            "results": [result.to_dict(self.labels) for result in self.results],
            "differences": [one.to_dict() for one in self.differences],
            "seed": self.seed,
        }
