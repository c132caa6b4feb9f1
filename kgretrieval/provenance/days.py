"""Days between ISO dates of any precision."""

from __future__ import annotations

from datetime import date

#: Days between two uses from which on the later one must say why, and days by which stated dates may differ: a picture
#: of Friday stands in the paper of Monday, and a clock may be of another time zone.
FAR_APART, LEEWAY = 90, 3


def day_range(value: str) -> tuple[int, int] | None:
    """Return the first and the last day of an ISO date or interval, as ordinals; None where there is none."""
    first, _, last = value.partition("/")
    try:
        start = _day(first, last=False)
        return start, max(start, _day(last or first, last=True))
    except ValueError:
        return None


def _day(value: str, *, last: bool) -> int:
    year, month, day = [*value[:10].split("-"), "", ""][:3]
    if not month:
        return date(int(year), 12 if last else 1, 31 if last else 1).toordinal()
    if not day:
        following = date(int(year) + int(month) // 12, int(month) % 12 + 1, 1).toordinal()
        return following - 1 if last else date(int(year), int(month), 1).toordinal()
    return date(int(year), int(month), int(day)).toordinal()


def near(one: str, other: str, *, leeway: int = LEEWAY) -> bool:
    """Return whether two dates are no more than some days apart; what is no date is near everything."""
    a, b = day_range(one), day_range(other)
    return a is None or b is None or (a[0] <= b[1] + leeway and b[0] <= a[1] + leeway)


def days_between(earlier: str, later: str) -> int:
    """Return how many days lie between two dates at least; negative where they come the other way round."""
    a, b = day_range(earlier), day_range(later)
    return b[0] - a[1] if a and b else 0


def span(days: int) -> str:
    """Return so many days in words, as months or years."""
    if days < 365:
        return f"{round(days / 30)} months"
    years = round(days / 365)
    return f"{years} year{'s' if years > 1 else ''}"
