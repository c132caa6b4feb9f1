"""The names among GUM's mentions, which are whole noun phrases of any kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Span = tuple[int, int, str]
_TYPES = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "product",
}
#: The types that count.
NAMED = tuple(_TYPES.values())
_INSIDE = frozenset({"PROPN", "ADP", "DET", "CCONJ", "NUM", "PART", "SYM"})
_TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. prof prof. professor sir president vice prime minister premier chancellor "
    "secretary senator sen. representative rep. governor gov. mayor ambassador judge justice king queen prince "
    "princess pope bishop captain colonel general gen. major lieutenant sergeant officer director chairman".split()
)


def named_mentions(record: Mapping[str, Any]) -> list[Span]:
    """Return (start, end, type) of the names in a document.

    A mention is a name if, without the articles in front, titles of persons and a possessive ending, it begins and
    ends with a proper noun and holds only such and what joins them ("of", "the", "and", numbers). Of names in names the
    outermost counts. A person in the plural ("Afghans") is a people and no name of the types that count.
    """
    found: list[Span] = []
    for mention in record["entities"]:
        kind = _TYPES.get(mention["type"])
        if kind is None or "part" in mention:
            continue
        start, end = _core(record, mention["start"], mention["end"], person=kind == "person")
        if start < end and _is_name(record, start, end) and not any(a <= start and end <= b for a, b, _ in found):
            found.append((start, end, kind))
    return [name for name in found if not (name[2] == "person" and record["xpos"][name[1] - 1] == "NNPS")]


def without_titles(words: tuple[str, ...], name: Span) -> Span:
    """Return the name of a person without titles in front, as the gold names are."""
    first, last, kind = name
    while kind == "person" and first < last - 1 and words[first].lower() in _TITLES:
        first += 1
    return first, last, kind


def _core(record: Mapping[str, Any], start: int, end: int, *, person: bool) -> tuple[int, int]:
    tokens, upos, xpos = record["tokens"], record["upos"], record["xpos"]
    while start < end and (upos[start] == "DET" or (person and tokens[start].lower() in _TITLES)):
        start += 1
    if start < end and xpos[end - 1] == "POS":
        end -= 1
    return start, end


def _is_name(record: Mapping[str, Any], start: int, end: int) -> bool:
    upos = record["upos"][start:end]
    return upos[0] == upos[-1] == "PROPN" and all(tag in _INSIDE for tag in upos)
