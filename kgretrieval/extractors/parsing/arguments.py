"""Semantic roles: which words are predicates, and which words are arguments of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch

from kgretrieval.extractors.parsing.spans import SpanReader
from kgretrieval.extractors.parsing.trees import Predicate

if TYPE_CHECKING:
    import numpy.typing as npt

    from kgretrieval.extractors.parsing.network import ParserNetwork, Scores
    from kgretrieval.extractors.parsing.parser import Reading
    from kgretrieval.extractors.parsing.weights import ParserCard
    from kgretrieval.extractors.tagging.analysis import Sentence

#: Predicates are read in multiples of it, so that none depends on how many others there are.
_TOGETHER = 32
#: Each stands at most once with a predicate; a second one is a continuation or a mistake.
_ONCE = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"})


class RoleReader:
    """Reads the predicates and roles of one batch."""

    def __init__(
        self,
        card: ParserCard,
        network: ParserNetwork,
        scores: Scores,
        trees: tuple[torch.Tensor, torch.Tensor],
        given: Sequence[Sequence[int]] | None = None,
    ) -> None:
        self._card, self._network, self._given = card, network, given
        self._scores, self._trees = scores, trees

    def read(self, sentences: Sequence[Sentence], readings: Sequence[Reading]) -> list[tuple[Predicate, ...]]:
        """Return the predicates of each sentence with their roles, on its tree."""
        sure = torch.sigmoid(self._scores.predicates).numpy()
        given = self._given
        if given is None:
            given = [np.flatnonzero(sure[i, : len(s.words)] > 0.5).tolist() for i, s in enumerate(sentences)]
        chosen = [(row, word) for row, own in enumerate(given) for word in own]
        found: list[list[Predicate]] = [[] for _ in sentences]
        readers: dict[int, SpanReader] = {}
        for (row, word), (roles, probabilities) in zip(chosen, self._best(chosen), strict=True):
            size = len(sentences[row].words)
            places = np.flatnonzero(roles[:size])
            if row not in readers:
                readers[row] = SpanReader(sentences[row].words, *readings[row], self._card.rules)
            arguments = [(float(probabilities[place]), self._card.roles[roles[place]], int(place)) for place in places]
            kept = _arguments(arguments, word, readers[row])
            mean = float(np.mean([p for p, _, _ in arguments])) if arguments else 1.0
            found[row].append(Predicate(word, kept, round(float(sure[row, word]) * mean, 4)))
        return [tuple(own) for own in found]

    def _best(self, chosen: Sequence[tuple[int, int]]) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]]:
        """Return the best role of each word for each predicate, and its probability."""
        filled = [*chosen, *list(chosen[:1]) * (-len(chosen) % _TOGETHER)]
        found: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]] = []
        for first in range(0, len(filled), _TOGETHER):
            rows, words = zip(*filled[first : first + _TOGETHER], strict=True)
            scores = self._network.label_roles(self._scores, torch.tensor(rows), torch.tensor(words), *self._trees)
            probabilities, roles = scores.softmax(2).max(2)
            found.extend(zip(roles.numpy(), probabilities.numpy(), strict=True))
        return found[: len(chosen)]


def _arguments(
    arguments: Sequence[tuple[float, str, int]], word: int, reader: SpanReader
) -> tuple[tuple[str, int, int, int], ...]:
    """Return the surest arguments of a predicate that do not overlap, in the order of the sentence."""
    kept: list[tuple[str, int, int, int]] = []
    others = {head for _, _, head in arguments}
    for _, role, head in sorted(arguments, reverse=True):
        start, end = reader.span(word, role, head, others)
        clash = any(start < other_end and other < end for _, other, other_end, _ in kept)
        if not clash and not (role in _ONCE and any(role == other for other, _, _, _ in kept)):
            kept.append((role, start, end, head))
    return tuple(sorted(kept, key=lambda argument: argument[1]))
