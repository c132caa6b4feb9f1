"""Pairs of a caption and a photo from three public sets, drawn by hashes of their ids."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GROUPS = Path(__file__).parent / "judged" / "caption_groups.json"
#: A site's name behind a headline.
_SITE = re.compile(r"\s+[|–—]\s.*$|\s-\s[^-]{3,60}$")


@dataclass(frozen=True, slots=True)
class Item:
    """A pair: `captions` are all right for the photo, the first one is below it in the archive."""

    key: str
    path: Path
    captions: tuple[str, ...]
    title: str = ""
    text: str = ""
    date: str = ""
    language: str = "en"
    source: str = ""
    tags: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    captions_zh: tuple[str, ...] = ()


def items(name: str, size: int) -> list[Item]:
    """Return so many pairs of a set, in the order of the hashes of their ids."""
    folder = DATA / name
    file = folder / ("captions.jsonl" if name == "flickr8k" else "articles.jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    usable = [row for row in rows if _usable(name, row)]
    usable.sort(key=lambda row: digest("pair", name, row["id"]))
    return [_item(name, row, folder) for row in usable[:size]]


def groups() -> list[list[Item]]:
    """Return pairs of one photograph in different files under different headlines, by the list of ids kept here."""
    folder = DATA / "newsimages25"
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: {**row, "date": row.get("date", "")} for row in map(json.loads, lines)}
    return [[_item("newsimages25", rows[i], folder) for i in ids] for ids in json.loads(GROUPS.read_text())]


def digest(*parts: str) -> str:
    """Return a hash by which pairs and cases are drawn."""
    return hashlib.sha1("\x1f".join(parts).encode()).hexdigest()


def _usable(name: str, row: Mapping[str, Any]) -> bool:
    if name == "newsimages25":
        return row["split"] == "train" and not row.get("leak") and bool(row.get("date")) and "Ã" not in row["title"]
    return name == "ksta19" or row["split"] == "train"


def _item(name: str, row: Mapping[str, Any], folder: Path) -> Item:
    key, path = f"{name}/{row['id']}", folder / row["image"]
    if name == "flickr8k":
        captions = tuple(text.rstrip(" .") + "." for text in row["captions"])
        return Item(key, path, captions, captions_zh=tuple(row.get("captions_zh", ())))
    if name == "ksta19":
        return Item(key, path, (row["title"],), row["title"], row["text"], row["month"], "de", row["source"])
    title = _SITE.sub("", row["title"]).strip()
    persons = tuple(row.get("persons", ()))
    tags = tuple(row["tags"])
    return Item(key, path, (title,), title, "", row["date"], "en", row["source"], tags, persons)
