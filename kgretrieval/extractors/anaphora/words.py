"""The words of a document in one row: every sentence of every field, with the tree over it and the quotes in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Field

#: One field of a document: its name, its text, its sentences with their trees.
Part = tuple[Field, str, Sequence[tuple[Sentence, Tree]]]

SAYING = frozenset(
    """say tell add ask reply answer claim insist explain admit argue warn state comment declare announce recall note
    observe write confirm suggest stress joke remark continue conclude deny reveal""".split()
)
_MARKS = frozenset({'"', "“", "”", "``", "''", "«", "»", "„"})
_CLOSED, _OPENED = frozenset({"”", "''", "»"}), frozenset({"“", "``", "«", "„"})


@dataclass(slots=True)
class Words:
    """Everything by word, the words of all sentences in order; positions count from the first word of the document.

    Attributes
    ----------
    lower, lemmas, tags, labels, parts : list of str
        Words in lower case, lemmas, parts of speech of the tagger, relations and parts of speech of the tree.
    heads : list of int
        -1 for the root of a sentence.
    sentence, paragraph, quote : list of int
        Numbers; `quote` is -1 outside of quotation marks. The paragraphs of different fields differ.
    where : list of tuple
        (number of the part, start, end) of each word.
    starts : list of int
        The first word of each sentence, and one after the last word.
    """

    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    labels: list[str]
    parts: list[str]
    heads: list[int]
    sentence: list[int]
    paragraph: list[int]
    quote: list[int]
    where: list[tuple[int, int, int]]
    starts: list[int]


def join(parts: Sequence[Part]) -> Words:
    """Return the words of a document's fields."""
    words = Words([], [], [], [], [], [], [], [], [], [], [])
    number = paragraph = 0
    for place, (_, text, sentences) in enumerate(parts):
        before = 0
        for sentence, tree in sentences:
            first = len(words.lower)
            start = sentence.spans[0][0]
            if "\n" in text[before:start]:
                paragraph += 1
            before = start
            words.starts.append(first)
            words.lower += [word.lower() for word in sentence.words]
            words.lemmas += tree.lemmas
            words.tags += sentence.parts
            words.labels += tree.labels
            words.parts += tree.parts
            words.heads += [head + first if head >= 0 else -1 for head in tree.heads]
            size = len(sentence.words)
            words.sentence += [number] * size
            words.paragraph += [paragraph] * size
            words.where += [(place, a, b) for a, b in sentence.spans]
            number += 1
        paragraph += 1
    words.starts.append(len(words.lower))
    words.quote += _quotes(words, [text for _, text, _ in parts])
    return words


def _quotes(words: Words, texts: Sequence[str]) -> list[int]:
    """Return the number of the quote that each word stands in.

    A plain mark opens where a word follows at once and none stands at once before it: news often opens a quote
    anew in each paragraph and closes only the last, so marks are not counted. The end of a paragraph closes.
    """
    found = [-1] * len(words.lower)
    if _MARKS.isdisjoint(words.lower):
        return found
    number, inside = -1, False
    for i, word in enumerate(words.lower):
        if inside and words.paragraph[i] != words.paragraph[i - 1]:
            inside = False
        if word in _MARKS:
            inside = _opens(words, texts, i)
            number += inside
        elif inside:
            found[i] = number
    return found


def _opens(words: Words, texts: Sequence[str], i: int) -> bool:
    if words.lower[i] in _OPENED:
        return True
    if words.lower[i] in _CLOSED:
        return False
    part, start, end = words.where[i]
    text = texts[part]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (not before or before.isspace() or before in "([-–—") and bool(after) and not after.isspace()


def speakers(words: Words) -> dict[int, int]:
    """Return the word that says who speaks, for each quote whose speaker a verb of saying names.

    The verb stands outside of the quote in a sentence of the quote; a quote without one goes on with the speaker of
    the quote before it in the same paragraph, if no other sentence comes between.
    """
    sentences: dict[int, set[int]] = {}
    for i, number in enumerate(words.quote):
        if number >= 0:
            sentences.setdefault(number, set()).add(words.sentence[i])
    found: dict[int, int] = {}
    spoken = {sentence for own in sentences.values() for sentence in own}
    said: dict[int, list[int]] = {}
    for sentence in spoken:
        for i in range(words.starts[sentence], words.starts[sentence + 1]):
            verb = words.heads[i]
            outside = words.quote[i] < 0 and words.quote[verb] < 0
            if words.labels[i] == "nsubj" and outside and words.lemmas[verb] in SAYING:
                said.setdefault(sentence, []).append(i)
    last = (-1, -1, -1)
    for number in sorted(sentences):
        own = sentences[number]
        candidates = [i for sentence in own for i in said.get(sentence, ())]
        paragraph = words.paragraph[words.starts[min(own)]]
        if len(candidates) == 1:
            found[number] = candidates[0]
        elif not candidates and last[0] == paragraph and min(own) - last[1] <= 1:
            found[number] = last[2]
        if number in found:
            last = (paragraph, max(own), found[number])
    return found
