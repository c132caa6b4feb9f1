"""The index of one space of vectors, of the kind that suits its size."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.index import factory
from kgretrieval.index.base import VectorIndex, Vectors


def write_vectors(vectors: Vectors, folder: Path, base: Path | None = None) -> None:
    """Write what a search of these rows needs beside them as the new folder `folder`: nothing if they are few.

    Parameters
    ----------
    vectors : numpy.ndarray
        ``(n, d)`` rows in the order of the file; those that belong to nothing any more are zero.
    folder : Path
        Must not exist.
    base : Path, optional
        What was written for the first of these rows by an earlier call; need not exist.
    """
    kind = factory.choose(len(vectors))
    if kind != "exact":
        factory.build(kind, vectors).save(folder)


def open_vectors(vectors: Vectors, folder: Path) -> VectorIndex:
    """Return the index that `write_vectors` wrote for these rows."""
    return factory.load(folder, vectors) if folder.exists() else factory.build("exact", vectors)
