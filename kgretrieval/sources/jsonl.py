"""JSON: one object a line, one list of objects, or one object that holds such a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kgretrieval.sources._convert import Located, Place, convert
from kgretrieval.sources._kinds import base_suffix
from kgretrieval.sources._lines import Lines, encoding_notice
from kgretrieval.sources._names import plan
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import Skipped


def read_json(path: Path, options: ReadOptions) -> Iterator[Located]:
    """Yield the records of a JSON file with their places; a line that is no record is skipped."""
    lines = Lines(path)
    for place, value in _values(path, lines):
        if isinstance(value, Skipped):
            yield str(place), value
        elif isinstance(value, Mapping):
            yield from convert(value, place, options)
        else:
            yield str(place), Skipped(str(place), f"holds {_kind(value)}, not an object with fields")
    yield from encoding_notice(lines)


def _values(path: Path, lines: Lines) -> Iterator[tuple[Place, Any]]:
    """Yield (place, value) for each record of the file, or a `Skipped` for what is no JSON."""
    reader = iter(lines)
    first = next((line for line in reader if line.strip()), "")
    start = lines.number
    if not first.lstrip().startswith("[") and base_suffix(path) != ".json":
        yield from _by_line(path, [(start, first)])
        yield from _by_line(path, ((lines.number, line) for line in reader))
        return
    # A list or an object may be laid out over many lines, so nothing is known before the last one.
    whole = [first, *reader]
    try:
        value = json.loads("\n".join(whole))
    except (ValueError, RecursionError) as error:
        if "Extra data" in str(error):
            yield from _by_line(path, enumerate(whole, start))
        else:
            yield Place(path), Skipped(str(path), f"is no JSON: {error}")
    else:
        yield from _listed(path, value)


def _by_line(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[tuple[Place, Any]]:
    for number, line in lines:
        place = Place(path, line=number)
        if line.strip():
            try:
                yield place, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield place, Skipped(str(place), f"is no JSON: {str(error).partition(': line')[0]}")


def _listed(path: Path, value: Any) -> Iterator[tuple[Place, Any]]:
    """Yield the objects of a list; of an object those of the list of articles in it, or itself."""
    if isinstance(value, Mapping):
        inner = _articles_in(value)
        if inner is None:
            yield Place(path), value
            return
        value = inner
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        yield Place(path, name=str(number)), item


def _articles_in(value: Mapping[str, Any]) -> list[Any] | None:
    """Return the list of articles in what a news service answers, None where `value` is an article itself."""
    own = plan(tuple(value), ())
    if own["text"] or own["image"]:
        return None
    for items in value.values():
        if isinstance(items, list) and items and isinstance(items[0], Mapping):
            found = plan(tuple(items[0]), ())
            if found["title"] or found["text"] or found["image"]:
                return items
    return None


def _kind(value: Any) -> str:
    return {str: "a text", list: "a list", bool: "true or false", type(None): "null"}.get(type(value), "a number")
