"""The collection on disk: one folder, one SQLite file, one vector file a space."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kgretrieval.errors import CollectionError, UsageError
from kgretrieval.store.lock import WriteLock
from kgretrieval.store.manifest import Manifest, load_manifest
from kgretrieval.store.schema import TABLES
from kgretrieval.store.vectors import VectorFile, file_name

DATABASE = "kg.sqlite"


class Store:
    """An open collection. Reading is safe from many threads, each with a connection of its own.

    Use `create_store` or `open_store`. A writer holds the collection's lock until `close`.
    """

    def __init__(self, location: Path, manifest: Manifest, *, lock: WriteLock | None = None) -> None:
        self.location = location
        self.manifest = manifest
        self._lock = lock
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()

    @property
    def writable(self) -> bool:
        """Whether this process holds the lock."""
        return self._lock is not None

    @property
    def vectors(self) -> dict[str, VectorFile]:
        """The file of each space, of the generation that `reading` has pinned."""
        query = "SELECT key, value FROM meta WHERE key >= 'vectors/' AND key < 'vectors0'"
        names = {key.partition("/")[2]: name for key, name in self.connection.execute(query)}
        folder, precision = self.location / "vectors", self.manifest.vectors
        return {
            space: VectorFile(folder / names.get(space, file_name(space, precision)), width, precision)
            for space, width in self.manifest.spaces.items()
        }

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a reader's can only read."""
        opened: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if opened is None:
            opened = _connect(self.location / DATABASE, write=self.writable)
            self._local.connection = opened
            with self._guard:
                self._connections.append(opened)
        return opened

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Pin one generation: everything read inside sees the same last commit."""
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.rollback()

    @property
    def generation(self) -> int:
        """The number of the last committed batch."""
        return int(self.connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])

    def checkpoint(self) -> None:
        """Bring everything committed into the database's main file; readers at work only put it off."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection and give the lock back; harmless twice."""
        if self._lock is not None:
            # Until then the main file still holds what was deleted.
            self.checkpoint()
        with self._guard:
            connections, self._connections = self._connections, []
        for connection in connections:
            connection.close()
        self._local = threading.local()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def create_store(location: Path, manifest: Manifest, *, wait: float = 0.0) -> Store:
    """Make an empty collection in `location` and open it for writing.

    Raises
    ------
    UsageError
        If `location` holds something else already.
    LockedError
        If another process is writing there.
    """
    if location.exists() and not location.is_dir():
        raise UsageError(f"{location} is a file; name a folder for the collection")
    leftovers = {"lock", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "vectors"}
    foreign = sorted({p.name for p in location.iterdir()} - leftovers) if location.is_dir() else []
    if foreign:
        raise UsageError(f"{location} holds other files ({foreign[0]}); name an empty or a new folder")
    (location / "vectors").mkdir(parents=True, exist_ok=True)
    lock = WriteLock(location, wait=wait)
    lock.acquire()
    # The manifest is written last: what a crash before it leaves behind is no collection and is begun anew.
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (location / name).unlink(missing_ok=True)
    for old in (location / "vectors").iterdir():
        old.unlink()
    connection = _connect(location / DATABASE, write=True)
    connection.executescript(f"BEGIN; {TABLES} INSERT INTO meta VALUES ('generation', '0'); COMMIT;")
    connection.close()
    manifest.save(location)
    return Store(location, manifest, lock=lock)


def open_store(location: Path, *, write: bool = False, wait: float = 0.0) -> Store:
    """Open the collection at `location`.

    Raises
    ------
    CollectionNotFoundError
        If there is none.
    LockedError
        If `write` and another process is writing.
    """
    manifest = load_manifest(location)
    if not (location / DATABASE).exists():
        raise CollectionError(f"{location} has lost its {DATABASE}; ingest again into a new folder")
    if not write:
        return Store(location, manifest)
    lock = WriteLock(location, wait=wait)
    lock.acquire()
    store = Store(location, load_manifest(location), lock=lock)
    _tidy_vectors(store)
    return store


def remove_unnamed(store: Store) -> None:
    """Remove files of vectors that the database does not name: those that were written anew, and what a crash left."""
    named = {file.path for file in store.vectors.values()}
    for path in (store.location / "vectors").iterdir():
        if path not in named and path.name.split(".")[0] in store.manifest.spaces:
            # A reader on Windows may still have it open: the next writer tries again.
            with suppress(OSError):
                path.unlink()


def _tidy_vectors(store: Store) -> None:
    """Cut off rows that a crash left unnamed at the end of a vector file."""
    remove_unnamed(store)
    for space, file in store.vectors.items():
        last = store.connection.execute("SELECT MAX(row) FROM vector WHERE space = ?", (space,)).fetchone()[0]
        file.cut(0 if last is None else last + 1)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "timeout": 30.0}
    connection: sqlite3.Connection
    if write:
        connection = sqlite3.connect(path, **options)
        connection.execute("PRAGMA journal_mode = WAL")
        # What a person deletes is overwritten in the file, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
    else:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, **options)
    connection.execute("PRAGMA cache_size = -65536")
    return connection
