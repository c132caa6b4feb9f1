"""What an ingest would cost, said before it begins.

A sample of the new records goes through everything that an ingest does, into a collection that is thrown away; what it
takes in time and bytes is scaled up. Two things do not grow evenly and are reckoned apart: the loading of the models,
and an index of vectors, which there is only from a certain number of rows on.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kgretrieval.index import factory
from kgretrieval.ingest.finish import finish
from kgretrieval.ingest.prepare import record_digest, record_id
from kgretrieval.ingest.workers import Workers
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.read import article_digests
from kgretrieval.store.store import Store, create_store
from kgretrieval.store.write import commit
from kgretrieval.types import Article, Forecast, Picture, Skipped

#: Records tried out to learn this machine's speed, after a few that warm it up, and the seconds that they may take.
WARM, TRIAL, ENOUGH_SECONDS = 8, 192, 8.0
_BATCH = 32
#: Seconds and bytes of a number in an index of vectors: a byte, and a little for its list
#: (benchmarks/results/million.json).
_INDEX_SECONDS, _INDEX_BYTES = 2.5e-7, 1.03

Record = Article | Picture


@dataclass
class _Seen:
    """What a look at the sources has shown; `sample` are records drawn evenly from all that are new."""

    articles: int = 0
    pictures: int = 0
    unchanged: int = 0
    weight: int = 0
    new: int = 0
    sample: list[tuple[Record, str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass
class _Trial:
    """What a few records needed."""

    loading: float
    seconds: float
    bytes: int
    weight: int
    rows: Mapping[str, float]
    widths: Mapping[str, int]


def forecast(
    store: Store | None,
    records: Iterable[Record | Skipped],
    workers: Callable[[], Workers],
) -> Forecast:
    """Read the sources to the end, take a sample of what is new into a collection for the bin, and scale up.

    Parameters
    ----------
    store : Store or None
        The collection that would take the records in; None if it would be a new one.
    records : iterable
        As `kgretrieval.sources.read` yields them.
    workers : callable
        Loads the encoder and the extractors.
    """
    begun = time.perf_counter()
    seen = _look(store, records)
    reading = time.perf_counter() - begun
    if not seen.sample:
        return Forecast(seen.articles, seen.pictures, seen.unchanged, reading, 0, tuple(seen.skipped))
    tried = _try_out(seen.sample, workers)
    scale = seen.weight / tried.weight
    numbers = _indexed_numbers(store, tried, scale)
    seconds = reading + tried.loading + tried.seconds * scale + _INDEX_SECONDS * numbers
    size = int(tried.bytes * scale + _INDEX_BYTES * numbers)
    return Forecast(seen.articles, seen.pictures, seen.unchanged, seconds, size, tuple(seen.skipped))


def _look(store: Store | None, records: Iterable[Record | Skipped]) -> _Seen:
    seen = _Seen()
    # Reservoir sampling: J. Vitter, "Random sampling with a reservoir", ACM TOMS 11(1), 1985, algorithm R.
    rng = random.Random(0)
    for record in records:
        if isinstance(record, Skipped):
            seen.skipped.append(record)
            continue
        digest = record_digest(record)
        if store is not None and article_digests(store, [record_id(record)]).get(record_id(record)) == digest:
            seen.unchanged += 1
            continue
        seen.articles += isinstance(record, Article)
        seen.pictures += len(record.pictures) if isinstance(record, Article) else 1
        seen.weight += _weight(record)
        seen.new += 1
        if len(seen.sample) < WARM + TRIAL:
            seen.sample.append((record, digest))
        elif (place := rng.randrange(seen.new)) < WARM + TRIAL:
            seen.sample[place] = (record, digest)
    rng.shuffle(seen.sample)
    return seen


def _weight(record: Record) -> int:
    """Work as characters: a picture costs about as much as 1,500 characters of text."""
    if isinstance(record, Picture):
        return 1500 + len("".join(record.captions))
    return 100 + len(record.title) + len(record.text) + 1500 * len(record.pictures)


def _try_out(sample: Sequence[tuple[Record, str]], load: Callable[[], Workers]) -> _Trial:
    begun = time.perf_counter()
    workers = load()
    encoder = workers.encoder
    versions = {extractor.name: extractor.version for extractor in workers.extractors}
    analysis = dict(workers.analyser.config)
    manifest = Manifest(encoder.name, encoder.weights_hash, dict(encoder.spaces), analysis, versions)
    warm, trial = sample[:WARM], sample[WARM:]
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "trial", manifest)
        try:
            if trial:
                commit(store, workers.bundles(warm, store))
                finish(store)
            else:  # so few that they are all there is: once for the warmth, once for the figures
                workers.bundles(warm, store)
                trial = warm
            before, rows = _size(store), {space: len(file) for space, file in store.vectors.items()}
            started = time.perf_counter()
            weight = 0
            for first in range(0, len(trial), _BATCH):
                batch = trial[first : first + _BATCH]
                commit(store, workers.bundles(batch, store))
                weight += sum(_weight(record) for record, _ in batch)
                if time.perf_counter() - started > ENOUGH_SECONDS:
                    break
            finish(store)
            seconds = time.perf_counter() - started
            grown = {space: (len(file) - rows[space]) / weight for space, file in store.vectors.items()}
            return _Trial(started - begun, seconds, max(0, _size(store) - before), weight, grown, encoder.spaces)
        finally:
            store.close()


def _size(store: Store) -> int:
    store.checkpoint()
    return sum(path.stat().st_size for path in store.location.rglob("*") if path.is_file())


def _indexed_numbers(store: Store | None, tried: _Trial, scale: float) -> float:
    """Return how many numbers an index of vectors will hold that is not there yet."""
    numbers = 0.0
    for space, rate in tried.rows.items():
        there = len(store.vectors[space]) if store is not None else 0
        rows = there + rate * tried.weight * scale
        if factory.choose(int(rows)) != "exact":
            known = there if factory.choose(there) != "exact" else 0
            numbers += (rows - known) * tried.widths[space]
    return numbers
