"""Bring the values found in picture files into one form."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"(\d{4})[:\-/.]?(\d{2})?[:\-/.]?(\d{2})?")
_TIME = re.compile(r"[T ]?(\d{2}):?(\d{2}):?(\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?")


def decode_text(value: bytes) -> str:
    """Decode bytes of unstated encoding: UTF-8 where they are that, else Windows-1252."""
    value = value.replace(b"\0", b"")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Return one line without control characters and outer blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def iso_date(text: str, time: str = "") -> str:
    """Return ``"2023"``, ``"2023-07"``, ``"2023-07-17"`` or with a time; ``""`` for what is no date.

    Takes the forms of EXIF (``2023:07:17 12:30:00``), IPTC (``20230717`` and a time of its own) and
    XMP. A time on the hour of midnight is kept as it stands; zeros for an unknown day or month are cut.
    """
    text = clean(text)
    match = _DATE.match(text)
    if not match or int(match[1]) == 0:
        return ""
    year, month, day = match[1], match[2] or "00", match[3] or "00"
    if month == "00":
        return year
    if day == "00":
        return f"{year}-{month}" if int(month) <= 12 else ""
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return f"{year}-{month}-{day}" + _iso_time(clean(time) or text[match.end() :])


def _iso_time(text: str) -> str:
    match = _TIME.match(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return ""
    zone = match[4] or ""
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"T{match[1]}:{match[2]}:{match[3] or '00'}{zone}"
