"""How an article sounds: for or against what it writes of, both, or neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.head import softmax
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.sounding.reader import Reader, pieces
from kgretrieval.extractors.sounding.weights import read_card
from kgretrieval.extractors.sounding.words import Word
from kgretrieval.extractors.tagger import language_of
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.types import Label, TextPart

Floats = npt.NDArray[np.float32]


class Sentiment:
    """Extractor of sentiment: of each English or Chinese article ``"positive"``, ``"negative"``, ``"neutral"`` or not.

    ``"neutral"`` weighs for and against, ``"nothing"`` says neither. Every sentence is read by itself; their scores
    add up, divided by a power of their number (C. Genest and J. V. Zidek, "Combining Probability Distributions",
    Statistical Science 1, 1986). A label that is not sure is there too, with its probability.

    Parameters
    ----------
    reader : Reader, optional
        What reads the sentences, where it is shared.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.

    Examples
    --------
    >>> part = TextPart("text", "A wonderful, moving evening. The orchestra was superb.")
    >>> [found] = Sentiment().extract([[part]])
    >>> found.labels[0].scheme, found.labels[0].value
    ('sentiment', 'positive')
    """

    name = "sentiment"
    gives: frozenset[Kind] = frozenset({"labels"})
    needs: frozenset[Kind] = frozenset()

    def __init__(self, reader: Reader | None = None) -> None:
        self._card = read_card("sentiment")
        self.version = self._card.version
        self._reader = reader or Reader()

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the sentiment of each document that has a headline or a text; captions and tags have none."""
        found = zip(documents, self.scores(documents), strict=True)
        return [Extraction(labels=(self._label(own, fields),) if own.any() else ()) for fields, own in found]

    def scores(self, documents: Sequence[Sequence[TextPart]]) -> Floats:
        """Return (n, tones) pooled scores in the order of `values`; zeros for documents that cannot be read."""
        sentences = [self._sentences(fields) for fields in documents]
        scores = self._reader.tones([words for own in sentences for words in own])
        pooled, first = np.zeros((len(documents), len(self._card.labels)), np.float32), 0
        for row, own in zip(pooled, sentences, strict=True):
            if own:
                row[:] = scores[first : first + len(own)].sum(0) / np.float32(len(own) ** self._card.pooled)
            first += len(own)
        return pooled

    def _sentences(self, fields: Sequence[TextPart]) -> list[list[Word]]:
        return [
            piece
            for part in fields
            if self._reads(part)
            for span in sentence_spans(part.text, language_of(part))
            for piece in pieces(self._reader.words(part.text, *span))
        ]

    def _reads(self, part: TextPart) -> bool:
        return part.field in ("title", "text") and language_of(part) in self._card.levels

    def _label(self, scores: Floats, fields: Sequence[TextPart]) -> Label:
        language = next(language_of(part) for part in fields if self._reads(part))
        [probabilities] = softmax(scores[None] / np.float32(self._card.temperatures[language]))
        best = int(probabilities.argmax())
        probability = round(float(probabilities[best]), 4)
        sure = probability >= self._card.levels[language]
        return Label("sentiment", self._card.labels[best], probability, self.name, self.version, sure)

    @property
    def values(self) -> tuple[str, ...]:
        """The values of labels, in the order of scores."""
        return self._card.labels
