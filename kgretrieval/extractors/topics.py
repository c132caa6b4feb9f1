"""The section of a newspaper that an article belongs in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.head import softmax
from kgretrieval.encoders.mini_text import gelu
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.sounding.weights import read_card, read_layers
from kgretrieval.extractors.sounding.words import text_tower
from kgretrieval.extractors.tagger import language_of
from kgretrieval.types import Label, TextPart

Floats = npt.NDArray[np.float32]

#: Characters of the text that are read behind the headline.
LEAD = 600


class Topics:
    """Extractor of topics: one of ten sections for each English, German or Chinese article.

    Read are the headline and the beginning of the text. A label that is not sure is there too, with its probability.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.

    Examples
    --------
    >>> part = TextPart("title", "The striker scored twice as the home side won the cup final")
    >>> [found] = Topics().extract([[part]])
    >>> found.labels[0].scheme, found.labels[0].value
    ('topic', 'sport')
    """

    name = "topics"
    gives: frozenset[Kind] = frozenset({"labels"})
    needs: frozenset[Kind] = frozenset()

    def __init__(self) -> None:
        self._card = read_card("topics")
        self.version = self._card.version

    @cached_property
    def _layers(self) -> Mapping[str, npt.NDArray[Any]]:
        return read_layers("topics")

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the topic of each document that has a headline or a text; captions and tags have none."""
        # One by one: the numbers of a text then do not depend on those that it is read with.
        return [Extraction(labels=tuple(self._labels(fields))) for fields in documents]

    def _labels(self, fields: Sequence[TextPart]) -> Iterator[Label]:
        parts = {part.field: part for part in fields if language_of(part) in self._card.levels}
        title, text = (parts[field].text if field in parts else "" for field in ("title", "text"))
        rows, shares = text_tower().tokens.rows(f"{title}\n{text[:LEAD]}")
        if rows:
            language = language_of(parts["text" if "text" in parts else "title"])
            [probabilities] = softmax(self._scores(rows, shares) / np.float32(self._card.temperatures[language]))
            best = int(probabilities.argmax())
            probability = round(float(probabilities[best]), 4)
            sure = probability >= self._card.levels[language]
            yield Label("topic", self._card.labels[best], probability, self.name, self.version, sure)

    def _scores(self, rows: list[int], shares: list[float]) -> Floats:
        """Return the (1, topics) scores of a text that is given as rows of the token table."""
        layers = self._layers
        scaled = text_tower().encode_rows([(rows, shares)], space="text") * np.float32(np.sqrt(384))
        hidden = gelu(scaled @ layers["hidden.weight"].T + layers["hidden.bias"])
        own = self._own(rows) @ layers["spread.weight"].T
        scores: Floats = hidden @ layers["out.weight"].T + layers["out.bias"] + own
        return scores

    def _own(self, rows: Sequence[int]) -> Floats:
        """Return what the commonest rows of the token table say by themselves."""
        kept = self._layers["own.rows"]
        each = np.unique(rows)
        place = np.searchsorted(kept, each)
        found = place[(place < len(kept)) & (kept[np.minimum(place, len(kept) - 1)] == each)]
        total: Floats = self._layers["own.weight"][found].sum(0) / np.float32(np.sqrt(max(len(found), 1)))
        return total
