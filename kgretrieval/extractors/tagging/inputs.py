"""From words to what the network reads, for training and for reading alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.tagging.features import SHAPES, WORD_LENGTH, WordTable, case_id, character_ids, shape_id
from kgretrieval.extractors.tagging.meanings import Bag, Meanings, Unit, units

Whole = npt.NDArray[np.int64]


class Arrays(NamedTuple):
    """The arrays of a `Batch`, and what stands for each distinct word in the token table."""

    words: Whole
    lengths: Whole
    cases: Whole
    rows: Whole
    flags: npt.NDArray[np.float32]
    letters: Whole
    shapes: Whole
    bag: Bag
    distinct: Sequence[Unit | str]


class Inputs:
    """What the network sees of words.

    Parameters
    ----------
    language : str
    table : WordTable
    meanings : Meanings
    """

    def __init__(self, language: str, table: WordTable, meanings: Meanings) -> None:
        self._chinese = language == "zh"
        self._table, self._meanings = table, meanings

    def arrays(self, sentences: Sequence[Sequence[str]], *, rows: int = 0) -> Arrays:
        """Return the arrays of a batch.

        With `rows` the batch is full: rows without a sentence, and distinct words up to the next multiple of `rows`,
        are padding.
        """
        seen = [units(words, self._meanings.tokens) for words in sentences] if self._chinese else sentences
        distinct = {word: i for i, word in enumerate(dict.fromkeys(w for words in seen for w in words))}
        count = rows or len(seen)
        words = np.zeros((count, max(map(len, seen))), np.int64)
        lengths, cases = np.ones(count, np.int64), np.zeros(count, np.int64)
        for i, (own, plain) in enumerate(zip(seen, sentences, strict=True)):
            words[i, : len(own)] = [distinct[word] for word in own]
            lengths[i], cases[i] = len(own), case_id(plain)
        total = -(-len(distinct) // rows) * rows if rows else len(distinct)
        forms = [word if isinstance(word, str) else word.word for word in distinct]
        found = np.zeros((total, 2), np.int64)
        found[: len(forms)] = self._table.look_up(forms)
        letters = np.zeros((total, WORD_LENGTH), np.int64)
        letters[: len(forms)] = np.frombuffer(b"".join(map(character_ids, forms)), np.uint8).reshape(-1, WORD_LENGTH)
        shapes = np.zeros(total, np.int64)
        shapes[: len(forms)] = list(map(_shape, distinct))
        flags = np.unpackbits(found[:, 1:].astype(np.uint8), axis=1).astype(np.float32)
        bag = self._meanings.bag(list(distinct))
        starts = np.concatenate([bag.starts, np.full(total - len(distinct), len(bag.rows))])
        return Arrays(
            words, lengths, cases, found[:, 0].copy(), flags, letters, shapes, bag._replace(starts=starts), [*distinct]
        )


def _shape(word: Unit | str) -> int:
    return shape_id(word) if isinstance(word, str) else SHAPES + word.place
