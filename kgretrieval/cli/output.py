"""Results to stdout, what happens meanwhile to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from kgretrieval.errors import UsageError


def show(thing: Any, *, as_json: bool, pictures: bool = False) -> None:
    """Print a result: as one JSON object (one each for a list), else as text that suits the stream."""
    if as_json:
        from kgretrieval.present.jsonl import lines

        sys.stdout.write(lines(thing if isinstance(thing, tuple | list) else [thing]))
        return
    from kgretrieval.present.terminal import text

    sys.stdout.write(text(thing, stream=sys.stdout, painter=_painter() if pictures else None))


def _painter() -> Any:
    from kgretrieval.present.images import painter

    return painter(sys.stdout, os.environ)


def say(message: str) -> None:
    """Print a line for the person at the terminal, not for the pipe."""
    click.echo(message, err=True)


def write_page(file: str, page: str) -> None:
    """Write an HTML page and say so.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    write_text(file, page)
    say(f"Wrote {file}")


def write_text(file: str | Path, text: str) -> None:
    """Write a text file as UTF-8.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    try:
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write {file}: {reason}; name a file in a folder that exists") from error


def read_queries(file: Iterable[str]) -> list[str]:
    """Return the lines of a file that hold a query.

    Raises
    ------
    UsageError
        If there is none.
    """
    try:
        queries = [line.strip() for line in file if line.strip()]
    except UnicodeDecodeError as error:
        raise UsageError("the file of queries is not UTF-8 text; save it as UTF-8, one query a line") from error
    if not queries:
        raise UsageError("the file of queries is empty; write one query a line")
    return queries
