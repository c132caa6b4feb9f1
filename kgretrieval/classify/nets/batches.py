"""Examples as numbers, in batches of about equal length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgretrieval.classify.base import Examples
from kgretrieval.classify.nets.network import NOTHING, UNKNOWN
from kgretrieval.classify.nets.tokens import read_words
from kgretrieval.classify.nets.vectors import Vectors

Numbers = npt.NDArray[np.int64]

#: A batch holds no more places than this, so that long texts do not take all memory.
_PLACES = 8192


class Words(NamedTuple):
    """The distinct words: `forms` (the first one no word), their given vectors, and the rows of what is learned."""

    forms: list[str]
    given: Tensor
    places: Tensor


class Numbered(NamedTuple):
    """Examples as rows of word numbers, with their answers and how much each counts."""

    rows: list[Numbers]
    answers: Tensor
    weights: Tensor


class Batch(NamedTuple):
    """(rows, length) word numbers, and of each row its length, answer and weight."""

    words: Tensor
    lengths: Tensor
    answers: Tensor
    weights: Tensor


def numbered(parts: Sequence[Examples], vectors: Vectors, rare: int) -> tuple[Words, list[Numbered]]:
    """Number the words of examples; the first part is what is trained on.

    A word that stands fewer than `rare` times there shares one learned vector with all words that are not there.
    """
    place: dict[str, int] = {"": NOTHING}
    counts: Counter[str] = Counter()
    found = []
    for number, part in enumerate(parts):
        rows = []
        for item in part.items:
            forms = read_words(item.text, item.language).forms
            if number == 0:
                counts.update(forms)
            rows.append(np.fromiter((place.setdefault(form, len(place)) for form in forms), np.int64))
        weights = np.ones(len(part), np.float32) if part.weights is None else part.weights
        found.append(Numbered(rows, torch.from_numpy(part.answers), torch.from_numpy(weights)))
    for word in vectors.further:
        place.setdefault(word, len(place))
    given = np.concatenate([np.zeros((1, vectors.width), np.float32), vectors.of(list(place)[1:])])
    places = np.array([NOTHING, *(UNKNOWN if counts[word] < rare else -1 for word in list(place)[1:])])
    places[places < 0] = np.arange(UNKNOWN + 1, UNKNOWN + 1 + (places < 0).sum())
    return Words(list(place), torch.from_numpy(given), torch.from_numpy(places)), found


def batches(part: Numbered, size: int, random: np.random.Generator | None) -> list[Batch]:
    """Return batches of texts of about equal length; in a random order and company where `random` is given."""
    lengths = np.array([len(row) for row in part.rows], np.float64)
    if random is not None:
        lengths *= 1 + 0.3 * random.random(len(lengths))
        lengths += 2 * random.random(len(lengths))
    order = np.argsort(lengths, kind="stable")
    groups: list[list[int]] = [[]]
    for place in order.tolist():
        if len(groups[-1]) == size or (len(groups[-1]) + 1) * len(part.rows[place]) > _PLACES:
            groups.append([])
        groups[-1].append(place)
    if random is not None:
        random.shuffle(groups)
    return [_batch(part, group) for group in groups if group]


def _batch(part: Numbered, places: Sequence[int]) -> Batch:
    rows = [part.rows[place] for place in places]
    words = np.full((len(rows), max(1, *(len(row) for row in rows)) if rows else 1), NOTHING, np.int64)
    for i, row in enumerate(rows):
        words[i, : len(row)] = row
    lengths = torch.tensor([max(len(row), 1) for row in rows])
    chosen = torch.tensor(places)
    return Batch(torch.from_numpy(words), lengths, part.answers[chosen], part.weights[chosen])
