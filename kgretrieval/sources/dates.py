"""Dates as people and programs write them, brought to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
#: Seconds since 1970 that are read as a time: from 1990 on, so that a plain number is not taken for one.
_EPOCH = range(631_152_000, 4_102_444_800)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner",
            "feb february februar",
            "mar march märz mär maerz mrz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}

_ISO = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ]+(.*))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z?))?")
_CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?.*")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b.*")
_MAIL = re.compile(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}(?::\d{2})?( [A-Z]{1,5}| ?[+-]\d{4})?")
_DAY_MONTH = re.compile(r"(?:[^\W\d_]+,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+)?([^\W\d_]+)\.?[\s,-]+(\d{4})\b.*")
_MONTH_DAY = re.compile(r"(?:[^\W\d_]+,?\s+)?([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*")


def normalise_date(value: object) -> str:
    """Return the ISO form of a date, as precise as it is given, or ``""`` for what is none.

    Takes ISO dates and times, ``17 July 2023``, ``July 17, 2023``, ``17. Juli 2023``,
    ``17.07.2023``, ``2023年7月17日``, mail and RSS dates, and seconds or milliseconds since 1970. Of
    ``03/04/2023``, where day and month could change places, only the year is certain: ``"2023"``.

    Examples
    --------
    >>> normalise_date("17. Juli 2023"), normalise_date("07/17/2023"), normalise_date("soon")
    ('2023-07-17', '2023-07-17', '')
    """
    text = " ".join(str(value).split())
    for read in _READERS:
        if found := read(text):
            return found
    return ""


def _iso(text: str) -> str:
    match = _ISO.fullmatch(text)
    if not match:
        return ""
    day = _date(int(match[1]), int(match[3] or 0), int(match[4] or 0))
    return day + _clock(match[5] or "") if match[4] else day


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return ""
    zone = match[4] or ""
    if zone in ("UTC", "GMT"):
        zone = "Z"
    elif zone and zone != "Z":
        zone = f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"
    return f"T{int(match[1]):02}:{match[2]}:{match[3] or '00'}{zone}"


def _compact(text: str) -> str:
    match = _COMPACT.fullmatch(text)
    if not match:
        return ""
    day = _date(int(match[1]), int(match[2]), int(match[3]))
    return day + _clock(f"{match[4]}:{match[5]}:{match[6]}{match[7]}") if day and match[4] else day


def _epoch(text: str) -> str:
    if not re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}", text):
        return ""
    seconds = int(text) // 1000 if len(text) >= 12 and "." not in text else int(float(text))
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds in _EPOCH else ""


def _chinese(text: str) -> str:
    match = _CHINESE.fullmatch(text)
    return _date(int(match[1]), int(match[2] or 0), int(match[3] or 0)) if match else ""


def _numbers(text: str) -> str:
    match = _NUMBERS.fullmatch(text)
    if not match:
        return ""
    first, separator, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if separator == "." or first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else _date(year)


def _mail(text: str) -> str:
    if not _MAIL.fullmatch(text):
        return ""
    try:
        return parsedate_to_datetime(text).isoformat().replace("+00:00", "Z")
    except ValueError:
        return ""


def _words(text: str) -> str:
    if match := _MONTH_DAY.fullmatch(text):
        month, day, year = match[1], match[2], match[3]
    elif match := _DAY_MONTH.fullmatch(text):
        day, month, year = match[1] or "0", match[2], match[3]
    else:
        return ""
    number = _MONTHS.get(month.lower())
    return _date(int(year), number, int(day)) if number else ""


def _date(year: int, month: int = 0, day: int = 0) -> str:
    """Return the ISO date of that precision, ``""`` for a day that no calendar has."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR or month > 12:
        return ""
    if not month:
        return f"{year:04}"
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


_READERS: tuple[Callable[[str], str], ...] = (_iso, _compact, _epoch, _chinese, _numbers, _mail, _words)
