"""Dates in digits alone, which languages share: "2004-03-12", "12.03.2004", "27/09/2013", "1998-2002"."""

from __future__ import annotations

import re

from kgretrieval.extractors.expressions.dates import Expression, clock, is_date, years
from kgretrieval.extractors.expressions.rules import DIGITS, Rule

_BEFORE = r"(?<![\w.,:/#$£€+-])"
_AFTER = r"(?![\w%/]|[-.,:]\d)"

_ISO = re.compile(
    rf"{_BEFORE}(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)"
    rf"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<zone>Z\b)?)?{_AFTER}"
)
_MONTH = re.compile(rf"{_BEFORE}(?P<year>[12]\d{{3}})-(?P<month>0[1-9]|1[0-2]){_AFTER}")
_NUMERIC = re.compile(rf"{_BEFORE}(?P<a>\d\d?)(?P<sign>[./-])(?P<b>\d\d?)(?P=sign)(?P<year>\d{{4}}|\d\d){_AFTER}")
_YEARS = re.compile(
    rf"{_BEFORE}(?P<first>1\d{{3}}|20\d{{2}})\s?(?P<sign>[-–—/])\s?(?P<last>\d{{4}}|\d\d)(?![\w%]|[-–—.,:/]\d)"
)


def full_year(text: str) -> int:
    """Return a year of two or four digits; two digits up to 49 are of the 21st century."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 50 else 1900)


def span_of_years(first: str, last: str) -> str:
    """Return "1998-2002", "1990-95" or the season "2003/04" as an interval, ``""`` where the years run backwards."""
    begin, end = int(first), int(last if len(last) == 4 else first[:2] + last)
    if len(last) == 2 and last == "00" and first[2:] == "99":
        end = begin + 1
    return years(begin, end) if begin < end <= begin + 500 else ""


def _iso(match: re.Match[str]) -> Expression | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not is_date(year, month, day):
        return None
    time = ""
    if match["hour"]:
        second = int(match["second"]) if match["second"] else None
        time = clock(int(match["hour"]), int(match["minute"]), second, match["zone"] or "")
    return Expression(match.start(), match.end(), year, month, day, time=time)


def _iso_month(match: re.Match[str]) -> Expression | None:
    """Return the month; "2003-04" may as well be a season from one year into the next, and in prose it is."""
    if int(match["month"]) > int(match["year"][2:]):
        return None
    return Expression(match.start(), match.end(), int(match["year"]), int(match["month"]))


def _numeric(match: re.Match[str]) -> Expression | None:
    """Return a day; of two readings (day first, month first) neither is guessed: its value is the year alone.

    Full stops put the day first. Two digits of a year need slashes or full stops.
    """
    a, b, sign = int(match["a"]), int(match["b"]), match["sign"]
    if sign == "-" and len(match["year"]) == 2:
        return None
    year = full_year(match["year"])
    readings = {(month, day) for day, month in ((a, b), (b, a)) if is_date(year, month, day)}
    if sign == ".":
        readings &= {(b, a)}
    if not readings or not 1000 <= year < 2100:
        return None
    month, day = readings.pop() if len(readings) == 1 else (None, None)
    return Expression(match.start(), match.end(), year, month, day)


def _year_span(match: re.Match[str]) -> Expression | None:
    value = span_of_years(match["first"], match["last"])
    if match["sign"] == "/" and value and int(value[5:]) != int(value[:4]) + 1:
        return None
    return Expression(match.start(), match.end(), value=value) if value else None


_STARTS = frozenset({DIGITS})
DIGIT_RULES = tuple(
    Rule(_STARTS, pattern, build)
    for pattern, build in ((_ISO, _iso), (_MONTH, _iso_month), (_NUMERIC, _numeric), (_YEARS, _year_span))
)
