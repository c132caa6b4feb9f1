"""Sentences with exact offsets.

English and German use NLTK's Punkt splitter (Kiss and Strunk, "Unsupervised Multilingual Sentence
Boundary Detection", Computational Linguistics 32(4), 2006) with the abbreviations listed here in
place of trained ones, since trained parameters would have to be downloaded. Chinese ends
sentences at its full-width marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kgretrieval.text._abbreviations import ABBREVIATIONS, SENTENCE_STARTERS
from kgretrieval.text.nltk_leaf import nltk_leaf

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CHINESE = re.compile(r"[^。！？；!?…]*(?:[。！？；!?…]+[”’」』）)\"']*|$)")
_CLOSING = re.compile(r"[\"')\]}‘’“”«»]+?(?:\s+|(?=--)|$)", re.MULTILINE)
_BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:Nos?|Nr|Art|Abs|Kap|Ziff|Fig|Abb|pp?|S|Vol|Ch|Sec|Str|Pkt)\.$")
# "am 3. Oktober", "2. Bundesliga", "im 19. Jahrhundert": in German such a number is an ordinal.
_ORDINAL = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[IVX]{1,5})\.$")
_INITIALS = re.compile(r"(?:^|[\s(\"'“„])(?:[A-Z]\.){2,}$")
# Wider lines than this are paragraphs, not lines broken to fit a page.
_WIDEST_WRAPPED = 100


def sentence_spans(text: str, language: str = "en") -> list[Span]:
    """Return the (start, end) of every sentence, in order and without outer white space.

    A line end closes a sentence (headlines and paragraphs stand one on a line) unless the next
    line goes on in lower case or the lines were broken to fit a width.

    Examples
    --------
    >>> text = "Mr. Obama left the U.S. on Friday. He flew to Rome."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Mr. Obama left the U.S. on Friday.', 'He flew to Rome.']
    """
    spans: list[Span] = []
    for start, end in _blocks(text):
        block = text[start:end]
        inner = _chinese(block) if language == "zh" else _punkt(block, language)
        spans.extend(_stripped(text, [(start + first, start + last) for first, last in inner]))
    return spans


def _stripped(text: str, spans: list[Span]) -> Iterator[Span]:
    for start, end in spans:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(bare)


def _chinese(block: str) -> list[Span]:
    return [match.span() for match in _CHINESE.finditer(block)]


def _punkt(block: str, language: str) -> list[Span]:
    """Return Punkt's sentences, joined where more than the full stop decides."""
    spans: list[Span] = []
    for start, end in _splitter(language if language in ABBREVIATIONS else "en").span_tokenize(block):
        if spans and _goes_on(block[spans[-1][0] : spans[-1][1]], block[start:end].lstrip(), language):
            spans[-1] = (spans[-1][0], end)
        elif start < end:
            spans.append((start, end))
    return spans


def _goes_on(before: str, after: str, language: str) -> bool:
    first = after[:1]
    if first.islower() or (after[1:2].islower() and first in "\"'“‘„«»("):
        return True
    tail = before.rstrip()[-12:]
    if first.isdigit() and _BEFORE_NUMBER.search(tail):
        return True
    if first.isupper() and _INITIALS.search(tail):
        return after.split(None, 1)[0].lower() not in SENTENCE_STARTERS.get(language, SENTENCE_STARTERS["en"])
    return language == "de" and bool(_ORDINAL.search(tail))


@lru_cache(maxsize=len(ABBREVIATIONS))
def _splitter(language: str) -> Any:
    punkt = nltk_leaf("nltk.tokenize.punkt")
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS[language])
    parameters.sent_starters = set(SENTENCE_STARTERS[language])
    # Older releases of NLTK know straight quotes only.
    marks = {
        "re_boundary_realignment": _CLOSING,
        "_re_non_word_chars": r"(?:[?!)\";}\]\*:@\'\({\[‘’“”«»])",
    }
    return punkt.PunktSentenceTokenizer(parameters, lang_vars=type("Marks", (punkt.PunktLanguageVars,), marks)())


def _blocks(text: str) -> Iterator[Span]:
    """Yield stretches of lines that read on from one to the next."""
    paragraph: list[Span] = []
    for match in _LINE.finditer(text):
        span = match.span()
        blank = not match.group().strip()
        if paragraph and (blank or text.count("\n", paragraph[-1][1], span[0]) > 1):
            yield from _joined(text, paragraph)
            paragraph = []
        if not blank:
            paragraph.append(span)
    yield from _joined(text, paragraph)


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    """Join the lines of one paragraph where the sentence goes on over the line end."""
    wrapped = len(lines) > 2 and _is_wrapped(text, lines)
    for index, (start, end) in enumerate(lines):
        if index == 0:
            first, last = start, end
        elif wrapped or text[start:end].lstrip()[:1].islower():
            last = end
        else:
            yield first, last
            first, last = start, end
    if lines:
        yield first, last


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Say whether each line ends where the next word no longer fits into the widest line."""
    width = max(end - start for start, end in lines)
    if width > _WIDEST_WRAPPED:
        return False
    return all(
        end - start + 1 + len(text[after:after_end].split(None, 1)[0]) > width
        for (start, end), (after, after_end) in pairwise(lines)
    )
