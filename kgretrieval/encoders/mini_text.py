"""The text tower of `mini`: a weighted mean of token rows and two small networks, in NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders._table import TokenTable
from kgretrieval.encoders._weights import MODELS, SCALE, WeightFile
from kgretrieval.encoders._words import Tokens

Floats = npt.NDArray[np.float32]

#: Texts encoded at once: bounds the memory of a call with very many texts.
BATCH = 1024
EPSILON = 1e-5
_NETWORKS = ("bag_norm.", "text.", "picture.", "picture_norm.")


class TextTower:
    """Texts to unit vectors in the space "text" (384) and, from there, "picture" (512).

    Parameters
    ----------
    path : Path, optional
        The weight file; by default the one of the package.
    """

    def __init__(self, path: Path = MODELS / "mini-text.safetensors") -> None:
        file = WeightFile(path)
        self.tokens = read_tokens(file)
        self._table = TokenTable(file, "table")
        self._weight = file.full("weight")
        heads = [name for name in sorted(file.names) if name.startswith(_NETWORKS) and not name.endswith(SCALE)]
        self._w = {name: file.full(name) for name in heads}

    def encode(self, texts: Sequence[str], *, space: str = "picture") -> Floats:
        """Return one unit row a text; a row of zeros where no token of the text is known."""
        wide = len(self._w["picture_norm.weight" if space == "picture" else "text.straight.bias"])
        out = np.zeros((len(texts), wide), np.float32)
        for at in range(0, len(texts), BATCH):
            found = [self.tokens.rows(text) for text in texts[at : at + BATCH]]
            known = [i for i, (rows, _) in enumerate(found) if rows]
            if known:
                out[[at + i for i in known]] = self.encode_rows([found[i] for i in known], space=space)
        return out

    def encode_rows(self, found: Sequence[tuple[list[int], list[float]]], *, space: str = "picture") -> Floats:
        """Return one unit row for each text that is given as rows of the table, one at least, with their shares."""
        vectors = self._as_text(self._bags(found))
        return self._as_picture(vectors) if space == "picture" else vectors

    def word_vectors(self, rows: Sequence[int], shares: Sequence[float], owner: Sequence[int], count: int) -> Floats:
        """Return (count, 384) words as the table has them, entries of about one; zeros for words without rows.

        Parameters
        ----------
        rows, shares : sequence
            Rows of the table and how much each counts.
        owner : sequence of int
            To which word each row belongs, rising.
        count : int
            How many words.
        """
        out = np.zeros((count, len(self._w["bag_norm.weight"])), np.float32)
        if rows:
            known, place = np.unique(np.asarray(owner), return_inverse=True)
            sums = self._table.sums(np.asarray(rows), np.asarray(shares, np.float32), place, len(known))
            out[known] = unit(sums) * np.float32(np.sqrt(sums.shape[1]))
        return out

    def _bags(self, found: Sequence[tuple[list[int], list[float]]]) -> Floats:
        """Return the weighted mean of each text's rows."""
        lengths = [len(rows) for rows, _ in found]
        owner = np.repeat(np.arange(len(found)), lengths)
        rows = np.fromiter((row for text, _ in found for row in text), np.int64, len(owner))
        shares = np.fromiter((share for _, text in found for share in text), np.float32, len(owner))
        weights = self._weight[rows] * shares
        mass = np.bincount(owner, weights, len(found)).astype(np.float32)
        return self._table.sums(rows, weights, owner, len(found)) / mass[:, None]

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


def read_tokens(file: WeightFile) -> Tokens:
    """Return the words of the weight file and the rows they stand for."""
    words, simple = (file.raw(name).tobytes().decode() for name in ("words", "simple"))
    german = file.notes["german"].split(" ")
    return Tokens(
        words.split("\n"),
        int(file.notes["buckets"]),
        german=(int(german[0]), int(german[1])),
        leans=file.raw("leans").tolist(),
        simple=simple,
    )


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
