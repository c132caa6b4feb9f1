"""Dates of any precision: whether they are dates, and whether one lies in a period."""

from __future__ import annotations

from datetime import datetime

from kgretrieval.errors import UsageError

_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 13: "%Y-%m-%dT%H", 16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}


def checked_date(name: str, text: str) -> str:
    """Return an ISO date of any precision as the collection writes it, ``""`` for none.

    Raises
    ------
    UsageError
        If `text` is no date; the message begins with `name`.
    """
    bare = text.strip().replace(" ", "T")
    try:
        if bare:
            datetime.strptime(bare, _FORMS[len(bare)])
    except (KeyError, ValueError):
        raise UsageError(f"{name} is {text!r}, which is no date; write it like 2024, 2024-05 or 2024-05-01") from None
    return bare


def checked_period(since: str, until: str) -> tuple[str, str]:
    """Return both ends of a period, checked.

    Raises
    ------
    UsageError
        If one is no date, or the first lies after the last.
    """
    first, last = checked_date("since", since), checked_date("until", until)
    if first and last and first[: len(last)] > last:
        raise UsageError(f"since {since} lies after until {until}; exchange them")
    return first, last


def is_known(date: str, as_of: str) -> bool:
    """Say whether what was published then was known at the end of a day, month or year; an unknown date was not.

    Examples
    --------
    >>> is_known("2024-05-31", "2024-05"), is_known("2024-06", "2024-05"), is_known("", "2024")
    (True, False, False)
    """
    return bool(date) and date[: len(as_of)] <= as_of


def is_within(date: str, since: str, until: str) -> bool:
    """Say whether a date, or an interval of two joined by ``"/"``, touches a period; an unknown one touches none.

    Dates are as long as they are precise: 2024-05 touches the period from 2024-05-20 on, and until 2024 takes in all
    of 2024.

    Examples
    --------
    >>> is_within("2024-05", "2024-05-20", ""), is_within("2024-12-31", "", "2024"), is_within("", "2024", "")
    (True, True, False)
    """
    first, _, last = date.partition("/")
    last = last or first
    starts = not since or last >= since or since.startswith(last)
    return bool(date) and starts and (not until or first[: len(until)] <= until)
