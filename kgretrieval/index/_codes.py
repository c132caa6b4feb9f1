"""Rows and queries rounded to 8 bits a number, and how far a score can be off by it.

A row is taken number by number in steps of its dimension's own size, a query in steps of one size,
so that the inner product of the codes is one of whole numbers. What the rounding leaves out is
bounded by the Cauchy-Schwarz inequality, from its largest length over the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from kgretrieval.index._widen import summing_error
from kgretrieval.index.base import Vectors

Floats = npt.NDArray[np.float32]

LARGEST = 127
#: Rows that are read, rounded and handed on at once.
BLOCK = 16_384
# The bound itself is computed in single precision, and a row kept with 8 bits a number can be a little longer than 1.
_MARGIN = 1.03


@dataclass(frozen=True, slots=True)
class Query:
    """A query as whole numbers. A row's score is `step` times the product of the codes, give or take `error`."""

    codes: Floats
    step: float
    error: float


@dataclass(frozen=True, slots=True)
class Coding:
    """The steps of the dimensions: ``(d,)`` float32."""

    steps: Floats

    @classmethod
    def of(cls, vectors: Vectors) -> Self:
        """Return the steps that the largest numbers of ``(n, d)`` rows need."""
        largest = np.zeros(vectors.shape[1], dtype=np.float32)
        for _, rows in blocks(vectors, 0, len(vectors)):
            np.maximum(largest, np.maximum(rows.max(axis=0), -rows.min(axis=0)), out=largest)
        largest[largest == 0] = 1
        return cls(largest / np.float32(LARGEST))

    def encode(self, rows: Floats) -> tuple[Floats, float]:
        """Return ``(n, d)`` whole numbers, and the length of the most that one row loses."""
        codes = rows / self.steps
        np.rint(codes, out=codes)
        np.clip(codes, -LARGEST, LARGEST, out=codes)
        lost = codes * self.steps
        lost -= rows
        squares = np.einsum("ij,ij->i", lost, lost)
        return codes, _MARGIN * float(np.sqrt(squares.max(initial=0.0)))

    def query(self, query: Floats, lost: float) -> Query:
        """Return a query to compare with rows of which none lost more than `lost`, none longer than 1."""
        scaled = query * self.steps
        step = float(np.abs(scaled).max(initial=0.0)) / LARGEST or 1.0
        codes = np.rint(scaled / step).astype(np.float32)
        own = float(np.linalg.norm(query - codes * step / self.steps))
        error = float(np.linalg.norm(query)) * lost + own * (1 + lost)
        return Query(codes, step, _MARGIN * error + summing_error(query))


def blocks(vectors: Vectors, first: int, end: int) -> Iterator[tuple[int, Floats]]:
    """Yield (number of the first, ``(b, d)`` float32) of the rows from `first` to `end`, a block at a time."""
    for start in range(first, end, BLOCK):
        yield start, np.ascontiguousarray(vectors[start : min(start + BLOCK, end)], dtype=np.float32)
