"""The parser's network: two bidirectional LSTMs, five readings of them.

Arcs and labels after Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing" (ICLR 2017);
semantic roles between predicates and the head words of their arguments after Cai, He, Li and Zhao, "A Full
End-to-End Semantic Role Labeler, Syntactic-agnostic Over Syntactic-aware?" (COLING 2018). Batches come in a few fixed
shapes and each direction runs from its own first word, so a sentence gives bit for bit the same scores in whatever
company it comes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from kgretrieval.extractors.tagging.features import ALPHABET, CASES, SHAPES, WORD_LENGTH

FLAGS = 8
#: How two words may stand to each other in a tree: as dependent, head, sibling, dependent of a dependent, ...
WAYS = 6
DISTANCES = 14
# Words whose labels are scored together.
_CACHED = 128


@dataclass(frozen=True)
class ParserSizes:
    """Widths of the layers and numbers of labels; `rows` is that of the tagger's table, `own` of the parser's."""

    rows: int
    own: int
    tags: int
    chunks: int
    names: int
    parts: int
    labels: int
    roles: int
    vector: int = 50
    own_vector: int = 32
    letter: int = 16
    filters: int = 64
    shape: int = 8
    tag: int = 24
    chunk: int = 8
    name: int = 8
    hidden: int = 224
    arc: int = 160
    label: int = 63
    role: int = 79

    def to_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class ParserBatch:
    """Padded sentences as tensors: (n, length) indices into the distinct words, (n,) lengths and case kinds.

    `tags`, `chunks`, `names` are (n, length) labels that the tagger gave. Of each of the m distinct words: (m,) rows
    in the tagger's table and in the parser's own, (m, `FLAGS`) flags, (m, `WORD_LENGTH`) letters, (m,) shapes.
    """

    words: Tensor
    lengths: Tensor
    cases: Tensor
    tags: Tensor
    chunks: Tensor
    names: Tensor
    rows: Tensor
    own: Tensor
    flags: Tensor
    letters: Tensor
    shapes: Tensor


@dataclass(frozen=True)
class Scores:
    """What the network says of each word of a batch, and the states that labels and roles are read from.

    `arcs` is (n, length, length + 1): for each word the root and then each word as its head, those beyond the
    sentence at -inf; `parts` (n, length, parts); `predicates` (n, length), logits.
    """

    arcs: Tensor
    parts: Tensor
    predicates: Tensor
    label_dependents: Tensor
    label_heads: Tensor
    role_predicates: Tensor
    role_words: Tensor


class ParserNetwork(nn.Module):
    """Scores of heads, labels, parts of speech, predicates and roles.

    Parameters
    ----------
    sizes : ParserSizes
    vectors : Tensor
        (rows, vector) the tagger's word vectors; they are no weights of this network.
    dropout : tuple of float
        Of whole input groups, of the inputs of each layer, of the readings.
    """

    vectors: Tensor

    def __init__(
        self, sizes: ParserSizes, vectors: Tensor, *, dropout: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ) -> None:
        super().__init__()
        self.sizes, self.dropout = sizes, dropout
        self.register_buffer("vectors", vectors, persistent=False)
        self.own = nn.Embedding(sizes.own, sizes.own_vector)
        self.letters = nn.Embedding(len(ALPHABET) + 2, sizes.letter, padding_idx=0)
        self.convolution = nn.Linear(3 * sizes.letter, sizes.filters)
        self.shapes = nn.Embedding(SHAPES, sizes.shape)
        self.tags = nn.Embedding(sizes.tags, sizes.tag)
        self.chunks = nn.Embedding(sizes.chunks, sizes.chunk)
        self.names = nn.Embedding(sizes.names, sizes.name)
        width = sizes.vector + sizes.own_vector + sizes.filters + sizes.shape + FLAGS
        width += sizes.tag + sizes.chunk + sizes.name + CASES
        self.lower = nn.ModuleList(nn.LSTM(width, sizes.hidden) for _ in range(2))
        self.upper = nn.ModuleList(nn.LSTM(2 * sizes.hidden, sizes.hidden) for _ in range(2))
        # One matrix for all readings; `_widths` says where each lies in it.
        self._widths = [sizes.arc, sizes.arc, sizes.label, sizes.label, sizes.role, sizes.role]
        self.readings = nn.Linear(2 * sizes.hidden, sum(self._widths))
        self.root = nn.Parameter(torch.randn(2, max(sizes.arc, sizes.label)) * 0.1)
        self.arc = nn.Parameter(torch.randn(sizes.arc + 1, sizes.arc) * 0.02)
        self.label = nn.Parameter(torch.randn(sizes.labels * (sizes.label + 1), sizes.label + 1) * 0.02)
        self.role = nn.Parameter(torch.randn(sizes.roles * (sizes.role + 1), sizes.role + 1) * 0.02)
        self.ways = nn.Embedding(WAYS * sizes.labels + 1, sizes.roles)
        self.distances = nn.Embedding(DISTANCES, sizes.roles)
        self.parts = nn.Linear(2 * sizes.hidden, sizes.parts)
        self.predicates = nn.Linear(2 * sizes.hidden, 1)

    def forward(self, batch: ParserBatch) -> Scores:
        """Return the scores of a batch."""
        state = self._encode(batch)
        read = nn.functional.leaky_relu(self.readings(self._drop(state, self.dropout[2])), 0.1)
        dependents, heads, label_dependents, label_heads, predicates, words = torch.split(
            self._drop(read, self.dropout[2]), self._widths, 2
        )
        state = self._drop(state, self.dropout[2])
        n, length = batch.words.shape
        heads = torch.cat([self.root[0, : self.sizes.arc].expand(n, 1, -1), heads], 1)
        arcs = (_with_one(dependents) @ self.arc) @ heads.transpose(1, 2)
        beyond = torch.arange(length + 1) > batch.lengths[:, None]
        arcs = arcs.masked_fill(beyond[:, None], float("-inf"))
        label_heads = torch.cat([self.root[1, : self.sizes.label].expand(n, 1, -1), label_heads], 1)
        return Scores(
            arcs, self.parts(state), self.predicates(state)[:, :, 0], label_dependents, label_heads, predicates, words
        )

    def label_arcs(self, scores: Scores, heads: Tensor) -> Tensor:
        """Return (n, length, labels) scores of the labels of arcs; `heads` are (n, length), 0 for the root."""
        chosen = scores.label_heads.gather(1, heads[:, :, None].expand(-1, -1, self.sizes.label))
        dependents, governors = (_with_one(one).flatten(0, 1) for one in (scores.label_dependents, chosen))
        # A few words at a time, so that what is between stays in the processor's cache: twice as fast.
        found = [
            ((some @ self.label.T).view(len(some), self.sizes.labels, -1) @ theirs[..., None])[..., 0]
            for some, theirs in zip(torch.split(dependents, _CACHED), torch.split(governors, _CACHED), strict=True)
        ]
        return torch.cat(found).view(*heads.shape, -1)

    def label_roles(self, scores: Scores, sentences: Tensor, places: Tensor, heads: Tensor, labels: Tensor) -> Tensor:
        """Return (k, length, roles) scores of each word as head of an argument of k predicates.

        Parameters
        ----------
        scores : Scores
        sentences, places : Tensor
            (k,) row of the batch and word of each predicate.
        heads, labels : Tensor
            (n, length) of the trees, heads as in `label_arcs`: how a word stands to the predicate in the tree, and how
            far, speaks for a role or against it.
        """
        half = _with_one(scores.role_predicates[sentences, places]) @ self.role.T
        half = half.view(len(sentences), self.sizes.roles, -1)
        found: Tensor = (half @ _with_one(scores.role_words)[sentences].transpose(1, 2)).transpose(1, 2)
        ways = ways_between(heads[sentences], labels[sentences], places, self.sizes.labels)
        found = found + self.ways(ways) + self.distances(_distances(places, heads.shape[1]))
        return found

    def _encode(self, batch: ParserBatch) -> Tensor:
        """Return (n, length, 2 hidden) states."""
        drop = self.dropout[0]
        words = [
            _drop_rows(self.vectors[batch.rows], drop, self.training),
            _drop_rows(self.own(batch.own), drop, self.training),
            _drop_rows(self._spell(batch.letters), drop / 2, self.training),
            self.shapes(batch.shapes),
            batch.flags,
        ]
        n, length = batch.words.shape
        tags = torch.cat([self.tags(batch.tags), self.chunks(batch.chunks), self.names(batch.names)], 2)
        tags = _drop_rows(tags.flatten(0, 1), drop, self.training).view(n, length, -1)
        cases = nn.functional.one_hot(batch.cases, CASES).float()[:, None].expand(-1, length, -1)
        state = torch.cat([torch.cat(words, 1)[batch.words], tags, cases], 2)
        turned = _turn(batch.lengths, length)
        state = _both(self.lower, self._drop(state, self.dropout[1]), turned)
        return _both(self.upper, self._drop(state, self.dropout[1]), turned)

    def _spell(self, letters: Tensor) -> Tensor:
        """Return (m, filters): the strongest answer of each filter to three letters in a row."""
        padded = nn.functional.pad(self.letters(letters), (0, 0, 1, 1))
        windows = torch.cat([padded[:, i : i + WORD_LENGTH] for i in range(3)], 2)
        return torch.tanh(self.convolution(windows).amax(1))

    def _drop(self, state: Tensor, share: float) -> Tensor:
        """Drop the same units in every word of a sentence."""
        if not self.training or not share:
            return state
        mask = torch.rand(state.shape[0], 1, state.shape[2]) >= share
        return state * mask / (1 - share)


def ways_between(heads: Tensor, labels: Tensor, places: Tensor, count: int) -> Tensor:
    """Return (k, length) how each word stands to a predicate in its tree: one of `WAYS`, with a label, or 0.

    Parameters
    ----------
    heads, labels : Tensor
        (k, length) of the trees that hold the predicates; 0 is the root, i + 1 word i.
    places : Tensor
        (k,) words that are the predicates.
    count : int
        Number of labels.
    """
    own = (places + 1)[:, None]
    padded = torch.cat([torch.zeros_like(own), heads], 1)
    above = padded.gather(1, heads)
    head = padded.gather(1, own)
    grand = padded.gather(1, head)
    words = torch.arange(1, heads.shape[1] + 1)[None]
    label = labels.gather(1, places[:, None]).expand_as(labels)
    found = torch.zeros_like(heads)
    # The later ones, which are closer, win.
    for way, (holds, names) in enumerate(
        [
            ((heads == grand) & (head > 0), labels),
            ((words == grand) & (head > 0), label),
            ((above == own) & (heads > 0), labels),
            ((heads == head) & (words != own), labels),
            (words == head, label),
            (heads == own, labels),
        ]
    ):
        found = torch.where(holds, 1 + way * count + names, found)
    return found


def _distances(places: Tensor, length: int) -> Tensor:
    """Return (k, length) on which side of the predicate a word is and how far: powers of two."""
    apart = torch.arange(length)[None] - places[:, None]
    far = torch.bucketize(apart.abs(), torch.tensor([1, 2, 3, 5, 9, 17]), right=True)
    return torch.where(apart < 0, far + DISTANCES // 2, far)


def _both(layers: nn.ModuleList, state: Tensor, turned: Tensor) -> Tensor:
    """Return (n, length, 2 hidden) of a forward and a backward LSTM over (n, length, width)."""
    inputs = state.transpose(0, 1)
    ahead, _ = layers[0](inputs)
    behind, _ = layers[1](inputs.gather(0, turned[:, :, None].expand_as(inputs)))
    behind = behind.gather(0, turned[:, :, None].expand_as(behind))
    return torch.cat([ahead, behind], 2).transpose(0, 1)


def _turn(lengths: Tensor, length: int) -> Tensor:
    """Return (length, n) positions that reverse each sentence within itself and leave its padding."""
    positions = torch.arange(length)[:, None]
    return torch.where(positions < lengths, lengths - 1 - positions, positions)


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, values.new_ones(*values.shape[:-1], 1)], -1)


def _drop_rows(values: Tensor, share: float, training: bool) -> Tensor:
    """Drop whole rows, so that the network learns to do without a kind of input."""
    if not training or not share:
        return values
    return values * (torch.rand(len(values), 1) >= share)
