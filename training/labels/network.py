"""The network of tones in torch: what `kgretrieval.extractors.sounding.network` runs in NumPy."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from kgretrieval.extractors.sounding.relative import DISTANCES


@dataclass(frozen=True)
class Sizes:
    """Widths of the layers; `own` and `paths` are numbers of rows."""

    own: int
    paths: int
    word: int = 64
    own_vector: int = 8
    hidden: int = 48
    distance: int = 8
    path: int = 16
    mixed: int = 64
    towards: int = 48
    tones: int = 4


class Network(nn.Module):
    """Sentences to scores of tones, and names in them to scores of what is said about them.

    Parameters
    ----------
    sizes : Sizes
    vectors : Tensor
        (words, 384) what the token table has for each word.
    own : Tensor
        (words,) the row of each word in the network's own table, 0 for none.
    dropout : float
    """

    def __init__(self, sizes: Sizes, vectors: Tensor, own: Tensor, dropout: float = 0.0) -> None:
        super().__init__()
        self.sizes = sizes
        self.register_buffer("vectors", vectors, persistent=False)
        self.register_buffer("own_rows", own, persistent=False)
        self.project = nn.Linear(384, sizes.word)
        self.own = nn.Embedding(sizes.own, sizes.own_vector, padding_idx=0)
        nn.init.normal_(self.own.weight, 0, 0.1)
        wide = sizes.word + sizes.own_vector
        self.ahead, self.behind = nn.GRU(wide, sizes.hidden), nn.GRU(wide, sizes.hidden)
        self.weigh = nn.Linear(2 * sizes.hidden, 1)
        self.tone = nn.Linear(4 * sizes.hidden, sizes.tones)
        self.distance = nn.Embedding(DISTANCES, sizes.distance)
        self.path = nn.Embedding(sizes.paths, sizes.path)
        self.mix = nn.Linear(2 * sizes.hidden + sizes.distance + sizes.path, sizes.mixed)
        self.weigh_towards = nn.Linear(sizes.mixed, 1)
        self.join = nn.Linear(2 * sizes.mixed + 2 * sizes.hidden, sizes.towards)
        self.towards = nn.Linear(sizes.towards, 3)
        self.drop = nn.Dropout(dropout)
        self.word_dropout = 0.0

    def states(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return (n, length, 2 hidden) of padded sentences (n, length) with (n,) lengths."""
        each, place = torch.unique(words, return_inverse=True)
        rows = torch.cat([torch.tanh(self.project(self.drop(self.vectors[each]))), self.own(self.own_rows[each])], 1)
        x = self.drop(rows)[place]
        if self.training and self.word_dropout:
            x = x * (torch.rand(words.shape) >= self.word_dropout)[..., None]
        steps = torch.arange(words.shape[1])
        turned = torch.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
        behind = self._run(self.behind, x.gather(1, turned[..., None].expand_as(x)), lengths)
        behind = behind.gather(1, turned[..., None].expand_as(behind))
        return self.drop(torch.cat([self._run(self.ahead, x, lengths), behind], 2))

    @staticmethod
    def _run(layer: nn.GRU, x: Tensor, lengths: Tensor) -> Tensor:
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        found, _ = layer(packed)
        out, _ = pad_packed_sequence(found, batch_first=True, total_length=x.shape[1])
        return out

    def tones(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Return (n, tones) scores of sentences."""
        return self.tone(self.drop(pooled(states, self.weigh(states)[..., 0], lengths)))

    def about(self, states: Tensor, lengths: Tensor, distances: Tensor, paths: Tensor) -> Tensor:
        """Return (n, 3) scores of names: (n, length) distances and paths of the words to them."""
        x = torch.cat([states, self.drop(self.distance(distances)), self.drop(self.path(paths))], 2)
        mixed = torch.tanh(self.mix(x))
        inside = (distances == 0).float()[..., None]
        name = (states * inside).sum(1) / inside.sum(1).clamp(min=1)
        both = torch.cat([pooled(mixed, self.weigh_towards(mixed)[..., 0], lengths), name], 1)
        return self.towards(self.drop(torch.tanh(self.join(self.drop(both)))))


def pooled(states: Tensor, weights: Tensor, lengths: Tensor) -> Tensor:
    """Return (n, 2 width): the mean by attention, and the largest of each number over the sentence."""
    beyond = torch.arange(states.shape[1]) >= lengths[:, None]
    shares = weights.masked_fill(beyond, float("-inf")).softmax(1)
    mean = (shares[..., None] * states).sum(1)
    return torch.cat([mean, states.masked_fill(beyond[..., None], -2.0).amax(1)], 1)
