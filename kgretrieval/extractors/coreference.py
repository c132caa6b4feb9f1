"""Pronouns and short forms ("the company") and the names they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kgretrieval.extractors.anaphora.answers import Answer, answers
from kgretrieval.extractors.anaphora.lexicon import Lexicon
from kgretrieval.extractors.anaphora.mentions import NAME, PRONOUN
from kgretrieval.extractors.anaphora.model import Model, Resolved
from kgretrieval.extractors.anaphora.reading import Reading, read
from kgretrieval.extractors.anaphora.weights import read_arrays, read_card
from kgretrieval.extractors.anaphora.words import Part
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagger import Tagger, readable, trim
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Reference, TextPart

#: Longer documents are read in pieces of so many sentences, so that memory stays bounded; nothing is linked across.
LONGEST = 200


class Trees(Protocol):
    """What reads trees: `kgretrieval.extractors.parsing.parser.Parser`."""

    version: str

    def trees(self, texts: Sequence[str]) -> list[tuple[tuple[Sentence, Tree], ...]]:
        """Return the tagged sentences of English texts, each with its tree."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A document with what its anaphors stand for."""

    reading: Reading
    resolved: Resolved
    answers: Sequence[Answer]

    def span(self, first: int, last: int) -> tuple[int, int, int]:
        """Return (number of the field, start, end) of words `first` to `last` (exclusive)."""
        where = self.reading.words.where
        return (*where[first][:2], where[last - 1][2])

    def name(self, row: int) -> tuple[int, int, int]:
        """Return (number of the field, start, end) of a mention."""
        return self.span(self.reading.mentions.first[row], self.reading.mentions.last[row])

    def names(self) -> list[int]:
        """Return the mentions that are names."""
        return [row for row, kind in enumerate(self.reading.mentions.kind) if kind == NAME]

    def entity(self, row: int) -> int:
        """Return the number of the entity that a name means."""
        return self.reading.mentions.entity[row]

    def shares_at(self, start: int) -> Mapping[int, float]:
        """Return how likely the anaphor whose head starts here in the first field stands for each entity."""
        words, mentions = self.reading.words, self.reading.mentions
        for place, row in enumerate(self.resolved.anaphors.tolist()):
            if words.where[mentions.head[row]][:2] == (0, start):
                return dict(enumerate(self.resolved.shares[place].tolist()))
        return {}

    def pronouns(self) -> set[int]:
        """Return where the pronouns of the third person start in the first field."""
        words, mentions = self.reading.words, self.reading.mentions
        places = [words.where[mentions.head[row]] for row, kind in enumerate(mentions.kind) if kind == PRONOUN]
        return {start for part, start, _ in places if part == 0}


class Coreference:
    """Extractor of references: "he", "its" and "the company" with the name they stand for in the same document.

    The antecedent is the nearest name of the entity before the reference, also across fields (a headline comes before
    its text); where no name comes before ("In his speech, Blair ..."), the first behind. Nothing is given where the
    model is not sure enough; a pronoun never becomes a mention. "I" in a quote is the speaker whom a verb of saying
    names, "who" the name that its clause hangs on. English only.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.

    Examples
    --------
    >>> from kgretrieval.extractors.parsing.parser import Parser
    >>> from kgretrieval.extractors.tagger import Tagger
    >>> tagger = Tagger()
    >>> part = TextPart("text", "Angela Merkel spoke in Berlin on Monday. She praised the city and her ministers.")
    >>> [found] = Coreference(tagger, Parser(tagger)).extract([[part]])
    >>> [(one.text, part.text[one.antecedent_start : one.antecedent_end]) for one in found.references]
    [('She', 'Angela Merkel'), ('the city', 'Berlin'), ('her', 'Angela Merkel')]
    """

    name = "coreference"
    gives: frozenset[Kind] = frozenset({"references"})
    needs: frozenset[Kind] = frozenset({"names"})

    def __init__(self, tagger: Tagger, parser: Trees) -> None:
        self._parser = parser
        self._card = read_card()
        self.version = f"{self._card.version}+parser-{parser.version}"
        self._tools: tuple[Lexicon, Model] | None = None

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the references in the English texts of each document; other languages and tags have none."""
        parts = [[part for part in fields if readable(part)] for fields in documents]
        trees = iter(self.trees([part.text for fields in parts for part in fields]))
        return [
            Extraction(references=tuple(self._references([(part.field, part.text, next(trees)) for part in fields])))
            for fields in parts
        ]

    def trees(self, texts: Sequence[str]) -> list[tuple[tuple[Sentence, Tree], ...]]:
        """Return what `resolve` wants of English texts."""
        return self._parser.trees(texts)

    def resolve(self, parts: Sequence[Part]) -> Document:
        """Return a document with all answers, also those that are not sure enough to be given."""
        if self._tools is None:
            arrays = read_arrays()
            self._tools = Lexicon(arrays), Model(arrays)
        lexicon, model = self._tools
        reading = read(parts, lexicon)
        resolved = model.resolve(reading)
        return Document(reading, resolved, answers(reading, resolved))

    @property
    def weights_hash(self) -> str:
        """SHA-256 of the weights."""
        return self._card.sha256

    def sure(self, answer: Answer) -> bool:
        """Return whether an answer is sure enough to be given."""
        return answer.confidence >= (self._card.pronoun if answer.pronoun else self._card.noun)

    def _references(self, parts: Sequence[Part]) -> Iterator[Reference]:
        for piece in _pieces(parts):
            document = self.resolve(piece)
            for answer in document.answers:
                if self.sure(answer):
                    yield _reference(piece, document, answer)


def _pieces(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield a document whole, or cut where it is too long."""
    piece: list[Part] = []
    room = LONGEST
    for field, text, sentences in parts:
        first = 0
        while len(sentences) - first > room:
            yield [*piece, (field, text, sentences[first : first + room])]
            first, piece, room = first + room, [], LONGEST
        piece.append((field, text, sentences[first:]))
        room -= len(sentences) - first
    if piece:
        yield piece


def _reference(parts: Sequence[Part], document: Document, answer: Answer) -> Reference:
    part, start, end = document.span(answer.first, answer.last)
    named, name_start, name_end = document.name(answer.antecedent)
    field, text, _ = parts[part]
    name_start, name_end = trim(parts[named][1], name_start, name_end)
    sure = round(answer.confidence, 4)
    return Reference(field, start, end, text[start:end], parts[named][0], name_start, name_end, Coreference.name, sure)
