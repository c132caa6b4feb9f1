"""The text tower of `mini`: a weighted mean of token rows and two small networks, in NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders._tokens import Tokens
from kgretrieval.encoders._weights import MODELS, SCALE, WeightFile

Floats = npt.NDArray[np.float32]

#: Texts encoded at once: bounds the memory of a call with very many texts.
BATCH = 1024
EPSILON = 1e-5


class TextTower:
    """Texts to unit vectors in the space "text" (384) and, from there, "picture" (512).

    Parameters
    ----------
    path : Path, optional
        The weight file; by default the one of the package.
    """

    def __init__(self, path: Path = MODELS / "mini-text.safetensors") -> None:
        file = WeightFile(path)
        words = file.raw("words").tobytes().decode().split("\n")
        self._tokens = Tokens(words, int(file.notes["buckets"]))
        self._table: npt.NDArray[np.int8] = file.raw("table").view(np.int8)
        self._scale = file.full("table" + SCALE)
        self._weight = file.full("weight")
        large = {"words", "table", "weight"}
        self._w = {n: file.full(n) for n in sorted(file.names) if n not in large and not n.endswith(SCALE)}

    def encode(self, texts: Sequence[str], *, space: str = "picture") -> Floats:
        """Return one unit row a text; a row of zeros where no token of the text is known."""
        wide = len(self._w["picture_norm.weight" if space == "picture" else "text.straight.bias"])
        out = np.zeros((len(texts), wide), np.float32)
        for at in range(0, len(texts), BATCH):
            found = [self._tokens.rows(text) for text in texts[at : at + BATCH]]
            known = [i for i, (rows, _) in enumerate(found) if rows]
            if known:
                bags = self._bags([found[i] for i in known])
                vectors = self._as_text(bags)
                out[[at + i for i in known]] = self._as_picture(vectors) if space == "picture" else vectors
        return out

    def _bags(self, found: Sequence[tuple[list[int], list[float]]]) -> Floats:
        """Return the weighted mean of each text's rows."""
        lengths = np.array([len(rows) for rows, _ in found])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        rows = np.fromiter((row for text, _ in found for row in text), np.int64, lengths.sum())
        shares = np.fromiter((share for _, text in found for share in text), np.float32, len(rows))
        weights = self._weight[rows] * shares
        vectors = self._table[rows] * (weights * self._scale[rows])[:, None]
        total: Floats = np.add.reduceat(vectors, starts, axis=0)
        mass: Floats = np.add.reduceat(weights, starts)
        return total / mass[:, None]

    def _as_text(self, bags: Floats) -> Floats:
        return unit(self._head("text", self._norm("bag_norm", bags)))

    def _as_picture(self, vectors: Floats) -> Floats:
        # The picture network was trained on vectors of length sqrt(width): entries of about one.
        scaled = vectors * np.float32(np.sqrt(vectors.shape[1]))
        return unit(self._norm("picture_norm", self._head("picture", scaled)))

    def _head(self, name: str, x: Floats) -> Floats:
        """Return a linear map of `x` plus a network of one hidden layer."""
        w = self._w
        hidden = gelu(x @ w[f"{name}.hidden.weight"].T + w[f"{name}.hidden.bias"])
        straight: Floats = x @ w[f"{name}.straight.weight"].T + w[f"{name}.straight.bias"]
        return straight + hidden @ w[f"{name}.out.weight"].T

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(1, keepdims=True) + np.float32(EPSILON))
        normed: Floats = centred / scale * self._w[f"{name}.weight"] + self._w[f"{name}.bias"]
        return normed


def gelu(x: Floats) -> Floats:
    """Return the Gaussian error linear unit by its tanh form (D. Hendrycks and K. Gimpel, arXiv:1606.08415, 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x * x * x)
    out: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return out


def unit(x: Floats) -> Floats:
    """Return the rows at length one; a row of zeros stays one."""
    length = np.sqrt((x * x).sum(1, keepdims=True))
    scaled: Floats = x / np.maximum(length, np.float32(1e-12))
    return scaled
