"""What the processor can do, how much memory is free, and how work is spread over its cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch

Item = TypeVar("Item")
Rows = npt.NDArray[np.float32]

#: Part of the free memory that the batches in work may take together.
SHARE = 4
_OUT_OF_MEMORY = ("not enough memory", "can't allocate memory", "out of memory", "bad_alloc")
_LIMITS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def precision() -> torch.dtype:
    """Return bfloat16 where the processor multiplies it natively, else float32."""
    able: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def on_each_core(work: Callable[[Item], Rows], items: Sequence[Item]) -> list[Rows]:
    """Return ``work(item)`` for each item, in order: an item a thread, each on one core.

    All threads on one item would wait for each other at every layer, which costs as much as the
    work itself as soon as another program wants a core; and one thread decodes while another computes.
    """
    threads = torch.get_num_threads()
    with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        try:
            return list(pool.map(work, items))
        finally:
            torch.set_num_threads(threads)


def halving(work: Callable[[Sequence[Item]], Rows], items: Sequence[Item]) -> Rows:
    """Return ``work(items)``; where memory does not suffice, of each half on its own.

    Raises
    ------
    MemoryError, RuntimeError
        As `work` raised it, when a single item is too much.
    """
    try:
        return work(items)
    except (MemoryError, RuntimeError) as error:
        if len(items) < 2 or not _lacks_memory(error):
            raise
    middle = len(items) // 2
    return np.concatenate([halving(work, items[:middle]), halving(work, items[middle:])])


def fitting(bytes_each: int, *, most: int) -> int:
    """Return how many items of this size go into one batch: a power of two from 1 to `most`.

    The batches of all threads together take at most a quarter of the memory that is free now.
    """
    room = free_memory() // SHARE // torch.get_num_threads() // max(1, bytes_each)
    return 1 << (max(1, min(most, room)).bit_length() - 1)


def free_memory() -> int:
    """Return the bytes that this process can still take, with the limit of its control group."""
    return min([_machine_memory(), *_group_memory(_LIMITS)])


def _machine_memory() -> int:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):  # not Linux
        # Half of what is built in counts as free; Windows does not say how much that is.
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2 if hasattr(os, "sysconf") else 1 << 32


def _group_memory(limits: Iterable[tuple[str, str]]) -> list[int]:
    free = []
    for limit, used in limits:
        try:
            free.append(max(0, int(Path(limit).read_text()) - int(Path(used).read_text())))
        except (OSError, ValueError):  # no such group, or the limit is the word "max"
            continue
    return free


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _OUT_OF_MEMORY)
