"""Sentences read by the tagger: words, parts of speech, chunks, names."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.extractors._features import WORD_LENGTH, case_id, character_ids, shape_id
from kgretrieval.extractors._weights import Card, read_arrays, unpack_layers, unpack_table
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.text.tokens import word_spans
from kgretrieval.types import EntityType

if TYPE_CHECKING:
    from torch import Tensor

    from kgretrieval.extractors._network import Batch

#: Longer sentences (tables, lists) are read in pieces, so that memory stays bounded.
LONGEST = 150

_TYPES: dict[str, EntityType] = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "misc"}


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: words `first` to `last` (exclusive), its type, how sure the network is of every word of it."""

    first: int
    last: int
    type: EntityType
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words with their (start, end) in the text, two tags for each word, names."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    parts: tuple[str, ...] = ()
    chunks: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


def split(text: str, language: str = "en") -> list[Sentence]:
    """Return the sentences of a text, not yet tagged."""
    sentences = []
    for start, end in sentence_spans(text, language):
        spans = [(start + first, start + last) for first, last in word_spans(text[start:end], language)]
        for first in range(0, len(spans), LONGEST):
            piece = tuple(spans[first : first + LONGEST])
            sentences.append(Sentence(tuple(text[a:b] for a, b in piece), piece))
    return sentences


class Reader:
    """The network with its labels and its words."""

    def __init__(self, card: Card) -> None:
        import torch

        from kgretrieval.extractors._crf import Chain, masks
        from kgretrieval.extractors._network import Network, Sizes

        arrays = read_arrays()
        self._card = card
        self._table = unpack_table(arrays)
        self._network = Network(Sizes(**card.sizes)).eval()
        self._network.load_state_dict({k: torch.from_numpy(v) for k, v in unpack_layers(arrays).items()})
        possible = masks(card.names)
        with torch.no_grad():
            self._chain = Chain(self._network.transitions + possible.steps, possible.starts, possible.ends)

    def read(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences with their tags and names, in order; each the same in whatever company it comes."""
        import torch

        from kgretrieval.extractors._network import ROWS

        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
        batches = [order[first : first + ROWS] for first in range(0, len(order), ROWS)]
        read = list(sentences)
        threads = torch.get_num_threads()
        # A batch a thread, not all threads on a batch: the network's many small steps spend five times their
        # own time on making threads meet.
        with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            try:
                found = list(pool.map(lambda chosen: self._read_batch([sentences[i] for i in chosen]), batches))
            finally:
                torch.set_num_threads(threads)
        for chosen, tagged in zip(batches, found, strict=True):
            for i, sentence in zip(chosen, tagged, strict=True):
                read[i] = sentence
        return read

    def _read_batch(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        import torch

        from kgretrieval.extractors._crf import decode

        batch = self._collate(sentences)
        with torch.inference_mode():
            scores, parts, chunks = self._network(batch)
            tags, sure = decode(scores, self._chain, batch.lengths)
        part_rows, chunk_rows = parts.argmax(2).tolist(), chunks.argmax(2).tolist()
        tagged = []
        for i, sentence in enumerate(sentences):
            size = len(sentence.words)
            tagged.append(
                replace(
                    sentence,
                    parts=tuple(self._card.parts[tag] for tag in part_rows[i][:size]),
                    chunks=tuple(self._card.chunks[tag] for tag in chunk_rows[i][:size]),
                    names=_without_base(sentence, names_of([self._card.names[tag] for tag in tags[i]], sure[i])),
                )
            )
        return tagged

    def states(self, sentences: Sequence[Sentence]) -> list[Tensor]:
        """Return what the network knows of each word before it decides, and what it decides: (words, width).

        The width is that of both directions and of all three lists of tags.
        """
        import torch

        from kgretrieval.extractors._network import ROWS

        seen: list[Tensor] = []
        handle = self._network.names.register_forward_pre_hook(lambda module, given: seen.append(given[0]))
        found = []
        try:
            for first in range(0, len(sentences), ROWS):
                chosen = sentences[first : first + ROWS]
                with torch.inference_mode():
                    names, parts, chunks = self._network(self._collate(chosen))
                    rows = torch.cat([seen.pop(), names, parts.softmax(2), chunks.softmax(2)], 2)
                found += [rows[i, : len(s.words)].clone() for i, s in enumerate(chosen)]
        finally:
            handle.remove()
        return found

    def _collate(self, sentences: Sequence[Sentence]) -> Batch:
        """Return a full batch: rows without a sentence, and distinct words without a word, are padding."""
        import torch

        from kgretrieval.extractors._network import ROWS, Batch

        distinct = {word: i for i, word in enumerate(dict.fromkeys(w for s in sentences for w in s.words))}
        words = np.zeros((ROWS, max(len(s.words) for s in sentences)), np.int64)
        lengths, cases = np.ones(ROWS, np.int64), np.zeros(ROWS, np.int64)
        for i, s in enumerate(sentences):
            words[i, : len(s.words)] = [distinct[word] for word in s.words]
            lengths[i], cases[i] = len(s.words), case_id(s.words)
        total = -(-len(distinct) // ROWS) * ROWS
        found = np.zeros((total, 2), np.int64)
        found[: len(distinct)] = self._table.look_up(list(distinct))
        letters = np.zeros((total, WORD_LENGTH), np.int64)
        letters[: len(distinct)] = np.frombuffer(b"".join(map(character_ids, distinct)), np.uint8).reshape(
            -1, WORD_LENGTH
        )
        shapes = np.zeros(total, np.int64)
        shapes[: len(distinct)] = [shape_id(word) for word in distinct]
        flags = np.unpackbits(found[:, 1:].astype(np.uint8), axis=1).astype(np.float32)
        arrays = (words, lengths, cases, found[:, 0], flags, letters, shapes)
        return Batch(*(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays))


def names_of(tags: Sequence[str], sure: Sequence[float]) -> tuple[Name, ...]:
    """Return the names that a possible BIOES sequence marks, each as sure as its least sure word."""
    names = []
    first = 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            first = i
        if tag[0] in "ES":
            names.append(Name(first, i + 1, _TYPES[tag[2:]], round(min(sure[first : i + 1]), 4)))
    return tuple(names)


def _without_base(sentence: Sentence, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names without "Berlin-based" in front: where a company is based is not in its name."""
    return tuple(
        replace(n, first=n.first + 1) if n.last - n.first > 1 and sentence.words[n.first].endswith("-based") else n
        for n in names
    )
