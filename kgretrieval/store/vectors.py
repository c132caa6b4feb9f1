"""Rows of vectors in one file a space, appended and memory-mapped: in half precision, or 8 bits a number."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

#: How a number is kept. ``int8`` takes half the disk and loses a little (benchmarks/results/storage.json).
PRECISIONS = ("fp16", "int8")
_ENDINGS = {"fp16": "f16", "int8": "i8"}
_LARGEST = 127
_COPIED_AT_ONCE = 16_384

Rows = npt.NDArray[np.float16] | npt.NDArray[np.float32]


class VectorFile:
    """A headerless file of ``(n, width)`` rows.

    Rows are only ever appended. Which rows count is said by the database: a row that
    nothing names is dead (deleted, or left by a crash before its transaction).
    """

    def __init__(self, path: Path, width: int, precision: str = "fp16") -> None:
        self.path = path
        self.width = width
        self._type = np.dtype((np.float16, (width,)))
        if precision == "int8":
            # Each row has its own scale: its largest number becomes 127.
            self._type = np.dtype([("scale", "<f4"), ("codes", np.int8, (width,))])

    def __len__(self) -> int:
        return self.path.stat().st_size // self.row_bytes if self.path.exists() else 0

    @property
    def row_bytes(self) -> int:
        """The bytes that a row takes."""
        return self._type.itemsize

    def append(self, rows: npt.NDArray[np.float32]) -> int:
        """Append rows, flush them to disk and return the number of the first one."""
        first = len(self)
        with self.path.open("ab") as file:
            file.write(self._encode(rows).tobytes())
            file.flush()
            os.fsync(file.fileno())
        return first

    def rows(self) -> Rows:
        """Return all rows, memory-mapped read-only: ``(n, width)``, float16, or `ScaledRows` that read as float32."""
        count = len(self)
        if count == 0:
            return np.zeros((0, self.width), dtype=np.float16)
        if self._type.names is None:
            return np.memmap(self.path, dtype=np.float16, mode="r", shape=(count, self.width))
        # What a reader may do with rows (slice, index, ask for the shape) does not depend on how they are kept.
        return cast(Rows, ScaledRows(np.memmap(self.path, dtype=self._type, mode="r", shape=(count,))))

    def cut(self, count: int) -> None:
        """Drop every row from `count` on, and a torn last row with them."""
        if self.path.exists() and self.path.stat().st_size > count * self.row_bytes:
            os.truncate(self.path, count * self.row_bytes)

    def wipe(self, rows: Iterable[int]) -> None:
        """Overwrite dead rows with zeros: a deleted picture leaves no trace in the file."""
        with self.path.open("r+b") as file:
            for row in rows:
                file.seek(row * self.row_bytes)
                file.write(bytes(self.row_bytes))

    def copy_to(self, path: Path, rows: npt.NDArray[np.int64]) -> None:
        """Write these rows, as they are kept, to another file, and flush it to disk."""
        kept = np.memmap(self.path, dtype=np.uint8, mode="r").reshape(-1, self.row_bytes) if len(rows) else None
        with path.open("wb") as file:
            for start in range(0, len(rows), _COPIED_AT_ONCE):
                assert kept is not None
                file.write(kept[rows[start : start + _COPIED_AT_ONCE]].tobytes())
            file.flush()
            os.fsync(file.fileno())

    def _encode(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
        if self._type.names is None:
            return np.ascontiguousarray(rows, dtype=np.float16)
        kept = np.zeros(len(rows), dtype=self._type)
        kept["scale"] = np.abs(rows).max(axis=1, initial=0.0) / _LARGEST
        scale = np.where(kept["scale"] > 0, kept["scale"], 1)[:, None]
        kept["codes"] = np.clip(np.rint(rows / scale), -_LARGEST, _LARGEST)
        return kept


class ScaledRows:
    """``(n, d)`` rows of 8 bits a number that read as float32: slices of them as others, single rows as arrays."""

    dtype = np.dtype(np.float32)
    ndim = 2

    def __init__(self, kept: npt.NDArray[Any]) -> None:
        self._kept = kept
        self.shape: tuple[int, int] = (len(kept), kept.dtype["codes"].shape[0])
        self.size = self.shape[0] * self.shape[1]

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, key: Any) -> Any:
        part = self._kept[key]
        if isinstance(key, slice):
            return ScaledRows(part)
        return part["codes"] * np.asarray(part["scale"], dtype=np.float32)[..., None]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        wide: npt.NDArray[Any] = self._kept["codes"] * self._kept["scale"][:, None]
        return wide.astype(np.float32 if dtype is None else dtype, copy=False)

    def astype(self, dtype: Any) -> npt.NDArray[Any]:
        """Return all rows as an array."""
        return self.__array__(dtype)


def file_name(space: str, precision: str, generation: int = 0) -> str:
    """Return the name of a space's file, of the generation in which it was written anew if it was."""
    return f"{space}.{generation}.{_ENDINGS[precision]}" if generation else f"{space}.{_ENDINGS[precision]}"
