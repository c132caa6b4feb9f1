"""Vector files written anew without the rows that belong to nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from kgretrieval.store.store import Store, remove_unnamed
from kgretrieval.store.touched import start_anew
from kgretrieval.store.vectors import file_name
from kgretrieval.store.write import writing


def compact_vectors(store: Store) -> int:
    """Leave the dead rows of every vector file out, let derived files begin anew, and return how many rows there were.

    The rows that are left are written to a new file, flushed; one transaction then gives them their new numbers and
    names the file; then the old one goes. A stop in between leaves the one or the other state, and a file without a
    name, which the next writer removes.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    generation = store.generation + 1
    moved: dict[str, tuple[Path, np.ndarray[tuple[int], np.dtype[np.int64]]]] = {}
    removed = 0
    for space, file in store.vectors.items():
        query = "SELECT row FROM vector WHERE space = ? ORDER BY row"
        rows = np.array([row for (row,) in store.connection.execute(query, (space,))], dtype=np.int64)
        if len(rows) < len(file):
            path = file.path.with_name(file_name(space, store.manifest.vectors, generation))
            file.copy_to(path, rows)
            moved[space] = (path, rows)
            removed += len(file) - len(rows)
    with writing(store) as connection:
        for space, (path, rows) in moved.items():
            _rename(connection, space, rows)
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"vectors/{space}", path.name))
        start_anew(connection, generation)
    remove_unnamed(store)
    return removed


def _rename(connection: sqlite3.Connection, space: str, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """Give the rows their places in the new file; ascending, so that a number is free when it is given."""
    pairs = ((new, space, old) for new, old in enumerate(rows.tolist()) if new != old)
    connection.executemany("UPDATE vector SET row = ? WHERE space = ? AND row = ?", pairs)
