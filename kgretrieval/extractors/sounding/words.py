"""Texts as words with their places, and words as vectors of the embedded token table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.mini_text import TextTower

Floats = npt.NDArray[np.float32]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: Marks that say how something is meant; a closing quotation mark is read as an opening one.
_MARKS = {"!": "!", "！": "!", "?": "?", "？": "?", '"': '"', "“": '"', "”": '"', "「": '"', "」": '"'}
_WORD = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+|[{re.escape(''.join(_MARKS))}]")
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Below 0: words are read as English ones where a form belongs to two languages.
_ENGLISH = -1


class Word(NamedTuple):
    """A word in the form that it is looked up by, and where it stands."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=1)
def text_tower() -> TextTower:
    """Return the text tower of the embedded encoder, which all labels are read with; loaded at the first call."""
    return TextTower()


class Vectors:
    """Words and their rows in the token table of `mini`."""

    def __init__(self) -> None:
        self._tower = text_tower()

    def words(self, text: str, start: int = 0, end: int | None = None) -> list[Word]:
        """Return the words of a stretch of text; Chinese is cut into its likeliest words."""
        found: list[Word] = []
        for match in _WORD.finditer(text, start, len(text) if end is None else end):
            run, at = match.group(), match.start()
            if run in _MARKS:
                found.append(Word(_MARKS[run], at, at + 1))
            elif _IS_HAN.match(run):
                for word in self._tower.tokens.cut(run):
                    found.append(Word(word, at, at + len(word)))
                    at += len(word)
            else:
                key = unicodedata.normalize("NFKC", run).lower().replace("ß", "ss")
                found.append(Word(key, at, match.end()))
        return found

    def of(self, keys: Sequence[str]) -> Floats:
        """Return (len(keys), width) rows whose entries are about one; zeros for marks."""
        rows, shares, owner = [], [], []
        for i, key in enumerate(keys):
            if key in _MARKS:
                continue
            tokens = self._tower.tokens
            own, weights = tokens.segments(key) if _IS_HAN.match(key) else tokens.word(key, _ENGLISH)
            rows += own
            shares += weights
            owner += [i] * len(own)
        return self._tower.word_vectors(rows, shares, owner, len(keys))
