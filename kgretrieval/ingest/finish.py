"""What every writer does last."""

from __future__ import annotations

from kgretrieval.index.snapshot import build_snapshot
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.store.read import counts
from kgretrieval.store.store import Store


def finish(store: Store) -> None:
    """Resolve the names that changed, then bring the derived files and the manifest up to the last commit."""
    resolve_collection(store)
    snapshot = build_snapshot(store)
    state = {"generation": store.generation, "counts": counts(store), "index": dict(snapshot.choice)}
    manifest = store.manifest.with_state(**state)
    if manifest != store.manifest:
        manifest.save(store.location)
        store.manifest = manifest
