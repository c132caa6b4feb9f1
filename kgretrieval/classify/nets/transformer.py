"""A small transformer: self-attention over a text's words, trained with nothing but the examples.

A. Vaswani et al., "Attention Is All You Need" (NeurIPS 2017); layers normalise first (R. Xiong et al., "On Layer
Normalization in the Transformer Architecture", ICML 2020), which trains without a long warm-up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from kgretrieval.classify.base import State
from kgretrieval.classify.nets.model import Net
from kgretrieval.classify.nets.network import Attention, Pooled, highest, within

SIZES = {"width": 128, "heads": 4, "layers": 2, "attention": 64}


class Transformer(Pooled):
    """Words with their places, layers of attention, and the attended mean beside the highest of each number."""

    def __init__(self, inputs: int, sizes: Mapping[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        wide = sizes["width"]
        self.entry = nn.Linear(inputs, wide)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                wide, sizes["heads"], 2 * wide, dropout=dropout, activation="gelu", batch_first=True, norm_first=True
            )
            for _ in range(sizes["layers"])
        )
        self.norm = nn.LayerNorm(wide)
        self.attention = Attention(wide, sizes["attention"])
        self.width = 2 * wide

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return what the layers make of the text."""
        padding = ~within(words, lengths)
        states = self.entry(words) + _places(words.shape[1], self.entry.out_features)
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=padding)
        states = self.norm(states)
        return torch.cat([self.attention(states, lengths), highest(states, lengths)], 1)


def _places(longest: int, width: int) -> Tensor:
    """Return (longest, width) sines and cosines of each place, small beside the words."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))
    angles = torch.arange(longest)[:, None] * rates
    return 0.2 * torch.cat([angles.sin(), angles.cos()], 1)


def restore(kind: str, labels: tuple[str, ...], state: State) -> Net:
    """Return the model that a file holds."""
    return Net.restored(kind, labels, state, Transformer)
