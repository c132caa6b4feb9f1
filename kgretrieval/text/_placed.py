"""The terms of a whole text and where they stand, as fast as Python can: what an ingest does with every article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kgretrieval.text._words import bigrams, quick_words, without_joints, words

#: How far apart the last word of a paragraph and the first of the next one are: more than the words of a phrase are.
PARAGRAPH = 16

_LINES = re.compile(r"\r\n|[\n\r]")
_REMEMBERED = 1 << 17

#: From a word and its language to its term, and whether it is a stop word.
Term = Callable[[str, str], tuple[str, bool]]
#: The terms of a line, their positions, and how many positions the line takes.
_Line = tuple[Sequence[str], Sequence[int], int]


class Placer:
    """Reads texts line by line; a line of nothing but stop words keeps them.

    Parameters
    ----------
    term : callable
        What a word becomes.
    """

    def __init__(self, term: Term) -> None:
        self._term = term
        self._content: dict[str, _Content] = {}

    def placed_terms(self, text: str, language: str) -> tuple[list[str], list[int]]:
        """Return the terms of a text without markup in order, and the position of each."""
        quick = quick_words(text)
        if quick is None:
            return _placed(text, lambda line, at: self._any_line(line, at, language))
        seen, find = quick
        content = self._content.get(language) or self._content.setdefault(language, _Content(self._term, language))
        return _placed(seen, lambda line, at: self._plain_line(find(line), at, content, language))

    def _plain_line(self, found: list[str], at: int, content: _Content, language: str) -> _Line:
        own = [content[word] for word in found]
        kept = [term for term in own if term]
        if kept and len(kept) < len(own):
            return kept, [place for place, term in enumerate(own, at) if term], len(own)
        if not kept:
            kept = [self._term(without_joints(word), language)[0] for word in found]
        return kept, range(at, at + len(own)), len(own)

    def _any_line(self, line: str, at: int, language: str) -> _Line:
        content: list[tuple[str, int]] = []
        stopped: list[tuple[str, int]] = []
        place = at
        for kind, word, start, _ in words(line, 0, len(line)):
            if kind == "han":
                content.extend((gram, place + first - start) for gram, first, _ in bigrams(word, start))
                place += len(word)
                continue
            term, is_stop = self._term(word, language)
            (stopped if is_stop else content).append((term, place))
            place += 1
        kept = content or stopped
        return [term for term, _ in kept], [own for _, own in kept], place - at


class _Content(dict[str, str]):
    """From the words of one language, as `quick_words` finds them, to their terms; ``""`` for stop words."""

    def __init__(self, term: Term, language: str) -> None:
        super().__init__()
        self._of, self._language = term, language

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        term, stopped = self._of(without_joints(word), self._language)
        self[word] = kept = "" if stopped else term
        return kept


def _placed(text: str, read: Callable[[str, int], _Line]) -> tuple[list[str], list[int]]:
    """Read a text line by line; a blank line sets its neighbours apart."""
    terms: list[str] = []
    places: list[int] = []
    place, apart = 0, False
    for line in _LINES.split(text):
        begin = place + (PARAGRAPH if apart and terms else 0)
        kept, own, width = read(line, begin)
        if width:
            terms += kept
            places += own
            place, apart = begin + width, False
        else:
            apart = apart or not line.strip()
    return terms, places
