"""From a text to the rows of the token table: English and German words, Chinese words, n-grams of unknown words."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Endings of German adjectives, nouns and verbs, tried in this order on a form that has no row.
_ENDINGS = ("en", "er", "es", "em", "e", "n", "s")
#: What stands between the parts of a compound or is cut from its first part (`Schul-e`, `lösch-en`).
_LINKS, _CUT = ("", "s", "es", "n", "en", "er"), ("e", "en", "n")
#: `brenn-end-es`: participles without a row stand for their verb.
_PARTICIPLES = ("endes", "ender", "enden", "endem", "ende", "end")
_PART, _LONGEST_WORD = 4, 6
#: Lean of an unknown form with German letters, and the lean from which English a word is no part of a compound.
_UMLAUT, _NOT_GERMAN = 60, -36
#: Share of each character beside the Chinese word it stands in.
CHARACTER = 0.25


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text in lower case, ``ss`` for ß, and whether each is a run of Chinese characters.

    Examples
    --------
    >>> list(runs("A dog's 狗 run"))
    [('a', False), ('dog', False), ('s', False), ('狗', True), ('run', False)]
    """
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text).lower().replace("ß", "ss")):
        run = match.group()
        yield run, _IS_HAN.match(run) is not None


def grams(word: str, buckets: int) -> list[int]:
    """Return the bucket of every 3-gram and 4-gram of ``<word>``.

    Hashed n-grams give a word that was never seen a place near words written alike
    (P. Bojanowski et al., "Enriching Word Vectors with Subword Information", TACL 2017).
    """
    marked = f"<{word}>"
    pieces = [marked[i : i + n] for n in (3, 4) for i in range(len(marked) - n + 1)]
    return [zlib.crc32(piece.encode()) % buckets for piece in pieces or [marked]]


class Tokens:
    """The known words and the rows they stand for; the hashed n-grams follow after the words.

    A form that means one thing in English and another in German has two rows; the words around it decide.

    Parameters
    ----------
    words : sequence of str
        Row i of the table belongs to ``words[i]``: English, then German, then Chinese words, frequent ones first.
    buckets : int
        Rows for hashed n-grams, from row ``len(words)`` on.
    german : (int, int)
        First German row and the first one after them.
    leans : sequence of int
        For each word how German (above 0) or English (below 0) it is, -127 to 127.
    simple : str
        Traditional Chinese characters, each followed by its simplified one.
    """

    def __init__(
        self,
        words: Sequence[str],
        buckets: int,
        *,
        german: tuple[int, int],
        leans: Sequence[int],
        simple: str = "",
    ) -> None:
        first, end = german
        self._english = dict(zip(words[:first], range(first), strict=True))
        self._german = dict(zip(words[first:end], range(first, end), strict=True))
        self._han = dict(zip(words[end:], range(end, len(words)), strict=True))
        self._leans, self._count, self._buckets = leans, len(words), buckets
        self._first, self._end = first, end
        self._simple = str.maketrans(dict(zip(simple[::2], simple[1::2], strict=True)))
        self._germanic = lru_cache(maxsize=65_536)(self._find_german)

    def rows(self, text: str) -> tuple[list[int], list[float]]:
        """Return the rows of a text and the share of each: an unknown word's n-grams share one word's weight."""
        found = list(runs(text))
        lean = self.lean([run for run, han in found if not han])
        rows: list[int] = []
        shares: list[float] = []
        for run, han in found:
            more, weights = self.segments(run) if han else self.word(run, lean)
            rows += more
            shares += weights
        return rows, shares

    def lean(self, words: Sequence[str]) -> int:
        """Return how German (above 0) or English (below 0) the words are together."""
        total = 0
        for word in words:
            row = self._english.get(word)
            if row is None:
                row = self._german.get(word)
            if row is not None:
                total += self._leans[row]
            elif not word.isascii() and not _GERMAN_LETTERS.isdisjoint(word):
                total += _UMLAUT
        return total

    def word(self, word: str, lean: int) -> tuple[list[int], list[float]]:
        """Return the rows of one word of a text of this lean, and their shares."""
        first, second = (self._german, self._english) if lean > 0 else (self._english, self._german)
        row = first.get(word)
        if row is None:
            row = second.get(word)
        if row is not None:
            return [row], [1.0]
        rows = self._germanic(word) if lean >= 0 else ()
        if rows:
            return list(rows), [1.0] * len(rows)
        spelled = self.spelled(word)
        return spelled, [1.0 / len(spelled)] * len(spelled)

    def knows(self, word: str) -> bool:
        """Return whether a word has a meaning here, and not only a spelling."""
        return any(row < self._count for row in self.rows(word)[0])

    def spelled(self, word: str) -> list[int]:
        """Return the rows of a word's n-grams."""
        return [self._count + bucket for bucket in grams(word, self._buckets)]

    def _find_german(self, word: str) -> tuple[int, ...]:
        """Return the rows of a German form without a row: written without umlauts, inflected, or a compound."""
        if not word.isalpha():
            return ()
        for form in spellings(word):
            row = self._inflected(form)
            if row is not None:
                return (row,)
        if len(word) >= 2 * _PART:
            for form in spellings(word):
                for count in (2, 3):
                    rows = self._compound(form, count)
                    if rows:
                        return rows
        return ()

    def _part(self, word: str) -> int | None:
        row = self._german.get(word)
        if row is None:
            row = self._english.get(word)
            if row is not None and self._leans[row] < _NOT_GERMAN:
                return None
        return row

    def _inflected(self, word: str) -> int | None:
        row = self._part(word)
        for ending in _ENDINGS if row is None else ():
            if word.endswith(ending) and len(word) - len(ending) >= _PART:
                row = self._german.get(word[: -len(ending)])
                if row is not None:
                    return row
        for ending in _PARTICIPLES if row is None else ():
            if word.endswith(ending):
                return self._german.get(word[: -len(ending)] + "en")
        return row

    def _linked(self, part: str) -> int | None:
        """Return the row of a part before another: plain, with a linking sound, or without its ending."""
        for link in _LINKS:
            if part.endswith(link) and len(part) - len(link) >= _PART:
                row = self._part(part[: len(part) - len(link)])
                if row is not None:
                    return row
        for bare in (part, part.removesuffix("s")):
            for ending in _CUT:
                row = self._german.get(bare + ending)
                if row is not None:
                    return row
        return None

    def _compound(self, word: str, count: int) -> tuple[int, ...]:
        """Return the rows of `count` parts, of the ways to split the one of the most frequent parts."""
        if count == 1:
            row = self._inflected(word) if word not in _PARTICIPLES else None
            return () if row is None else (row,)
        best: tuple[int, ...] = ()
        for at in range(_PART, len(word) - _PART * (count - 1) + 1):
            row = self._linked(word[:at])
            rest = self._compound(word[at:], count - 1) if row is not None else ()
            if row is not None and rest and (not best or self._rarity((row, *rest)) < self._rarity(best)):
                best = (row, *rest)
        return best

    def _rarity(self, rows: tuple[int, ...]) -> float:
        return sum(math.log(2 + (row - self._first if row >= self._first else row)) for row in rows)

    def segments(self, run: str) -> tuple[list[int], list[float]]:
        """Return the rows of the words of a Chinese run and of their characters, and their shares."""
        rows: list[int] = []
        shares: list[float] = []
        for word in self.cut(run):
            row = self._han.get(word)
            if row is not None:
                rows.append(row)
                shares.append(1.0)
            if len(word) > 1:
                inner = [self._han[c] for c in word if c in self._han]
                rows += inner
                shares += [CHARACTER] * len(inner)
        return rows, shares

    def cut(self, run: str) -> list[str]:
        """Cut a run of Chinese characters, which marks no words, into words in simplified characters.

        Of all ways to cut the one whose words are most frequent together is taken, the rank of a word standing
        for its frequency.
        """
        run = run.translate(self._simple)
        costs, cuts = [0.0], [0]
        for end in range(1, len(run) + 1):
            best, cut = costs[end - 1] + 20, end - 1
            for start in range(max(0, end - _LONGEST_WORD), end):
                row = self._han.get(run[start:end])
                if row is not None:
                    cost = costs[start] + 2 + math.log(30 + row - self._end)
                    if cost < best:
                        best, cut = cost, start
            costs.append(best)
            cuts.append(cut)
        words, end = [], len(run)
        while end:
            words.append(run[cuts[end] : end])
            end = cuts[end]
        return words[::-1]


_GERMAN_LETTERS = frozenset("äöü")


def spellings(word: str) -> list[str]:
    """Return a German word as written and with the umlauts that ``ae``, ``oe`` and ``ue`` may stand for.

    After a, e or q an ``ue`` is no umlaut: `Feuer`, `Trauer`, `Quelle`.

    Examples
    --------
    >>> spellings("muenchen")
    ['muenchen', 'münchen']
    """
    umlauts = re.sub("(?<![aeq])ue", "ü", word.replace("ae", "ä").replace("oe", "ö"))
    return list(dict.fromkeys([word, umlauts]))
