"""Questions for a person and decisions as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.words import clean, count, dotted, squeeze
from kgretrieval.resolution.questions import ReviewItem, ReviewSide
from kgretrieval.store.decisions import Decision

_ASKED = {"merge": "Are these one?", "split": "Are these two?", "check": "Taken for one: is that right?"}
_DECIDED = {
    "merge": "are one",
    "apart": "are not one",
    "split": "is another one in",
    "rename": "is called",
    "type": "is",
    "hide": "is hidden",
    "confirm": "is confirmed",
    "hide_fact": "is hidden",
    "confirm_fact": "is confirmed",
    "link": "is",
}


def review_lines(items: Sequence[ReviewItem]) -> list[Line]:
    """Return questions one below the other."""
    short = short_ids([own for item in items for own in (item.id, item.one.entity, item.other.entity)])
    rows: list[Line] = []
    for item in items:
        rows += [gap(), *item_lines(item, short)] if rows else item_lines(item, short)
    return rows


def item_lines(item: ReviewItem, short: Mapping[str, str]) -> list[Line]:
    """Return one question: both names with their sentences, then the reasons."""
    rows = [line((_ASKED[item.question], TITLE), f" {short[item.id]}", (f" · likely one: {item.score:.2f}", QUIET))]
    for side in (item.one, item.other):
        rows += _side_lines(side, short)
    return [*rows, line(("because ", QUIET), "; ".join(map(squeeze, item.reasons)), indent=2, hang=2)]


def _side_lines(side: ReviewSide, short: Mapping[str, str]) -> list[Line]:
    about = dotted((side.type, count(side.articles, "article")))
    rows = [line((squeeze(side.name), STRONG), f" {short[side.entity]}", (f" · {about}", QUIET), indent=2)]
    for sentence in side.sentences:
        where = dotted((clean(sentence.date), squeeze(sentence.title)))
        rows.append(line(squeeze(sentence.text), (f" ({where})" if where else "", QUIET), indent=4, hang=2))
    return rows


def decision_lines(decided: Iterable[Decision]) -> list[Line]:
    """Return decisions, one a line; those undone say so."""
    rows = []
    for one in decided:
        when = dotted((clean(one.time[:16].replace("T", " ")), squeeze(one.author)))
        undone = f" · undone {clean(one.undone_at[:10])}" if one.undone_at else ""
        rows.append(line((str(one.id), STRONG), f" {said(one)}", (f" · {when}{undone}", QUIET)))
    return rows


def said(decision: Decision) -> str:
    """Return a decision in words."""
    payload, verb = decision.payload, _DECIDED.get(decision.action, decision.action)
    match decision.action:
        case "merge":
            return f"{', '.join(_name(one) for one in payload['entities'])} {verb}"
        case "apart":
            return f"{_name(payload['one'])}, {_name(payload['other'])} {verb}"
        case "split":
            meant = f": {_name(payload['to'])}" if "to" in payload else ""
            names, documents = (", ".join(map(squeeze, payload[key])) for key in ("names", "documents"))
            return f"{names} {verb} {documents}{meant}"
        case "label":
            document, scheme, value = (squeeze(payload[key]) for key in ("document", "scheme", "value"))
            return f"{document} is {value} ({scheme})"
        case "hide_fact" | "confirm_fact":
            sides = (_name(payload[side]) for side in ("subject", "object"))
            return f"{next(sides)} —[{squeeze(payload['predicate'])}]→ {next(sides)} {verb}"
    rest = payload.get("to") or payload.get("wikidata") or ""
    return f"{_name(payload['entity'])} {verb} {squeeze(str(rest))}".rstrip()


def _name(given: Mapping[str, Any]) -> str:
    document = f" (in {squeeze(str(given['document']))})" if given.get("document") else ""
    return squeeze(str(given.get("name") or given.get("text") or "")) + document
