"""A report as a table: a column a measure, a row a figure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from kgretrieval.evaluate.report import MEDIAN, Difference, Interval, Report, Result
from kgretrieval.present.lines import HEADING, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.reports import skipped_lines
from kgretrieval.present.words import cells, clean, count, dotted, shorten

#: What a person reads for the name of a result.
NAMES: Mapping[str, str] = {
    "text_to_picture": "text to picture",
    "picture_to_text": "picture to text",
    "lexical": "lexical (BM25)",
    "dense": "dense",
    "fused": "fused",
    "run": "run",
}
#: In the JSON alone: the table has room for one of the two.
_LEFT_OUT = "nDCG"
_LABEL = 18
_RECALL = {
    "any": "R@k: share of queries with a right answer among the first k.",
    "all": "R@k: mean share of a query's right documents that are among the first k.",
}

Cells = Mapping[str, str]


def report_lines(report: Report) -> list[Line]:
    """Return a report as lines: figures with their 95 % intervals, chance, and the difference to another system."""
    names = [name for name in report.results[0].values if name != _LEFT_OUT]
    data = dotted(clean(str(value)) for value in _data(report))
    system = dotted((report.system.model or report.system.run_file, report.system.weights_hash[:12]))
    rows = [line((data, TITLE)), line((clean(system), QUIET)), gap(), _row("", {n: _head(n) for n in names}, HEADING)]
    for result in report.results:
        rows += _block(report, result, names)
    rows += [gap(), line((_RECALL[report.results[0].recall], QUIET))]
    rows += [line((_sizes(result), QUIET)) for result in _different(report.results)]
    if report.comparison is not None:
        other = clean(report.comparison.system.label)
        rows.append(line((f"Difference: {clean(report.system.label)} minus {other}; p by randomisation test.", QUIET)))
    return rows + skipped_lines(report.skipped)


def _data(report: Report) -> list[str]:
    data = report.data
    parts = [Path(str(data.get("path") or data["qrels"])).name]
    parts += [str(data[key]) for key in ("split", "field") if key in data]
    return [*parts, f"only {data['limit']:,} of it"] if "limit" in data else parts


def _block(report: Report, result: Result, names: Sequence[str]) -> list[Line]:
    label, comparison = NAMES.get(result.name, result.name), report.comparison
    pairs = zip(comparison.results, comparison.differences, strict=True) if comparison else ()
    found = [(other, difference) for other, difference in pairs if other.name == result.name]
    if comparison is None or not found:
        return [*_figures(label, result, names), *_by_chance(result, names)]
    other, difference = found[0]
    rows = [gap(), line((label, TITLE))]
    rows += _figures(report.system.label, result, names) + _figures(comparison.system.label, other, names)
    return rows + _differences(difference, names) + _by_chance(result, names)


def _figures(label: str, result: Result, names: Sequence[str]) -> list[Line]:
    values = {name: _number(name, result.values[name]) for name in names}
    return [_row(label, values, STRONG), *_ends(result.intervals, names, signed=False)]


def _differences(difference: Difference, names: Sequence[str]) -> list[Line]:
    values = {name: _number(name, difference.values[name], signed=True) for name in names}
    p = {name: f"{difference.p[name]:.4f}" for name in names if name in difference.p}
    rows = [_row("difference", values, STRONG), *_ends(difference.intervals, names, signed=True)]
    return [*rows, _row("  p", {name: p.get(name, "") for name in names}, QUIET)]


def _by_chance(result: Result, names: Sequence[str]) -> list[Line]:
    if not result.random:
        return []
    return [_row("  random", {name: _number(name, result.random[name]) for name in names}, QUIET)]


def _ends(intervals: Mapping[str, Interval], names: Sequence[str], *, signed: bool) -> list[Line]:
    sides = ("  95 % from", "       to")
    return [
        _row(side, {name: _number(name, intervals[name][end], signed=signed) for name in names}, QUIET)
        for end, side in enumerate(sides)
    ]


def _row(label: str, values: Cells, style: str) -> Line:
    name = shorten(clean(label), _LABEL)
    columns = "".join(value.rjust(max(cells(_head(key)), 6) + 2) for key, value in values.items())
    return line((name, style), " " * (_LABEL - cells(name)), (columns.rstrip(), "" if style == STRONG else style))


def _head(name: str) -> str:
    return "median" if name == MEDIAN else name


def _number(name: str, value: float, *, signed: bool = False) -> str:
    if not math.isfinite(value):
        return "-"
    sign = "+" if signed else ""
    return f"{value:{sign},g}" if name == MEDIAN else f"{value:{sign}.3f}"


def _different(results: Sequence[Result]) -> list[Result]:
    """Return one result for each set of queries and pool."""
    return list({(one.queries, one.pool, one.groups): one for one in reversed(results)}.values())[::-1]


def _sizes(result: Result) -> str:
    label = NAMES.get(result.name, result.name)
    pool = f", {result.pool:,} to choose from" if result.pool else ""
    groups = f"; drawn in {count(result.groups, 'group')}" if result.groups != result.queries else ""
    return f"{label[:1].upper()}{label[1:]}: {count(result.queries, 'query', 'queries')}{pool}{groups}."
