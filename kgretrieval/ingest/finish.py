"""What every writer does last."""

from __future__ import annotations

from collections.abc import Callable

from kgretrieval.graph.opening import build_arrays
from kgretrieval.index.snapshot import build_snapshot
from kgretrieval.ingest.timing import Stages
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.store.read import counts
from kgretrieval.store.store import Store
from kgretrieval.store.touched import forget_changes
from kgretrieval.stories.update import update_stories
from kgretrieval.types import Progress

Report = Callable[[Progress], None]


def finish(store: Store, stages: Stages | None = None, progress: Report | None = None) -> None:
    """Resolve the names that changed, then bring the derived files and the manifest up to the last commit.

    A stop in here leaves a sound collection: each step is whole or undone, and the next writer does what is left.
    """
    timed = stages or Stages()
    told = progress or (lambda _: None)
    with timed("resolve names"):
        resolve_collection(store, told)
    told(Progress("stories", 0, 0))
    with timed("stories"):
        update_stories(store)
    told(Progress("index", 0, 0))
    with timed("index"):
        snapshot = build_snapshot(store)
    told(Progress("graph", 0, 0))
    with timed("graph"):
        build_arrays(store)
        forget_changes(store, store.generation)
    state = {"generation": store.generation, "counts": counts(store), "index": dict(snapshot.choice)}
    manifest = store.manifest.with_state(**state)
    if manifest != store.manifest:
        manifest.save(store.location)
        store.manifest = manifest
