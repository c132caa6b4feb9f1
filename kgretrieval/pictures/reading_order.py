"""The order in which a person reads what stands in a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgretrieval.text.tokens import CJK

#: Four corners (x, y) in pixels, from the upper left one on, clockwise.
Box = tuple[tuple[float, float], ...]
Read = tuple[str, float, Box]

#: Two stretches are in one row if they share this part of the height of the lower of them.
_SHARED = 0.5
#: Stretches of a row are one line if no more than this part of their height lies between them.
_GAP = 0.7
_CJK = re.compile(f"[{CJK}]")


def parted(one: str, other: str) -> bool:
    """Say whether a blank may stand between two characters: not beside another, not between Chinese ones."""
    return " " not in (one, other) and not (_CJK.match(one) and _CJK.match(other))


def in_reading_order(found: Sequence[Read]) -> list[Read]:
    """Return stretches of text row by row, from left to right; neighbours in a row, of about one height, as one line.

    Columns are not told apart: a page in two columns is read across.

    Parameters
    ----------
    found : sequence of (text, confidence, box)
    """
    rows: list[list[Read]] = []
    for one in sorted(found, key=lambda read: (_middle(read[2]), _left(read[2]), read[0])):
        row = next((row for row in reversed(rows[-3:]) if _in_row(row[-1][2], one[2])), None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    return [line for row in rows for line in _joined(sorted(row, key=lambda read: (_left(read[2]), read[0])))]


def _joined(row: Sequence[Read]) -> list[Read]:
    lines: list[Read] = []
    for text, sure, box in row:
        if lines and _one_line(lines[-1][2], box):
            before, so_far, start = lines[-1]
            letters, more = len(before), len(text)
            mean = (so_far * letters + sure * more) / (letters + more)
            between = " " if parted(before[-1], text[0]) else ""
            lines[-1] = (f"{before}{between}{text}", mean, (start[0], box[1], box[2], start[3]))
        else:
            lines.append((text, sure, box))
    return lines


def _in_row(one: Box, other: Box) -> bool:
    top, bottom = max(_top(one), _top(other)), min(_bottom(one), _bottom(other))
    return bottom - top >= _SHARED * max(1.0, min(_height(one), _height(other)))


def _one_line(one: Box, other: Box) -> bool:
    lower, higher = sorted((_height(one), _height(other)))
    gap = _left(other) - max(x for x, _ in one)
    return higher <= 1.6 * lower and -0.5 * lower <= gap <= _GAP * lower


def _left(box: Box) -> float:
    return min(x for x, _ in box)


def _top(box: Box) -> float:
    return min(y for _, y in box)


def _bottom(box: Box) -> float:
    return max(y for _, y in box)


def _height(box: Box) -> float:
    return _bottom(box) - _top(box)


def _middle(box: Box) -> float:
    return (_top(box) + _bottom(box)) / 2
