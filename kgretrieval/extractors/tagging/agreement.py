"""One text, one type: a name of which the network is unsure takes the type it surely has elsewhere in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgretrieval.extractors.tagging.labels import PERSON, TYPES

if TYPE_CHECKING:
    from kgretrieval.extractors.tagging.analysis import Name, Sentence

#: Below the first the network is unsure, from the second on it is sure.
UNSURE, SURE = 0.8, 0.95

Words = tuple[str, ...]


def agree(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences of a text with types that agree.

    A name keeps its place and its confidence. It takes the label of the surest name of the same words; a single word
    that is surely the last one of a person ("Smith" where "John Smith" is met) is a person.
    """
    if all(name.confidence >= UNSURE for sentence in sentences for name in sentence.names):
        return tuple(sentences)
    sure: dict[Words, Name] = {}
    last_words: dict[str, Name] = {}
    for sentence in sentences:
        for name in sentence.names:
            if name.confidence >= SURE:
                words = _words(sentence, name)
                if words not in sure or sure[words].confidence < name.confidence:
                    sure[words] = name
                if name.label in PERSON and len(words) > 1:
                    last_words.setdefault(words[-1], name)
    return tuple(
        replace(sentence, names=tuple(_agreed(sentence, name, sure, last_words) for name in sentence.names))
        for sentence in sentences
    )


def _agreed(sentence: Sentence, name: Name, sure: dict[Words, Name], last_words: dict[str, Name]) -> Name:
    if name.confidence >= UNSURE:
        return name
    words = _words(sentence, name)
    other = sure.get(words) or (last_words.get(words[0]) if len(words) == 1 else None)
    if other is None or other.label == name.label:
        return name
    return replace(name, label=other.label, type=other.type if words in sure else TYPES[other.label])


def _words(sentence: Sentence, name: Name) -> Words:
    return tuple(word.lower() for word in sentence.words[name.first : name.last])
