"""What every writer does last."""

from __future__ import annotations

from kgretrieval.index.snapshot import build_snapshot
from kgretrieval.ingest.timing import Stages
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.store.read import counts
from kgretrieval.store.store import Store
from kgretrieval.store.touched import forget_changes


def finish(store: Store, stages: Stages | None = None) -> None:
    """Resolve the names that changed, then bring the derived files and the manifest up to the last commit."""
    timed = stages or Stages()
    with timed("resolve names"):
        resolve_collection(store)
    with timed("index"):
        snapshot = build_snapshot(store)
        forget_changes(store, store.generation)
    state = {"generation": store.generation, "counts": counts(store), "index": dict(snapshot.choice)}
    manifest = store.manifest.with_state(**state)
    if manifest != store.manifest:
        manifest.save(store.location)
        store.manifest = manifest
