"""Take records in: only what is new or changed, batch by batch, each batch one commit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kgretrieval.ingest.copies import bring_in
from kgretrieval.ingest.finish import finish
from kgretrieval.ingest.prepare import record_digest, record_id
from kgretrieval.ingest.read_text import remember_reading, take_in_texts
from kgretrieval.ingest.timing import Stages
from kgretrieval.ingest.workers import Workers
from kgretrieval.store.read import article_digests, members_of_origin
from kgretrieval.store.store import Store
from kgretrieval.store.write import commit
from kgretrieval.types import Article, IngestReport, Picture, Progress, Skipped

#: Records in one commit: a crash costs at most this much work.
BATCH = 128

Record = Article | Picture
Report = Callable[[Progress], None]


@dataclass
class _Tally:
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    pictures: int = 0
    seen: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)


def ingest(
    store: Store,
    records: Iterable[Record | Skipped],
    workers: Callable[[], Workers],
    *,
    prune: Iterable[Path] = (),
    copy: bool = False,
    read_text: bool | None = None,
    total: int = 0,
    then: Callable[[Store], None] | None = None,
    progress: Report | None = None,
) -> IngestReport:
    """Take records into a collection that is open for writing.

    What is in already and unchanged is only looked at, so a run that was stopped goes on where it was.

    Parameters
    ----------
    store : Store
        Open for writing.
    records : iterable
        As `kgretrieval.sources.read` yields them.
    workers : callable
        Loads the encoder and the extractors; called only if there is something to do.
    prune : iterable of Path
        Delete what came from under these places in an earlier run and was not seen in this one.
    copy : bool
        Bring pictures into the collection's folder.
    read_text : bool, optional
        Read the text in pictures, now and in later runs, or stop doing so; by default as the last run did.
    total : int
        About how many records there are, for `progress`; 0 if that is not known.
    then : callable, optional
        What else is to be done with what came in, before derived files are brought up to it.
    progress : callable, optional
        Told after every batch, and in the stages behind the last one.

    Raises
    ------
    ModelError
        If text in pictures is to be read and the engine is not installed.
    """
    remember_reading(store, read_text)
    started = time.perf_counter()
    tally = _Tally()
    loaded: Workers | None = None
    for batch in _batches(records, tally):
        changed = _changed(store, batch, tally)
        if changed:
            loaded = loaded or workers()
            with loaded.stages("copy pictures"):
                changed = [(bring_in(store.location, r) if copy else r, digest) for r, digest in changed]
            bundles = loaded.bundles(changed, store)
            tally.pictures += sum(len(b.uses) for b in bundles)
            with loaded.stages("store"):
                commit(store, bundles)
        if progress is not None:
            progress(Progress("ingest", tally.read, max(total - len(tally.skipped), tally.read) if total else 0))
    removed = _prune(store, tally.seen, list(prune))
    loaded, read = take_in_texts(store, workers, loaded, progress=progress)
    stages = loaded.stages if loaded else Stages()
    if then is not None:
        with stages("sort by labels"):
            then(store)
    finish(store, stages, progress)
    seconds = dict(stages.seconds)
    skipped = (*tally.skipped, *(loaded.skipped if loaded else ()), *read.skipped)
    elapsed = time.perf_counter() - started
    seconds["read and compare"] = max(0.0, elapsed - sum(seconds.values()))
    return IngestReport(
        read=tally.read,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        removed=removed,
        pictures=tally.pictures,
        skipped=skipped,
        seconds=elapsed,
        stages=seconds,
        with_text=read.with_text,
    )


def _batches(records: Iterable[Record | Skipped], tally: _Tally) -> Iterator[list[Record]]:
    """Yield lists of up to `BATCH` records in source order; what a source skipped is noted."""
    iterator = iter(records)
    while chunk := list(islice(iterator, BATCH)):
        tally.skipped += [r for r in chunk if isinstance(r, Skipped)]
        batch = [r for r in chunk if not isinstance(r, Skipped)]
        tally.read += len(batch)
        yield batch


def _changed(store: Store, batch: list[Record], tally: _Tally) -> list[tuple[Record, str]]:
    ids = [record_id(record) for record in batch]
    tally.seen.update(ids)
    known = article_digests(store, ids)
    changed = []
    for identifier, record in zip(ids, batch, strict=True):
        digest = record_digest(record)
        if identifier not in known:
            tally.added += 1
        elif known[identifier] != digest:
            tally.updated += 1
        else:
            tally.unchanged += 1
            continue
        changed.append((record, digest))
    return changed


def _prune(store: Store, seen: set[str], places: list[Path]) -> int:
    if not places:
        return 0
    roots = [place.resolve() for place in places]
    gone = []
    for identifier, origin in members_of_origin(store):
        under = any(Path(origin) == root or root in Path(origin).parents for root in roots)
        if under and identifier not in seen:
            gone.append(identifier)
    if gone:
        commit(store, delete=sorted(gone))
    return len(gone)
