"""The classifier of typed relations: logistic regression over hashed features, then over what it says of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.typed_relations.context import context
from kgretrieval.extractors.typed_relations.pairs import Candidates, stack

Floats = npt.NDArray[np.float64]
#: Below this probability in the first stage everywhere, a sentence is not looked at again.
FAINT = 0.05
# Pairs scored at once, so that memory stays bounded.
_BLOCK = 2048


@dataclass(frozen=True)
class Model:
    """Two stages of logistic regression, a column for each predicate.

    Attributes
    ----------
    weights : array of float32
        (`BUCKETS`, predicates) of the hashed features.
    bias : array of float32
        (predicates,).
    second : array of float32
        (predicates, `FACTS` + 1) of what the context says, the constant last.
    """

    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    second: npt.NDArray[np.float32]

    def local(self, sentences: Sequence[Candidates]) -> list[Floats]:
        """Return for each sentence (pairs, predicates) probabilities by the pair alone, 0 where not allowed."""
        every = [own for found in sentences for own in found.ids]
        logits = np.empty((len(every), self.weights.shape[1]), np.float32)
        for first in range(0, len(every), _BLOCK):
            ids, starts = stack(every[first : first + _BLOCK])
            np.add.reduceat(self.weights[ids], starts, axis=0, out=logits[first : first + _BLOCK])
        probabilities = 1 / (1 + np.exp(-(logits + self.bias).astype(np.float64)))
        out, first = [], 0
        for found in sentences:
            last = first + len(found.pairs)
            out.append(np.where(found.allowed, probabilities[first:last], 0.0))
            first = last
        return out

    def probabilities(self, sentences: Sequence[Candidates]) -> list[Floats]:
        """Return for each sentence (pairs, predicates) probabilities, 0 where a predicate is not allowed."""
        out = []
        for found, local in zip(sentences, self.local(sentences), strict=True):
            out.append(self._in_context(found, local) if local.size and local.max() >= FAINT else np.zeros_like(local))
        return out

    def _in_context(self, found: Candidates, local: Floats) -> Floats:
        logits = (context(found, local) * self.second[:, :-1]).sum(2) + self.second[:, -1]
        return np.where(found.allowed & (local > 0), 1 / (1 + np.exp(-logits)), 0.0)
