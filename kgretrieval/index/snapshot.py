"""Everything derived that a search needs, as of one generation of the collection.

``DIR/index/GENERATION/`` holds ``catalog/``, ``lexical/`` and one folder for each space whose
index needs a file. A reader that finds none for its generation (while an ingest is running, or
after a crash) makes the same files in a temporary folder: slower, never wrong.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import CollectionError
from kgretrieval.index import factory
from kgretrieval.index._files import new_folder
from kgretrieval.index.base import VectorIndex, Vectors
from kgretrieval.index.catalog import Catalog, open_catalog, write_catalog
from kgretrieval.index.lexical import LexicalIndex
from kgretrieval.store.scan import term_counts, terms
from kgretrieval.store.store import Store

FOLDER = "index"


@dataclass(frozen=True)
class Snapshot:
    """The derived data of one generation, opened. Immutable, so threads can share it.

    Attributes
    ----------
    vectors : Mapping[str, VectorIndex]
        An index for each space, over as many rows as the catalog knows.
    choice : Mapping[str, str]
        The kind of index of each space, for the manifest.
    """

    generation: int
    catalog: Catalog
    lexical: LexicalIndex
    vectors: Mapping[str, VectorIndex]
    choice: Mapping[str, str] = field(default_factory=dict)


def build_snapshot(store: Store) -> Snapshot:
    """Write the derived files of the last commit, remove those of earlier ones, and open them.

    What is there already and can be opened is left as it is.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    root = store.location / FOLDER
    with store.reading():
        folder = root / str(store.generation)
        snapshot = _try_open(store, folder)
        if snapshot is None:
            with new_folder(folder) as unfinished:
                _write(store, unfinished)
                _write_vectors(store, unfinished)
            snapshot = _open(store, folder)
    for other in root.iterdir():
        if other != folder and other.is_dir() and other.name.strip(".").split(".")[0].isdigit():
            shutil.rmtree(other, ignore_errors=True)
    return snapshot


def open_snapshot(store: Store) -> Snapshot:
    """Open the derived data of the generation that the store's `reading` has pinned.

    Where the files of that generation are missing or damaged the same ones are made in a temporary folder.
    """
    with store.reading():
        found = _try_open(store, store.location / FOLDER / str(store.generation))
        return found or _temporary(store)


def _try_open(store: Store, folder: Path) -> Snapshot | None:
    if not folder.is_dir():
        return None
    try:
        return _open(store, folder)
    except CollectionError:
        # Removed by a writer in this moment, or damaged: it can be made again from the store.
        return None


def _open(store: Store, folder: Path) -> Snapshot:
    catalog = open_catalog(folder / "catalog")
    vectors: dict[str, VectorIndex] = {}
    for space in store.manifest.spaces:
        rows = _vectors(store, space, len(catalog.vectors[space]))
        saved = folder / _name(space)
        vectors[space] = factory.load(saved, rows) if saved.exists() else factory.build("exact", rows)
    choice = {space: index.kind for space, index in vectors.items()}
    return Snapshot(catalog.generation, catalog, LexicalIndex(folder / "lexical"), vectors, choice)


def _temporary(store: Store) -> Snapshot:
    folder = Path(tempfile.mkdtemp(prefix="kgretrieval-"))
    try:
        _write(store, folder)
        snapshot = _open(store, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if os.name == "posix":
        # Files that are mapped live on without a name, and nothing is left behind by a kill.
        shutil.rmtree(folder, ignore_errors=True)
    else:
        weakref.finalize(snapshot, shutil.rmtree, folder, ignore_errors=True)
    return snapshot


def _write(store: Store, folder: Path) -> None:
    """Write the catalog and the lexical index into a folder that is there."""
    holders: list[str] = []
    columns: list[npt.NDArray[np.uint32]] = []
    counts: list[npt.NDArray[np.uint32]] = []
    for holder, ids, numbers in term_counts(store):
        holders.append(holder)
        columns.append(ids)
        counts.append(numbers)
    ends = np.cumsum([0, *map(len, columns)], dtype=np.int64)
    LexicalIndex.build(terms(store), ends, _joined(columns), _joined(counts), folder / "lexical")
    write_catalog(store, holders, folder / "catalog")


def _write_vectors(store: Store, folder: Path) -> None:
    rows = open_catalog(folder / "catalog").vectors
    for space in store.manifest.spaces:
        kind = factory.choose(len(rows[space]))
        if kind != "exact":
            factory.build(kind, _vectors(store, space, len(rows[space]))).save(folder / _name(space))


def _vectors(store: Store, space: str, count: int) -> Vectors:
    """Return the first `count` rows: the file may have grown since, and rows of a crash may follow."""
    rows = store.vectors[space].rows()
    if len(rows) < count:
        raise CollectionError(
            f"{store.vectors[space].path} has {len(rows)} rows of {count}: restore the file, or ingest again into a "
            "new folder"
        )
    return rows[:count]


def _name(space: str) -> str:
    return f"vectors-{space}"


def _joined(parts: list[npt.NDArray[np.uint32]]) -> npt.NDArray[np.integer[Any]]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
