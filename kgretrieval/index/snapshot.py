"""Everything derived that a search needs, as of one generation of the collection.

``DIR/index/GENERATION/`` holds ``catalog/``, ``lexical/``, ``hashes/`` and one folder for each space whose
index needs a file. What an earlier generation left is the beginning of the next one. A reader that
finds none for its generation (while an ingest is running, or after a crash) makes the same files
in a temporary folder: slower, never wrong.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgretrieval.errors import CollectionError
from kgretrieval.index._files import new_folder
from kgretrieval.index.base import VectorIndex, Vectors
from kgretrieval.index.bases import Base, base_of, made_aside, remove_others
from kgretrieval.index.catalog import Catalog, open_catalog
from kgretrieval.index.catalog_build import write_catalog
from kgretrieval.index.lexical import LexicalIndex
from kgretrieval.index.lexical_build import write_lexical
from kgretrieval.index.picture_hashes import Hashes, open_hashes, write_hashes
from kgretrieval.index.vector_build import describe, open_vectors, write_vectors
from kgretrieval.store.store import Store

FOLDER = "index"


@dataclass(frozen=True)
class Snapshot:
    """The derived data of one generation, opened. Immutable, so threads can share it.

    Attributes
    ----------
    vectors : Mapping[str, VectorIndex]
        An index for each space, over as many rows as the catalog knows.
    hashes : numpy.ndarray
        ``(pictures,)`` uint64: the perceptual hash of each picture, in the order of the catalog.
    choice : Mapping[str, Mapping[str, str | int | float]]
        Of each space the kind of index, its rows, and the measured recall by kind of query, for the manifest.
    """

    generation: int
    catalog: Catalog
    lexical: LexicalIndex
    vectors: Mapping[str, VectorIndex]
    hashes: Hashes
    choice: Mapping[str, Mapping[str, str | int | float]] = field(default_factory=dict)


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
                _write(store, unfinished, base_of(store, root), vectors=True)
            snapshot = _open(store, folder)
    remove_others(root, folder)
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


def _open(store: Store, folder: Path, earlier: Path | None = None) -> Snapshot:
    """Open what is in a folder; an index of vectors that it lacks may be one of an `earlier` generation."""
    catalog = open_catalog(folder / "catalog")
    vectors: dict[str, VectorIndex] = {}
    for space in store.manifest.spaces:
        own = folder / _name(space)
        made = own if earlier is None or own.exists() else earlier / _name(space)
        vectors[space] = open_vectors(_vectors(store, space, len(catalog.vectors[space])), made)
    choice = {space: describe(index, len(catalog.vectors[space])) for space, index in vectors.items()}
    hashes = open_hashes(folder / "hashes", catalog)
    return Snapshot(catalog.generation, catalog, LexicalIndex(folder / "lexical"), vectors, hashes, choice)


def _temporary(store: Store) -> Snapshot:
    def make(folder: Path) -> Snapshot:
        base = base_of(store, store.location / FOLDER)
        _write(store, folder, base, vectors=False)
        return _open(store, folder, base.folder if base else None)

    return made_aside(make)


def _write(store: Store, folder: Path, base: Base | None, *, vectors: bool) -> None:
    """Fill a folder that is there and empty; what cannot be opened of the base is made from nothing."""
    try:
        _write_parts(store, folder, base, vectors=vectors)
    except (CollectionError, OSError):
        if base is None:
            raise
        for path in folder.iterdir():
            shutil.rmtree(path)
        _write_parts(store, folder, None, vectors=vectors)


def _write_parts(store: Store, folder: Path, base: Base | None, *, vectors: bool) -> None:
    def part(name: str) -> Base | None:
        return Base(base.folder / name, base.changes) if base else None

    lexical = write_lexical(store, folder / "lexical", part("lexical"))
    write_catalog(store, lexical.owners, folder / "catalog", part("catalog"))
    catalog = open_catalog(folder / "catalog")
    write_hashes(store, catalog, folder / "hashes", base.folder if base else None)
    for space in store.manifest.spaces if vectors else ():
        dead = catalog.vectors[space] < 0
        earlier = base.folder / _name(space) if base else None
        write_vectors(
            _vectors(store, space, len(dead)), folder / _name(space), earlier, pixels=catalog.pixels[space], dead=dead
        )


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
