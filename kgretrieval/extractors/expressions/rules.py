"""Rules that find values in text; each knows the words it can start with, so that other words cost a look-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

#: The key of all tokens that start with a digit.
DIGITS = "0"
#: A place at which a rule may start: its offset and its key (a word in lower case, a sign, or `DIGITS`).
Start = tuple[int, str]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[$£€¥₹%]")


class Spanned(Protocol):
    """What a rule makes: something with a place in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Found = TypeVar("Found", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Found]):
    """A pattern, the keys it can start with, and what makes a finding of a match (None: it was none after all)."""

    starts: frozenset[str]
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Found | None]


def rule(
    starts: str | Iterable[str],
    pattern: str,
    build: Callable[[re.Match[str]], Found | None],
    *,
    before: str = r"(?<![\w$£€#])(?<!\d[.,:/-])",
    flags: re.RegexFlag = re.IGNORECASE,
) -> Rule[Found]:
    """Return a rule that starts at words (one string, blanks between them, or several); `before` is a look-behind."""
    keys = starts.split() if isinstance(starts, str) else starts
    return Rule(frozenset(keys), re.compile(before + pattern, flags), build)


class Grammar(Generic[Found]):
    """The rules of one language; at each place the longest finding wins, the earlier rule among equals."""

    def __init__(self, rules: Iterable[Rule[Found]]) -> None:
        self._by_start: dict[str, list[Rule[Found]]] = {}
        for rule in rules:
            for start in rule.starts:
                self._by_start.setdefault(start, []).append(rule)

    @property
    def starts(self) -> frozenset[str]:
        """The keys at which some rule can start."""
        return frozenset(self._by_start)

    def scan(self, text: str, starts: Sequence[Start]) -> Iterator[Found]:
        """Yield the findings in `text`, from left to right and without overlap."""
        end = 0
        for at, key in starts:
            if at < end or key not in self._by_start:
                continue
            longest: Found | None = None
            for rule in self._by_start[key]:
                match = rule.pattern.match(text, at)
                found = rule.build(match) if match else None
                if found is not None and (longest is None or found.end > longest.end):
                    longest = found
            if longest is not None:
                yield longest
                end = longest.end


def word_starts(text: str, keys: frozenset[str]) -> list[Start]:
    """Return the places in a text with blanks between its words at which a token with one of `keys` stands."""
    starts = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        key = DIGITS if token[0].isdecimal() else token.lower()
        if key in keys:
            starts.append((match.start(), key))
    return starts


def character_starts(text: str, keys: frozenset[str]) -> list[Start]:
    """Return the places in a text without blanks at which a character of `keys` or a number stands."""
    starts = []
    number = False
    for at, character in enumerate(text):
        if character.isdecimal():
            if not number:
                starts.append((at, DIGITS))
            number = True
        else:
            number = False
            if character in keys:
                starts.append((at, character))
    return starts
