"""The shipped weights of coreference and what their card says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy.typing as npt

from kgretrieval.extractors import shipped


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
    fields = shipped.read_fields("coreference")
    return Card(**{key: fields[key] for key in ("version", "sha256", "pronoun", "noun")})


def read_arrays() -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of the shipped file.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    return shipped.read_arrays("coreference", read_card().sha256)
