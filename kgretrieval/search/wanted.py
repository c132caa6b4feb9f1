"""What an answer is to hold, checked: filters, how many hits, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kgretrieval.errors import UsageError

#: What can be asked for as `kind`.
KINDS = ("article", "picture")

_DATE_FORMS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 13: "%Y-%m-%dT%H", 16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a search, checked; what is empty does not filter.

    Attributes
    ----------
    kind : str
        ``"article"`` or ``"picture"``.
    k : int
        How many hits at most.
    since, until, as_of : str
        ISO dates of any precision. `as_of` also limits what the graph says.
    source, language, topic, sentiment : str
    labels : tuple of (str, str)
        Schemes and their values, all of which a hit must have.
    towards : tuple of str
        How the hits sound towards the names in `mentions`, and these names; empty for no such wish.
    mentions : tuple of str
        Names or ids of entities, all of which a hit must mention.
    has_picture : bool
        No articles without a picture.
    min_score : float, optional
        The lowest probability of a hit, None for the limits of the calibration.
    fold : bool
        One hit for near copies.
    diverse : bool
        One hit a story first.
    facets, explain : bool
        What comes with the hits.
    """

    kind: str = ""
    k: int = 10
    since: str = ""
    until: str = ""
    as_of: str = ""
    source: str = ""
    language: str = ""
    topic: str = ""
    sentiment: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    mentions: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()
    has_picture: bool = False
    min_score: float | None = None
    fold: bool = True
    diverse: bool = False
    facets: bool = False
    explain: bool = False


def wanted(
    *,
    kind: str | None = None,
    k: int = 10,
    since: str = "",
    until: str = "",
    as_of: str = "",
    source: str = "",
    language: str = "",
    topic: str = "",
    sentiment: str = "",
    labels: str | Iterable[str] = (),
    mentions: str | Iterable[str] = (),
    towards: str = "",
    has_picture: bool = False,
    min_score: float | None = None,
    fold: bool = True,
    diverse: bool = False,
    facets: bool = False,
    explain: bool = False,
) -> Wanted:
    """Check what is wanted.

    Raises
    ------
    UsageError
        If something of it makes no sense.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}; choose article or picture, or leave it out for both")
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise UsageError(f"k is {k!r}; give a whole number of hits from 1 on")
    first, last, known = _date("since", since), _date("until", until), _date("as_of", as_of)
    for name, end in (("until", last), ("as_of", known)):
        if first and end and first > end[: len(first)].ljust(len(first), "~"):
            raise UsageError(f"since {since} lies after {name} {end}; exchange them")
    names = (mentions,) if isinstance(mentions, str) else tuple(mentions)
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise UsageError("a name in mentions is empty; give the name or the id of an entity")
    if towards.strip() and not names:
        raise UsageError(f"towards is {towards!r}, but nobody is named; say towards whom with mentions (--mentions)")
    return Wanted(
        kind=kind or "",
        k=k,
        since=first,
        until=last,
        as_of=known,
        source=source.strip(),
        language=language.strip(),
        topic=topic.strip(),
        sentiment=sentiment.strip(),
        labels=tuple(map(_pair, (labels,) if isinstance(labels, str) else labels)),
        mentions=tuple(name.strip() for name in names),
        towards=(towards.strip(), *(name.strip() for name in names)) if towards.strip() else (),
        has_picture=bool(has_picture),
        min_score=_share(min_score),
        fold=bool(fold),
        diverse=bool(diverse),
        facets=bool(facets),
        explain=bool(explain),
    )


def _pair(text: str) -> tuple[str, str]:
    """Return a scheme and a value from ``"section=sport"``."""
    scheme, sign, value = (part.strip() for part in text.partition("="))
    if not (scheme and sign and value):
        raise UsageError(f"the label {text!r} is no pair; write for example section=sport")
    return scheme, value


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
