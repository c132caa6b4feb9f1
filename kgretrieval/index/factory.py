"""Which kind of index, and the way from its name to it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from kgretrieval.errors import UsageError
from kgretrieval.index._files import damaged, read_meta
from kgretrieval.index.base import VectorIndex, Vectors

#: The kinds there are. FAISS is imported only for the last two.
KINDS = ("exact", "hnsw", "ivf")
_CLASSES = {"exact": "ExactIndex", "hnsw": "HnswIndex", "ivf": "IvfIndex"}
# About where a cold search that compares every row takes as long as one that imports FAISS and maps its lists
# (benchmarks/results/index.json: "cold_ms").
_EXACT_UP_TO = 150_000
_VERSION = 1


def choose(n: int) -> str:
    """Return the kind of index that suits `n` rows."""
    return "exact" if n <= _EXACT_UP_TO else "ivf"


def build(kind: str, vectors: Vectors) -> VectorIndex:
    """Build an index of a kind over ``(n, d)`` float16 or float32 rows.

    Raises
    ------
    UsageError
        If there is no such kind.
    """
    return _class(kind).build(vectors)


def load(path: Path, vectors: Vectors) -> VectorIndex:
    """Open the index saved in the folder `path` over `vectors`, of whichever kind it is.

    Raises
    ------
    CollectionError
        If there is none, or it is damaged or belongs to more rows than these.
    """
    kind = read_meta(path, version=_VERSION).get("kind")
    if kind not in KINDS:
        raise damaged(path, f"it is of an unknown kind {kind!r}")
    return _class(kind).load(path, vectors)


def _class(kind: str) -> type[VectorIndex]:
    if kind not in KINDS:
        raise UsageError(f"there is no index of the kind {kind!r}: choose one of {', '.join(KINDS)}")
    return cast(type[VectorIndex], getattr(import_module(f"kgretrieval.index.{kind}"), _CLASSES[kind]))
