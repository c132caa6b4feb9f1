"""The words of a text as the nets read them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from kgretrieval.classify.nets.vectors import token_table
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.text.tokens import word_spans

Span = tuple[int, int]

#: Words that are read of a text; what follows them is left out. News says first what matters.
LONGEST = 384
#: No 384 words need more characters than this: bounds the time spent on a very long text.
_ENOUGH = 12_000
_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_DIGIT = re.compile(r"\d")


class Words(NamedTuple):
    """The words of a text in the form that vectors are looked up by, and where each stands in the text."""

    forms: tuple[str, ...]
    spans: tuple[Span, ...]


def read_words(text: str, language: str = "en") -> Words:
    """Return the first `LONGEST` words of a text: lower case, 0 for each digit, Chinese in simplified characters.

    Chinese is cut into the words that the embedded encoder knows.

    Examples
    --------
    >>> read_words("Der Bus 42!", "de").forms
    ('der', 'bus', '00', '!')
    """
    seen = text[:_ENOUGH]
    if language == "zh":
        found = _chinese(seen)
    else:
        found = [
            (seen[start + first : start + last].lower(), (start + first, start + last))
            for start, end in sentence_spans(seen, language)
            for first, last in word_spans(seen[start:end], language)
        ]
    found = found[:LONGEST]
    return Words(tuple(_DIGIT.sub("0", form) for form, _ in found), tuple(span for _, span in found))


def _chinese(text: str) -> list[tuple[str, Span]]:
    tokens, _ = token_table()
    found = []
    for first, last in _stretches(text):
        if _HAN_RUN.match(text, first):
            for word in tokens.cut(text[first:last]):
                found.append((word, (first, first + len(word))))
                first += len(word)
        else:
            spans = word_spans(text[first:last], "zh")
            found += [(text[first + a : first + b].lower(), (first + a, first + b)) for a, b in spans]
    return found


def _stretches(text: str) -> list[Span]:
    """Return the runs of Han characters and what stands between them, in order."""
    edges = [0, *(edge for match in _HAN_RUN.finditer(text) for edge in match.span()), len(text)]
    return [(first, last) for first, last in pairwise(edges) if first < last]
