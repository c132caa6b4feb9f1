"""What kind of source a file is, judged by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from kgretrieval.pictures.decode import SUFFIXES

Kind = Literal["records", "table", "page", "markdown", "text", "picture"]

PACKED = frozenset((".gz", ".bz2", ".xz"))
_BY_SUFFIX: dict[str, Kind] = {
    ".jsonl": "records",
    ".ndjson": "records",
    ".json": "records",
    ".csv": "table",
    ".tsv": "table",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
#: Kinds of which one file holds many records; they may be packed.
DATA: tuple[Kind, ...] = ("records", "table")

#: What is written about a folder rather than being part of it.
_ABOUT = re.compile(
    r"(readme|licen[cs]e|copying|notice|changelog|changes|contributing|authors|citation|requirements|robots|terms)"
    r"([-_.].*)?",
    re.IGNORECASE,
)


def kind_of(path: Path) -> Kind | None:
    """Return how a file is to be read, None if this package cannot read it."""
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return "picture"
    if suffix in PACKED:
        inner = _BY_SUFFIX.get(Path(path.stem).suffix.lower())
        return inner if inner in DATA else None
    return _BY_SUFFIX.get(suffix)


def base_suffix(path: Path) -> str:
    """Return the ending that tells the format, ``".csv"`` of ``news.csv.gz``, lower case."""
    return Path(path.stem if path.suffix.lower() in PACKED else path.name).suffix.lower()


def is_about(name: str) -> bool:
    """Say whether a file is one of README, LICENSE and their like."""
    return _ABOUT.fullmatch(name) is not None


def is_clutter(name: str) -> bool:
    """Say whether a file or folder is one that programs leave behind and nobody means to read."""
    return name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini", "__macosx", "__pycache__"}
