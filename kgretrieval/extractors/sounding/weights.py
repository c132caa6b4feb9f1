"""The weights of shipped labels as they lie in their files, and as networks want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors import shipped
from kgretrieval.extractors.tagging.weights import unpack_layers


@dataclass(frozen=True)
class LabelCard:
    """What the description of a model of labels says.

    Attributes
    ----------
    version : str
        Changes with the weights and with everything else here.
    sha256 : str
        Of the weight file.
    labels : tuple of str
        Values, in the order of the scores.
    temperatures : Mapping[str, float]
        For each language in which texts are labelled by what scores are divided before the softmax.
    levels : Mapping[str, float]
        For each of these languages the probability from which on a label is sure.
    words : tuple of str
        Words, or paths, that have rows of their own, in the order of the rows from 1 on.
    pooled : float
        By which power of their number the scores of a text's sentences are divided.
    """

    version: str
    sha256: str
    labels: tuple[str, ...]
    temperatures: Mapping[str, float]
    levels: Mapping[str, float]
    words: tuple[str, ...] = ()
    pooled: float = 0.0


@lru_cache
def read_card(stem: str) -> LabelCard:
    """Return the description of a model, without loading its weights.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    fields = shipped.read_fields(stem)
    return LabelCard(
        fields["version"],
        fields["sha256"],
        tuple(fields["labels"]),
        fields["temperatures"],
        fields["levels"],
        tuple(fields.get("words", "").split()),
        fields.get("pooled", 0.0),
    )


def read_layers(stem: str) -> Mapping[str, npt.NDArray[Any]]:
    """Return the layers of a model, float32, and numbers of rows as they are stored.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    arrays = shipped.read_arrays(stem, read_card(stem).sha256)
    return {name: array for name, array in arrays.items() if array.dtype == np.uint16} | unpack_layers(arrays)
