"""Many queries times many rows: by bfloat16 where torch is loaded and the processor has it, else by BLAS.

bfloat16 keeps 8 bits of a number, which takes a fraction of the time of float32 and is enough to
tell which rows are worth an exact comparison; `error` says how far a product can be off.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index._widen import buffer_for, widen
from kgretrieval.index.base import Scores, Vectors

# Rows cut to 7 bits behind the first (2**-7 of the length), queries and products rounded to 8 (2**-9 each), and
# numbers below the smallest normal half taken for zero (2**-14 * sqrt(d)), all for rows of unit length.
_CUT, _ROUNDED, _SMALLEST = 2.0**-7, 2.0**-8, 2.0**-14
# A row kept with 8 bits a number can be a little longer than 1.
_MARGIN = 1.03


class Blas:
    """Products in float32."""

    def __init__(self, vectors: Vectors, queries: npt.NDArray[np.float32], rows: int) -> None:
        self._buffer, scale = buffer_for(vectors, rows)
        self._queries: npt.NDArray[np.float32] = (queries * scale).astype(np.float32)
        lengths = np.linalg.norm(queries, axis=1)
        self.error = (2 * queries.shape[1] * np.finfo(np.float32).eps * lengths).astype(np.float32)

    def __call__(self, rows: Vectors) -> Scores:
        """Return ``(m, b)`` float32 products with ``(b, d)`` rows."""
        scores: Scores = self._queries @ widen(rows, self._buffer[: len(rows)]).T
        return scores


class Bfloat16:
    """Products in bfloat16. The bits of a float16, three places to the right, are a bfloat16 of 2**-112 its value."""

    def __init__(self, vectors: Vectors, queries: npt.NDArray[np.float32], rows: int) -> None:
        self._torch = _torch()
        self._bits = np.empty((rows, vectors.shape[1]), dtype=np.int16)
        _, scale = buffer_for(vectors, 0)
        self._queries = self._torch.from_numpy(queries * scale).bfloat16()
        width = queries.shape[1]
        relative = _CUT + _ROUNDED + _SMALLEST * np.sqrt(width) + 2 * width * np.finfo(np.float32).eps
        self.error = (_MARGIN * relative * np.linalg.norm(queries, axis=1)).astype(np.float32)

    def __call__(self, rows: Vectors) -> Scores:
        """Return ``(m, b)`` float32 products with ``(b, d)`` rows."""
        if rows.dtype == np.float16:
            bits = self._bits[: len(rows)]
            np.right_shift(rows.view(np.int16), np.int16(3), out=bits)
            # The sign was spread over the three bits below it.
            np.bitwise_and(bits, np.int16(-0x7001), out=bits)
            wide = self._torch.from_numpy(bits).view(self._torch.bfloat16)
        else:
            wide = self._torch.from_numpy(np.array(rows, dtype=np.float32)).bfloat16()
        scores: Scores = (self._queries @ wide.T).float().numpy()
        return scores


def products(vectors: Vectors, queries: npt.NDArray[np.float32], rows: int) -> Blas | Bfloat16:
    """Return what multiplies up to `rows` of `vectors` at a time with ``(m, d)`` queries."""
    return (Bfloat16 if torch_is_there() else Blas)(vectors, queries, rows)


def rows_at_once() -> int:
    """Return how many rows to multiply at once.

    BLAS works in threads, which wait for each other after each product: on a busy machine few large products are many
    times faster than many that fit a cache.
    """
    return 4_096 if torch_is_there() else 16_384


def torch_is_there() -> bool:
    """Return whether torch is loaded, which takes longer than any search, and has fast bfloat16 here."""
    cpu = getattr(sys.modules.get("torch"), "cpu", None)
    return cpu is not None and bool(cpu._is_avx512_bf16_supported())


def _torch() -> Any:
    return sys.modules["torch"]
