"""Texts that have a label, from the forms in which public sets of them come.

============================================ =======================================================================
form                                         splits
============================================ =======================================================================
``.jsonl``, ``.jsonl.gz``, ``.jsonl.xz``     the field ``split``, or ``fold``, or the file's name (``train_1.jsonl``)
``.csv``                                     the same
a folder of such files                       the same
a folder with a folder of ``.txt`` per label folders ``train``, ``dev`` and ``test`` above them, or one split, "all"
============================================ =======================================================================
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kgretrieval.classify.base import Examples, Item
from kgretrieval.errors import NotFoundError, UnreadableError
from kgretrieval.text.language import guess_language

Row = Mapping[str, Any]

ALL = "all"
#: Fields of text and of labels that are looked for where none is named; all of the former that are there are joined.
TEXT_FIELDS = ("headers", "title", "headline", "description", "text", "body")
LABEL_FIELDS = ("label", "category", "class", "section")
_OPENERS: Mapping[str, Callable[..., Any]] = {".jsonl": open, ".jsonl.gz": gzip.open, ".jsonl.xz": lzma.open}
_SPLITS = re.compile(r"(?:^|[_.-])(train|dev|valid|validation|test)(?=[_.-]|$)")
_SAME = {"valid": "dev", "validation": "dev"}
# The rules of scikit-learn's fetch_20newsgroups(remove=("footers", "quotes")), word for word.
_QUOTE = re.compile(r"(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)")


class _Labelled(NamedTuple):
    text: str
    label: str
    split: str
    language: str


def read_labelled(
    path: Path,
    *,
    split: str | None = None,
    text: str | Sequence[str] | None = None,
    label: str | None = None,
    strip: bool = False,
) -> dict[str, Examples]:
    """Read a set of labelled texts.

    Parameters
    ----------
    path : Path
        A file or a folder; the table above says of what form.
    split : str, optional
        Return this split alone.
    text, label : str, optional
        The fields that hold the text (several are joined by a blank line) and its label; rows without a label are
        left out.
    strip : bool
        For posts with ``headers`` and ``body``: take the body alone, without signature and quotations.

    Returns
    -------
    dict of Examples
        By split, in the order of the file; all have the same labels, sorted. Folds are splits ``"0"``, ``"1"``, ...

    Raises
    ------
    NotFoundError
        If the path, a field or the split is not there.
    UnreadableError
        If a line is no JSON object.
    """
    fields = (text,) if isinstance(text, str) else tuple(text or ())
    rows = list(_labelled_rows(path, fields, label, strip))
    if not rows:
        raise UnreadableError(f"{path} holds no labelled text; it takes .jsonl[.gz|.xz], .csv or a folder per label")
    labels = tuple(sorted({row.label for row in rows}))
    place = {name: i for i, name in enumerate(labels)}
    default = guess_language("\n".join(row.text for row in rows[:50]))
    found: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    for row in rows:
        item = Item(row.text, row.language or guess_language(row.text, default=default))
        found[row.split].append((item, place[row.label]))
    if split is not None and split not in found:
        raise NotFoundError(f"{path} has no split {split!r}; it has {', '.join(sorted(found))}")
    return {
        name: Examples(tuple(item for item, _ in pairs), np.array([answer for _, answer in pairs], np.int64), labels)
        for name, pairs in found.items()
        if split in (None, name)
    }


def strip_post(body: str) -> str:
    """Return the body of a newsgroup post without its signature and quotations, by scikit-learn's rules."""
    lines = body.strip().split("\n")
    last = next((i for i in range(len(lines) - 1, -1, -1) if not lines[i].strip().strip("-")), 0)
    kept = "\n".join(lines[:last]) if last > 0 else body
    return "\n".join(line for line in kept.split("\n") if not _QUOTE.search(line))


def _labelled_rows(path: Path, fields: tuple[str, ...], label: str | None, strip: bool) -> Iterator[_Labelled]:
    if not path.exists():
        raise NotFoundError(f"there is no file or folder {path}")
    files = [path] if path.is_file() else sorted(file for file in path.iterdir() if _form(file))
    if not files:
        yield from _folders(path)
    for file in files:
        named = _SPLITS.search(file.name)
        split = _SAME.get(named[1], named[1]) if named else ALL
        for row in _rows(file):
            answer = _label(row, label, file)
            if answer is not None:
                fold = row.get("split", row.get("fold"))
                language = str(row.get("language") or "")
                words = _text(row, fields, file, strip=strip)
                yield _Labelled(words, answer, split if fold in (None, "") else str(fold), language)


def _form(file: Path) -> str:
    return next((ending for ending in (*_OPENERS, ".csv") if file.name.endswith(ending)), "")


def _rows(file: Path) -> Iterator[Row]:
    form = _form(file)
    if form == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)
        return
    if form not in _OPENERS:
        raise UnreadableError(f"{file} has no form that is read: .jsonl, .jsonl.gz, .jsonl.xz or .csv")
    try:
        with _OPENERS[form](file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                row = json.loads(line) if line.strip() else {}
                if not isinstance(row, dict):
                    raise UnreadableError(f"{file}, line {number}: this is no JSON object: {line[:60]!r}")
                if row:
                    yield row
    except (ValueError, OSError, EOFError, lzma.LZMAError) as error:
        raise UnreadableError(f"{file} cannot be read as JSON lines: {error}") from None


def _label(row: Row, label: str | None, file: Path) -> str | None:
    field = label or next((name for name in LABEL_FIELDS if name in row), None)
    if field is None and "/" in str(row.get("id", "")):
        return str(row["id"]).split("/")[0]
    if field is None or field not in row:
        raise NotFoundError(f"{file} has no field {label or 'label'!r}; its fields are {', '.join(row)}")
    return None if row[field] in (None, "") else str(row[field])


def _text(row: Row, fields: tuple[str, ...], file: Path, *, strip: bool) -> str:
    names = fields or tuple(name for name in TEXT_FIELDS if name in row)
    if not names or not all(name in row for name in names):
        raise NotFoundError(f"{file} has no field {', '.join(names) or 'text'!r}; its fields are {', '.join(row)}")
    if strip and "body" in row:
        return strip_post(str(row["body"]))
    return "\n\n".join(str(row[name]) for name in names if row[name])


def _folders(path: Path) -> Iterator[_Labelled]:
    """Yield the texts of a folder per label, perhaps under a folder per split."""
    inside = sorted(folder for folder in path.iterdir() if folder.is_dir())
    splits = [folder for folder in inside if _SPLITS.fullmatch(folder.name)]
    for above in splits or [path]:
        split = _SAME.get(above.name, above.name) if splits else ALL
        for file in sorted(above.glob("*/*.txt")):
            try:
                yield _Labelled(file.read_text(encoding="utf-8"), file.parent.name, split, "")
            except UnicodeDecodeError:
                raise UnreadableError(f"{file} is not UTF-8; convert it first") from None
