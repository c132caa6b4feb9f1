"""What stands on the nodes and edges of the graph: the same attributes on all of a kind, all of them scalars."""

from __future__ import annotations

import re
from typing import Any

Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, str, dict[str, Any]]

#: Attributes of each kind of node, in order.
NODES: dict[str, dict[str, type]] = {
    "entity": {
        "kind": str,
        "label": str,
        "type": str,
        "aliases": str,
        "mentions": int,
        "articles": int,
        "pictures": int,
        "confirmed": bool,
        "wikidata": str,
    },
    "article": {
        "kind": str,
        "label": str,
        "date": str,
        "source": str,
        "language": str,
        "url": str,
        "credit": str,
    },
    "picture": {
        "kind": str,
        "label": str,
        "date": str,
        "credit": str,
        "path": str,
        "width": int,
        "height": int,
        "sha256": str,
    },
    "story": {"kind": str, "label": str, "articles": int, "date": str, "last_date": str},
}

#: Attributes of each kind of edge, in order. The newspaper is `news_source`, because NetworkX and most table formats
#: take an edge's `source` to be the node it starts from.
EDGES: dict[str, dict[str, type]] = {
    "mentions": {"kind": str, "mentions": int, "confidence": float, "origin": str},
    "illustrates": {"kind": str, "caption": str},
    "shows": {"kind": str, "mentions": int, "confidence": float, "origin": str, "article": str, "reason": str},
    "fact": {
        "kind": str,
        "predicate": str,
        "negated": bool,
        "modality": str,
        "typed": bool,
        "confidence": float,
        "evidence": int,
        "sources": int,
        "independent": int,
        "first_seen": str,
        "last_seen": str,
        "time": str,
        "attributed_to": str,
        "disputed": bool,
        "confirmed": bool,
        "article": str,
        "sentence": str,
        "date": str,
        "news_source": str,
        "relations": str,
    },
    "part_of": {"kind": str},
    "co_mention": {"kind": str, "weight": int, "article": str, "sentence": str},
}

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Drop the characters that XML 1.0 cannot hold: control characters, surrogates, U+FFFE and U+FFFF.

    Examples
    --------
    >>> clean("a\\x00b\\x0bc\\n")
    'abc\\n'
    """
    # What is printable is far more than half of all texts, and much faster to tell.
    return text if text.isprintable() else _NOT_XML.sub("", text)


def is_scalar(value: object) -> bool:
    """Say whether every file format can hold this value."""
    return isinstance(value, str | int | float | bool)


def edge_key(letter: str, source: str, target: str) -> str:
    """Return a key that no other edge of the graph bears, and that XML takes as an identifier.

    Examples
    --------
    >>> edge_key("m", "a:3f9c21d0aa11", "e:00aa11bb22cc")
    'm:3f9c21d0aa11-00aa11bb22cc'
    """
    return f"{letter}:{source.partition(':')[2]}-{target.partition(':')[2]}"
