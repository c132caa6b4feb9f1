"""What the trainings of the shipped labels have in common: small files, levels of abstaining."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

from kgretrieval.extractors.tagging.weights import pack_matrix

Floats = npt.NDArray[np.float32]


def pack(arrays: Mapping[str, Floats]) -> dict[str, npt.NDArray[Any]]:
    """Return matrices as int8 rows with one scale each, everything else in half precision."""
    packed: dict[str, npt.NDArray[Any]] = {}
    for name, array in arrays.items():
        packed |= pack_matrix(name, array) if array.ndim == 2 else {name: array.astype(np.float16)}
    return packed


def write(folder: Path, stem: str, arrays: Mapping[str, npt.NDArray[Any]], card: Mapping[str, Any]) -> None:
    """Write the weights and the card beside them; the version is the beginning of the hash of both."""
    content = save({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    fields = {"sha256": hashlib.sha256(content).hexdigest(), **card}
    version = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:8]
    (folder / f"{stem}.safetensors").write_bytes(content)
    text = json.dumps({"version": version, **fields}, indent=1, ensure_ascii=False)
    (folder / f"{stem}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{stem}: {len(content)} bytes, version {version}")


def choose_level(sure: Floats, right: npt.NDArray[np.bool_], weights: Floats, *, precision: float) -> float:
    """Return the lowest probability from which on this share of answers is right; 1 where there is none."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(right[order] * weights[order]) / np.cumsum(weights[order])
    enough = np.flatnonzero(share >= precision)
    return float(sure[order][enough[-1]]) if len(enough) else 1.0


def expected_calibration_error(sure: Floats, right: npt.NDArray[np.bool_], bins: int = 15) -> float:
    """Return how far the probabilities of the answers are from the share of right ones, over bins of equal width."""
    own = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs((right[own == b] - sure[own == b]).sum()) for b in range(bins)) / len(sure))
