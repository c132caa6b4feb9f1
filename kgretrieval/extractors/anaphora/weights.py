"""The shipped weights of coreference and what their card says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import ModelError

_MODELS = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True)
class Card:
    """What ``coreference.json`` says: version, hash of the weights, how sure a reference must be to be given."""

    version: str
    sha256: str
    pronoun: float
    noun: float


@lru_cache(maxsize=1)
def read_card() -> Card:
    """Return the description of the shipped weights, without loading them.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    file = _MODELS / "coreference.json"
    if not file.is_file():
        raise ModelError(f"the card of coreference {file} is missing; install kgretrieval again")
    fields: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Card(**{key: fields[key] for key in ("version", "sha256", "pronoun", "noun")})


def read_arrays() -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of the shipped file.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    from safetensors.numpy import load

    path = _MODELS / "coreference.safetensors"
    if not path.is_file():
        raise ModelError(f"the weights of coreference {path} are missing; install kgretrieval again")
    content = path.read_bytes()
    seen = hashlib.sha256(content).hexdigest()
    if seen != read_card().sha256:
        message = f"the weights of coreference {path} have SHA-256 {seen[:12]}, not {read_card().sha256[:12]}"
        raise ModelError(f"{message}; install kgretrieval again")
    arrays: dict[str, npt.NDArray[np.generic]] = load(content)
    return arrays
