"""Bring the values of a record, of whatever type they come, into the types of ours."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kgretrieval.text.clean import strip_html, tidy

_BY = re.compile(r"(?:by|von)[:\s]+(?=\S)", re.IGNORECASE)
_NAMED = ("name", "title", "text", "value", "label", "url", "href", "@id", "$oid")
_LANGUAGES = {
    "en": "en eng english englisch",
    "de": "de deu ger german deutsch",
    "zh": "zh zho chi cn chinese mandarin chinesisch 中文 汉语",
}
_LANGUAGE_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


def to_text(value: Any, separator: str = ", ") -> str:
    """Return a value as text: of an object its name, of a list its items joined."""
    if value is None or value is False or value is True:
        return ""
    if isinstance(value, str):
        return tidy(value).strip()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        return next((text for name in _NAMED if (text := to_text(value.get(name)))), "")
    if isinstance(value, (list, tuple)):
        return separator.join(text for item in value if (text := to_text(item)))
    return ""


def to_line(value: Any) -> str:
    """Return a value as one line without markup: a headline, a name."""
    return " ".join(strip_html(to_text(value)).split())


def to_body(value: Any) -> str:
    """Return a value as running text without markup; the items of a list are its paragraphs."""
    return tidy(strip_html(to_text(value, "\n\n"))).strip()


def to_author(value: Any) -> str:
    """Return who wrote it, without the "By" that stands before a name in print."""
    return _BY.sub("", to_line(value), count=1) if _BY.match(to_line(value)) else to_line(value)


def to_items(value: Any) -> tuple[str, ...]:
    """Return a list of short texts: a list, a list written as text, or text with ``;``, ``|`` or ``,`` between."""
    value = unpacked(value)
    if isinstance(value, str):
        separators = next((mark for mark in ("|", ";", ",") if mark in value), ",")
        value = value.split(separators)
    elif not isinstance(value, (list, tuple)):
        value = [value]
    return tuple(dict.fromkeys(text for item in value if (text := to_line(item))))


def unpacked(value: Any) -> Any:
    """Return the list or object that a table's cell holds as text, or the value itself.

    Python programs write ``['a', 'b']`` there, others ``["a", "b"]``.
    """
    if not isinstance(value, str) or value.strip()[:1] not in ("[", "{"):
        return value
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(value.strip())
            # A set has no order of its own.
            return sorted(found, key=str) if isinstance(found, set) else found
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return value


def to_language(value: Any) -> str:
    """Return a language code: ``"en"`` of ``"en-US"`` or ``"English"``."""
    name = to_line(value).lower()
    first = re.split(r"[-_]", name)[0]
    known = _LANGUAGE_CODES.get(name) or _LANGUAGE_CODES.get(first)
    return known or (first if re.fullmatch(r"[a-z]{2,3}", first) else "")


def to_extra(value: Any) -> str:
    """Return an unknown value as text, lists and objects as JSON; ``""`` for nothing."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, str):
        return tidy(value)
    return tidy(json.dumps(value, ensure_ascii=False, default=str))


def site_of(url: str) -> str:
    """Return the host of an address without ``www.``, ``""`` where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
