"""What a date expression means, whatever language it is in.

The classes of expressions follow TimeML's TIMEX3 (Pustejovsky and others, "TimeML: Robust Specification of Event and
Temporal Expressions in Text", IWCS-5, 2003); the reading of a weekday or a month by the tense around it follows
HeidelTime's rules for news (Strötgen and Gertz, "HeidelTime", SemEval 2010). Values are plain ISO 8601 instead of
TIMEX3's own codes, so that they sort and compare: a week, a season or a decade is an interval.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "season", "year", "decade", "century"]
#: Says whether the sentence around a place speaks of what is to come.
Ahead = Callable[[int, int], bool]

_ANCHOR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LENGTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
#: How many days ahead a date without a year may lie when nothing says that it is to come.
_SOON = 60


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression: what its words say, before it is known when they were written.

    `offset` counts units from the document's date ("last week": -1 week); with a year, a month, a week or a day named
    as well it says in which. `toward` is where an open date lies: -1 past, 1 to come, 0 as the sentence has it.
    `value` is the meaning of an expression that needs no document date; ``""`` if it has none.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    time: str = ""
    offset: tuple[int, Unit] | None = None
    toward: int = 0
    value: str | None = None

    @property
    def only_time(self) -> bool:
        """Whether nothing but a time of day is named."""
        return bool(self.time) and all(
            x is None for x in (self.year, self.month, self.day, self.weekday, self.season, self.offset, self.value)
        )


@dataclass(frozen=True, slots=True)
class Anchor:
    """When a document was published, as precisely as it says."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> date | None:
        """The day, if it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def anchor_of(text: str) -> Anchor | None:
    """Return the anchor that an ISO 8601 date of any precision gives, None for what is none."""
    match = _ANCHOR.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or not is_date(year, month or 1, day or 1):
        return None
    return Anchor(year, month, day)


def is_date(year: int | None, month: int, day: int) -> bool:
    """Return whether there is such a day (in a leap year where no year is given)."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year if year else 2000, month)[1]


def years(first: int, last: int) -> str:
    """Return the interval of two years."""
    return f"{first:04}/{last:04}"


def decade(year: int) -> str:
    """Return the decade that starts in a year: 1990 is "1990/1999"."""
    return years(year, year + 9)


def century(number: int) -> str:
    """Return a century by its number: the 21st is "2001/2100"."""
    return years(100 * number - 99, 100 * number)


def months(year: int, first: int, count: int) -> str:
    """Return the interval of `count` months from month `first` of a year; a winter ends in the next."""
    last = year * 12 + first - 1 + count - 1
    return f"{year:04}-{first:02}/{last // 12:04}-{last % 12 + 1:02}"


def season(year: int, number: int) -> str:
    """Return a season of the north by its number from spring (0) to winter (3), in whole months."""
    return months(year, 3 * number + 3, 3)


def clock(hour: int, minute: int = 0, second: int | None = None, zone: str = "") -> str:
    """Return a time of day, ``""`` for what is none; `zone` is "Z" or nothing."""
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= (second or 0) < 60) or (hour == 24 and minute):
        return ""
    return f"{hour:02}:{minute:02}" + ("" if second is None else f":{second:02}") + zone


def resolve(e: Expression, anchor: Anchor | None, ahead: Ahead) -> str:
    """Return the ISO 8601 value of an expression, ``""`` where it cannot be known."""
    if e.only_time:
        return ""
    base = _day_or_longer(e, anchor, ahead)
    return f"{base}T{e.time}" if e.time and re.fullmatch(r"\d{4}-\d\d-\d\d", base) else base


def _day_or_longer(e: Expression, anchor: Anchor | None, ahead: Ahead) -> str:
    if e.value is not None:
        return e.value
    if e.year is not None:
        return _calendar(e, e.year)
    if anchor is None:
        return ""
    if e.offset is not None:
        return _relative(e, anchor, ahead)
    if e.season is not None:
        return _open_season(e, anchor)
    if e.month is not None:
        return _open_month(e, anchor, ahead)
    if anchor.date is None:
        return ""
    if e.weekday is not None:
        return _open_weekday(e, e.weekday, anchor.date, ahead)
    return _open_day(e, anchor.date, ahead)


def _calendar(e: Expression, year: int) -> str:
    if e.season is not None:
        return season(year, e.season)
    if e.month is None:
        return f"{year:04}" if year > 0 else f"-{-year:04}"
    if e.day is None:
        return f"{year:04}-{e.month:02}"
    return f"{year:04}-{e.month:02}-{e.day:02}" if is_date(year, e.month, e.day) else ""


def _relative(e: Expression, anchor: Anchor, ahead: Ahead) -> str:
    """Return what lies some units from the anchor, or the month or day in it that is named as well."""
    assert e.offset is not None
    count, unit = e.offset
    if unit == "weekend" and not count and not e.toward and anchor.date:
        # "At the weekend", said before Friday, is the one that is over.
        count = -1 if anchor.date.weekday() < 4 and not ahead(e.start, e.end) else 0
    if unit in ("day", "week", "weekend"):
        return _relative_days(e, anchor.date, count, unit) if anchor.date else ""
    if unit == "year":
        return _calendar(e, anchor.year + count) if e.weekday is None else ""
    if unit == "decade":
        return decade((anchor.year // 10 + count) * 10)
    if unit == "century":
        return century((anchor.year - 1) // 100 + 1 + count)
    if anchor.month is None or unit == "season":
        return ""
    size = _LENGTHS[unit]
    first = ((anchor.year * 12 + anchor.month - 1) // size + count) * size
    if unit == "quarter":
        return months(first // 12, first % 12 + 1, 3)
    return _calendar(replace(e, month=first % 12 + 1), first // 12)


def _relative_days(e: Expression, today: date, count: int, unit: Unit) -> str:
    try:
        if unit == "day":
            return (today + timedelta(count)).isoformat()
        monday = today - timedelta(today.weekday()) + timedelta(7 * count)
        if unit == "weekend":
            return f"{monday + timedelta(5)}/{monday + timedelta(6)}"
        if e.weekday is not None:
            return (monday + timedelta(e.weekday)).isoformat()
        return f"{monday}/{monday + timedelta(6)}"
    except OverflowError:
        return ""


def _open_season(e: Expression, anchor: Anchor) -> str:
    """Return the season meant by "last summer" (the last that is over), "next summer" and "this summer"."""
    assert e.season is not None
    if anchor.month is None:
        return _calendar(e, anchor.year + e.toward)
    begins = 3 * e.season + 3
    year = anchor.year
    # Of a winter, January and February belong to the year before.
    now = anchor.month + 12 if begins == 12 and anchor.month < 3 else anchor.month
    year -= now > 12
    if e.toward < 0 and now < begins + 3:
        year -= 1
    if e.toward > 0 and now >= begins:
        year += 1
    return _calendar(e, year)


def _open_month(e: Expression, anchor: Anchor, ahead: Ahead) -> str:
    """Return the month, or the day of it, nearest in the direction that the words or the sentence give."""
    assert e.month is not None
    if anchor.month is None:
        return _calendar(e, anchor.year) if not e.toward else ""
    now = (anchor.month, anchor.day or 0)
    this = (e.month, e.day or now[1])
    if e.toward < 0:
        return _calendar(e, anchor.year - (this >= now))
    if e.toward > 0:
        return _calendar(e, anchor.year + (this <= now))
    if this == now:
        return _calendar(e, anchor.year)
    coming = anchor.year + (this < now)
    past = anchor.year - (this > now)
    soon = 30 * (12 * (coming - anchor.year) + e.month - anchor.month) + this[1] - now[1] <= _SOON
    if ahead(e.start, e.end):
        return _calendar(e, coming)
    return _calendar(e, coming if soon and e.day is not None else past)


def _open_weekday(e: Expression, weekday: int, today: date, ahead: Ahead) -> str:
    back = (today.weekday() - weekday) % 7
    if e.toward < 0:
        shift = -(back or 7)
    elif e.toward > 0:
        shift = 7 - back
    else:
        shift = (7 - back) % 7 if ahead(e.start, e.end) else -back
    try:
        return (today + timedelta(shift)).isoformat()
    except OverflowError:
        return ""


def _open_day(e: Expression, today: date, ahead: Ahead) -> str:
    """Return the day of the month that Chinese news names alone: of this month, or of a neighbour."""
    assert e.day is not None
    month = today.year * 12 + today.month - 1
    if e.day > today.day and not ahead(e.start, e.end):
        month -= 1
    if e.day < today.day and ahead(e.start, e.end):
        month += 1
    return _calendar(replace(e, month=month % 12 + 1), month // 12)
