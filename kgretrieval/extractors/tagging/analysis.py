"""Sentences read by the tagger: words, parts of speech, chunks, names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgretrieval.errors import ModelError
from kgretrieval.extractors.tagging.abroad import refine_abroad
from kgretrieval.extractors.tagging.kinds import refine
from kgretrieval.extractors.tagging.labels import TYPES
from kgretrieval.extractors.tagging.weights import TABLE, Card, read_arrays, table_hash, unpack_layers, unpack_table
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.text.tokens import CJK, word_spans
from kgretrieval.types import EntityType

if TYPE_CHECKING:
    from torch import Tensor

    from kgretrieval.extractors.tagging.network import Batch

#: Longer sentences (tables, lists) are read in pieces, so that memory stays bounded.
LONGEST = 150
_CHINESE_BLANK = re.compile(rf"(?<=[{CJK}》”！？])\s+(?=[{CJK}《“])")


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: words `first` to `last` (exclusive), its type, how sure the network is of every word of it.

    `label` is what the network calls it, in the terms of the data it was trained on.
    """

    first: int
    last: int
    type: EntityType
    confidence: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words with their (start, end) in the text, two tags for each word, names."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    parts: tuple[str, ...] = ()
    chunks: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; a blank in Chinese separates the parts of a headline as a full stop would."""
    for start, end in sentence_spans(text, language):
        first = start
        for blank in _CHINESE_BLANK.finditer(text, start, end) if language == "zh" else ():
            yield first, blank.start()
            first = blank.end()
        yield first, end


def split(text: str, language: str = "en") -> list[Sentence]:
    """Return the sentences of a text, not yet tagged."""
    sentences = []
    for start, end in _pieces(text, language):
        spans = [(start + first, start + last) for first, last in word_spans(text[start:end], language)]
        for first in range(0, len(spans), LONGEST):
            piece = tuple(spans[first : first + LONGEST])
            sentences.append(Sentence(tuple(text[a:b] for a, b in piece), piece))
    return sentences


class Reader:
    """The network of one language with its labels and its words.

    Parameters
    ----------
    card : Card

    Raises
    ------
    ModelError
        If its weights, or the weights that it reads words by, are missing or others than it was trained with.
    """

    def __init__(self, card: Card) -> None:
        import torch

        from kgretrieval.extractors.tagging.crf import Chain, masks
        from kgretrieval.extractors.tagging.inputs import Inputs
        from kgretrieval.extractors.tagging.meanings import Meanings
        from kgretrieval.extractors.tagging.network import Network, Sizes

        arrays = read_arrays(card.language)
        layers = unpack_layers(arrays)
        if card.vectors:
            shared = read_arrays()
            if table_hash(shared) != card.vectors:
                raise ModelError("the English word table is not the one that the tagger of another language reads by")
            arrays |= {name: array for name, array in shared.items() if name in TABLE}
            layers["vectors.weight"] = unpack_layers(shared)["vectors.weight"]
        meanings = Meanings(card.language, card.mini)
        self._card = card
        self._inputs = Inputs(card.language, unpack_table(arrays), meanings)
        self._network = Network(Sizes(**card.sizes)).eval()
        self._network.load_state_dict({k: torch.from_numpy(v) for k, v in layers.items()})
        self._meanings = torch.from_numpy(meanings.through(layers["meanings.weight"]))
        possible = masks(card.names)
        with torch.no_grad():
            self._chain = Chain(self._network.transitions + possible.steps, possible.starts, possible.ends)

    def read(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences with their tags and names, in order; each the same in whatever company it comes."""
        import torch

        from kgretrieval.extractors.tagging.network import ROWS

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

        from kgretrieval.extractors.tagging.crf import decode

        batch = self._collate(sentences)
        with torch.inference_mode():
            scores, parts, chunks = self._network(batch)
            tags, sure = decode(scores, self._chain, batch.lengths)
        part_rows, chunk_rows = _best(parts), _best(chunks)
        tagged = []
        for i, sentence in enumerate(sentences):
            size = len(sentence.words)
            own_parts = tuple(self._card.parts[tag] for tag in part_rows[i][:size])
            own_chunks = tuple(self._card.chunks[tag] for tag in chunk_rows[i][:size])
            names = names_of([self._card.names[tag] for tag in tags[i]], sure[i], self._card.calibration)
            if names and self._card.language == "en":
                names = refine(sentence.words, own_parts, _without_base(sentence, names))
            elif names:
                names = refine_abroad(sentence.words, names, self._card.language)
            tagged.append(replace(sentence, parts=own_parts, chunks=own_chunks, names=names))
        return tagged

    def states(self, sentences: Sequence[Sentence]) -> list[Tensor]:
        """Return what the network knows of each word before it decides, and what it decides: (words, width).

        The width is that of both directions and of all three lists of tags.
        """
        import torch

        from kgretrieval.extractors.tagging.network import ROWS

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

        from kgretrieval.extractors.tagging.network import ROWS, Batch

        found = self._inputs.arrays([s.words for s in sentences], rows=ROWS)
        rows, shares, starts = map(torch.from_numpy, found.bag)
        meanings = torch.nn.functional.embedding_bag(
            rows, self._meanings, starts, mode="sum", per_sample_weights=shares
        )
        arrays = (found.words, found.lengths, found.cases, found.rows, found.flags, found.letters, found.shapes)
        words, lengths, cases, own, flags, letters, shapes = map(torch.from_numpy, arrays)
        return Batch(words, lengths, cases, own, flags, letters, shapes, meanings)


def _best(scores: Tensor) -> list[list[int]]:
    """Return the best tag of each word; none where the language has no such tags."""
    if not scores.shape[2]:
        return [[]] * len(scores)
    found: list[list[int]] = scores.argmax(2).tolist()
    return found


def names_of(
    tags: Sequence[str], sure: Sequence[float], calibration: tuple[float, float] = (1.0, 0.0)
) -> tuple[Name, ...]:
    """Return the names that a possible BIOES sequence marks, each as sure as its least sure word, calibrated."""
    names = []
    first = 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            first = i
        if tag[0] in "ES":
            least = _calibrated(min(sure[first : i + 1]), *calibration)
            names.append(Name(first, i + 1, TYPES[tag[2:]], round(least, 4), tag[2:]))
    return tuple(names)


def _calibrated(probability: float, slope: float, shift: float) -> float:
    """Return a probability whose log odds are `slope` times those of the given one, and `shift` more (Platt, 1999)."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-slope * math.log(kept / (1 - kept)) - shift))


def _without_base(sentence: Sentence, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names without "Berlin-based" or "Mr" in front: neither is part of a name."""
    return tuple(
        replace(n, first=n.first + 1)
        if n.last - n.first > 1
        and (
            sentence.words[n.first].endswith("-based") or (n.type == "person" and _is_address(sentence.words[n.first]))
        )
        else n
        for n in names
    )


def _is_address(word: str) -> bool:
    return word.lower().rstrip(".") in {"mr", "mrs", "ms", "dr", "prof"}
