"""Passages: the stretches of a document that are compared with a query as wholes."""

from __future__ import annotations

import re

from kgretrieval.text.sentences import sentence_spans
from kgretrieval.text.tokens import CJK
from kgretrieval.types import Field, Passage

_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
#: Words in a passage of running text: what a sentence encoder takes in well. A Han character counts as half a word.
WORDS_PER_PASSAGE = 90


def passages(document_id: str, field: Field, text: str, language: str) -> list[Passage]:
    """Return the passages of one field of a document, in order and without overlap.

    A title, a caption or tags are one passage. Running text, and what was read in a picture, is cut
    between sentences into passages of at most about 90 words; only a single longer sentence makes a longer one.
    ``text[passage.start:passage.end] == passage.text`` always holds.
    """
    spans = _windows(text, language) if field in ("text", "reading") else _whole(text)
    return [Passage(document_id, field, start, end, text[start:end]) for start, end in spans]


def _whole(text: str) -> list[tuple[int, int]]:
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    return [(start, start + len(bare))] if bare else []


def _windows(text: str, language: str) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    filled = 0.0
    for start, end in sentence_spans(text, language):
        words = _words(text[start:end])
        if windows and filled + words <= WORDS_PER_PASSAGE:
            windows[-1] = (windows[-1][0], end)
            filled += words
        else:
            windows.append((start, end))
            filled = words
    return windows


def _words(sentence: str) -> float:
    return sum(0.5 if match.group() > "\u3000" else 1.0 for match in _WORD.finditer(sentence))
