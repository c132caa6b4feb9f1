"""Rows of half-precision vectors in one file a space, appended and memory-mapped."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt


class VectorFile:
    """A headerless file of ``(n, width)`` float16 rows.

    Rows are only ever appended. Which rows count is said by the database: a row that
    nothing names is dead (deleted, or left by a crash before its transaction).
    """

    def __init__(self, path: Path, width: int) -> None:
        self.path = path
        self.width = width
        self._row_bytes = 2 * width

    def __len__(self) -> int:
        return self.path.stat().st_size // self._row_bytes if self.path.exists() else 0

    def append(self, rows: npt.NDArray[np.float32]) -> int:
        """Append rows, flush them to disk and return the number of the first one."""
        first = len(self)
        with self.path.open("ab") as file:
            file.write(np.ascontiguousarray(rows, dtype=np.float16).tobytes())
            file.flush()
            os.fsync(file.fileno())
        return first

    def rows(self) -> npt.NDArray[np.float16]:
        """Return all rows, memory-mapped read-only: ``(n, width)`` float16."""
        count = len(self)
        if count == 0:
            return np.zeros((0, self.width), dtype=np.float16)
        return np.memmap(self.path, dtype=np.float16, mode="r", shape=(count, self.width))

    def cut(self, count: int) -> None:
        """Drop every row from `count` on, and a torn last row with them."""
        if self.path.exists() and self.path.stat().st_size > count * self._row_bytes:
            os.truncate(self.path, count * self._row_bytes)

    def wipe(self, rows: Iterable[int]) -> None:
        """Overwrite dead rows with zeros: a deleted picture leaves no trace in the file."""
        with self.path.open("r+b") as file:
            for row in rows:
                file.seek(row * self._row_bytes)
                file.write(bytes(self._row_bytes))
