"""What the nets have in common: words to vectors, and from what a net makes of them to a score for each label."""

from __future__ import annotations

import torch
from torch import Tensor, nn

#: Rows of `Embedding.learned`: for padding and left-out words, and for words that the examples lack.
NOTHING, UNKNOWN = 0, 1


class Embedding(nn.Module):
    """The vector of a word: what is known of it through a learned map, plus what training adds.

    Both parts stand for themselves, as in the two channels of Y. Kim, "Convolutional Neural Networks for Sentence
    Classification" (EMNLP 2014): given vectors that stay as they are, beside vectors that are learned. A word that
    the examples lack has the first part alone.

    Parameters
    ----------
    given : Tensor
        (n, width) vectors of the distinct words, row 0 of zeros.
    learned : Tensor
        (n,) which row of the learned vectors each word has.
    sizes : (int, int)
        Widths of the two parts of a word's vector.
    """

    given: Tensor
    places: Tensor

    def __init__(self, given: Tensor, places: Tensor, sizes: tuple[int, int]) -> None:
        super().__init__()
        self.register_buffer("given", given, persistent=False)
        self.register_buffer("places", places, persistent=False)
        # A map of nothing where there are no given vectors, which nn.Linear warns of.
        self.map = nn.Parameter(torch.empty(sizes[0], given.shape[1]))
        if self.map.numel():
            nn.init.kaiming_uniform_(self.map, a=5**0.5)
        self.learned = nn.Embedding(int(places.max()) + 1, sizes[1])
        nn.init.uniform_(self.learned.weight, -0.25, 0.25)
        with torch.no_grad():
            self.learned.weight[: UNKNOWN + 1] = 0

    def forward(self, words: Tensor) -> Tensor:
        """Return (rows, length, width) of (rows, length) places among the distinct words."""
        distinct, places = torch.unique(words, return_inverse=True)
        return self.of(distinct)[places]

    def of(self, distinct: Tensor) -> Tensor:
        """Return (m, width) vectors of m distinct words."""
        return torch.cat([self.given[distinct] @ self.map.T, self.learned(self.places[distinct])], 1)


class Pooled(nn.Module):
    """A net that makes one vector of a text's words: its subclasses say how.

    ``width`` is that of the vector.
    """

    width: int

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return (rows, `width`) of (rows, length, inputs) vectors, of which the first `lengths` of a row count."""
        raise NotImplementedError


class Classifier(nn.Module):
    """A net and the linear layer behind it: (rows, labels) scores of (rows, length, inputs) vectors of words."""

    def __init__(self, net: Pooled, labels: int, dropout: tuple[float, float] = (0.0, 0.0)) -> None:
        super().__init__()
        self.net = net
        self.output = nn.Linear(net.width, labels)
        self.before, self.behind = nn.Dropout(dropout[0]), nn.Dropout(dropout[1])

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """Return the scores; lengths are 1 or more, so a text without words has one word of zeros."""
        scores: Tensor = self.output(self.behind(self.net(self.before(words), lengths)))
        return scores


class Attention(nn.Module):
    """The mean of a text's states, each weighed by how much it has to say.

    Z. Yang et al., "Hierarchical Attention Networks for Document Classification" (NAACL 2016).
    """

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.hidden, self.query = nn.Linear(width, hidden), nn.Linear(hidden, 1, bias=False)

    def forward(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Return (rows, width) of (rows, length, width)."""
        say = self.query(torch.tanh(self.hidden(states)))[..., 0]
        weights = torch.softmax(say.masked_fill(~within(states, lengths), -1e4), 1)
        return (states * weights[..., None]).sum(1)


def within(states: Tensor, lengths: Tensor) -> Tensor:
    """Return (rows, length) whether a place is one of a row's own and no padding."""
    return torch.arange(states.shape[1])[None, :] < lengths[:, None]


def highest(states: Tensor, lengths: Tensor) -> Tensor:
    """Return (rows, width): the highest of each number over a row's own places."""
    return states.masked_fill(~within(states, lengths)[..., None], -1e4).amax(1)
