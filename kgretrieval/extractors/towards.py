"""What a sentence says about the persons and organisations that it names: for them, against them, neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kgretrieval.classify.head import softmax
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.sounding.reader import Named, Reader, around
from kgretrieval.extractors.sounding.relative import Read, distances, paths
from kgretrieval.extractors.sounding.weights import read_card
from kgretrieval.extractors.tagger import Tagger, name_span, readable, trim
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.tagging.labels import NO_NAMES
from kgretrieval.types import Field, Label, TextPart

#: Of which names it is said.
TYPES = frozenset({"person", "organisation"})
#: Where it is looked for: text that was read in pictures comes in pieces that are no sentences.
FIELDS = frozenset({"title", "text", "caption"})
#: In which language: the one that the parser reads.
LANGUAGE = "en"
#: The value of a name of which nothing is said.
NOTHING = "nothing"


class _Name(NamedTuple):
    """A name in a text, and the sentence around it as the network reads it."""

    field: Field
    start: int
    end: int
    text: str
    named: Named


class Towards:
    """Extractor of the sentiment towards each person and organisation that an English text names.

    ``"neutral"`` weighs for and against, ``"nothing"`` says neither. A name of which a document says nothing at all
    has one label, at its first mention; where something is said of it, the mentions that say it have theirs.

    Parameters
    ----------
    tagger : Tagger
    parser : Parser
    reader : Reader, optional
        What reads the sentences, where it is shared.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.

    Examples
    --------
    >>> tagger = Tagger()
    >>> part = TextPart("text", "Critics slammed Boris Johnson for his shameful and disgraceful lies.")
    >>> [found] = Towards(tagger, Parser(tagger)).extract([[part]])
    >>> [(label.text, label.value) for label in found.labels]
    [('Boris Johnson', 'negative')]
    """

    name = "towards"
    gives: frozenset[Kind] = frozenset({"labels"})
    needs: frozenset[Kind] = frozenset({"names"})

    def __init__(self, tagger: Tagger, parser: Parser, reader: Reader | None = None) -> None:
        self._parser = parser
        self._card, self._tones = read_card("towards"), read_card("sentiment")
        self.version = f"{self._card.version}+{self._tones.version}+parser-{parser.version}"
        self._reader = reader or Reader()
        self._rows = {path: i + 1 for i, path in enumerate(self._card.words)}

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return what English texts and captions say about the names in them; other languages have none."""
        parts = [[part for part in fields if readable(part) and part.field in FIELDS] for fields in documents]
        trees = iter(self._parser.trees([part.text for fields in parts for part in fields]))
        names = [[name for part in fields for name in self._names(part, next(trees))] for fields in parts]
        answers = iter(self._answers([name.named for own in names for name in own]))
        return [Extraction(labels=tuple(self._labels(own, [next(answers) for _ in own]))) for own in names]

    def _names(self, part: TextPart, sentences: Sequence[tuple[Sentence, Tree]]) -> list[_Name]:
        found = []
        for sentence, tree in sentences:
            spans = [
                trim(part.text, *name_span(sentence, name))
                for name in sentence.names
                if name.type in TYPES and name.label not in NO_NAMES
            ]
            if not spans:
                continue
            read = Read(sentence.spans, tree)
            every = self._reader.words(part.text, sentence.spans[0][0], sentence.spans[-1][1])
            for start, end in spans:
                words = around(every, start)
                if words and any(map(str.isalnum, part.text[start:end])):
                    ways = [self._rows.get(way, 0) for way in paths(words, read, start, end)]
                    named = Named(words, distances(words, start, end), ways)
                    found.append(_Name(part.field, start, end, part.text[start:end], named))
        return found

    def _answers(self, names: Sequence[Named]) -> list[tuple[str, float]]:
        """Return the value of each name and its probability.

        The network was taught no difference between neither and both: the sentence's own tone divides the two.
        """
        if not names:
            return []
        scores, tones = self._reader.about(names)
        values = softmax(scores / np.float32(self._card.temperatures[LANGUAGE]))
        own = softmax(tones / np.float32(self._tones.temperatures[LANGUAGE]))
        neither, both = (own[:, self._tones.labels.index(label)] for label in (NOTHING, "neutral"))
        shares = (neither / np.maximum(neither + both, np.float32(1e-9))).tolist()
        found = []
        for row, share in zip(values, shares, strict=True):
            value, probability = self._card.labels[int(row.argmax())], float(row.max())
            if value == "neutral":
                value = NOTHING if share >= 0.5 else value
                probability *= max(share, 1 - share)
            found.append((value, round(probability, 4)))
        return found

    def _labels(self, names: Sequence[_Name], answers: Sequence[tuple[str, float]]) -> Iterator[Label]:
        told = {name.text for name, (value, _) in zip(names, answers, strict=True) if value != NOTHING}
        for name, (value, probability) in zip(names, answers, strict=True):
            if value != NOTHING or name.text not in told:
                told.add(name.text)
                yield self._label(name, value, probability)

    def _label(self, name: _Name, value: str, probability: float) -> Label:
        sure = probability >= self._card.levels[LANGUAGE]
        place = (name.field, name.start, name.end, name.text)
        return Label("towards", value, probability, self.name, self.version, sure, *place)
