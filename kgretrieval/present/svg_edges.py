"""The lines of a drawn graph: clipped at the nodes, with an arrow and a label where a fact is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from kgretrieval.present.markup import esc
from kgretrieval.present.words import cells

Point = tuple[float, float]
#: Centre, width and height.
Box = tuple[float, float, float, float]

#: Where along a line its label may stand, the best place first.
_STANDS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
_COLUMN, _LINE = 6.1, 15.0
_BEND = 0.16


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line between two nodes, given by their numbers."""

    source: int
    target: int
    kind: str
    label: str
    note: str
    bent: bool


def draw_edges(
    edges: Sequence[Drawn], centres: Sequence[Point], halves: Sequence[tuple[float, float]], boxes: Sequence[Box]
) -> list[str]:
    """Return the lines, then the labels, as SVG elements.

    A label that would cover a node's name or another label at every place along its line is left to the tooltip.

    Parameters
    ----------
    edges
        What to draw.
    centres, halves
        The middle of each node's shape, and half its width and height.
    boxes
        What each node takes with its name.
    """
    taken = list(boxes)
    lines, labels = [], []
    for edge in edges:
        start, bend, end = _curve(edge, centres, halves)
        lines.append(_line(edge, start, bend, end))
        box = _free(edge.label, (start, bend, end), taken) if edge.label else None
        if box is not None:
            taken.append(box)
            place = f'x="{box[0]:.1f}" y="{box[1] + 4:.1f}"'
            labels.append(f'<text class="kg-minor" {place} text-anchor="middle">{esc(edge.label)}</text>')
    return lines + labels


def _curve(edge: Drawn, centres: Sequence[Point], halves: Sequence[tuple[float, float]]) -> tuple[Point, Point, Point]:
    """Return start, control point and end of the line, outside both shapes."""
    a, b = centres[edge.source], centres[edge.target]
    bow = _BEND if edge.bent else 0.0
    bend = ((a[0] + b[0]) / 2 - (b[1] - a[1]) * bow, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bow)
    return _edge_of(a, halves[edge.source], bend), bend, _edge_of(b, halves[edge.target], bend)


def _edge_of(centre: Point, half: tuple[float, float], toward: Point) -> Point:
    """Return the point where the way from `centre` leaves the node's ellipse, and a little further."""
    x, y = toward[0] - centre[0], toward[1] - centre[1]
    far = hypot(x / (half[0] + 4), y / (half[1] + 4))
    return (centre[0] + x / far, centre[1] + y / far) if far > 1 else centre


def _line(edge: Drawn, start: Point, bend: Point, end: Point) -> str:
    stated = edge.kind == "fact"
    css = "kg-line kg-fact" if stated else "kg-line kg-dots" if edge.kind == "co_mention" else "kg-line"
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    tip = _arrow(bend, end) if stated else ""
    note = f"<title>{esc(edge.note)}</title>" if edge.note else ""
    return f'<g>{note}<path class="{css}" d="{path}"/>{tip}</g>'


def _arrow(toward: Point, end: Point) -> str:
    x, y = end[0] - toward[0], end[1] - toward[1]
    length = hypot(x, y) or 1.0
    x, y = x / length * 8, y / length * 8
    corners = (end, (end[0] - x - y / 2, end[1] - y + x / 2), (end[0] - x + y / 2, end[1] - y - x / 2))
    return f'<polygon class="kg-tip" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in corners)}"/>'


def _free(label: str, curve: tuple[Point, Point, Point], taken: Sequence[Box]) -> Box | None:
    """Return where the label covers nothing, or None."""
    start, bend, end = curve
    for t in _STANDS:
        u = 1 - t
        x = u * u * start[0] + 2 * u * t * bend[0] + t * t * end[0]
        y = u * u * start[1] + 2 * u * t * bend[1] + t * t * end[1]
        box = (x, y, cells(label) * _COLUMN, _LINE)
        if not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) * 2 < one[2] + other[2] and abs(one[1] - other[1]) * 2 < one[3] + other[3]
