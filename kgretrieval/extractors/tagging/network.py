"""The tagger's network: one bidirectional LSTM, three readings of it.

After Ma and Hovy, "End-to-end Sequence Labeling via Bi-directional LSTM-CNNs-CRF" (ACL 2016). Sentences
are padded to full batches of `ROWS` and each direction runs from its own first word, so a sentence
gives bit for bit the same scores in whatever company it comes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from kgretrieval.extractors.tagging.features import ALPHABET, CASES, SHAPES, WORD_LENGTH

#: Sentences in a batch, always; distinct words come in multiples of it.
ROWS = 64
FLAGS = 8


@dataclass(frozen=True)
class Sizes:
    """Widths of the layers; 0 parts or chunks where a language has none, `shapes` kinds of spelling."""

    rows: int
    names: int
    parts: int
    chunks: int
    vector: int = 50
    letter: int = 24
    filters: int = 80
    shape: int = 8
    hidden: int = 200
    shapes: int = SHAPES
    meaning: int = 0
    meaning_inputs: int = 0

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Batch:
    """Padded sentences as tensors: (n, length) indices into the distinct words, (n,) lengths and case kinds.

    Of each of the m distinct words: (m,) rows, (m, `FLAGS`) flags, (m, `WORD_LENGTH`) letters, (m,) shapes,
    (m, `Sizes.meaning`) mapped meanings.
    """

    words: Tensor
    lengths: Tensor
    cases: Tensor
    rows: Tensor
    flags: Tensor
    letters: Tensor
    shapes: Tensor
    meanings: Tensor


class _Nothing(nn.Module):
    """The reading of a language that has no such tags."""

    def forward(self, states: Tensor) -> Tensor:
        return states[..., :0]


class Network(nn.Module):
    """Scores of entity tags, parts of speech and chunk tags for each word."""

    def __init__(self, sizes: Sizes, *, dropout: tuple[float, float] = (0.0, 0.0)) -> None:
        super().__init__()
        self.sizes = sizes
        self.vectors = nn.Embedding(sizes.rows, sizes.vector)
        self.letters = nn.Embedding(len(ALPHABET) + 2, sizes.letter, padding_idx=0)
        self.shapes = nn.Embedding(sizes.shapes, sizes.shape)
        self.convolution = nn.Linear(3 * sizes.letter, sizes.filters)
        self.meanings = nn.Linear(sizes.meaning_inputs, sizes.meaning, bias=False)
        width = sizes.vector + sizes.filters + sizes.meaning + sizes.shape + FLAGS + CASES
        self.forwards = nn.LSTM(width, sizes.hidden)
        self.backwards = nn.LSTM(width, sizes.hidden)
        self.names = nn.Linear(2 * sizes.hidden, sizes.names)
        self.parts = nn.Linear(2 * sizes.hidden, sizes.parts) if sizes.parts else _Nothing()
        self.chunks = nn.Linear(2 * sizes.hidden, sizes.chunks) if sizes.chunks else _Nothing()
        self.transitions = nn.Parameter(torch.zeros(sizes.names, sizes.names))
        self.drop_inputs, self.drop_states = nn.Dropout(dropout[0]), nn.Dropout(dropout[1])

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return (n, length, tags) scores of entity tags, parts of speech and chunk tags."""
        words = torch.cat([self.vectors(batch.rows), self._spell(batch.letters), batch.meanings], 1)
        words = self.drop_inputs(words)
        words = torch.cat([words, self.shapes(batch.shapes), batch.flags], 1)
        length = batch.words.shape[1]
        cases = nn.functional.one_hot(batch.cases, CASES).float()[:, None].expand(-1, length, -1)
        inputs = torch.cat([words[batch.words], cases], 2).transpose(0, 1)
        ahead, _ = self.forwards(inputs)
        turned = _turn(batch.lengths, length)
        behind, _ = self.backwards(inputs.gather(0, turned[:, :, None].expand_as(inputs)))
        behind = behind.gather(0, turned[:, :, None].expand_as(behind))
        state = self.drop_states(torch.cat([ahead, behind], 2)).transpose(0, 1)
        return self.names(state), self.parts(state), self.chunks(state)

    def _spell(self, letters: Tensor) -> Tensor:
        """Return (m, filters): the strongest answer of each filter to three letters in a row."""
        padded = nn.functional.pad(self.letters(letters), (0, 0, 1, 1))
        windows = torch.cat([padded[:, i : i + WORD_LENGTH] for i in range(3)], 2)
        return torch.tanh(self.convolution(windows).amax(1))


def _turn(lengths: Tensor, length: int) -> Tensor:
    """Return (length, n) positions that reverse each sentence within itself and leave its padding."""
    positions = torch.arange(length)[:, None]
    return torch.where(positions < lengths, lengths - 1 - positions, positions)
