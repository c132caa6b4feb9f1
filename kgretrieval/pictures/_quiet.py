"""Keep Pillow's warnings about odd files away from the person who owns the files."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_open: list[warnings.catch_warnings[None]] = []
_depth = 0


@contextmanager
def quiet() -> Iterator[None]:
    """Silence warnings inside the block.

    `warnings.catch_warnings` alone is not safe when threads overlap: the last one to leave
    may put back the filters that another one had set. Here the first to enter sets them and
    the last to leave restores them.
    """
    global _depth
    with _lock:
        _depth += 1
        if _depth == 1:
            guard = warnings.catch_warnings(action="ignore")
            guard.__enter__()
            _open.append(guard)
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                _open.pop().__exit__(None, None, None)
