"""Files and folders: what is in them, in which order it is read, and by which reader."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kgretrieval.errors import NotFoundError, UnreadableError
from kgretrieval.sources._convert import Item, Located
from kgretrieval.sources._kinds import DATA, Kind, is_about, is_clutter, kind_of
from kgretrieval.sources._lines import READ_ERRORS
from kgretrieval.sources._unique import Unique
from kgretrieval.sources.html import COMPANIONS, read_page
from kgretrieval.sources.jsonl import read_json
from kgretrieval.sources.loose import read_picture
from kgretrieval.sources.options import ReadOptions
from kgretrieval.sources.table import read_table
from kgretrieval.sources.texts import read_markdown, read_plain
from kgretrieval.types import Skipped

#: A folder that holds this is a collection, not a source.
_COLLECTION = "kg.sqlite"
_READABLE = "JSONL, JSON, CSV, TSV, HTML, Markdown, text, a picture, or a folder of them"


@dataclass
class Gathered:
    """The files to be read, by stage, each stage in the order of its paths; and what was left out."""

    data: list[Path] = field(default_factory=list)
    documents: list[Path] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, path: Path, kind: Kind) -> None:
        """Put a file into the stage of its kind."""
        stage = self.data if kind in DATA else self.pictures if kind == "picture" else self.documents
        stage.append(path)

    def sort(self) -> None:
        """Bring every stage into order, each file once."""
        for stage in (self.data, self.documents, self.pictures):
            stage[:] = sorted(set(stage), key=str)


def gather(paths: Sequence[str | Path], *, recursive: bool = True) -> Gathered:
    """Find the files that `paths` name.

    Raises
    ------
    NotFoundError
        A path does not exist.
    UnreadableError
        A file that was named is of no kind that can be read.
    """
    gathered = Gathered()
    for given in sorted({Path(path).resolve() for path in _existing(paths)}, key=str):
        if given.is_dir():
            _walk(given, gathered, recursive=recursive)
        elif kind := kind_of(given):
            gathered.add(given, kind)
        else:
            raise UnreadableError(f"{given} is of no kind that can be read; give {_READABLE}")
    gathered.sort()
    return gathered


def records(gathered: Gathered, options: ReadOptions) -> Iterator[Item]:
    """Yield what the files hold, data files first, so that it is known which pictures they name."""
    unique = Unique()
    yield from unique.settle(_located(gathered, options, unique))
    yield from gathered.skipped


def _existing(paths: Sequence[str | Path]) -> Sequence[str | Path]:
    for path in paths:
        if not Path(path).exists():
            raise NotFoundError(f"there is no file or folder {path}")
    return paths


def _walk(root: Path, gathered: Gathered, *, recursive: bool) -> None:
    unknown: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        gathered.skipped.append(Skipped(str(error.filename), f"cannot be opened: {error.strerror}"))

    for folder, inner, names in os.walk(root, onerror=unreadable):
        if _COLLECTION in names:
            inner.clear()
            continue
        pages = {Path(name).stem for name in names if kind_of(Path(name)) == "page"}
        inner[:] = sorted(n for n in inner if recursive and not is_clutter(n) and not _is_companion(n, pages))
        _sort_in(Path(folder), sorted(names), gathered, unknown)
    if unknown:
        endings = ", ".join(f"{ending or 'no ending'} {count}" for ending, count in sorted(unknown.items()))
        gathered.skipped.append(Skipped(str(root), f"holds files of kinds that are not read: {endings}"))


def _sort_in(folder: Path, names: list[str], gathered: Gathered, unknown: Counter[str]) -> None:
    stems = {name for n in names if kind_of(Path(n)) == "picture" for name in (n, Path(n).stem)}
    for name in names:
        path = folder / name
        kind = kind_of(path)
        if is_clutter(name) or is_about(name) or (path.suffix == ".json" and path.stem in stems):
            continue
        if not name.isprintable() or not path.is_file():
            gathered.skipped.append(Skipped(ascii(str(path))[1:-1], "is no file, or its name is no text; rename it"))
        elif kind is None:
            unknown[path.suffix.lower()] += 1
        else:
            gathered.add(path, kind)


def _is_companion(name: str, pages: set[str]) -> bool:
    """Say whether a folder is the one that a browser has put beside a saved page, full of icons and scripts."""
    return any(name == page + ending for page in pages for ending in COMPANIONS)


def _located(gathered: Gathered, options: ReadOptions, unique: Unique) -> Iterator[Located]:
    for path in gathered.data:
        reader = read_json if kind_of(path) == "records" else read_table
        yield from _safely(partial(reader, path, options), path)
    neighbours = _Neighbours()
    for path in gathered.documents:
        yield from _safely(_document_reader(path, options, neighbours), path)
    for path in gathered.pictures:
        if not unique.is_used(str(path)):
            yield from _safely(partial(read_picture, path, options), path)


def _document_reader(path: Path, options: ReadOptions, neighbours: _Neighbours) -> Callable[[], Iterator[Located]]:
    kind = kind_of(path)
    if kind == "page":
        return partial(read_page, path, options)
    reader = read_markdown if kind == "markdown" else read_plain
    return partial(reader, path, options, beside=neighbours.pictures(path))


class _Neighbours:
    """The pictures beside text files, each folder listed once."""

    def __init__(self) -> None:
        self._folders: dict[Path, dict[str, list[Path]]] = {}

    def pictures(self, path: Path) -> list[Path]:
        """Return the pictures ``a.jpg`` ... beside ``a.txt``, or the one picture of ``a.jpg.txt``."""
        if path.parent not in self._folders:
            by_name: dict[str, list[Path]] = {}
            for name in sorted(os.listdir(path.parent)):
                if kind_of(Path(name)) == "picture" and not is_clutter(name):
                    for key in (name, Path(name).stem):
                        by_name.setdefault(key, []).append(path.parent / name)
            self._folders[path.parent] = by_name
        return self._folders[path.parent].get(path.stem, [])


def _safely(read: Callable[[], Iterator[Located]], path: Path) -> Iterator[Located]:
    """Pass on what a reader gives; if the file itself fails, what was read of it stays and the failure is told."""
    try:
        yield from read()
    except READ_ERRORS as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield str(path), Skipped(str(path), f"cannot be read to its end: {reason}")
