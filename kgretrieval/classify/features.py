"""Texts to the pieces that a linear model weighs: words and their n-grams, and runs of characters, with their places.

A word is a run of letters and digits, an emoticon or a mark that carries feeling or money; every Han character is a
word, since Chinese sets no blanks. Words are lower case and without accents; NLTK's Snowball stemmers reduce them
where that is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgretrieval.text._stop_words import STOP_WORDS
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold
from kgretrieval.text.tokens import CJK

_LETTER = rf"[^\W{CJK}]"
_WORD = re.compile(rf"[{CJK}]|{_LETTER}+(?:['’]{_LETTER}+)*|[:;=]['’]?-?[)(\]\[DPp/|]|[!?！？]+|…+|[%$€£]")
_RUN = re.compile(r"\S+")

# No word is written so.
_BEGINNING, _END = "⊢", "⊣"

#: A piece and where it stands in the text.
Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """How a text is cut.

    Attributes
    ----------
    what : str
        ``"words"``: n-grams of words; ``"chars"``: n-grams of characters within a word and the blanks around it.
    most : int
        The longest n-gram; the shortest has 1 word or 2 characters.
    stems : bool
        Whether words are stemmed.
    stop : bool
        Whether stop words are left out before n-grams are made.
    ends : bool
        Whether the beginning and the end of the text take part in n-grams: "how" that begins a question is another
        one than "how" within it.
    binary : bool
        Whether it counts only that a piece is there, not how often and how rare it is.
    columns : int
        Pieces kept at most: those that tell labels apart best.
    """

    what: str = "words"
    most: int = 2
    stems: bool = False
    stop: bool = False
    ends: bool = False
    binary: bool = False
    columns: int = 50_000

    def cut(self, text: str, language: str) -> list[str]:
        """Return the pieces of a text, repeated as often as they occur."""
        if self.what == "chars":
            return [gram for run in self.runs(text) for gram in self.cut_run(run)]
        grams = [word for word, _, _ in self._words(text, language)]
        words = [_BEGINNING, *grams, _END] if self.ends else list(grams)
        for size in range(2, self.most + 1):
            grams.extend(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))
        return grams

    def runs(self, text: str) -> list[str]:
        """Return the runs of a text between blanks, in lower case: what characters are cut from."""
        return [_same_length(run) for run in text.split()]

    def cut_run(self, run: str) -> list[str]:
        """Return the runs of characters within a word and the blanks around it."""
        return [gram for gram, _, _ in _char_grams(run, self.most)]

    def placed(self, text: str, language: str) -> list[Piece]:
        """Return the same pieces with their places in the text."""
        if self.what == "chars":
            return [
                (gram, match.start() + first, match.start() + last)
                for match in _RUN.finditer(text)
                for gram, first, last in _char_grams(_same_length(match.group()), self.most)
            ]
        found = self._words(text, language)
        words = [(_BEGINNING, 0, 0), *found, (_END, len(text), len(text))] if self.ends else list(found)
        for size in range(2, self.most + 1):
            runs = zip(*(words[at:] for at in range(size)), strict=False)
            found.extend((" ".join(word for word, _, _ in run), run[0][1], run[-1][2]) for run in runs)
        return found

    def _words(self, text: str, language: str) -> list[Piece]:
        found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        if self.stems:
            found = [(_stem(word, language), start, end) for word, start, end in found]
        else:
            found = [(_plain(word), start, end) for word, start, end in found]
        if self.stop:
            stop = stop_words(language, stems=self.stems)
            found = [piece for piece in found if piece[0] not in stop]
        return found


def word_spans(text: str) -> list[Piece]:
    """Return the words of a text as they stand there, with their places."""
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def _char_grams(run: str, most: int) -> tuple[Piece, ...]:
    """Return the n-grams of a run with a blank before and after it; their places count within the run alone."""
    word = f" {run} "
    return tuple(
        (word[at : at + size], max(at - 1, 0), min(at + size - 1, len(run)))
        for size in range(2, most + 1)
        for at in range(len(word) - size + 1)
    )


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return fold(word) or word


@lru_cache(maxsize=1 << 16)
def _same_length(word: str) -> str:
    lower = word.lower()
    return lower if len(lower) == len(word) else word


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    terms = _stemmer().terms(word, language)
    return terms[0] if len(terms) == 1 else _plain(word)


@lru_cache(maxsize=8)
def stop_words(language: str, *, stems: bool) -> frozenset[str]:
    """Return the stop words of a language as `Pieces` would write them."""
    words = STOP_WORDS.get(language, ())
    return frozenset(_stem(word, language) if stems else _plain(word) for word in words)


@lru_cache(maxsize=1)
def _stemmer() -> Analyser:
    # Without WordNet and lists that are not installed everywhere: a head must cut texts alike on every machine.
    return Analyser({**Analyser.default().config, "lemmas": {}, "stop_words": {}})
