"""Convolutions over words and the highest of each filter (TextCNN).

Y. Kim, "Convolutional Neural Networks for Sentence Classification" (EMNLP 2014).
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from kgretrieval.classify.base import State
from kgretrieval.classify.nets.model import Net
from kgretrieval.classify.nets.network import Pooled, highest

SIZES = {"filters": 100, "narrowest": 2, "widest": 4}


class Cnn(Pooled):
    """Filters of several widths; each sees the text with nothing before and behind it."""

    def __init__(self, inputs: int, sizes: Mapping[str, int]) -> None:
        super().__init__()
        widths = range(sizes["narrowest"], sizes["widest"] + 1)
        self.filters = nn.ModuleList(nn.Conv1d(inputs, sizes["filters"], width, padding=width - 1) for width in widths)
        self.width = len(widths) * sizes["filters"]

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return the highest answer of each filter to any place of the text."""
        across = words.transpose(1, 2)
        found = []
        for layer in self.filters:
            answers = torch.relu(layer(across)).transpose(1, 2)
            found.append(highest(answers, lengths + answers.shape[1] - words.shape[1]))
        return torch.cat(found, 1)


def restore(kind: str, labels: tuple[str, ...], state: State) -> Net:
    """Return the model that a file holds."""
    return Net.restored(kind, labels, state, Cnn)
