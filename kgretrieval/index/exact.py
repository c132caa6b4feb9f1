"""The index that compares every row: always right, and fast to some hundred thousand rows."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from kgretrieval.index._checks import allowed_rows, check_query
from kgretrieval.index._files import damaged, new_folder, read_meta, write_meta
from kgretrieval.index._scan import nearest
from kgretrieval.index.base import Rows, Scores, Vectors

_VERSION = 1


class ExactIndex:
    """Compares the query with all rows, or with all that are allowed."""

    kind = "exact"
    recall = 1.0

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """See `VectorIndex.build`; there is nothing to build."""
        return cls(vectors)

    @classmethod
    def load(cls, path: Path, vectors: Vectors) -> Self:
        """See `VectorIndex.load`."""
        meta = read_meta(path, version=_VERSION)
        if meta.get("rows", 0) > len(vectors):
            raise damaged(path, f"made for {meta['rows']} rows, there are {len(vectors)}")
        return cls(vectors)

    def save(self, path: Path) -> None:
        """See `VectorIndex.save`: a note of the rows is all there is."""
        with new_folder(path) as folder:
            write_meta(folder, {"version": _VERSION, "kind": self.kind, "rows": len(self._vectors)})

    def search(
        self, queries: npt.NDArray[np.float32], k: int, *, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """See `VectorIndex.search`."""
        check_query(self._vectors, queries, k)
        return nearest(self._vectors, queries, k, rows=allowed_rows(self._vectors, allowed))
