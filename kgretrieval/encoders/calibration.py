"""From a cosine to the probability that a hit is relevant: what an encoder's calibration is, and its file.

The cosine alone says little: the same value is high for one query and low for another. What is calibrated is
how far it stands above the cosines of the same query to a background of unrelated pictures or texts that ships
with the encoder, together with how many documents were compared (among more, more lie near by chance) and how
many of the query's words the encoder knows. One logistic function a direction makes a probability of these
(J. Platt, "Probabilistic outputs for support vector machines", 1999; the background is the z-norm of speaker
verification: R. Auckenthaler, M. Carey, H. Lloyd-Thomas, "Score normalization for text-independent speaker
verification systems", Digital Signal Processing 10, 2000). `training/mini/calibrate.py` fits it on validation
parts; docs/scores.md says how well it holds.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.encoders._weights import MODELS
from kgretrieval.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

FILE = MODELS / "mini-calibration.json"
#: Collections are compared as if no smaller and no larger than those of the fitting.
SMALLEST, LARGEST = 10, 1000
#: Directions of the spread of a background that are kept; the rest counts as equal on all sides.
SPREAD = 32


@dataclass(frozen=True)
class Background:
    """Mean and spread of unrelated vectors: what cosine a query has with anything.

    Attributes
    ----------
    mean : numpy.ndarray
        ``(d,)`` float32.
    spread : numpy.ndarray
        ``(r, d)`` float32: the widest directions, as long as the deviation there exceeds `rest`.
    rest : float
        The variance in every other direction.
    """

    mean: Floats
    spread: Floats
    rest: float

    @classmethod
    def of(cls, vectors: Floats) -> Background:
        """Measure ``(n, d)`` unit vectors."""
        import numpy as np

        mean = vectors.mean(0)
        _, lengths, axes = np.linalg.svd(vectors - mean, full_matrices=False)
        variances = lengths**2 / len(vectors)
        kept = min(SPREAD, len(variances))
        rest = float(variances[kept:].sum() / max(1, vectors.shape[1] - kept))
        scale = np.sqrt(np.maximum(variances[:kept] - rest, 0.0))
        return cls(mean, (scale[:, None] * axes[:kept]).astype(np.float32), rest)

    def standard(self, queries: Floats, cosines: Floats) -> Floats:
        """Return how many deviations ``(m, k)`` cosines of ``(m, d)`` queries lie above those with the background."""
        import numpy as np

        deviation = np.sqrt(((queries @ self.spread.T) ** 2).sum(1) + self.rest)
        standard: Floats = (cosines - (queries @ self.mean)[:, None]) / np.maximum(deviation, 1e-6)[:, None]
        return standard


@dataclass(frozen=True)
class Direction:
    """One way to compare: a logistic function of features, and the background of its cosines, if it has cosines.

    Attributes
    ----------
    weights : Mapping[str, float]
        By feature; ``"bias"`` has the value 1.
    least : float
        The probability that the best hit must reach; below it, a search that was asked for no other limit finds
        nothing this way.
    """

    weights: Mapping[str, float]
    least: float
    background: Background | None = None

    def standard(self, query: Floats, cosine: float) -> float:
        """Return how many deviations a cosine of a ``(1, d)`` query lies above those with the background."""
        import numpy as np

        if self.background is None:
            return 0.0
        return float(self.background.standard(query, np.array([[cosine]], dtype=np.float32))[0, 0])

    def probability(self, **features: float) -> float:
        """Return the probability, 0 to 1, of a hit; features without a weight do not matter."""
        from math import exp

        total = self.weights["bias"] + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, total))))


def log_size(count: int) -> float:
    """Return the logarithm of how many documents were compared, kept to the sizes of the fitting."""
    from math import log

    return log(min(max(count, SMALLEST), LARGEST))


Calibration = Mapping[str, Direction]


def load(weights_hash: str) -> Calibration:
    """Return the directions calibrated for an encoder; for one that is not, only ``"words"``, which needs none.

    Raises
    ------
    ModelError
        If the file of the package is missing or damaged.
    """
    known, directions = _load(FILE)
    return directions if known == weights_hash else {"words": directions["words"]}


@cache
def _load(path: Path) -> tuple[str, Calibration]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        backgrounds = {name: _unpacked(one) for name, one in found["backgrounds"].items()}
        directions = {
            name: Direction(one["weights"], float(one["least"]), backgrounds.get(one["background"]))
            for name, one in found["directions"].items()
        }
        return str(found["weights_hash"]), directions
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"cannot read the calibration {path}: {error}; install kgretrieval again") from error


def packed(background: Background) -> dict[str, Any]:
    """Return a background as it stands in the file: half precision in base64."""
    import numpy as np

    rows = np.vstack([background.mean, background.spread]).astype(np.float16)
    return {"width": rows.shape[1], "rest": background.rest, "rows": base64.b64encode(rows.tobytes()).decode()}


def _unpacked(one: Mapping[str, Any]) -> Background:
    import numpy as np

    rows = np.frombuffer(base64.b64decode(one["rows"]), np.float16).astype(np.float32).reshape(-1, one["width"])
    return Background(rows[0], rows[1:], float(one["rest"]))
