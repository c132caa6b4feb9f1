"""The words of a text, as they are counted and looked up: with their places, or quickly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kgretrieval.text.tokens import CJK

_LETTER = rf"[^\W_{CJK}]"
_ACCENT = "[\u0300-\u036f]"
# An abbreviation with full stops or an ampersand ("U.S.", "AT&T").
_SHORT = r"(?<!{0})(?:(?:(?!\d){0}\.)+(?!\d){0}\.?|{0}{{1,3}}(?:&{0}{{1,3}})+)(?!{0})"
# A run of Han characters, an abbreviation, or a word; decomposed accents belong to it.
_TERM = re.compile(rf"(?P<han>[{CJK}]+)|(?P<short>{_SHORT.format(_LETTER)})|(?P<word>(?:{_LETTER}{_ACCENT}*)+)")
# The same without names, for texts without Han characters, and for what is ASCII and lower case. What can be no
# abbreviation comes first, since most words are none: four letters, or fewer before something else than a joint.
_PLAIN = re.compile(
    rf"(?:{_LETTER}{_ACCENT}*){{4,}}|{_LETTER}{{1,3}}(?![\w.&\u0300-\u036f])|{_SHORT.format(_LETTER)}"
    rf"|(?:{_LETTER}{_ACCENT}*)+"
)
_ASCII = re.compile(rf"[a-z0-9]{{4,}}|[a-z0-9]{{1,3}}(?![a-z0-9.&])|{_SHORT.format('[a-z0-9]')}|[a-z0-9]+")
_HAN = re.compile(f"[{CJK}]")
_JOINTS = re.compile(r"[.&]")


def words(text: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    """Yield ``(kind, word, start, end)``; full stops and ampersands within an abbreviation are taken out."""
    for match in _TERM.finditer(text, start, end):
        kind, word = match.lastgroup or "word", match.group()
        yield kind, without_joints(word) if kind == "short" else word, match.start(), match.end()


def quick_words(text: str) -> tuple[str, Callable[[str], list[str]]] | None:
    """Return `text` as it can be read quickly and what finds the words in a stretch of it, None if it has Han runs.

    Words come as `words` yields them, but with the joints of abbreviations still in them, and in lower case where the
    text is all ASCII.
    """
    if text.isascii():
        return text.lower(), _ASCII.findall
    return None if _HAN.search(text) else (text, _PLAIN.findall)


def without_joints(word: str) -> str:
    """Return an abbreviation without full stops and ampersands."""
    return _JOINTS.sub("", word)


def bigrams(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield ``(bigram, start, end)`` of a run of Han characters; one alone stands for itself."""
    if len(run) == 1:
        yield run, start, start + 1
    for index in range(len(run) - 1):
        yield run[index : index + 2], start + index, start + index + 2
