"""What an ingest would cost, said before it begins."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kgretrieval.ingest.prepare import record_digest, record_id
from kgretrieval.ingest.workers import Workers
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.read import article_digests
from kgretrieval.store.records import Bundle
from kgretrieval.store.store import Store, create_store
from kgretrieval.types import Article, Forecast, Picture, Skipped

#: Records tried out to learn this machine's speed.
TRIAL = 24
_TRIAL_CHARACTERS = 20_000

Record = Article | Picture


def forecast(
    store: Store | None,
    records: Iterable[Record | Skipped],
    workers: Callable[[], Workers],
) -> Forecast:
    """Read the sources to the end, work on the first few new records without keeping them, and scale up.

    Parameters
    ----------
    store : Store or None
        The collection that would take the records in; None if it would be a new one.
    records : iterable
        As `kgretrieval.sources.read` yields them.
    workers : callable
        Loads the encoder and the extractors.
    """
    skipped: list[Skipped] = []
    trial: list[tuple[Record, str]] = []
    articles = pictures = unchanged = weight = trial_weight = 0
    for record in records:
        if isinstance(record, Skipped):
            skipped.append(record)
            continue
        digest = record_digest(record)
        if store is not None and article_digests(store, [record_id(record)]).get(record_id(record)) == digest:
            unchanged += 1
            continue
        articles += isinstance(record, Article)
        pictures += len(record.pictures) if isinstance(record, Article) else 1
        weight += _weight(record)
        if len(trial) < TRIAL and trial_weight < _TRIAL_CHARACTERS:
            trial.append((record, digest))
            trial_weight += _weight(record)
    if not trial:
        return Forecast(articles, pictures, unchanged, 0.0, 0, tuple(skipped))
    loading, working, size = _try_out(trial, workers)
    scale = weight / trial_weight
    return Forecast(articles, pictures, unchanged, loading + working * scale, int(size * scale), tuple(skipped))


def _weight(record: Record) -> int:
    """Work as characters: a picture costs about as much as 1,500 characters of text."""
    if isinstance(record, Picture):
        return 1500 + len("".join(record.captions))
    return 100 + len(record.title) + len(record.text) + 1500 * len(record.pictures)


def _try_out(trial: list[tuple[Record, str]], load: Callable[[], Workers]) -> tuple[float, float, int]:
    """Return the seconds of loading the models, the seconds of a few records, and their bytes on disk."""
    begun = time.perf_counter()
    workers = load()
    manifest = Manifest(workers.encoder.name, workers.encoder.weights_hash, dict(workers.encoder.spaces), {}, {})
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "trial", manifest)
        try:
            workers.bundles(trial[:1], store)
            started = time.perf_counter()
            bundles = workers.bundles(trial, store)
            working = time.perf_counter() - started
            return started - begun, working, sum(map(_bytes, bundles))
        finally:
            store.close()


def _bytes(bundle: Bundle) -> int:
    """Estimate what a bundle takes: half-precision vectors in the file and again in the index, rows with their keys."""
    found = bundle.annotations
    vectors = sum(2 * len(v.vector) for v in bundle.vectors)
    text = len(bundle.article.title) + len(bundle.article.text) if bundle.article else 0
    terms = sum(5 * len(text.terms) + 2 * len(text.positions) for text in bundle.counts)
    return vectors + 2 * text + 2 * terms + 220 * len(found.mentions) + 600 * len(found.relations) + 1200
