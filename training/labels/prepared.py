"""The texts of tones as numbers, as they lie in a file between reading and training."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgretrieval.extractors.sounding.words import Word
from training.labels.opinion_sets import Aimed
from training.labels.sets import Example


@dataclass
class Sets:
    """Everything that is trained on, words as numbers.

    `documents` are (example, sentences), `names` (name, words, distances, paths) of one sentence each; `paths` maps a
    path to its row, `keys` and `own` the words to theirs.
    """

    documents: list[tuple[Example, list[list[int]]]] = field(default_factory=list)
    words: list[tuple[int, float]] = field(default_factory=list)
    names: list[tuple[Aimed, list[int], list[int], list[int]]] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    paths: dict[str, int] = field(default_factory=dict)

    def numbers(self, words: list[Word]) -> list[int]:
        return [self.keys.setdefault(word.key, len(self.keys)) for word in words]
