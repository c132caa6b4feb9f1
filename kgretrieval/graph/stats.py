"""A collection in figures."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.graph.digest import graph_hash
from kgretrieval.store.label_rows import label_counts
from kgretrieval.store.read import counts, date_range, histogram
from kgretrieval.store.store import Store
from kgretrieval.types import Stats


def stats(store: Store) -> Stats:
    """Count everything in one pinned state of the collection; the graph's hash is computed from the rows themselves."""
    with store.reading():
        first, last = date_range(store)
        return Stats(
            path=str(store.location),
            generation=store.generation,
            counts=counts(store),
            encoder=store.manifest.encoder,
            weights_hash=store.manifest.weights_hash,
            spaces=dict(store.manifest.spaces),
            index=dict(store.manifest.index),
            languages=histogram(store, "language"),
            sources=histogram(store, "source"),
            first_date=first,
            last_date=last,
            bytes=_bytes(store.location),
            graph_hash=graph_hash(store),
            labels=label_counts(store),
        )


def _bytes(folder: Path) -> dict[str, int]:
    """Return the size on disk by part: the database, the vectors, the derived index, copied pictures."""
    parts = {"database": "kg.sqlite*", "vectors": "vectors/*", "index": "index/**/*", "pictures": "pictures/*"}
    return {name: sum(p.stat().st_size for p in folder.glob(glob) if p.is_file()) for name, glob in parts.items()}
