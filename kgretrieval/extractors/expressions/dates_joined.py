"""Date expressions that stand together: "Friday, 3 May", "May last year", "on Monday at 3pm", "from May to July"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgretrieval.extractors.expressions.dates import Ahead, Anchor, Expression, resolve


@dataclass(frozen=True, slots=True)
class Joints:
    """What stands between the parts of a date in one language.

    Attributes
    ----------
    same : Pattern
        Between parts of one date.
    before_time : Pattern
        Between a date and its time of day.
    to : Pattern
        Between the ends of an interval; group "open" is what needs `between` or `since` in front.
    between : Pattern
        Before an interval whose ends are joined by what else just lists them.
    modifier : Pattern
        What belongs to a date and stands before it ("early", "Anfang").
    """

    same: re.Pattern[str]
    before_time: re.Pattern[str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    modifier: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: its place and what it means."""

    start: int
    end: int
    value: str


def dates_of(
    text: str, expressions: Iterable[Expression], joints: Joints, anchor: Anchor | None, ahead: Ahead
) -> list[Dated]:
    """Return the dates that the expressions of a text, in order, make."""
    merged: list[Expression] = []
    for expression in expressions:
        whole = _merged(text, merged[-1], expression, joints) if merged else None
        if whole is None:
            merged.append(expression)
        else:
            merged[-1] = whole
    dates: list[Dated] = []
    at = 0
    while at < len(merged):
        first = merged[at]
        interval = _interval(text, first, merged[at + 1], joints, anchor, ahead) if at + 1 < len(merged) else None
        dates.append(interval or Dated(first.start, first.end, resolve(first, anchor, ahead)))
        at += 2 if interval else 1
    return [_with_modifier(text, dated, joints) for dated in dates]


def _merged(text: str, first: Expression, second: Expression, joints: Joints) -> Expression | None:
    """Return two expressions as one where they name parts of the same date."""
    if second.start - first.end > 24:
        return None
    if second.only_time or first.only_time:
        if first.only_time and (second.only_time or second.time):
            return None
        if (first.time and second.time) or not joints.before_time.fullmatch(text, first.end, second.start):
            return None
        date, time = (first, second) if second.only_time else (second, first)
        return replace(date, start=first.start, end=second.end, time=time.time)
    if first.time or not joints.same.fullmatch(text, first.end, second.start):
        return None
    whole = _completed(first, second) or _completed(second, first)
    bracket = "(" in text[first.end : second.start] and text[second.end : second.end + 1] == ")"
    return whole and replace(whole, start=first.start, end=second.end + bracket, time=first.time or second.time)


def _completed(part: Expression, other: Expression) -> Expression | None:
    """Return `part`, which is a weekday or lacks the year, with what `other` adds to it."""
    if part.value is not None or other.value is not None or part.offset is not None:
        return None
    if part.weekday is not None and part.month is None:
        if other.month is not None and other.day is not None:
            return other
        week = other.offset is not None and other.offset[1] == "week" and other.weekday is None
        return replace(part, offset=other.offset) if week else None
    named_year = part.year is not None or part.toward
    if other.offset is None or named_year or other.month is not None or other.weekday is not None:
        return None
    unit = other.offset[1]
    fits = unit == "year" if part.month is not None or part.season is not None else unit == "month"
    return replace(part, offset=other.offset) if fits else None


def _interval(
    text: str, first: Expression, second: Expression, joints: Joints, anchor: Anchor | None, ahead: Ahead
) -> Dated | None:
    """Return "from A to B", "between A and B" or "A-B" as one date."""
    if second.start - first.end > 12:
        return None
    joint = joints.to.fullmatch(text, first.end, second.start)
    if not joint:
        return None
    opening = joints.between.search(text, max(0, first.start - 24), first.start)
    if joint["open"] is not None and not opening:
        return None
    start = opening.start() if opening else first.start
    if first.year is None and first.month is not None and second.year is not None and second.month is not None:
        later = (first.month, first.day or 0) > (second.month, second.day or 0)
        first = replace(first, year=second.year - later)
    ends = resolve(first, anchor, ahead), resolve(second, anchor, ahead)
    if not all(ends):
        return Dated(start, second.end, "") if not first.only_time else None
    earliest, latest = ends[0].partition("/")[0], ends[1].rpartition("/")[2]
    return Dated(start, second.end, f"{earliest}/{latest}") if earliest <= latest else None


def _with_modifier(text: str, dated: Dated, joints: Joints) -> Dated:
    opening = joints.modifier.search(text, max(0, dated.start - 24), dated.start)
    return replace(dated, start=opening.start()) if opening else dated
