"""What the FAISS indexes share: candidates from FAISS, scores from the stored rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from kgretrieval.index._checks import allowed_rows, check_query
from kgretrieval.index._files import damaged, new_folder, read_meta, write_meta
from kgretrieval.index._scan import nearest
from kgretrieval.index.base import Rows, Scores, Vectors

_VERSION = 1
_FILE = "vectors.faiss"
# Up to so many allowed rows comparing each of them is faster, and it is always right.
_FEW_ROWS = 20_000
_SAMPLE = 100
_MEASURED_AT = 10
_GOOD_RECALL = 0.98


class ApproximateIndex(ABC):
    """A FAISS structure over the first rows of the vectors; the rows behind them are compared one by one."""

    kind: ClassVar[str]

    def __init__(self, structure: Any, vectors: Vectors, *, effort: int, recall: float) -> None:
        self._structure = structure
        self._vectors = vectors
        self._effort = effort
        self.recall = recall

    @classmethod
    @abstractmethod
    def _make(cls, vectors: Vectors) -> tuple[Any, int, int]:
        """Return the filled FAISS structure, the effort to begin with and the greatest that makes sense."""

    @abstractmethod
    def _parameters(self, selector: Any) -> Any:
        """Return FAISS's search parameters for the present effort."""

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """See `VectorIndex.build`. The effort of a search is raised until a sample shows good recall."""
        structure, effort, most = cls._make(vectors)
        index = cls(structure, vectors, effort=effort, recall=1.0)
        sample = _sample(vectors)
        truth = nearest(vectors, sample, _MEASURED_AT)[1]
        while True:
            index.recall = _recall(index._found(sample, _MEASURED_AT), truth)
            if index.recall >= _GOOD_RECALL or index._effort >= most:
                return index
            index._effort = min(2 * index._effort, most)

    @classmethod
    def load(cls, path: Path, vectors: Vectors) -> Self:
        """See `VectorIndex.load`."""
        meta = read_meta(path, version=_VERSION)
        if meta.get("kind") != cls.kind:
            raise damaged(path, f"it is of kind {meta.get('kind')!r}, not {cls.kind!r}")
        try:
            structure = faiss().read_index(str(path / _FILE), faiss().IO_FLAG_MMAP)
        except RuntimeError as error:
            raise damaged(path, str(error).splitlines()[0]) from error
        if structure.ntotal > len(vectors) or structure.d != vectors.shape[1]:
            raise damaged(path, f"made for {structure.ntotal} x {structure.d}, there are {vectors.shape}")
        return cls(structure, vectors, effort=meta["effort"], recall=meta["recall"])

    def save(self, path: Path) -> None:
        """See `VectorIndex.save`."""
        meta = {"version": _VERSION, "kind": self.kind, "rows": self._structure.ntotal}
        with new_folder(path) as folder:
            faiss().write_index(self._structure, str(folder / _FILE))
            write_meta(folder, {**meta, "effort": self._effort, "recall": self.recall})

    def search(
        self, queries: npt.NDArray[np.float32], k: int, *, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """See `VectorIndex.search`."""
        check_query(self._vectors, queries, k)
        rows = allowed_rows(self._vectors, allowed)
        if rows is not None and len(rows) <= _FEW_ROWS:
            return nearest(self._vectors, queries, k, rows=rows)
        return self._found(queries, k, rows=rows)

    def _found(self, queries: npt.NDArray[np.float32], k: int, *, rows: Rows | None = None) -> tuple[Rows, Scores]:
        found = np.full((len(queries), k), -1, dtype=np.int64)
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        if not k:
            return found, scores
        wanted = min(k, len(self._vectors) if rows is None else len(rows))
        for index, near in enumerate(self._candidates(queries, k, rows)):
            # A walk through the graph, or the lists looked into, may miss what is there.
            rows_to_rank = rows if len(near) < wanted else near
            found[index], scores[index] = (
                part[0] for part in nearest(self._vectors, queries[index : index + 1], k, rows=rows_to_rank)
            )
        return found, scores

    def _candidates(self, queries: npt.NDArray[np.float32], k: int, rows: Rows | None) -> Iterator[Rows]:
        """Yield the rows worth comparing for each query, ascending: FAISS's best, and all that are newer."""
        covered = self._structure.ntotal
        newer = np.arange(covered, len(self._vectors)) if rows is None else rows[rows >= covered]
        # FAISS ranks rounded vectors: some more than k, so that the true order can be found among them.
        count = min(2 * k + 16, covered)
        if not count:
            yield from (newer for _ in queries)
            return
        _, near = self._structure.search(
            np.ascontiguousarray(queries, dtype=np.float32), count, params=self._parameters(_selector(rows, covered))
        )
        for line in near:
            yield np.concatenate((np.unique(line[line >= 0]), newer))


def faiss() -> Any:
    """Return the module. Its type stubs do not know all of it, and an exact search does without it."""
    return import_module("faiss")


def _selector(rows: Rows | None, covered: int) -> Any:
    if rows is None:
        return None
    mask = np.zeros(covered, dtype=bool)
    mask[rows[rows < covered]] = True
    return faiss().IDSelectorBitmap(np.packbits(mask, bitorder="little"))


def _sample(vectors: Vectors) -> npt.NDArray[np.float32]:
    """Return queries to measure with: rows spread evenly and moved far, as texts lie off their pictures."""
    rows = np.unique(np.linspace(0, len(vectors) - 1, _SAMPLE if len(vectors) else 0).astype(np.int64))
    sample = np.asarray(vectors[rows], dtype=np.float32)
    noise = np.random.default_rng(0).standard_normal(sample.shape, dtype=np.float32)
    return sample + noise / np.float32(np.sqrt(max(sample.shape[1], 1)))


def _recall(found: tuple[Rows, Scores], truth: Scores) -> float:
    """Return the share of hits that are as good as the last of the true ones: equal rows stand for each other."""
    if not truth.size:
        return 1.0
    worst = np.where(np.isfinite(truth), truth, np.inf).min(axis=1)
    hits = (np.isfinite(found[1]) & (found[1] >= worst[:, None])).sum()
    return float(hits / np.isfinite(truth).sum())


def add_in_blocks(vectors: Vectors, add: Callable[[npt.NDArray[np.float32]], None]) -> None:
    """Hand all rows to `add` as float32, some at a time: the whole would take twice the memory of the file."""
    for start in range(0, len(vectors), 16_384):
        add(np.ascontiguousarray(vectors[start : start + 16_384], dtype=np.float32))
