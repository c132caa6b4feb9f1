"""A head: a trained model with its calibration, its level of abstaining and its card, in one file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kgretrieval.classify.base import Floats, Item, Model, State
from kgretrieval.errors import ModelError
from kgretrieval.files import write_whole

#: Raised when older files cannot be read any more.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Card:
    """What a head is and what it was made from.

    Attributes
    ----------
    name : str
        The scheme of the labels that it gives.
    model : str
        The kind of its model.
    labels : tuple of str
    data_hash : str
        SHA-256 of the items and labels it was trained and chosen on, whatever their order.
    examples : Mapping[str, int]
        How many of each label it was trained on.
    measures : Mapping[str, float]
        On held-out examples: ``accuracy``, ``macro_f1``, ``calibration_error`` before and after.
    settings : Mapping
        With which it was trained.
    temperature : float
        By which the scores are divided before the softmax.
    level : float
        The probability from which on the head is sure; below it, it abstains. 0: never.
    precision : float
        The share of right answers among the sure ones for which `level` was chosen; 0: not chosen.
    pictures : str
        The encoder whose vectors of pictures it takes, ``""`` for none.
    note : str
        How the model was chosen, in a sentence for a person.
    """

    name: str
    model: str
    labels: tuple[str, ...]
    data_hash: str = ""
    examples: Mapping[str, int] = dataclasses.field(default_factory=dict)
    measures: Mapping[str, float] = dataclasses.field(default_factory=dict)
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    temperature: float = 1.0
    level: float = 0.0
    precision: float = 0.0
    pictures: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a head says of one item: the most probable label, and the probability of each of all labels."""

    label: str
    probability: float
    sure: bool
    probabilities: tuple[float, ...]


class Head:
    """A model that answers with calibrated probabilities and says when it is not sure."""

    def __init__(self, model: Model, card: Card) -> None:
        self.model = model
        self.card = card

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, in the order of `probabilities`."""
        return self.model.labels

    @property
    def version(self) -> str:
        """Twelve hex digits that change whenever the same item could get another label."""
        digest = hashlib.sha256(json.dumps(asdict(self.card), sort_keys=True, default=str).encode())
        state = self.model.state()
        for name in sorted(state.arrays):
            digest.update(name.encode() + np.ascontiguousarray(state.arrays[name]).tobytes())
        return digest.hexdigest()[:12]

    def probabilities(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32, each row adding up to 1."""
        if not items:
            return np.zeros((0, len(self.labels)), np.float32)
        return softmax(self.model.scores(items) / np.float32(self.card.temperature))

    def predict(self, items: Sequence[Item]) -> list[Prediction]:
        """Return what the head says of each item."""
        found = []
        for row in self.probabilities(items):
            best = int(row.argmax())
            probability = float(row[best])
            sure = probability >= self.card.level
            found.append(Prediction(self.labels[best], probability, sure, tuple(map(float, row))))
        return found

    def save(self, file: Path) -> None:
        """Write the head as one file, whole or not at all."""
        from safetensors.numpy import save

        state = self.model.state()
        header = {"format": FORMAT, "card": asdict(self.card), "settings": dict(state.settings)}
        arrays = {name: np.ascontiguousarray(array) for name, array in state.arrays.items()}
        written = save(arrays, metadata={"kgretrieval": json.dumps(header, ensure_ascii=False, sort_keys=True)})
        write_whole(file, written)


def softmax(scores: Floats) -> Floats:
    """Return the softmax of each row, float32."""
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(shifted / shifted.sum(1, keepdims=True), dtype=np.float32)


def load_head(file: Path) -> Head:
    """Read a head.

    Raises
    ------
    ModelError
        If there is no such file, or it is none that this version reads.
    """
    from safetensors import SafetensorError, safe_open

    from kgretrieval.classify import restore

    if not file.is_file():
        raise ModelError(f"there is no trained model at {file}; kg train makes one")
    try:
        with safe_open(str(file), framework="numpy") as opened:
            header = json.loads((opened.metadata() or {}).get("kgretrieval", "{}"))
            arrays = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError) as error:
        raise ModelError(f"{file} is no trained model: {error}") from None
    if header.get("format") != FORMAT:
        seen = header.get("format")
        raise ModelError(f"{file} has format {seen!r}, this version reads {FORMAT}; train the model again")
    fields = header["card"]
    card = Card(**{**fields, "labels": tuple(fields["labels"])})
    return Head(restore(card.model, card.labels, State(arrays, header["settings"])), card)
