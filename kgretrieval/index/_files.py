"""Folders of derived data that are there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kgretrieval.errors import CollectionError

_META = "index.json"


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder to write into; it takes the place of `path` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        yield unfinished
        _replace(unfinished, path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _replace(new: Path, path: Path) -> None:
    # A folder cannot be renamed onto one that holds files. A crash in between leaves none, which is built again.
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        path.rename(old)
    new.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def link_file(source: Path, target: Path) -> None:
    """Let `target` have the bytes of `source`, which is never written again: without copying where that can be done."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write what describes an index, as JSON."""
    (folder / _META).write_text(json.dumps(dict(meta), sort_keys=True), encoding="utf-8")


def read_meta(folder: Path, *, version: int) -> dict[str, Any]:
    """Read what `write_meta` wrote.

    Raises
    ------
    CollectionError
        If it is missing, unreadable or of another version.
    """
    try:
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(folder, error) from error
    if not isinstance(meta, dict) or meta.get("version") != version:
        raise damaged(folder, f"it is not of version {version}")
    return meta


def damaged(folder: Path, reason: object) -> CollectionError:
    """Return the error for an index that cannot be opened."""
    return CollectionError(f"the index in {folder} cannot be opened ({reason}): build it again")
