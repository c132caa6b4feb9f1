"""The threads that searches share: NumPy and FAISS let others run while they compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

#: More than this and the memory, not the processor, is what one waits for.
_MOST = 8


@cache
def workers() -> int:
    """Return how many threads are of use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return max(1, min(len(affinity(0)) if affinity else os.cpu_count() or 1, _MOST))


def in_threads(run: Callable[[Given], Found], items: Iterable[Given]) -> Iterator[Found]:
    """Yield the results in the order of the items. For work that does not ask for threads itself."""
    return _pool().map(run, items) if workers() > 1 else map(run, items)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(workers(), thread_name_prefix="kgretrieval-index")
