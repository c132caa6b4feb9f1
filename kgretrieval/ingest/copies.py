"""Pictures that are brought into the collection (`--copy`) instead of being left where they are."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

from kgretrieval.types import Article, Picture

FOLDER = "pictures"


def bring_in(location: Path, record: Article | Picture) -> Article | Picture:
    """Copy a record's pictures into ``DIR/pictures``, named by their bytes, and return it pointing there."""
    if isinstance(record, Article):
        return replace(record, pictures=tuple(_bring(location, p) for p in record.pictures))
    return _bring(location, record)


def remove_orphans(location: Path, used: set[str]) -> None:
    """Remove copied pictures whose path no use names any more."""
    folder = location / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if str(file) not in used:
            file.unlink()


def _bring(location: Path, picture: Picture) -> Picture:
    source = Path(picture.path)
    if not source.is_file():
        return picture
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    target = location.resolve() / FOLDER / f"{digest[:24]}{source.suffix.lower()}"
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        shutil.copyfile(source, temporary)
        os.replace(temporary, target)
    return replace(picture, path=str(target))
