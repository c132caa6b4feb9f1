"""R@k over k as one SVG: a line with its interval for each result, dashes for chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

from kgretrieval.errors import UsageError
from kgretrieval.evaluate.report import Curve, Report
from kgretrieval.evaluate.table import NAMES
from kgretrieval.present.markup import esc
from kgretrieval.present.words import cells, dotted, shorten

#: What can be written: drawings that need no library.
ENDINGS = (".svg", ".html")
#: Told apart by who does not see red and green as well (M. Okabe and K. Ito, "Color Universal Design", 2008).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_WIDTH, _LEFT, _TOP, _PLOT_WIDTH, _PLOT_HEIGHT = 760.0, 62.0, 54.0, 670.0, 340.0
_COLUMN, _LINE = 6.6, 22.0
_MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class _Drawn:
    label: str
    curve: Curve
    colour: str
    dash: str = ""


def require_ending(file: str) -> None:
    """Make sure that a plot can be written to a file of this name.

    Raises
    ------
    UsageError
        If its ending is neither .svg nor .html.
    """
    if Path(file).suffix.lower() not in ENDINGS:
        raise UsageError(f"a plot cannot be written as {file}; let the name end in {' or '.join(ENDINGS)}")


def recall_plot(report: Report) -> str:
    """Return a report's curves as an `<svg>` element that can stand alone or in a page."""
    drawn = _curves(report)
    highest = max(curve.k[-1] for curve in (one.curve for one in drawn))
    foot = _TOP + _PLOT_HEIGHT + 70
    height = foot + _LINE * len(drawn) + (_LINE if any(one.curve.random for one in drawn) else 0)
    parts = [_axes(highest), *(_shape(one, highest) for one in drawn), *_legend(drawn, foot)]
    title = dotted(
        (Path(str(report.data.get("path") or report.data.get("qrels"))).name, str(report.data.get("split", "")))
    )
    note = "Share of queries with a right answer among the first k"
    if report.results[0].recall == "all":
        note = "Mean share of a query's right documents among the first k"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" width="{_WIDTH:g}" role="img" '
        f'height="{height:g}" aria-label="{esc(note)}" font-family="system-ui,Helvetica,Arial,sans-serif" '
        f'font-size="13" fill="#17202c"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_LEFT:g}" y="22" font-size="15" font-weight="600">{esc(title)}</text>'
        f'<text x="{_LEFT:g}" y="41" fill="#556070">{esc(note)}; bands: 95 % intervals</text>{"".join(parts)}</svg>\n'
    )


def recall_page(report: Report) -> str:
    """Return the same as a page of HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Recall</title></head>'
        f'<body style="margin:24px">{recall_plot(report)}</body></html>\n'
    )


def _curves(report: Report) -> list[_Drawn]:
    colour = {result.name: _COLOURS[n % len(_COLOURS)] for n, result in enumerate(report.results)}
    drawn = []
    for result in report.results:
        name = NAMES.get(result.name, result.name)
        drawn.append(_Drawn(dotted((name, report.system.label)), result.curve, colour[result.name]))
        others = report.comparison.results if report.comparison else ()
        label = report.comparison.system.label if report.comparison else ""
        drawn += [
            _Drawn(dotted((name, label)), other.curve, colour[result.name], "7 4")
            for other in others
            if other.name == result.name
        ]
    return drawn


def _shape(one: _Drawn, highest: int) -> str:
    upper = [_point(k, value, highest) for k, value in zip(one.curve.k, one.curve.high, strict=True)]
    lower = [_point(k, value, highest) for k, value in zip(one.curve.k, one.curve.low, strict=True)]
    middle = [_point(k, value, highest) for k, value in zip(one.curve.k, one.curve.recall, strict=True)]
    chance = [_point(k, value, highest) for k, value in zip(one.curve.k, one.curve.random, strict=False)]
    dash = f' stroke-dasharray="{one.dash}"' if one.dash else ""
    shape = f'<polygon points="{_points(upper + lower[::-1])}" fill="{one.colour}" opacity=".16"/>'
    shape += f'<polyline points="{_points(middle)}" fill="none" stroke="{one.colour}" stroke-width="2"{dash}/>'
    if chance and not one.dash:
        line = f'fill="none" stroke="{one.colour}" stroke-width="1.3" stroke-dasharray="1.5 3.5"'
        shape += f'<polyline points="{_points(chance)}" {line}/>'
    return f"<g><title>{esc(one.label)}</title>{shape}</g>"


def _axes(highest: int) -> str:
    parts = []
    for tenth in range(0, 11, 2):
        x, y = _point(1, tenth / 10, highest)
        parts.append(f'<line x1="{x:g}" x2="{x + _PLOT_WIDTH:g}" y1="{y:g}" y2="{y:g}" stroke="#dde1e7"/>')
        parts.append(f'<text x="{x - 9:g}" y="{y + 4.5:g}" text-anchor="end">{tenth / 10:.1f}</text>')
    bottom = _TOP + _PLOT_HEIGHT
    for mark in _MARKS:
        if mark <= highest:
            x = _point(mark, 0, highest)[0]
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:g}" y2="{bottom + 5:g}" stroke="#556070"/>')
            parts.append(f'<text x="{x:.1f}" y="{bottom + 20:g}" text-anchor="middle">{mark:,}</text>')
    middle = _LEFT + _PLOT_WIDTH / 2
    parts.append(f'<text x="{middle:g}" y="{bottom + 40:g}" text-anchor="middle" fill="#556070">first k answers</text>')
    label = f'x="16" y="{_TOP + _PLOT_HEIGHT / 2:g}" text-anchor="middle" fill="#556070"'
    parts.append(f'<text {label} transform="rotate(-90 16 {_TOP + _PLOT_HEIGHT / 2:g})">R@k</text>')
    return "".join(parts)


def _legend(drawn: Sequence[_Drawn], top: float) -> list[str]:
    rows = [(one.label, one.colour, one.dash, 2.0) for one in drawn]
    if any(one.curve.random for one in drawn):
        rows.append(("dotted, in the same colour: a random order", "#556070", "1.5 3.5", 1.3))
    room = int((_PLOT_WIDTH - 40) / _COLUMN)
    parts = []
    for place, (label, colour, dash, width) in enumerate(rows):
        y = top + place * _LINE
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        stroke = f'stroke="{colour}" stroke-width="{width:g}"{dashes}'
        parts.append(f'<line x1="{_LEFT:g}" x2="{_LEFT + 28:g}" y1="{y - 4:g}" y2="{y - 4:g}" {stroke}/>')
        text = label if cells(label) <= room else shorten(label, room)
        parts.append(f'<text x="{_LEFT + 38:g}" y="{y:g}">{esc(text)}</text>')
    return parts


def _point(k: float, value: float, highest: int) -> tuple[float, float]:
    """Return where a figure stands: k by its logarithm, from the left edge to `highest`."""
    along = log10(k) / log10(highest) if highest > 1 else 0.5
    return _LEFT + along * _PLOT_WIDTH, _TOP + (1.0 - value) * _PLOT_HEIGHT


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
