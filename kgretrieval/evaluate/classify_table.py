"""A report on classifiers as a table: a row a model, then a row a label."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.evaluate.classify_report import MEASURES, ClassifyReport, ModelResult
from kgretrieval.present.lines import HEADING, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.words import cells, clean, count, dotted, shorten, size

_NAME, _LABEL = 16, 24
_QUALITY = f"{'accuracy':>10}{'95 %':>16}{'macro F1':>10}{'95 %':>16}{'MAP':>8}"
_COST = f"{'ECE before':>12}{'after':>8}{'sure':>7}{'right':>7}{'trained':>10}{'items/s':>9}{'size':>10}"
#: Labels of the longest table by label; beyond, the least well found ones are shown.
_MOST = 25
_NOTE = (
    "MAP: mean average precision over the labels. ECE: expected calibration error, before and after. "
    "Sure: share of the items of which the model is sure, and how many of these are right."
)


def classify_lines(report: ClassifyReport) -> list[Line]:
    """Return a report as lines: each model, how it differs from the first, the best one by label."""
    data = report.data
    protocol = str(data.get("protocol") or data.get("split", ""))
    about = dotted((Path(str(data["path"])).name, protocol, str(data.get("stripped", ""))))
    sizes = f"trained on {data['trained_on']:,}, measured on {data['measured_on']:,}"
    rows = [line((clean(about), TITLE)), line((f"{sizes}, {count(len(report.labels), 'label')}", QUIET))]
    for head, figures in ((_QUALITY, _quality), (_COST, _cost)):
        rows += [gap(), line((" " * _NAME + head, HEADING))]
        rows += [_row(result, figures(result)) for result in report.results]
    rows.append(gap())
    notes = [(result.model, result.note) for result in report.results if result.note]
    rows += [line((f"{_short(model)}: {clean(note)}", QUIET)) for model, note in notes]
    rows += _differences(report)
    best = max(report.results, key=lambda one: one.values["accuracy"])
    return [*rows, gap(), *_by_label(report, best), gap(), line((_NOTE, QUIET))]


def _row(one: ModelResult, figures: str) -> Line:
    name = shorten(_short(one.model), _NAME - 1)
    return line((name, STRONG), " " * (_NAME - cells(name)), figures)


def _quality(one: ModelResult) -> str:
    figures = ""
    for measure in MEASURES[:2]:
        ends = " to ".join(f"{end:.3f}" for end in one.intervals[measure])
        figures += f"{one.values[measure]:>10.3f}{ends:>16}"
    return f"{figures}{one.values[MEASURES[2]]:>8.3f}"


def _cost(one: ModelResult) -> str:
    before, after = one.calibration_error
    trained = f"{one.seconds:.0f} s" if one.seconds else "-"
    honest = f"{before:>12.3f}{after:>8.3f}{one.sure:>7.2f}{one.precision:>7.3f}"
    return f"{honest}{trained:>10}{one.rate:>9,.0f}{size(one.bytes):>10}"


def _short(model: str) -> str:
    return Path(model).name


def _differences(report: ClassifyReport) -> list[Line]:
    if not report.differences:
        return []
    first = _short(report.results[0].model)
    rows = [gap()]
    for one in report.differences:
        low, high = one.interval
        said = (
            f"{_short(one.model)} minus {first}: {one.value:+.3f} accuracy ({low:+.3f} to {high:+.3f}), p {one.p:.4f}"
        )
        rows.append(line((said, QUIET)))
    return rows


def _by_label(report: ClassifyReport, best: ModelResult) -> list[Line]:
    shown = sorted(range(len(report.labels)), key=lambda i: (best.by_label[i].f1, report.labels[i]))[:_MOST]
    head = f"{'precision':>11}{'recall':>9}{'F1':>8}{'items':>8}   most often taken for"
    title = f"{_short(best.model)} by label"
    if len(report.labels) > _MOST:
        title += f", the {_MOST} of {len(report.labels)} that are found least well"
    rows = [line((title, TITLE)), line((" " * _LABEL + head, HEADING))]
    for place in sorted(shown, key=lambda i: report.labels[i]):
        one, name = best.by_label[place], shorten(clean(report.labels[place]), _LABEL - 1)
        figures = f"{one.precision:>11.3f}{one.recall:>9.3f}{one.f1:>8.3f}{one.answers:>8,}"
        rows.append(line(name, " " * (_LABEL - cells(name)), figures, (f"   {_taken_for(report, best, place)}", QUIET)))
    return rows


def _taken_for(report: ClassifyReport, best: ModelResult, place: int) -> str:
    wrong = best.confusion[place].copy()
    wrong[place] = 0
    other = int(wrong.argmax())
    return f"{clean(report.labels[other])} ({int(wrong[other]):,})" if wrong[other] else ""
