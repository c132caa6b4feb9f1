"""Put the sample news into a folder: `articles.jsonl`, `pictures/` and the captions beside lone pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from kgretrieval.errors import UsageError
from kgretrieval.sample.drawings import DRAWINGS
from kgretrieval.sample.photos import PHOTOS, photo_path

PICTURES = "pictures"


def write(folder: Path) -> Path:
    """Write the sample news into `folder` and return the folder.

    The folder then holds ``articles.jsonl`` (one article a line; `image` is a path from
    the folder), ``pictures/`` and, for each picture without an article, a text file of
    the same stem with its caption. The bytes are the same each time on one installation.

    Parameters
    ----------
    folder : Path
        Created if it is not there; files of the same names in it are replaced.

    Raises
    ------
    UsageError
        If `folder` is a file.
    NotFoundError
        If a package that carries the photographs is not installed.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"cannot write the sample news: {folder} is a file; name a folder")
    pictures = folder / PICTURES
    pictures.mkdir(parents=True, exist_ok=True)
    articles = list(_records("articles.jsonl"))
    alone = list(_records("pictures.jsonl"))
    for record in [*articles, *alone]:
        if record.get("image"):
            _write_picture(record["image"], pictures)
    lines = [json.dumps(_with_path(article), ensure_ascii=False) for article in articles]
    _write_text(folder / "articles.jsonl", "\n".join(lines))
    for record in alone:
        _write_text((pictures / record["image"]).with_suffix(".txt"), f"{record['caption']} ({record['credit']})")
    return folder


def _records(name: str) -> Iterator[dict[str, Any]]:
    text = (files("kgretrieval.sample") / name).read_text(encoding="utf-8")
    return (json.loads(line) for line in text.splitlines())


def _with_path(article: dict[str, Any]) -> dict[str, Any]:
    return {**article, "image": f"{PICTURES}/{article['image']}"} if article.get("image") else article


def _write_picture(name: str, folder: Path) -> None:
    target = folder / name
    if name in PHOTOS:
        shutil.copyfile(photo_path(name), target)
    elif target.suffix == ".jpg":
        DRAWINGS[name]().save(target, quality=88)
    else:
        DRAWINGS[name]().save(target, optimize=True)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
