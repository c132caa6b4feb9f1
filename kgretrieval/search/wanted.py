"""What may be found, checked: filters, how many hits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kgretrieval.errors import UsageError

#: What can be asked for as `kind`.
KINDS = ("article", "picture")

_DATE_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 13: "%Y-%m-%dT%H", 16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a search, checked: a kind or ``""``, ISO dates or ``""``, a source, a language, how many.

    `min_score` is the lowest probability of a hit, None for the limits of the calibration.
    """

    kind: str = ""
    k: int = 10
    since: str = ""
    until: str = ""
    source: str = ""
    language: str = ""
    min_score: float | None = None


def wanted(
    *,
    kind: str | None = None,
    k: int = 10,
    since: str = "",
    until: str = "",
    source: str = "",
    language: str = "",
    min_score: float | None = None,
) -> Wanted:
    """Check the filters of a search.

    Raises
    ------
    UsageError
        If one of them makes no sense.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}; choose article or picture, or leave it out for both")
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise UsageError(f"k is {k!r}; give a whole number of hits from 1 on")
    first, last = _date("since", since), _date("until", until)
    if first and last and first > last[: len(first)].ljust(len(first), "~"):
        raise UsageError(f"since {since} lies after until {until}; exchange them")
    return Wanted(kind or "", k, first, last, source.strip(), language.strip(), _share(min_score))


def _share(value: float | None) -> float | None:
    """Return the lowest probability, checked."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise UsageError(f"min_score is {value!r}; give a probability from 0 (show everything) to 1")
    return float(value)


def _date(name: str, text: str) -> str:
    """Return an ISO date of any precision as the collection writes it."""
    bare = text.strip().replace(" ", "T")
    try:
        if bare:
            datetime.strptime(bare, _DATE_FORMS[len(bare)])
    except (KeyError, ValueError):
        form = "2024, 2024-05, 2024-05-01 or 2024-05-01T18:30"
        raise UsageError(f"{name} is {text!r}, which is no date; write it like {form}") from None
    return bare
