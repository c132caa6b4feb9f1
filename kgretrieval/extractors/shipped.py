"""Weights that ship with the package: arrays in one file, and a card beside it that says which file it must be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy.typing as npt

from kgretrieval.errors import ModelError

#: Where the shipped weights lie.
MODELS = Path(__file__).resolve().parents[1] / "models"


def read_fields(stem: str) -> dict[str, Any]:
    """Return what the card ``STEM.json`` says.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    file = MODELS / f"{stem}.json"
    if not file.is_file():
        raise ModelError(f"the card {file} is missing; install kgretrieval again")
    fields: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return fields


def read_arrays(stem: str, sha256: str) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of ``STEM.safetensors`` as they are stored.

    Raises
    ------
    ModelError
        If the file is missing or has another SHA-256.
    """
    from safetensors.numpy import load

    path = MODELS / f"{stem}.safetensors"
    if not path.is_file():
        raise ModelError(f"the weights {path} are missing; install kgretrieval again")
    content = path.read_bytes()
    seen = hashlib.sha256(content).hexdigest()
    if seen != sha256:
        raise ModelError(f"the weights {path} have SHA-256 {seen[:12]}, not {sha256[:12]}; install kgretrieval again")
    arrays: dict[str, npt.NDArray[Any]] = load(content)
    return arrays
