"""A confusion matrix and a reliability diagram as one SVG, without a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgretrieval.evaluate.classify_report import ClassifyReport, ModelResult
from kgretrieval.present.markup import esc
from kgretrieval.present.words import cells, shorten

_INK, _SOFT, _GRID, _BLUE, _ORANGE = "#17202c", "#556070", "#dde1e7", "#0072b2", "#d55e00"
_LEFT, _TOP, _GAP, _CURVE = 176.0, 70.0, 110.0, 320.0
_LONGEST = 22
#: The widest cell in pixels, the widest matrix, and the least room for one.
_CELL, _WIDEST, _LEAST = 46.0, 760.0, 200.0
#: Cells narrower than this hold no numbers.
_NUMBERS = 22.0


def classify_plot(report: ClassifyReport) -> str:
    """Return the confusion matrix and the calibration of the most accurate model as an `<svg>` element."""
    best = max(report.results, key=lambda one: one.values["accuracy"])
    number = len(report.labels)
    cell = min(_CELL, _WIDEST / number)
    side = cell * number
    right = _LEFT + max(side, _LEAST) + _GAP
    width, height = right + _CURVE + 40, _TOP + max(side + 120, _CURVE + 90)
    parts = [*_matrix(report.labels, best, cell), *_reliability(best, right)]
    head = f"{best.model}: accuracy {best.values['accuracy']:.3f}, macro F1 {best.values['macro_f1']:.3f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{esc(head)}" '
        f'font-family="system-ui,Helvetica,Arial,sans-serif" font-size="12" fill="{_INK}">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="20" y="26" font-size="15" font-weight="600">'
        f"{esc(head)}</text>{''.join(parts)}</svg>\n"
    )


def classify_page(report: ClassifyReport) -> str:
    """Return the same as a page of HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Labels</title></head>'
        f'<body style="margin:24px">{classify_plot(report)}</body></html>\n'
    )


def _matrix(labels: Sequence[str], one: ModelResult, cell: float) -> Iterator[str]:
    side = cell * len(labels)
    totals = one.confusion.sum(1)
    yield _text(20, _TOP - 18, "rows: what is right, columns: what was said", _SOFT)
    size = max(6.0, min(12.0, cell * 0.8))
    for row, name in enumerate(labels):
        y = _TOP + row * cell
        short = name if cells(name) <= _LONGEST else shorten(name, _LONGEST)
        yield _text(_LEFT - 8, y + cell / 2 + size / 3, short, _INK, anchor="end", size=size)
        x = _LEFT + row * cell + cell / 2
        turned = f' transform="rotate(-45 {x:.1f} {_TOP + side + 14:.1f})"'
        yield _text(x, _TOP + side + 14, short, _INK, anchor="end", size=size, more=turned)
        for column in range(len(labels)):
            count = int(one.confusion[row, column])
            share = count / totals[row] if totals[row] else 0.0
            x = _LEFT + column * cell
            colour = _BLUE if row == column else _ORANGE
            box = f'x="{x:.1f}" y="{y:.1f}" width="{cell:.1f}" height="{cell:.1f}" stroke="{_GRID}"'
            # The square root shows rare mistakes, which are what a person looks for.
            yield f'<rect {box} fill="{colour}" fill-opacity="{share**0.5:.3f}"/>'
            if count and cell >= _NUMBERS:
                ink = "#fff" if share > 0.35 else _INK
                yield _text(
                    x + cell / 2, y + cell / 2 + 4, f"{count:,}", ink, anchor="middle", size=min(11.0, cell / 3)
                )


def _reliability(one: ModelResult, left: float) -> Iterator[str]:
    before, after = one.calibration_error
    yield _text(left, _TOP - 18, f"share that is right; error {before:.3f}, calibrated {after:.3f}", _SOFT)
    foot = _TOP + _CURVE
    for tenth in range(0, 11, 2):
        y, x = foot - tenth / 10 * _CURVE, left + tenth / 10 * _CURVE
        yield f'<line x1="{left:g}" x2="{left + _CURVE:g}" y1="{y:g}" y2="{y:g}" stroke="{_GRID}"/>'
        yield _text(left - 8, y + 4, f"{tenth * 10} %", _SOFT, anchor="end")
        yield _text(x, foot + 18, f"{tenth * 10} %", _SOFT, anchor="middle")
    yield _text(left + _CURVE / 2, foot + 40, "probability of the label", _SOFT, anchor="middle")
    yield (
        f'<line x1="{left:g}" x2="{left + _CURVE:g}" y1="{foot:g}" y2="{_TOP:g}" stroke="{_SOFT}" '
        'stroke-dasharray="4 4"/>'
    )
    most = max((one.items for one in one.bins), default=1) or 1
    for each in one.bins:
        if not each.items:
            continue
        x, wide = left + each.low * _CURVE, (each.high - each.low) * _CURVE
        tall = each.accuracy * _CURVE
        shade = 0.25 + 0.75 * (each.items / most) ** 0.5
        yield (
            f'<rect x="{x + 1:.1f}" y="{foot - tall:.1f}" width="{wide - 2:.1f}" height="{tall:.1f}" fill="{_BLUE}" '
            f'fill-opacity="{shade:.2f}"><title>{each.items:,} items, {each.probability:.2f} said, '
            f"{each.accuracy:.2f} right</title></rect>"
        )


def _text(
    x: float, y: float, words: str, fill: str, *, anchor: str = "start", size: float = 12.0, more: str = ""
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:.1f}" fill="{fill}"'
    return f"<text {place}{more}>{esc(words)}</text>"
