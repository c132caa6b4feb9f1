"""Dates and quantities with what they mean, in English, German and Chinese text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module

from kgretrieval.extractors.base import Extraction, Kind, origin_of
from kgretrieval.extractors.expressions import dates_ahead as _dates_ahead
from kgretrieval.extractors.expressions.dates import Anchor, Expression, anchor_of
from kgretrieval.extractors.expressions.dates_joined import Dated, Joints, dates_of
from kgretrieval.extractors.expressions.quantities import Quantity
from kgretrieval.extractors.expressions.rules import Grammar, Start, character_starts, word_starts
from kgretrieval.types import EntityType, Mention, TextPart

_LANGUAGES = {"en": "english", "de": "german", "zh": "chinese"}


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one language; `keys` are all tokens at which one of them can start."""

    dates: Grammar[Expression]
    joints: Joints
    ahead: Callable[[str, int, int], bool]
    quantities: Grammar[Quantity]
    starts: Callable[[str, frozenset[str]], list[Start]]
    keys: frozenset[str]


class Values:
    """Extractor of dates and quantities, by rules; it reads no weights.

    Attributes
    ----------
    name, version, gives, needs
        As `kgretrieval.extractors.base.Extractor` has them; the version changes with the rules.
    """

    name = "values"
    version = "1"
    gives: frozenset[Kind] = frozenset({"values"})
    needs: frozenset[Kind] = frozenset()

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the dates and quantities in the texts of each document; in tags and in other languages there are none.

        Examples
        --------
        >>> part = TextPart("text", "Profits rose 76% to $1.13bn, the firm said on Friday.", date="2005-02-07")
        >>> [found] = Values().extract([[part]])
        >>> [(mention.text, mention.type, mention.value) for mention in found.mentions]
        [('76%', 'quantity', '76 %'), ('$1.13bn', 'quantity', '1130000000 USD'), ('Friday', 'date', '2005-02-04')]
        """
        return [
            Extraction(mentions=tuple(m for part in fields if part.field != "tags" for m in _mentions(part)))
            for fields in documents
        ]


def value_of(text: str, language: str = "en", date: str = "") -> str:
    """Return what an expression that somebody else found means, ``""`` if it is not a date or a quantity as a whole.

    Parameters
    ----------
    text : str
        The expression alone.
    language : str
        As in `kgretrieval.types.TextPart`.
    date : str
        When it was published (ISO 8601).

    Examples
    --------
    >>> value_of("last Tuesday", date="2004-03-12"), value_of("2.5 million dollars"), value_of("hopes")
    ('2004-03-09', '2500000 USD', '')
    """
    found = _values(text, language, date)
    words = text.lower().split()
    covers = len(found) == 1 and text[: found[0][0]].strip().lower() in {"", "the", "on", "in", "about", "some"}
    return found[0][3] if words and covers and found[0][1] == len(text.rstrip()) else ""


def first_time(mentions: Iterable[Mention], start: int, end: int) -> Mention | None:
    """Return the first date with a value that stands between two offsets of a field, such as those of a sentence."""
    dates = (m for m in mentions if m.type == "date" and m.value and start <= m.start and m.end <= end)
    return min(dates, key=lambda m: (m.start, m.end), default=None)


def _mentions(part: TextPart) -> list[Mention]:
    origin = origin_of(part.field)
    return [
        Mention(part.field, start, end, part.text[start:end], kind, origin, Values.name, value=value)
        for start, end, kind, value in _values(part.text, part.language, part.date)
    ]


def _values(text: str, language: str, date: str) -> list[tuple[int, int, EntityType, str]]:
    """Return (start, end, type, value) of what stands in a text, in order; a date goes before a quantity."""
    code = language.partition("-")[0]
    if code not in _LANGUAGES:
        return []
    rules = _rules(code)
    starts = rules.starts(text, rules.keys)
    if not starts:
        return []
    anchor: Anchor | None = anchor_of(date)
    dates = dates_of(text, rules.dates.scan(text, starts), rules.joints, anchor, partial(rules.ahead, text))
    found: list[tuple[int, int, EntityType, str]] = [(d.start, d.end, "date", d.value) for d in dates]
    free = _outside(starts, dates)
    edges = [d.start for d in dates]
    kind: EntityType = "quantity"
    quantities = rules.quantities.scan(text, free)
    apart = (q for q in quantities if not any(q.start < edge < q.end for edge in edges))
    return sorted([*found, *((q.start, q.end, kind, q.value) for q in apart)])


def _outside(starts: Sequence[Start], dates: Sequence[Dated]) -> list[Start]:
    """Return the starts that lie in no date."""
    free, at = [], 0
    for start in starts:
        while at < len(dates) and dates[at].end <= start[0]:
            at += 1
        if at == len(dates) or start[0] < dates[at].start:
            free.append(start)
    return free


@cache
def _rules(code: str) -> _Rules:
    name = _LANGUAGES[code]
    dates = import_module(f"kgretrieval.extractors.expressions.dates_{name}")
    quantities = import_module(f"kgretrieval.extractors.expressions.quantities_{name}")
    return _Rules(
        dates.GRAMMAR,
        dates.JOINTS,
        getattr(_dates_ahead, name),
        quantities.GRAMMAR,
        character_starts if code == "zh" else word_starts,
        dates.GRAMMAR.starts | quantities.GRAMMAR.starts,
    )
