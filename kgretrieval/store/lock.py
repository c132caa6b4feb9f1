"""One writer, many readers: an advisory lock that dies with its process."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import IO

from kgretrieval.errors import LockedError

NAME = "lock"


class WriteLock:
    """Hold `DIR/lock` while writing; a killed writer's lock frees itself.

    Parameters
    ----------
    folder : Path
        The collection's folder; it must exist.
    wait : float
        Seconds to wait for another writer before giving up.
    """

    def __init__(self, folder: Path, *, wait: float = 0.0) -> None:
        self.path = folder / NAME
        self.wait = wait
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises
        ------
        LockedError
            If another process holds it; the message names that process.
        """
        file = self.path.open("a+", encoding="utf-8")
        deadline = time.monotonic() + self.wait
        while not _try_lock(file):
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read().strip() or "another process"
                file.close()
                raise LockedError(f"{self.path.parent} is being written by {holder}; try again when it has finished")
            time.sleep(0.1)
        file.truncate(0)
        file.write(f"process {os.getpid()} (started {time.strftime('%Y-%m-%d %H:%M:%S')})\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        try:
            # A byte far behind the text: Windows locks keep others from reading what they cover.
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
