"""Give back the room of what was deleted, and make the indexes anew."""

from __future__ import annotations

import time

from kgretrieval.ingest.finish import finish
from kgretrieval.ingest.timing import Stages
from kgretrieval.store.compact import compact_vectors
from kgretrieval.store.store import Store
from kgretrieval.types import CompactReport

_PARTS = ("vectors", "index")


def compact(store: Store) -> CompactReport:
    """Leave deleted rows out of the vector files, and make everything derived from nothing: one segment, new centroids.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    started = time.perf_counter()
    before = _bytes(store)
    stages = Stages()
    with stages("vectors"):
        removed = compact_vectors(store)
    finish(store, stages)
    return CompactReport(removed, before, _bytes(store), time.perf_counter() - started, dict(stages.seconds))


def _bytes(store: Store) -> int:
    """Return the bytes of the vectors and of what is derived; a file with two names counts once."""
    files = (p.stat() for part in _PARTS for p in (store.location / part).rglob("*") if p.is_file())
    return sum({found.st_ino or id(found): found.st_size for found in files}.values())
