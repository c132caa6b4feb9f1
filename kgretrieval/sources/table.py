"""Tables: comma, semicolon or tab between columns, a header above them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kgretrieval.sources._convert import Located, Place, convert
from kgretrieval.sources._kinds import base_suffix
from kgretrieval.sources._lines import Lines, encoding_notice
from kgretrieval.sources._names import has_known
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import Skipped

#: Longer cells are taken for a quote that was never closed and has swallowed the rows after it.
_LONGEST_CELL = 1_000_000
#: What programs write into a cell that holds nothing.
_NOTHING = frozenset(("nan", "NaN", "None", "NULL", "null", "N/A", "n/a", "\\N", "<NA>"))

_Row = tuple[int, list[str] | str]


def read_table(path: Path, options: ReadOptions) -> Iterator[Located]:
    """Yield the records of a table with their places; a row that does not fit its header is skipped."""
    lines = Lines(path)
    reader = iter(lines)
    head = next((line for line in reader if line.strip()), "")
    separator = _separator(head, path)
    header = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    if not has_known(tuple(header), tuple(sorted(options.fields.items()))):
        columns = ", ".join(header) or "none"
        reason = f"has no column for a title, a text or a picture (its columns: {columns}); name one with --field"
        yield str(path), Skipped(str(path), reason)
        return
    rows = _tabbed(reader, lines, len(header)) if separator == "\t" else _quoted(reader, lines, separator)
    for number, row in rows:
        yield from _record(Place(path, line=number), header, row, options)
    yield from encoding_notice(lines)


def _record(place: Place, header: list[str], row: list[str] | str, options: ReadOptions) -> Iterator[Located]:
    if isinstance(row, str):
        yield str(place), Skipped(str(place), row)
    elif len(row) != len(header) and any(row[len(header) :] or [len(row) < len(header)]):
        reason = f"has {len(row)} columns where the header has {len(header)}: a text with separators needs quotes"
        yield str(place), Skipped(str(place), reason)
    else:
        cells = zip(header, row, strict=False)
        yield from convert({name: "" if cell in _NOTHING else cell for name, cell in cells if name}, place, options)


def _separator(head: str, path: Path) -> str:
    if base_suffix(path) == ".tsv":
        return "\t"
    # Names of columns seldom hold separators: the one that occurs most is it.
    return max(",;\t|", key=lambda mark: (head.count(mark), -",;\t|".index(mark)))


def _quoted(reader: Iterator[str], lines: Lines, separator: str) -> Iterator[_Row]:
    """Yield (line, cells) as RFC 4180 has it: a cell in quotes may hold separators and line ends."""
    rows = csv.reader((line + "\n" for line in reader), delimiter=separator)
    while True:
        start = lines.number + 1
        # The limit is the module's, not the reader's: it is put back before anyone else runs.
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield start, f"cannot be read ({error}): is a quote left open?"
            continue
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        if row:
            yield start, row


def _tabbed(reader: Iterator[str], lines: Lines, width: int) -> Iterator[_Row]:
    """Yield (line, cells) of a table with tabs.

    Such tables are written with and without quotes. A quote is part of the text unless the cell
    ends with one too; a cell goes on in the next line only if that has too few cells to be a row.
    """
    pending: str | None = None
    start = 0
    for line in reader:
        if pending is not None and line.count("\t") < width - 1:
            pending += "\n" + line
        else:
            if pending is not None:
                yield start, _cells(pending, width)
            pending, start = line, lines.number
        if not _is_open(pending):
            if pending:
                yield start, _cells(pending, width)
            pending = None
    if pending is not None:
        yield start, _cells(pending, width)


def _is_open(row: str) -> bool:
    last = row.rpartition("\t")[2]
    return last.startswith('"') and last.count('"') % 2 == 1


def _cells(row: str, width: int) -> list[str]:
    cells = row.split("\t")
    if len(cells) > width and '"' in row:
        # A tab inside quotes, if the quotes are meant so.
        quoted = next(csv.reader([row], delimiter="\t"), [])
        return quoted if len(quoted) == width else cells
    return [cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell for cell in cells]


def _is_quoted(cell: str) -> bool:
    """Say whether quotes around a cell are syntax: then all quotes inside it are doubled."""
    return len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', "")
