"""A bidirectional LSTM with attention pooling.

A. Graves and J. Schmidhuber, "Framewise phoneme classification with bidirectional LSTM" (Neural Networks 18, 2005).
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from kgretrieval.classify.base import State
from kgretrieval.classify.nets.model import Net
from kgretrieval.classify.nets.network import Attention, Pooled, highest

#: What is set for this net: how wide, and how it is trained.
SIZES = {"hidden": 128, "attention": 64}


class Lstm(Pooled):
    """Each direction runs from its own first word, so padding never reaches a state that counts."""

    def __init__(self, inputs: int, sizes: Mapping[str, int]) -> None:
        super().__init__()
        hidden = sizes["hidden"]
        self.forwards = nn.LSTM(inputs, hidden, batch_first=True)
        self.backwards = nn.LSTM(inputs, hidden, batch_first=True)
        self.attention = Attention(2 * hidden, sizes["attention"])
        self.width = 4 * hidden

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return the attended mean of the states beside the highest of each."""
        turned = _turned(words.shape[1], lengths)[..., None]
        ahead, _ = self.forwards(words)
        behind, _ = self.backwards(words.gather(1, turned.expand_as(words)))
        states = torch.cat([ahead, behind.gather(1, turned.expand_as(behind))], 2)
        return torch.cat([self.attention(states, lengths), highest(states, lengths)], 1)


def _turned(longest: int, lengths: Tensor) -> Tensor:
    """Return (rows, longest) places that turn each row's own words round and leave the padding."""
    places = torch.arange(longest)[None, :]
    return torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)


def restore(kind: str, labels: tuple[str, ...], state: State) -> Net:
    """Return the model that a file holds."""
    return Net.restored(kind, labels, state, Lstm)
