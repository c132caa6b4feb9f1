"""Short, typed, stable ids: a letter for the kind and the first 48 bits of a SHA-256."""

from __future__ import annotations

import hashlib

DIGITS = 12

#: What each letter stands for, in the order in which `kg show` looks for a prefix.
KINDS = {"a": "article", "p": "picture", "e": "entity", "f": "fact", "r": "relation", "u": "use"}


def make_id(kind: str, *parts: str) -> str:
    """Return ``"a:3f9c21…"`` for the kind ``"a"``; the same parts always give the same id."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{kind}:{digest[:DIGITS]}"


def looks_like_id(text: str) -> bool:
    """Say whether `text` could be an id or a prefix of one (as in git, any unambiguous prefix works)."""
    kind, colon, digits = text.partition(":")
    return bool(colon) and kind in KINDS and 0 < len(digits) <= DIGITS and all(c in "0123456789abcdef" for c in digits)
