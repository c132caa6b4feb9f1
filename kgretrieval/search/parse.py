"""What is written in a query beside its words: phrases in quotes, parts left out, weights, beginnings of words.

============== ==========================================================================================
``"a b"``      a phrase: the words must occur so; ``“a b”``, ``„a b“``, ``«a b»`` and ``「a b」`` do the same
``-word``      what holds the word is left out; ``-"a b"`` leaves out what holds the phrase
``word^2``     counts twice, ``"a b"^0.5`` half
``word*``      every word that begins so
============== ==========================================================================================

Nothing that can be typed is an error: a quotation mark without its other half, a hyphen or a star that stands alone
are left away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: What closes each opening quotation mark.
_CLOSING = {
    '"': '"',
    "“": '”“"',
    "„": '“”"',
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "＂": "＂",
}
_MARKS = "".join(dict.fromkeys("".join(_CLOSING) + "".join(_CLOSING.values())))
_MARK = re.compile(f"[{re.escape(_MARKS)}]")
_BLANKS = re.compile(r"\s+")
_WEIGHT = re.compile(r"\^(\d{1,3}(?:\.\d{1,3})?)?(?=$|[\s])")
#: A hyphen before a letter or a quotation mark leaves out; one before a digit is a minus.
_LEFT_OUT = re.compile(rf"[-−](?=[^\W\d_]|[{re.escape(''.join(_CLOSING))}])")
_WORD = re.compile(r"\S+")
_LEAST, _MOST = 0.1, 10.0
#: The shortest beginning of a word that `word*` takes: fewer letters begin too many words.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a phrase of a query.

    `weight` says how often it counts, `phrase` that it stood in quotes, `prefix` that it is the beginning of words.
    """

    text: str
    weight: float = 1.0
    phrase: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query: its parts in order, and what is left out."""

    parts: tuple[Part, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the words alone."""
        return " ".join(part.text for part in self.parts)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Return what must occur as it stands, each once."""
        return tuple(dict.fromkeys(part.text for part in self.parts if part.phrase))


def parse(query: str, exclude: Sequence[str] = ()) -> Parsed:
    """Read a query.

    Parameters
    ----------
    query : str
        As typed.
    exclude : sequence of str
        Words and phrases to leave out, beside those of the query.

    Examples
    --------
    >>> parsed = parse('"climate change" flood^2 prot* -football')
    >>> parsed.text, parsed.phrases, parsed.excluded
    ('climate change flood prot', ('climate change',), ('football',))
    >>> parse('the "unclosed quote').text
    'the unclosed quote'
    """
    parts: list[Part] = []
    excluded: list[str] = []
    for part, left_out in _parts(query):
        if left_out:
            excluded.append(part.text)
        else:
            parts.append(part)
    excluded += (plain(text) for text in exclude)
    return Parsed(tuple(parts), tuple(dict.fromkeys(text for text in excluded if text)))


def plain(text: str) -> str:
    """Return a text as a query that means its words alone: without quotation marks and outer blanks.

    Examples
    --------
    >>> plain('  "rocket  launch" ')
    'rocket launch'
    """
    return _BLANKS.sub(" ", _MARK.sub(" ", text)).strip()


def as_it_stands(text: str) -> Parsed:
    """Return a text taken as words, whatever it holds: a headline is no query with operators."""
    words = plain(text)
    return Parsed((Part(words),) if words else ())


def _parts(query: str) -> Iterator[tuple[Part, bool]]:
    """Yield the parts from left to right, and whether each is to be left out."""
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        minus = _LEFT_OUT.match(query, at)
        start = minus.end() if minus else at
        close = _closing(query, start)
        if close > 0:
            text, at, weight = plain(query[start + 1 : close]), *_weight(query, close + 1)
            if text:
                yield Part(text, weight, phrase=True), minus is not None
            continue
        word, at, weight = _word(query, start)
        bare = plain(word.rstrip("*"))
        if any(c.isalnum() for c in bare) or (bare and "*" not in word and minus is None):
            prefix = word.endswith("*") and len(bare) >= _SHORTEST and " " not in bare
            yield Part(bare, weight, prefix=prefix), minus is not None


def _closing(query: str, start: int) -> int:
    """Return where the quotation that begins at `start` ends, -1 where none begins or it does not end."""
    ends = _CLOSING.get(query[start : start + 1], "")
    found = (query.find(mark, start + 1) for mark in ends)
    return min((place for place in found if place > 0), default=-1)


def _word(query: str, start: int) -> tuple[str, int, float]:
    """Return the word that begins at `start`, where the next part begins, and its weight.

    It ends at a blank, at its weight, or where a quotation begins: Chinese sets no blanks around one.
    """
    match = _WORD.match(query, start)
    end = match.end() if match else len(query)
    for place in range(start + 1, end):
        caret = _WEIGHT.match(query, place) if query[place] == "^" else None
        if caret:
            return query[start:place], caret.end(), _number(caret)
        if query[place] in _CLOSING and query[place] not in '"»”' and _closing(query, place) > 0:
            return query[start:place], place, 1.0
    return query[start:end], end, 1.0


def _weight(query: str, at: int) -> tuple[int, float]:
    caret = _WEIGHT.match(query, at)
    return (caret.end(), _number(caret)) if caret else (at, 1.0)


def _number(caret: re.Match[str]) -> float:
    return min(_MOST, max(_LEAST, float(caret.group(1) or 1.0)))
