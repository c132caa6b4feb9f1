"""Labels, trained models and what is worth labelling, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.text import Text

from kgretrieval.classify.base import Reason
from kgretrieval.classify.head import Card
from kgretrieval.labelling.records import Proposal, Sorted, SortReport, Trained
from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import DOUBT, HEADING, MARK, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.reports import pairs, skipped_lines
from kgretrieval.present.words import clean, count, dotted, seconds, shorten, size, squeeze
from kgretrieval.search.scores import percent

#: Columns of a title, and characters of a text whose reasons are marked.
_TITLE, _MARKED = 100, 600
#: Labels shown beside the most probable one, and labels of a card that are named with their numbers.
_OTHERS, _NAMED = 2, 12
#: Characters shown before the first marked word.
_BEFORE = 80


def shown_lines(thing: Any) -> list[Line]:
    """Return a record of labelling, or a list of one kind of them, as lines.

    Raises
    ------
    TypeError
        For anything else.
    """
    if isinstance(thing, Trained):
        return trained_lines(thing)
    if isinstance(thing, SortReport):
        return sort_report_lines(thing)
    if isinstance(thing, list):
        if all(isinstance(one, Sorted) for one in thing):
            return sorted_lines(thing)
        if all(isinstance(one, Trained) for one in thing):
            return trained_list_lines(thing)
        if all(isinstance(one, Proposal) for one in thing):
            return proposal_lines(thing)
        raise TypeError(f"cannot show a list of {type(thing[0]).__name__}")
    raise TypeError(f"cannot show a {type(thing).__name__}")


def sorted_lines(found: Sequence[Sorted]) -> list[Line]:
    """Return what a model says of things, one a line, each followed by its reasons where there are any."""
    short = short_ids([one.what for one in found if one.what[:2] in ("a:", "p:")])
    rows: list[Line] = []
    for one in found:
        name = short.get(one.what, clean(one.what))
        title = shorten(squeeze(one.title), _TITLE)
        said: list[str | tuple[str, str]] = [(f"{squeeze(one.label)} {percent(one.probability)}", TITLE)]
        if not one.sure:
            said = [("not sure: ", DOUBT), f"{squeeze(one.label)} {percent(one.probability)}"]
        others = dotted(f"{squeeze(label)} {percent(share)}" for label, share in one.probabilities[1 : 1 + _OTHERS])
        shown = f"  {title}" if title and title != name and not one.what.endswith(title) else ""
        rows.append(line((name, STRONG), "  ", *said, (f" · {others}" if others else "", QUIET), shown))
        rows += reason_lines(one)
    return rows


def reason_lines(one: Sorted) -> list[Line]:
    """Return what moved a label: the words with their weights, the text with them marked, the part of the picture."""
    rows = []
    if one.reasons:
        words = ", ".join(f"{squeeze(r.text)} {r.weight:+.2f}" for r in one.reasons)
        rows.append(line(("because of ", QUIET), words, indent=4, hang=2))
        rows.append(line(marked_text(one.text, one.reasons), indent=4, hang=2))
    if one.region:
        rows.append(line(("in the picture: ", QUIET), one.region, indent=4))
    return rows


def pieces_of(text: str, reasons: Iterable[Reason], *, most: int = _MARKED) -> list[tuple[str, float]]:
    """Return a stretch of the text that holds the strongest reasons as (piece, weight); 0 between the reasons."""
    known = sorted((r for r in reasons if 0 <= r.start < r.end <= len(text)), key=lambda r: -abs(r.weight))
    if not known:
        return [(clean(text[:most]), 0.0)] if text else []
    start = max(0, known[0].start - _BEFORE) if known[0].start > most - _BEFORE else 0
    end = min(len(text), start + most)
    found = [("…", 0.0)] if start else []
    at = start
    for reason in sorted(known, key=lambda r: (r.start, -abs(r.weight))):
        if reason.start < at or reason.end > end:
            continue
        found += [(clean(text[at : reason.start]), 0.0), (clean(text[reason.start : reason.end]), reason.weight)]
        at = reason.end
    return [*found, (clean(text[at:end]) + ("…" if end < len(text) else ""), 0.0)]


def marked_text(text: str, reasons: Iterable[Reason]) -> Text:
    """Return the text with what speaks for the label highlighted, and what speaks against it in red."""
    parts = ((piece, MARK if weight > 0 else DOUBT if weight < 0 else "") for piece, weight in pieces_of(text, reasons))
    return Text.assemble(*parts)


def sort_report_lines(report: SortReport) -> list[Line]:
    """Return how many documents of a collection have which label."""
    unchanged = f", {report.unchanged:,} up to date" if report.unchanged else ""
    rows = [line((count(report.documents, "document"), TITLE), f" sorted{unchanged} · {seconds(report.seconds)}")]
    rows += pairs(((squeeze(label), f"{number:,}") for label, number in report.labels.items()), indent=4)
    return rows + ([line((f"not sure of {report.unsure:,}", QUIET), indent=4)] if report.unsure else [])


def trained_lines(trained: Trained) -> list[Line]:
    """Return the card of a model."""
    card = trained.card
    rows = [line((clean(card.name), TITLE), f" {dotted((card.model, size(trained.bytes), trained.version))}")]
    rows += pairs(_card_rows(card))
    if card.note:
        rows.append(line((squeeze(card.note), QUIET)))
    took = f" in {seconds(trained.seconds)}" if trained.seconds else ""
    rows.append(line((f"written to {clean(trained.file)}{took}", QUIET)))
    return rows + skipped_lines(trained.skipped)


def _card_rows(card: Card) -> list[tuple[str, str]]:
    measures = card.measures
    held = f" on {int(measures['held_out']):,} held-out examples" if "held_out" in measures else ""
    shown = {"accuracy": "accuracy", "macro_f1": "macro F1", "mean_average_precision": "MAP"}
    return [
        ("examples", f"{sum(card.examples.values()):,}: {_most(card.examples)}" if card.examples else ""),
        ("measured", dotted(f"{name} {measures[key]:.3f}" for key, name in shown.items() if key in measures) + held),
        ("calibration", _calibration(measures)),
        ("sure from", _level(card)),
        ("pictures", card.pictures and f"as {card.pictures} sees them"),
        ("data", card.data_hash[:12]),
    ]


def _calibration(measures: Mapping[str, float]) -> str:
    if "calibration_error" not in measures:
        return ""
    before = measures.get("calibration_error_before")
    first = f"error {before:.3f} before, " if before is not None else "error "
    return f"{first}{measures['calibration_error']:.3f}" + (" after" if first != "error " else "")


def _level(card: Card) -> str:
    if not card.level:
        return "any probability: it never abstains"
    share = card.measures.get("sure")
    right = card.measures.get("sure_precision")
    found = f", which {percent(share)} of them reach" if share is not None else ""
    good = f" with {percent(right)} right" if right is not None else ""
    return f"a probability of {card.level:.2f} on{found}{good}"


def _most(examples: Mapping[str, int]) -> str:
    ordered = sorted(examples.items(), key=lambda pair: (-pair[1], pair[0]))
    named = [f"{squeeze(label)} {number:,}" for label, number in ordered[:_NAMED]]
    return ", ".join([*named, f"and {len(ordered) - _NAMED} more"] if len(ordered) > _NAMED else named)


def trained_list_lines(models: Sequence[Trained]) -> list[Line]:
    """Return trained models, one a line."""
    rows = []
    for one in models:
        card = one.card
        accuracy = f"accuracy {card.measures['accuracy']:.3f}" if "accuracy" in card.measures else ""
        used = "sorts the collection" if one.applied else ""
        about = dotted((card.model, count(len(card.labels), "label"), accuracy, size(one.bytes), used))
        rows.append(line((clean(card.name), STRONG), f" {about}"))
    return rows


def proposal_lines(proposals: Sequence[Proposal]) -> list[Line]:
    """Return what is worth labelling, each with how it begins."""
    short = short_ids([one.id for one in proposals])
    rows: list[Line] = []
    for one in proposals:
        rows += [gap()] if rows else []
        guess = f" · {squeeze(one.label)} {percent(one.probability)}?" if one.label else ""
        rows.append(line((squeeze(one.title) or short[one.id], HEADING), f" {short[one.id]}", (guess, QUIET)))
        rows += [line(shorten(squeeze(one.text), 400), indent=4)] if one.text else []
        rows += [line((clean(one.path), QUIET), indent=4)] if one.path else []
    return rows
