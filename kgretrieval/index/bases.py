"""Where derived files begin: at those of an earlier generation and what changed since, or at nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kgretrieval.store.store import Store
from kgretrieval.store.touched import Changes, changes_since

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Base:
    """Derived files of an earlier generation, and what changed since they were made."""

    folder: Path
    changes: Changes


def base_of(store: Store, root: Path) -> Base | None:
    """Return the newest ``root/GENERATION/`` from which the pinned generation can be reached, None if there is none.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    root : pathlib.Path
        The folder with one folder a generation; may be missing.
    """
    for generation in sorted((g for g in generations(root) if g < store.generation), reverse=True):
        changes = changes_since(store, generation)
        if changes is not None:
            return Base(root / str(generation), changes)
    return None


def generations(root: Path) -> list[int]:
    """Return the generations of which derived files are there."""
    if not root.is_dir():
        return []
    return [int(path.name) for path in root.iterdir() if path.name.isdigit() and path.is_dir()]


def remove_others(root: Path, kept: Path) -> None:
    """Remove the folders of other generations, and what a crash left of unfinished ones."""
    for other in root.iterdir():
        if other != kept and other.is_dir() and other.name.strip(".").split(".")[0].isdigit():
            shutil.rmtree(other, ignore_errors=True)


def made_aside(make: Callable[[Path], Opened]) -> Opened:
    """Return what `make` writes into a temporary folder and opens; the folder goes when it does."""
    folder = Path(tempfile.mkdtemp(prefix="kgretrieval-"))
    try:
        opened = make(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if os.name == "posix":
        # Files that are mapped live on without a name, and nothing is left behind by a kill.
        shutil.rmtree(folder, ignore_errors=True)
    else:
        weakref.finalize(opened, shutil.rmtree, folder, ignore_errors=True)
    return opened
