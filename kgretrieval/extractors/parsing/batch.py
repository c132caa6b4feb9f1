"""Tagged sentences as the parser's network takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kgretrieval.extractors.parsing.network import ParserBatch
from kgretrieval.extractors.tagging.analysis import Name, Sentence
from kgretrieval.extractors.tagging.features import WORD_LENGTH, WordTable, case_id, character_ids, shape_id
from kgretrieval.types import EntityType

#: Words a sentence is padded to, and sentences in a batch: long sentences come in small batches.
SHAPES_OF_BATCHES = ((8, 64), (16, 64), (24, 64), (32, 64), (40, 32), (48, 32), (64, 32), (80, 16), (112, 16), (152, 8))
#: Still longer ones, which only data sets have, are padded to a multiple of this and read four at a time.
_STEP, _FEW = 64, 4
#: Distinct words of a batch come in multiples of it.
_DISTINCT = 64
_TYPES: dict[EntityType, int] = {"person": 1, "organisation": 3, "place": 5}
_OTHER_TYPE = 7
#: Labels of words in names: none, or the first or a later word of four types.
NAME_LABELS = 9


@dataclass(frozen=True)
class Inventory:
    """The tables by which words and tags become rows; tags that are not listed have row 0."""

    words: WordTable
    own: WordTable
    tags: dict[str, int]
    chunks: dict[str, int]


def shape_for(length: int) -> tuple[int, int]:
    """Return the length that a sentence is padded to and the sentences in its batch."""
    for padded, rows in SHAPES_OF_BATCHES:
        if length <= padded:
            return padded, rows
    return -(-length // _STEP) * _STEP, _FEW


def batches(sentences: Sequence[Sentence]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Yield (length, rows) and the indices of the sentences of each batch; sentences without words are in none."""
    groups: dict[tuple[int, int], list[int]] = {}
    for index, sentence in enumerate(sentences):
        if sentence.words:
            groups.setdefault(shape_for(len(sentence.words)), []).append(index)
    # The longest first, so that no thread is left alone with one at the end.
    for shape in sorted(groups, reverse=True):
        group = groups[shape]
        for first in range(0, len(group), shape[1]):
            yield shape, group[first : first + shape[1]]


def collate(sentences: Sequence[Sentence], inventory: Inventory, length: int, rows: int) -> ParserBatch:
    """Return a full batch: rows without a sentence, and distinct words without a word, are padding."""
    distinct = {word: i for i, word in enumerate(dict.fromkeys(w for s in sentences for w in s.words))}
    words = np.zeros((rows, length), np.int64)
    labels = np.zeros((3, rows, length), np.int64)
    lengths, cases = np.ones(rows, np.int64), np.zeros(rows, np.int64)
    tags, chunks = inventory.tags, inventory.chunks
    for i, s in enumerate(sentences):
        size = len(s.words)
        words[i, :size] = [distinct[word] for word in s.words]
        labels[0, i, :size] = [tags.get(tag, 0) for tag in s.parts] or 0
        labels[1, i, :size] = [chunks.get(tag, 0) for tag in s.chunks] or 0
        _mark(labels[2, i], s.names)
        lengths[i], cases[i] = size, case_id(s.words)
    total = -(-len(distinct) // _DISTINCT) * _DISTINCT
    known = list(distinct)
    found = np.zeros((total, 2), np.int64)
    found[: len(known)] = inventory.words.look_up(known)
    own = np.zeros((total, 2), np.int64)
    own[: len(known)] = inventory.own.look_up(known)
    letters = np.zeros((total, WORD_LENGTH), np.int64)
    letters[: len(known)] = np.frombuffer(b"".join(map(character_ids, known)), np.uint8).reshape(-1, WORD_LENGTH)
    shapes = np.zeros(total, np.int64)
    shapes[: len(known)] = [shape_id(word) for word in known]
    flags = np.unpackbits(found[:, 1:].astype(np.uint8), axis=1).astype(np.float32)
    arrays = (words, lengths, cases, *labels, found[:, 0], own[:, 0], flags, letters, shapes)
    return ParserBatch(*(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays))


def _mark(row: np.ndarray, names: Sequence[Name]) -> None:
    for name in names:
        kind = _TYPES.get(name.type, _OTHER_TYPE)
        row[name.first] = kind
        row[name.first + 1 : name.last] = kind + 1
