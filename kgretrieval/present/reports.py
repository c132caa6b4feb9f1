"""Documents, figures and reports as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.text import Text

from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import HEADING, QUIET, STRONG, TITLE, Line, Painter, drawing, gap, line, linked
from kgretrieval.present.words import cells, clean, count, dotted, label_words, seconds, size, squeeze
from kgretrieval.types import (
    AnnotateReport,
    CompactReport,
    Document,
    Forecast,
    IngestReport,
    Label,
    ModelInfo,
    PictureText,
    Skipped,
    Stats,
)

#: Places named below one reason for skipping; the rest is counted.
EXAMPLES = 3
#: Languages and sources named in the figures; the rest is counted.
NAMED = 8
_KINDS = ("article", "picture", "passage", "mention", "reference", "frame", "relation", "fact")
_PLURALS = {
    **{name: f"{name}s" for name in _KINDS},
    "entity": "entities",
    "story": "stories",
    "reading": "texts in pictures",
}


def pairs(rows: Iterable[tuple[str, str | Text]], *, indent: int = 0) -> list[Line]:
    """Return a name and a value a line, the values below each other; rows without a value are left out."""
    shown = [(name, value) for name, value in rows if value]
    width = max((cells(name) for name, _ in shown), default=0) + 2
    return [
        line((name + " " * (width - cells(name)), QUIET), value, indent=indent, hang=width) for name, value in shown
    ]


def document_lines(document: Document, *, painter: Painter | None = None) -> list[Line]:
    """Return an article or a picture with all that its source said of it."""
    own = short_ids([document.id])[document.id]
    rows = [line((squeeze(document.title) or own, TITLE))]
    rows += drawing(painter(document.path)) if painter and document.kind == "picture" else []
    rows += pairs(_document_rows(document))
    captions = [squeeze(caption) for caption in document.captions if caption != document.title]
    rows += [row for caption in captions for row in (gap(), line(caption))]
    rows += _reading_lines(document.reading)
    paragraphs = [squeeze(part) for part in document.text.split("\n")]
    return rows + [row for part in paragraphs if part for row in (gap(), line(part))]


def _reading_lines(reading: PictureText | None) -> list[Line]:
    """Return the text in a picture, a line a line, or why it was not read."""
    if reading is None or not (reading.lines or reading.problem):
        return []
    if reading.problem:
        return [gap(), line((f"The text in the picture was not read: it {squeeze(reading.problem)}.", QUIET))]
    return [
        gap(),
        line(("Text in the picture", HEADING)),
        *(line(squeeze(one.text), indent=4) for one in reading.lines),
    ]


def _document_rows(document: Document) -> list[tuple[str, str | Text]]:
    pixels = f"{document.width} x {document.height}" if document.width else ""
    return [
        ("id", clean(document.id)),
        ("kind", document.kind),
        ("date", clean(document.date)),
        ("source", squeeze(document.source)),
        ("author", squeeze(document.author)),
        ("language", clean(document.language)),
        ("tags", ", ".join(squeeze(tag) for tag in document.tags)),
        *_label_rows(document.labels),
        ("credit", squeeze(document.credit)),
        ("rights", squeeze(document.rights)),
        ("address", linked(document.url, document.url)),
        ("file", linked(document.path, document.path)),
        ("pixels", pixels),
        ("taken from", clean(document.origin)),
        ("sha-256", document.sha256),
        ("pictures", " ".join(short_ids(document.pictures).values())),
        ("articles", " ".join(short_ids(document.articles).values())),
    ]


def _label_rows(labels: Iterable[Label]) -> list[tuple[str, str]]:
    by_scheme: dict[str, list[str]] = {}
    for one in labels:
        by_scheme.setdefault(clean(one.scheme), []).append(label_words(one))
    return [(scheme, "; ".join(dict.fromkeys(said))) for scheme, said in by_scheme.items()]


def report_lines(report: IngestReport) -> list[Line]:
    """Return what an ingest did, what it left out and why, and where the time went."""
    done = (
        (report.added, "added"),
        (report.updated, "updated"),
        (report.unchanged, "unchanged"),
        (report.removed, "removed"),
    )
    changes = ", ".join(f"{number:,} {word}" for number, word in done if number) or "nothing to do"
    rows = [line((count(report.read, "item"), TITLE), f" read: {changes}")]
    rate = dotted((seconds(report.seconds), _rate(report.read / report.seconds) if report.seconds else ""))
    looked = f"{count(report.pictures, 'picture')} looked at · " if report.pictures else ""
    read = f"text in {count(report.with_text, 'picture')} · " if report.with_text else ""
    rows += [line((looked + read + rate, QUIET))]
    return rows + skipped_lines(report.skipped) + _stage_lines(report.stages)


def annotated_lines(report: AnnotateReport) -> list[Line]:
    """Return how much was read again, and where the time went."""
    rate = _rate(report.documents / report.seconds) if report.documents and report.seconds else ""
    unchanged = f", {report.unchanged:,} up to date" if report.unchanged else ""
    rows = [line((count(report.documents, "document"), TITLE), f" read{unchanged}")]
    found = f", text found in {report.with_text:,}" if report.pictures else ""
    rows += [line((f"{count(report.pictures, 'picture')} looked at{found}", QUIET))] if report.pictures else []
    rows += [line((dotted((seconds(report.seconds), rate)), QUIET))]
    return [*rows, *skipped_lines(report.skipped), *_stage_lines(report.stages)]


def compacted_lines(report: CompactReport) -> list[Line]:
    """Return what compacting left out, and where the time went."""
    rows = [line((count(report.rows, "row"), TITLE), " of deleted vectors left out")]
    sizes = f"vectors and indexes: {size(report.bytes_before)} before, {size(report.bytes_after)} after"
    return [*rows, line((dotted((sizes, seconds(report.seconds))), QUIET)), *_stage_lines(report.stages)]


def _rate(items: float) -> str:
    return f"{items:,.0f} items/s" if items >= 10 else f"{items:.1f} items/s"


def _stage_lines(stages: Mapping[str, float]) -> list[Line]:
    slow = sorted(((value, name) for name, value in stages.items()), key=lambda stage: (-stage[0], stage[1]))
    rows = pairs(((clean(name), seconds(value)) for value, name in slow if value >= 0.001), indent=4)
    return [gap(), line(("Time", HEADING)), *rows] if rows else []


def skipped_lines(skipped: Iterable[Skipped]) -> list[Line]:
    """Return the reasons for leaving something out, the most frequent first, each with a few places."""
    by_reason: dict[str, list[str]] = {}
    for one in skipped:
        by_reason.setdefault(_reason(one), []).append(clean(one.where))
    if not by_reason:
        return []
    total = sum(len(places) for places in by_reason.values())
    rows = [gap(), line((f"Skipped: {total:,}", HEADING))]
    for reason, places in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" and {len(places) - EXAMPLES:,} more" if len(places) > EXAMPLES else ""
        rows.append(line((f"{len(places):,}", STRONG), f" x {reason}", indent=4))
        rows.append(line((", ".join(places[:EXAMPLES]) + more, QUIET), indent=6))
    return rows


def _reason(skipped: Skipped) -> str:
    """Return the reason without the place in it, so that equal reasons count together."""
    reason = squeeze(skipped.reason).replace(squeeze(skipped.where), "it") if skipped.where else squeeze(skipped.reason)
    return reason or "no reason given"


def forecast_lines(forecast: Forecast) -> list[Line]:
    """Return what an ingest would do; nothing was written."""
    what = f"{count(forecast.articles, 'article')} and {count(forecast.pictures, 'picture')}"
    rows = pairs(
        (
            ("would take in", what),
            ("already in", f"{forecast.unchanged:,}"),
            ("time", f"about {seconds(forecast.seconds)}"),
            ("disk", f"about {size(forecast.bytes)}"),
        )
    )
    return [*rows, *skipped_lines(forecast.skipped), gap(), line(("Nothing was written.", QUIET))]


def stats_lines(stats: Stats) -> list[Line]:
    """Return a collection in figures."""
    spaces = ", ".join(f"{clean(name)} {width}" for name, width in sorted(stats.spaces.items()))
    rows: list[tuple[str, str | Text]] = [("collection", linked(stats.path, stats.path))]
    rows += [(_PLURALS.get(name, clean(name)), f"{number:,}") for name, number in stats.counts.items()]
    rows += [
        ("dates", " to ".join(clean(day) for day in (stats.first_date, stats.last_date) if day)),
        ("languages", _most(stats.languages)),
        ("sources", _most(stats.sources)),
        *((f"labels: {clean(scheme)}", _most(counted)) for scheme, counted in stats.labels.items()),
        ("encoder", dotted((clean(stats.encoder), spaces, stats.weights_hash[:12]))),
        *((f"index of {clean(name)}", _index(told)) for name, told in sorted(stats.index.items())),
        ("on disk", ", ".join(f"{clean(name)} {size(much)}" for name, much in sorted(stats.bytes.items()) if much)),
        ("generation", str(stats.generation)),
        ("graph", stats.graph_hash),
    ]
    return pairs(rows)


def _index(told: Mapping[str, str | int | float]) -> str:
    """Return the kind of an index, its rows, and what it finds of the true ten best by kind of query."""
    recalls = [
        f"{name.removeprefix('recall_').replace('_', ' ')} find {value:.1%}"
        for name, value in told.items()
        if name.startswith("recall_")
    ]
    return dotted((clean(str(told["kind"])), f"{int(told['rows']):,} rows", *recalls))


def _most(counted: Mapping[str, int]) -> str:
    """Return the most frequent of `counted` with their numbers."""
    ordered = sorted(Counter(dict(counted)).items(), key=lambda item: (-item[1], item[0]))
    named = [f"{squeeze(name) or 'unknown'} {number:,}" for name, number in ordered[:NAMED]]
    return ", ".join([*named, f"and {len(ordered) - NAMED:,} more"] if len(ordered) > NAMED else named)


def model_lines(models: Iterable[ModelInfo]) -> list[Line]:
    """Return the encoders: whether they can be used here and now, and what is missing."""
    rows: list[Line] = []
    for model in models:
        spaces = ", ".join(f"{clean(name)} {width}" for name, width in sorted(model.spaces.items()))
        about = dotted((model.kind, spaces, size(model.bytes) if model.bytes else "", squeeze(model.licence)))
        rows.append(line((clean(model.name), STRONG), f" {squeeze(model.state)}"))
        rows += [line((text, QUIET), indent=4) for text in (about, squeeze(model.note)) if text]
    return rows
