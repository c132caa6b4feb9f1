"""The state of a training after a pass, as a file from which it goes on."""

from __future__ import annotations

import hashlib
import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from kgretrieval.classify.base import Examples, Settings
from kgretrieval.errors import UsageError
from kgretrieval.files import write_whole


def signature(kind: str, train: Examples, validation: Examples, settings: Settings) -> str:
    """Return a hash of all that decides what a training does."""
    choices = {name: value for name, value in asdict(settings).items() if name != "checkpoint"}
    digest = hashlib.sha256(repr((kind, sorted(choices.items()), train.labels)).encode())
    for examples in (train, validation):
        for item in examples.items:
            digest.update(f"{item.language}\0{item.text}\0\0".encode())
        digest.update(examples.answers.tobytes())
        digest.update(b"" if examples.weights is None else examples.weights.tobytes())
    return digest.hexdigest()


def save(file: Path, training: str, state: dict[str, Any]) -> None:
    """Write the state of a training, whole or not at all."""
    buffer = io.BytesIO()
    torch.save({"training": training, **state}, buffer)
    write_whole(file, buffer.getvalue())


def load(file: Path | None, training: str) -> dict[str, Any] | None:
    """Return the state that a training left, None where there is none.

    Raises
    ------
    UsageError
        If the file is none, or that of a training with other examples or settings.
    """
    if file is None or not file.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(file, weights_only=True)
        seen = state["training"]
    except Exception as error:  # torch raises what the damage happens to cause
        message = f"{file} is no checkpoint of a training ({type(error).__name__}); delete it to begin anew"
        raise UsageError(message) from None
    if seen != training:
        raise UsageError(f"the checkpoint {file} belongs to other examples or settings; delete it to begin anew")
    return state
