"""Where the arrays of the graph lie: written by who writes the collection, opened by who reads it.

``DIR/index/graph/GENERATION/`` holds those of one generation. A reader that finds none for its own (while an ingest is
running, or after a crash) makes the same ones in a temporary folder, from the newest that are there.
"""

from __future__ import annotations

from pathlib import Path

from kgretrieval.errors import CollectionError
from kgretrieval.graph.array_build import hiding, write_arrays
from kgretrieval.graph.arrays import GraphArrays, load_arrays
from kgretrieval.index._files import new_folder
from kgretrieval.index.bases import base_of, made_aside, remove_others
from kgretrieval.store.array_rows import hidden_entities, hidden_statements
from kgretrieval.store.store import Store

FOLDER = Path("index", "graph")


def build_arrays(store: Store) -> None:
    """Write the arrays of the last commit and remove those of earlier ones; what is there already is left as it is.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    root = store.location / FOLDER
    with store.reading():
        folder = root / str(store.generation)
        if _try_load(folder) is None:
            with new_folder(folder) as unfinished:
                write_arrays(store, unfinished, base_of(store, root))
    remove_others(root, folder)


def open_arrays(store: Store) -> GraphArrays:
    """Open the arrays of the generation that the store's `reading` has pinned, without what people hid."""
    with store.reading():
        arrays = _try_load(store.location / FOLDER / str(store.generation)) or _temporary(store)
        return hiding(arrays, hidden_entities(store), hidden_statements(store))


def _try_load(folder: Path) -> GraphArrays | None:
    if not folder.is_dir():
        return None
    try:
        return load_arrays(folder)
    except CollectionError:
        # Removed by a writer in this moment, or damaged: they can be made again from the store.
        return None


def _temporary(store: Store) -> GraphArrays:
    def make(folder: Path) -> GraphArrays:
        write_arrays(store, folder, base_of(store, store.location / FOLDER))
        return load_arrays(folder)

    return made_aside(make)
