"""An open collection: its files, its lock, the models that read and write it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kgretrieval import encoders
from kgretrieval.errors import KgError, ModelError, UsageError
from kgretrieval.store.manifest import NAME as MANIFEST
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.store import Store, create_store, open_store
from kgretrieval.store.vectors import PRECISIONS
from kgretrieval.text.analysis import Analyser

if TYPE_CHECKING:
    from kgretrieval.encoders.base import Encoder
    from kgretrieval.ingest.workers import Workers
    from kgretrieval.search.answer import Searcher

#: Seconds that a writer waits for another one before it says who holds the lock.
PATIENCE = 2.0


class Handle:
    """Opens what is needed when it is needed, and gives it back.

    Parameters
    ----------
    location : Path
        The folder; a new collection is written there with its first record.
    encoder : str, optional
        The encoder's name; must be the collection's own if there is one.
    extractors : sequence of str, optional
        What is extracted; likewise.
    vectors : str, optional
        How numbers of vectors are kept, ``"fp16"`` or ``"int8"``; likewise.
    """

    def __init__(
        self,
        location: Path,
        *,
        encoder: str | None = None,
        extractors: Sequence[str] | None = None,
        vectors: str | None = None,
    ) -> None:
        self.location = location
        self._extractors = None if extractors is None else tuple(extractors)
        if vectors is not None and vectors not in PRECISIONS:
            raise UsageError(f"vectors are kept as one of {', '.join(PRECISIONS)}, not as {vectors!r}")
        self._vectors = vectors
        self._wanted = None if encoder is None else encoders.full_name(encoder)
        self._reader: Store | None = None
        self._searcher: Searcher | None = None
        self._encoder: Encoder | None = None
        self._guard = threading.RLock()

    def exists(self) -> bool:
        """Say whether the collection is on disk yet."""
        return (self.location / MANIFEST).exists()

    def close(self) -> None:
        """Close files; the object can be used again and opens them anew."""
        with self._guard:
            if self._reader is not None:
                self._reader.close()
            self._reader = self._searcher = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.location)!r})"

    def _open_reader(self) -> Store:
        with self._guard:
            if self._reader is None:
                store = open_store(self.location)
                self._check_manifest(store.manifest)
                self._reader = store
            return self._reader

    def _writing(self) -> _Writing:
        return _Writing(self)

    def _open_writer(self) -> Store:
        if self.exists():
            store = open_store(self.location, write=True, wait=PATIENCE)
            try:
                self._check_manifest(store.manifest)
            except KgError:
                store.close()
                raise
            return store
        encoder = self._load_encoder(self._wanted or encoders.DEFAULT)
        chosen, self._extractors = self._extractors, None
        return create_store(self.location, new_manifest(encoder, chosen, self._vectors), wait=PATIENCE)

    def _check_manifest(self, manifest: Manifest) -> None:
        if self._extractors is not None and set(self._extractors) != set(manifest.extractors):
            own = ", ".join(manifest.extractors)
            message = f"{self.location} extracts with {own}, not with {', '.join(self._extractors)}"
            raise UsageError(f"{message}; leave --extractors out, or change them with kg annotate")
        self._extractors = None
        if self._vectors is not None and self._vectors != manifest.vectors:
            message = f"{self.location} keeps vectors as {manifest.vectors}, not as {self._vectors}"
            raise UsageError(f"{message}; leave --vectors out, or ingest into another folder")
        if self._wanted is not None and self._wanted != manifest.encoder:
            message = f"{self.location} was made with the encoder {manifest.encoder!r}, not {self._wanted!r}"
            raise ModelError(f"{message}; leave --model out, or ingest into another folder")

    def _load_encoder(self, name: str) -> Encoder:
        with self._guard:
            if self._encoder is None or self._encoder.name != name:
                self._encoder = encoders.load(name)
            return self._encoder

    def _own_encoder(self) -> Encoder:
        """Load the collection's encoder and make sure that its weights are those the vectors came from."""
        manifest = self._open_reader().manifest
        encoder = self._load_encoder(manifest.encoder)
        manifest.require_weights(encoder.weights_hash)
        return encoder

    def _workers(self) -> Workers:
        from kgretrieval import extractors
        from kgretrieval.ingest.workers import Workers

        if not self.exists():
            encoder = self._load_encoder(self._wanted or encoders.DEFAULT)
            return Workers(encoder, extractors.load(self._extractors or extractors.DEFAULT), Analyser.default())
        manifest = self._open_reader().manifest
        analyser = Analyser(manifest.analysis)
        return Workers(self._own_encoder(), extractors.load(tuple(manifest.extractors)), analyser)

    def _search(self) -> Searcher:
        from kgretrieval.search.answer import Searcher

        with self._guard:
            if self._searcher is None:
                store = self._open_reader()
                self._searcher = Searcher(store, self._own_encoder, Analyser(store.manifest.analysis))
            return self._searcher


class _Writing:
    """Hold the write lock for a `with` block; afterwards readers see the new state."""

    def __init__(self, collection: Handle) -> None:
        self.collection = collection

    def __enter__(self) -> Store:
        self.store = self.collection._open_writer()
        return self.store

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()
        self.collection.close()


def new_manifest(encoder: Encoder, names: Sequence[str] | None = None, vectors: str | None = None) -> Manifest:
    """Return the manifest of a collection that is about to be made: encoder, extractors, how vectors are kept."""
    from kgretrieval import extractors

    chosen = extractors.load(extractors.DEFAULT if names is None else names)
    extractors.require_needs(chosen)
    return Manifest(
        encoder=encoder.name,
        weights_hash=encoder.weights_hash,
        spaces=dict(encoder.spaces),
        analysis=Analyser.default().config,
        extractors={e.name: e.version for e in chosen},
        vectors=vectors or PRECISIONS[0],
    )
