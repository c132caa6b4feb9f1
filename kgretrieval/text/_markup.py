"""From offsets in the visible text back to those in the text with its markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kgretrieval.text.clean import Piece


class MarkupPlaces:
    """Maps offsets in the visible text to offsets in the text with its markup."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.text]
        self._starts: list[int] = []
        position = 0
        for piece in self._pieces:
            self._starts.append(position)
            position += len(piece.text)

    def start(self, offset: int) -> int:
        """Return where a stretch that begins at `offset` begins."""
        piece, inner = self._find(offset)
        return piece.start + inner if piece.exact else piece.start

    def end(self, offset: int) -> int:
        """Return where a stretch that ends at `offset` ends."""
        piece, inner = self._find(offset - 1)
        return piece.start + inner + 1 if piece.exact else piece.end

    def _find(self, offset: int) -> tuple[Piece, int]:
        index = bisect_right(self._starts, offset) - 1
        return self._pieces[index], offset - self._starts[index]
