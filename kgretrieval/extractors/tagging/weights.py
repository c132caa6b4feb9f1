"""The tagger's weights as they are shipped, and as the network wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors import shipped
from kgretrieval.extractors.tagging.features import WordTable

#: The languages that have weights.
LANGUAGES = ("en", "de", "zh")
#: The arrays of a word table beside its rows.
TABLE = ("keys.counts", "keys.lower", "rows", "flags")


@dataclass(frozen=True)
class Card:
    """What the description of a language's weights says.

    Attributes
    ----------
    language, version : str
    sha256 : str
        Of the weight file.
    names, parts, chunks : tuple of str
        The labels of the network.
    sizes : Mapping
        Widths of its layers.
    mini : str
        SHA-256 of the text tower of `mini` whose token table the network was trained on.
    vectors : str
        ``""``, or of a language that reads words by the English table: that table's `table_hash`.
    calibration : tuple of float
        Slope and shift of the log odds that turn what the network thinks of a name into how often that is right.
    """

    language: str
    version: str
    sha256: str
    names: tuple[str, ...]
    parts: tuple[str, ...]
    chunks: tuple[str, ...]
    sizes: Mapping[str, int]
    mini: str
    vectors: str
    calibration: tuple[float, float]


def stem(language: str) -> str:
    """Return the name of a language's files, without its ending."""
    return "tagger" if language == "en" else f"tagger-{language}"


@lru_cache(maxsize=len(LANGUAGES))
def read_card(language: str = "en") -> Card:
    """Return the description of the weights of a language (one of `LANGUAGES`), without loading them.

    Raises
    ------
    ModelError
        If the package came without it.
    """
    fields = shipped.read_fields(stem(language))
    known: dict[str, Any] = {key: tuple(fields[key]) for key in ("names", "parts", "chunks")}
    known |= {key: fields[key] for key in ("version", "sha256", "sizes", "mini", "vectors")}
    slope, shift = fields["calibration"]
    return Card(language=language, calibration=(slope, shift), **known)


def read_arrays(language: str = "en") -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of the shipped file as they are stored.

    Raises
    ------
    ModelError
        If the file is missing or is not the one its card describes.
    """
    return shipped.read_arrays(stem(language), read_card(language).sha256)


def table_hash(arrays: Mapping[str, npt.NDArray[Any]]) -> str:
    """Return the SHA-256 of a word table: of which word has which row, and of the rows."""
    digest = hashlib.sha256()
    for name in (*TABLE, *sorted(n for n in arrays if n.startswith("vectors.weight"))):
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def pack_keys(keys: npt.NDArray[np.uint32]) -> dict[str, npt.NDArray[Any]]:
    """Return sorted keys; of many, how many share each upper half, and their lower halves: half the bytes."""
    if len(keys) < 1 << 15:
        return {"keys": keys}
    counts = np.bincount(keys >> 16, minlength=1 << 16)
    return {"keys.counts": counts.astype(np.uint8), "keys.lower": (keys & 0xFFFF).astype(np.uint16)}


def unpack_table(arrays: Mapping[str, npt.NDArray[Any]]) -> WordTable:
    """Return the word table of the stored arrays."""
    keys = arrays.get("keys")
    if keys is None:
        upper = np.repeat(np.arange(1 << 16, dtype=np.uint32), arrays["keys.counts"])
        keys = (upper << 16) | arrays["keys.lower"]
    return WordTable(keys, arrays["rows"], arrays["flags"])


def pack_matrix(name: str, matrix: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
    """Return a matrix as int8 rows with one half-precision scale each."""
    scales = np.maximum(np.abs(matrix).max(1), 1e-6).astype(np.float16)
    rounded = np.rint(matrix / scales[:, None].astype(np.float32) * 127)
    return {name: np.clip(rounded, -127, 127).astype(np.int8), f"{name}.scale": scales}


def pack_table(name: str, rows: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
    """Return the rows of an even width as 4 bits a number: one of 16 levels, times a scale a row and one a column.

    The levels are those of least squared error (S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions
    on Information Theory, 1982), and so is the scale of each row for the levels it got.
    """
    columns = np.sqrt((rows**2).mean(0)).clip(1e-4).astype(np.float16)
    rows = rows / columns.astype(np.float32)
    scales = np.sqrt((rows**2).mean(1)).clip(1e-6)
    levels = _best_levels((rows / scales[:, None])[:: max(1, len(rows) // 8000)].ravel())
    middle = (levels[1:] + levels[:-1]) / 2
    weights = columns.astype(np.float32) ** 2
    for _ in range(6):
        found = levels[np.searchsorted(middle, rows / scales[:, None])]
        scales = ((rows * found * weights).sum(1) / (found**2 * weights).sum(1)).clip(1e-6)
    halves = scales.astype(np.float16)
    codes = np.searchsorted(middle, rows / halves.astype(np.float32)[:, None]).astype(np.uint8)
    packed = {name: codes[:, ::2] | codes[:, 1::2] << 4, f"{name}.scale": halves}
    return {**packed, f"{name}.levels": levels.astype(np.float16), f"{name}.columns": columns}


def _best_levels(numbers: npt.NDArray[np.float32], rounds: int = 30) -> npt.NDArray[np.float32]:
    levels = np.quantile(numbers, (np.arange(16) + 0.5) / 16)
    for _ in range(rounds):
        nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, numbers)
        levels = np.array([numbers[nearest == i].mean() for i in range(16)])
    rounded: npt.NDArray[np.float32] = levels.astype(np.float16).astype(np.float32)
    return rounded


def _unpack_rows(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.float32]:
    codes, levels = arrays[name], arrays[f"{name}.levels"].astype(np.float32)
    rows = np.stack([levels[codes & 15], levels[codes >> 4]], 2).reshape(len(codes), -1)
    rows *= arrays[f"{name}.scale"].astype(np.float32)[:, None]
    scaled: npt.NDArray[np.float32] = rows * arrays[f"{name}.columns"].astype(np.float32)
    return scaled


def unpack_layers(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[np.float32]]:
    """Return the layers of the network in single precision, the vectors of the words among them."""
    layers: dict[str, npt.NDArray[np.float32]] = {}
    for name, array in arrays.items():
        if f"{name}.levels" in arrays:
            layers[name] = _unpack_rows(name, arrays)
        elif array.dtype == np.float16 and not name.endswith((".scale", ".levels", ".columns")):
            layers[name] = array.astype(np.float32)
        elif array.dtype == np.int8:
            scale = arrays[f"{name}.scale"].astype(np.float32) / np.float32(127)
            layers[name] = np.multiply(array, scale[:, None], dtype=np.float32)
    return layers
