"""What the evaluation of an extraction found: precision, recall and F1, counted by unit so that they have intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kgretrieval.evaluate.measures import Floats
from kgretrieval.evaluate.resample import LEVEL, Resampling

_NAMES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 with their 95 % intervals over the units that hang together (documents, sentences).

    `correct` may be a fraction where partly right answers count in part; `correct_gold` is the same seen from the
    gold side, where the two differ.
    """

    precision: float
    recall: float
    f1: float
    correct: float
    predicted: float
    gold: float
    units: int
    intervals: Mapping[str, tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as they stand in JSON."""
        found: dict[str, Any] = {name: round(getattr(self, name), 4) for name in _NAMES}
        counts = {name: getattr(self, name) for name in ("correct", "predicted", "gold", "units")}
        intervals = {name: [round(end, 4) for end in ends] for name, ends in self.intervals.items()}
        return {**found, **counts, "intervals": intervals}


def score(counts: Sequence[tuple[float, ...]], *, seed: int = 0) -> Score:
    """Return the scores of units of which each has (correct, predicted, gold) counts.

    Parameters
    ----------
    counts : sequence of tuple
        One for each unit: correct, predicted, gold; or correct seen from the predictions, predicted, correct seen
        from the gold, gold (as the link-based measures of coreference count).
    seed : int
        Of the draws.
    """
    table = np.array(counts, dtype=np.float64).reshape(len(counts), -1)
    if table.shape[1] == 3:
        table = table[:, [0, 1, 0, 2]]
    whole = _figures(table.sum(axis=0, keepdims=True))[0] if len(table) else np.zeros(3)
    intervals = {name: (float(whole[i]), float(whole[i])) for i, name in enumerate(_NAMES)}
    if len(table) > 1:
        drawn = Resampling(np.arange(len(table)), seed)
        figures = np.concatenate([_figures(draw @ table) for draw in drawn.draws()])
        tail = (1.0 - LEVEL) / 2
        low, high = np.quantile(figures, [tail, 1.0 - tail], axis=0)
        intervals = {name: (float(low[i]), float(high[i])) for i, name in enumerate(_NAMES)}
    sums = table.sum(axis=0) if len(table) else np.zeros(4)
    precision, recall, f1 = map(float, whole)
    correct, predicted, gold = float(sums[0]), float(sums[1]), float(sums[3])
    return Score(precision, recall, f1, correct, predicted, gold, len(table), intervals)


def _figures(sums: Floats) -> Floats:
    """Return ``(n, 3)`` precision, recall and F1 of ``(n, 4)`` sums; nothing found or nothing to find is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.nan_to_num(sums[:, 0] / sums[:, 1], posinf=0.0)
        recall = np.nan_to_num(sums[:, 2] / sums[:, 3], posinf=0.0)
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    return np.stack([precision, recall, f1], axis=1)


@dataclass(frozen=True, slots=True)
class KnowledgeReport:
    """The figures of an extractor on a data set.

    Attributes
    ----------
    task : str
        ``"entities"``, ``"relations"``, ``"openie"``, ``"roles"``, ``"coreference"`` or ``"resolution"``.
    data : Mapping
        What was measured on: ``path``, ``split``, and what else says which part of it.
    model, weights_hash : str
        The extractor and the SHA-256 of its weights (``""`` where it has none).
    main : Score
        The figure that the field quotes for this data.
    parts : Mapping[str, Score]
        By type, or by another measure on the same data.
    protocol : str
        In one or two sentences what counts as right and what the model was trained on.
    extra : Mapping
        Further scalars, such as the area under a curve.
    """

    task: str
    data: Mapping[str, str | int]
    model: str
    weights_hash: str
    main: Score
    parts: Mapping[str, Score] = field(default_factory=dict)
    protocol: str = ""
    extra: Mapping[str, float | int | str] = field(default_factory=dict)
    seed: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the whole report as dicts, lists and scalars."""
        return {
            "task": self.task,
            "model": self.model,
            "weights_hash": self.weights_hash,
            "data": dict(self.data),
            **self.main.to_dict(),
            "parts": {name: part.to_dict() for name, part in self.parts.items()},
            **dict(self.extra),
            "protocol": self.protocol,
            "seed": self.seed,
        }
