"""What sentences state: subject, predicate, object."""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.extractors.base import Extraction
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.types import TextPart


class Relations:
    """Extractor of open relations."""

    name = "relations"

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self.version = f"0+{tagger.version}"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the relations in the English texts of each document."""
        return [Extraction() for _ in documents]
