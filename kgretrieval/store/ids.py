"""Short, typed, stable ids: a letter for the kind and the first 48 bits of a SHA-256."""

from __future__ import annotations

import hashlib

from kgretrieval.text.clean import fold

DIGITS = 12

#: What each letter stands for, in the order in which `kg show` looks for a prefix.
KINDS = {"a": "article", "p": "picture", "e": "entity", "f": "fact", "s": "story", "r": "relation", "u": "use"}


def make_id(kind: str, *parts: str) -> str:
    """Return ``"a:3f9c21…"`` for the kind ``"a"``; the same parts always give the same id."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"{kind}:{digest[:DIGITS]}"


def fact_id(subject: str, predicate: str, object_: str, *, negated: bool, modality: str) -> str:
    """Return the id of the fact that statements share; the sides are ids of entities, or texts that are none.

    A text counts without case and accents. What is denied, alleged or only possible is another fact.
    """
    sides = (side if side.startswith("e:") else fold(side) for side in (subject, object_))
    return make_id("f", *sides, fold(predicate), str(int(negated)), modality)


def looks_like_id(text: str) -> bool:
    """Say whether `text` could be an id or a prefix of one (as in git, any unambiguous prefix works)."""
    kind, colon, digits = text.partition(":")
    return bool(colon) and kind in KINDS and 0 < len(digits) <= DIGITS and all(c in "0123456789abcdef" for c in digits)
