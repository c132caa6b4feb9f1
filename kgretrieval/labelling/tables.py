"""Labels in a table or in JSON lines: a text and its label a row, or the id of a document and its label."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kgretrieval.errors import UnreadableError, UsageError
from kgretrieval.sources._kinds import base_suffix
from kgretrieval.sources._lines import READ_ERRORS, Lines

#: Columns that are taken where the user names none, the first that is there.
TEXTS = ("text", "sentence", "content", "body", "review")
LABELS = ("label", "category", "class", "topic", "section", "sentiment")
_LONGEST_CELL = 10_000_000

Row = dict[str, Any]


def read_rows(file: Path, *, text: str = "", label: str = "") -> tuple[list[tuple[str, str]], bool]:
    """Return (text or id, label) of each row, and whether they are ids of documents.

    Parameters
    ----------
    file : Path
        CSV, TSV or JSON lines, packed or not.
    text, label : str
        Names of columns; several of texts, with commas between them, are joined by line breaks. By default ids are
        taken from a column ``id`` if there is no column of texts.

    Raises
    ------
    UnreadableError
        If the file cannot be read, a row is no row, or it holds none.
    UsageError
        If there is no such column; the message lists those there are.
    """
    try:
        rows = list(_numbered(file))
    except READ_ERRORS as error:
        raise UnreadableError(f"{file} cannot be read: {error}") from None
    if not rows:
        raise UnreadableError(f"{file} has no rows; give a table with a header, or JSON lines")
    columns = list(dict.fromkeys(name for _, row in islice(rows, 100) for name in row))
    label = _column(file, columns, label, LABELS, "--label")
    by_id = not text and not any(name in columns for name in TEXTS) and "id" in columns
    texts = ["id"] if by_id else [_column(file, columns, one, TEXTS, "--text") for one in text.split(",")]
    found = []
    for number, row in rows:
        words = "\n".join(_cell(row.get(name)) for name in texts).strip()
        value = _cell(row.get(label)).strip()
        if words and value:
            found.append((words, value))
        elif by_id and words:
            raise UnreadableError(f"{file}:{number} says nothing in {label!r} of {words}; leave the row out")
    if not found:
        raise UnreadableError(f"no row of {file} has both {' '.join(texts)} and {label}")
    return found, by_id


def _column(file: Path, columns: Sequence[str], wanted: str, usual: Sequence[str], option: str) -> str:
    wanted = wanted.strip()
    if wanted in columns:
        return wanted
    found = next((name for name in usual if name in columns), "")
    if wanted or not found:
        there = ", ".join(columns)
        missing = f"no column {wanted!r}" if wanted else f"none of the columns {', '.join(usual)}"
        raise UsageError(f"{file} has {missing}; there are {there}: name one with {option}")
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _numbered(file: Path) -> Iterator[tuple[int, Row]]:
    if base_suffix(file) in {".jsonl", ".ndjson", ".json"}:
        yield from _objects(file)
        return
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from _table(file)
    except csv.Error as error:
        raise UnreadableError(f"{file} cannot be read ({error}): is a quote left open?") from None
    finally:
        csv.field_size_limit(before)


def _objects(file: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(Lines(file), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnreadableError(f"{file}:{number} is no JSON object: {error}; give one object a line") from None
        if not isinstance(row, dict):
            raise UnreadableError(f"{file}:{number} is no JSON object but {type(row).__name__}; give one a line")
        yield number, row


def _table(file: Path) -> Iterator[tuple[int, Row]]:
    lines = iter(Lines(file))
    head = next((line for line in lines if line.strip()), "")
    separator = "\t" if base_suffix(file) == ".tsv" else max(",;\t|", key=head.count)
    header = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    for number, row in enumerate(csv.reader((line + "\n" for line in lines), delimiter=separator), start=2):
        if not row:
            continue
        if len(row) != len(header):
            wrong = f"has {len(row)} columns where the header has {len(header)}"
            raise UnreadableError(f"{file}:{number} {wrong}: a text with separators needs quotes")
        yield number, dict(zip(header, row, strict=True))
