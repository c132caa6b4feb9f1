"""Which span of a text covers an offset."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable


class Places:
    """Spans of fields with what they mean; the innermost of those that cover an offset speaks.

    Parameters
    ----------
    spans : iterable of (field, start, end, meaning)
        Empty meanings and spans without a place (start -1) are left out.
    """

    def __init__(self, spans: Iterable[tuple[str, int, int, str]]) -> None:
        self._spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for field, start, end, meaning in sorted(set(spans)):
            if meaning and start >= 0:
                self._spans[field].append((start, end, meaning))
        self._starts = {field: [span[0] for span in spans] for field, spans in self._spans.items()}
        self._longest = {field: max(end - start for start, end, _ in spans) for field, spans in self._spans.items()}

    def at(self, field: str, offset: int) -> str:
        """Return what the span at this offset means, ``""`` where there is none."""
        spans = self._spans.get(field, [])
        for i in range(bisect_right(self._starts.get(field, []), offset) - 1, -1, -1):
            start, end, meaning = spans[i]
            if offset < end:
                return meaning
            if offset - start >= self._longest[field]:
                break
        return ""
