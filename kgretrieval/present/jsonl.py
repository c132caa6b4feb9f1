"""JSON lines: one record, one line, the field names of its dataclass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """Return `value` as dicts, lists and scalars; a path becomes its text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)


def line(record: Any) -> str:
    """Return `record` as one compact JSON object without a line break.

    Text stays readable UTF-8; only a record with a character that UTF-8 cannot
    hold (a file name of undecodable bytes) is written in ASCII escapes.
    """
    ready = plain(record)
    text = _dumped(ready, ascii_only=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _dumped(ready, ascii_only=True)
    return text


def _dumped(ready: Any, *, ascii_only: bool) -> str:
    return json.dumps(ready, ensure_ascii=ascii_only, separators=(",", ":"))


def lines(records: Iterable[Any]) -> str:
    """Return one JSON object per line, each ended by a line break."""
    return "".join(line(record) + "\n" for record in records)
