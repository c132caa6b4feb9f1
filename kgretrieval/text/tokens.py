"""Words with exact offsets.

English and German follow NLTK's word tokenizer (``nltk.tokenize.NLTKWordTokenizer``, the one behind
``word_tokenize``), run once for each distinct blank-separated chunk and remembered. Its own
``span_tokenize`` fails where it turned straight quotes into others; the alignment here does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from kgretrieval.text.nltk_leaf import nltk_leaf

Span = tuple[int, int]

_CHUNK = re.compile(r"\S+")
_ONLY_CLOSING = re.compile(r"[\])}>\"'»”’]+")
_ASCII_QUOTES = {"``": ('"', "''"), "''": ('"',)}
# The contractions without an apostrophe that the tokenizer takes apart; all other runs of letters stay whole.
_SPLIT_WORDS = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
_PIECE = re.compile(r"\w+|[^\w\s]")
# Han, its extensions and compatibility forms, Japanese kana: written without blanks.
CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_CHINESE_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:[.'’\-][^\W{CJK}]+)*|[^\w\s]")


def word_spans(text: str, language: str = "en") -> list[Span]:
    """Return the (start, end) of every word and punctuation mark of one sentence, in order.

    A final full stop is a token of its own only at the end of `text`, so split a longer text
    with `sentence_spans` first. In Chinese each Han character is a token; other runs are words.

    Examples
    --------
    >>> sentence = 'He said "no", didn\\'t he?'
    >>> [sentence[start:end] for start, end in word_spans(sentence)]
    ['He', 'said', '"', 'no', '"', ',', 'did', "n't", 'he', '?']
    """
    if language == "zh":
        return [match.span() for match in _CHINESE_WORD.finditer(text)]
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    tail = _first_of_tail(text, chunks)
    spans: list[Span] = []
    for start, end in chunks[:tail]:
        chunk = text[start:end]
        if chunk.isalpha() and chunk.lower() not in _SPLIT_WORDS:
            spans.append((start, end))
        else:
            inner = _chunk_spans(chunk)
            spans.extend((start + first, start + last) for first, last in inner)
    if tail < len(chunks):
        start, end = chunks[tail][0], chunks[-1][1]
        spans.extend((start + first, start + last) for first, last in _tail_spans(text[start:end]))
    return spans


def _first_of_tail(text: str, chunks: list[Span]) -> int:
    """Return the index of the chunk that may hold the final full stop: only closing marks follow it."""
    index = len(chunks) - 1
    while index > 0 and _ONLY_CLOSING.fullmatch(text, *chunks[index]):
        index -= 1
    return max(index, 0)


@lru_cache(maxsize=1 << 16)
def _chunk_spans(chunk: str) -> tuple[Span, ...]:
    # Neighbours on both sides, for rules that look at the blank before or the end of the text.
    return _align(_tokenizer().tokenize(f"x {chunk} x")[1:-1], chunk)


@lru_cache(maxsize=1 << 12)
def _tail_spans(tail: str) -> tuple[Span, ...]:
    return _align(_tokenizer().tokenize(f"x {tail}")[1:], tail)


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    return nltk_leaf("nltk.tokenize.destructive").NLTKWordTokenizer()


def _align(tokens: Iterable[str], text: str) -> tuple[Span, ...]:
    """Find each token in `text`, where a straight quote may have become two other marks."""
    spans: list[Span] = []
    position = 0
    for token in tokens:
        while text[position : position + 1].isspace():
            position += 1
        forms = (token, *_ASCII_QUOTES.get(token, ()))
        length = next((len(form) for form in forms if text.startswith(form, position)), 0)
        if not length:
            return tuple(match.span() for match in _PIECE.finditer(text))
        spans.append((position, position + length))
        position += length
    return tuple(spans)
