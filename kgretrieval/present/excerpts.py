"""A sentence cut around what matched in it."""

from __future__ import annotations

from collections.abc import Iterable

from kgretrieval.present.words import clean
from kgretrieval.types import Snippet

#: Characters of a sentence that are shown before it is cut.
LONGEST = 320


def pieces(snippet: Snippet, *, most: int = LONGEST) -> list[tuple[str, bool]]:
    """Return the sentence as (text, matched) pieces in order, cut around the first match if it is long.

    Parameters
    ----------
    snippet
        A sentence and the spans in it that matched; spans may overlap or leave the text.
    most
        Characters to keep; an ellipsis stands where something was left out.
    """
    text = clean(snippet.text)
    marks = _merged(snippet.marks, len(text))
    start, end = _window(len(text), marks, most)
    found = [("…", False)] if start else []
    for mark_start, mark_end in marks:
        left, right = max(mark_start, start), min(mark_end, end)
        if left >= right:
            continue
        found += [(text[start:left], False), (text[left:right], True)]
        start = right
    found += [(text[start:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in found if piece[0]]


def _merged(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the spans sorted, inside the text and without overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(e, length)) for s, e in marks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(length: int, marks: list[tuple[int, int]], most: int) -> tuple[int, int]:
    """Return the stretch to show: all of it, or `most` characters that hold the first match."""
    if length <= most:
        return 0, length
    first = marks[0][0] if marks else 0
    start = 0 if first < most * 2 // 3 else first - most // 3
    start = min(start, length - most)
    return start, start + most
