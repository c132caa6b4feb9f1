"""The shipped weights of the classifier of typed relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors import shipped
from kgretrieval.extractors.typed_relations.model import Model


@dataclass(frozen=True)
class RelationsCard:
    """What ``relations.json`` says: version, hash of the weights, the least probability that is stated."""

    version: str
    sha256: str
    thresholds: Mapping[str, float]


@lru_cache(maxsize=1)
def read_relations_card() -> RelationsCard:
    """Return the description of the shipped weights, without loading them.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    fields = shipped.read_fields("relations")
    return RelationsCard(fields["version"], fields["sha256"], fields["thresholds"])


def read_model() -> Model:
    """Return the shipped classifier.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    return unpack(shipped.read_arrays("relations", read_relations_card().sha256))


def pack(model: Model) -> dict[str, npt.NDArray[Any]]:
    """Return a model as it is stored: the weights as int8, with one scale for each predicate."""
    scales = np.maximum(np.abs(model.weights).max(0), 1e-6).astype(np.float32)
    rounded = np.clip(np.rint(model.weights / scales * 127), -127, 127).astype(np.int8)
    return {"weights": rounded, "scales": scales, "bias": model.bias, "second": model.second}


def unpack(arrays: Mapping[str, npt.NDArray[Any]]) -> Model:
    """Return the model of stored arrays."""
    scales = arrays["scales"] / np.float32(127)
    weights = np.multiply(arrays["weights"], scales, dtype=np.float32)
    return Model(weights, arrays["bias"], arrays["second"])
