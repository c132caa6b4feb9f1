"""Several models that vote: the mean of what each says, by how much it can be trusted.

A linear model knows every word that decided before, a net what words mean together: they are wrong about different
texts (T. G. Dietterich, "Ensemble Methods in Machine Learning", 2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.classify import restore as restore_model
from kgretrieval.classify.base import Floats, Item, Model, Reason, State
from kgretrieval.classify.left_out import left_out


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A model, the temperature that makes its probabilities honest, and its part in the vote."""

    model: Model
    temperature: float
    weight: float

    def says(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), labels)`` calibrated log-probabilities, times the weight."""
        return log_softmax(self.model.scores(items) / np.float32(self.temperature)) * np.float32(self.weight)


class Ensemble:
    """Models of the same labels; the scores are the weighted mean of their calibrated log-probabilities."""

    kind = "ensemble"

    def __init__(self, labels: tuple[str, ...], voices: Sequence[Voice]) -> None:
        self.labels, self.voices = labels, tuple(voices)

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return logits, ``(len(items), len(labels))`` float32; those of an item add up to 0."""
        total = np.zeros((len(items), len(self.labels)), np.float32)
        for voice in self.voices if items else ():
            total += voice.says(items)
        total -= total.mean(1, keepdims=True) if len(self.labels) else 0
        return total

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words without which the score of a label would change most, the strongest first."""
        likely = [
            (reason.start, reason.end)
            for voice in self.voices
            for reason in voice.model.reasons(item, label, most=2 * most)
        ]
        return left_out(self, item, label, list(dict.fromkeys(likely)), most=most)

    def state(self) -> State:
        """Return the states of the models, their arrays and settings under the name of each."""
        arrays: dict[str, npt.NDArray[Any]] = {}
        settings = []
        for number, voice in enumerate(self.voices):
            state = voice.model.state()
            arrays |= {f"{number}/{name}": array for name, array in state.arrays.items()}
            settings.append(
                {
                    "model": voice.model.kind,
                    "temperature": voice.temperature,
                    "weight": voice.weight,
                    "settings": dict(state.settings),
                }
            )
        return State(arrays, {"voices": settings})


def restore(kind: str, labels: tuple[str, ...], state: State) -> Ensemble:
    """Return the ensemble that a state describes."""
    voices = []
    for number, part in enumerate(state.settings["voices"]):
        prefix = f"{number}/"
        arrays = {name.removeprefix(prefix): a for name, a in state.arrays.items() if name.startswith(prefix)}
        model = restore_model(part["model"], labels, State(arrays, part["settings"]))
        voices.append(Voice(model, part["temperature"], part["weight"]))
    return Ensemble(labels, voices)


def log_softmax(scores: Floats) -> Floats:
    """Return the logarithm of the softmax of each row, float32."""
    shifted = scores - scores.max(1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)), dtype=np.float32)
