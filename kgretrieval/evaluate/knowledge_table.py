"""A report on an extraction as a table."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.evaluate.knowledge import KnowledgeReport, Score
from kgretrieval.present.lines import HEADING, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.words import cells, clean, dotted, shorten

_LABEL = 26
_HEAD = f"{'precision':>11}{'recall':>10}{'F1':>8}{'95 %':>16}{'right':>9}{'found':>9}{'to find':>9}"


def knowledge_lines(report: KnowledgeReport) -> list[Line]:
    """Return a report as lines: the main figure, its parts, what counts as right."""
    data = dotted([Path(str(report.data["path"])).name, *(str(v) for k, v in report.data.items() if k != "path")])
    system = dotted((report.model, report.weights_hash[:12]))
    rows = [line((clean(data), TITLE)), line((clean(system), QUIET)), gap()]
    rows += [line((" " * _LABEL + _HEAD, HEADING)), _row(report.task, report.main, STRONG)]
    rows += [_row(name, part, "") for name, part in report.parts.items()]
    if report.extra:
        rows += [
            gap(),
            *(
                line(f"{clean(name)}: {value:g}" if isinstance(value, float) else f"{clean(name)}: {value}")
                for name, value in report.extra.items()
            ),
        ]
    return [*rows, gap(), line((report.protocol, QUIET))] if report.protocol else rows


def _row(label: str, one: Score, style: str) -> Line:
    name = shorten(clean(label), _LABEL)
    ends = " to ".join(f"{end:.3f}" for end in one.intervals["f1"])
    figures = f"{one.precision:>11.3f}{one.recall:>10.3f}{one.f1:>8.3f}{ends:>16}"
    counts = f"{one.correct:>9,.0f}{one.predicted:>9,.0f}{one.gold:>9,.0f}"
    return line((name, style), " " * (_LABEL - cells(name)), figures, (counts, QUIET))
