"""The two towers as torch modules, and texts as the flat arrays that the text tower reads."""

import json

import numpy as np
import torch
from common import ROOT, RUN, load_module
from torch import nn
from torch.nn import functional as F  # noqa: N812

TOKENS = load_module("tokens", ROOT / "kgretrieval" / "encoders" / "_words.py")
TEXT, PICTURE, FEATURES = 384, 512, 1280

#: Chance that a text of one word is taken as its n-grams: they learn from words with a meaning.
ALONE = 0.4


def vocabulary():
    """What ``languages.py`` wrote: words of English and German, Chinese ones (`han`), and how to read a text."""
    return json.loads((RUN / "vocabulary.json").read_text(encoding="utf-8"))


def tokens(vocab=None):
    """The tokens of a vocabulary, by default of the one written last."""
    vocab = vocab or vocabulary()
    words = vocab["words"] + vocab["han"]
    parts = {name: vocab[name] for name in ("german", "leans", "simple")}
    return TOKENS.Tokens(words, vocab["buckets"], **parts)


class Texts:
    """Texts as rows and shares of the token table; `spell` is the chance that a word is taken as its n-grams."""

    def __init__(self, texts, tokens, *, spell=0.0, seed=0):
        rng = np.random.default_rng(seed)
        rows, shares, lengths = [], [], []
        for text in texts:
            r, s = tokens.rows(text) if spell == 0 else spelled_rows(text, tokens, spell, rng)
            if not r:
                r, s = [0], [0.0]
            rows += r
            shares += s
            lengths.append(len(r))
        self.rows, self.shares = np.array(rows, np.int64), np.array(shares, np.float32)
        self.lengths = np.array(lengths)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def __len__(self):
        return len(self.lengths)

    def batch(self, index):
        lengths = self.lengths[index]
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        flat = np.repeat(self.starts[index] - offsets, lengths) + np.arange(lengths.sum())
        owner = np.repeat(np.arange(len(index)), lengths)
        return [torch.from_numpy(a) for a in (self.rows[flat], self.shares[flat], offsets, owner)]


def spelled_rows(text, tokens, chance, rng):
    rows, shares = [], []
    runs = list(TOKENS.runs(text))
    if len(runs) == 1:
        chance = max(chance, ALONE)
    lean = tokens.lean([run for run, han in runs if not han])
    for run, han in runs:
        if han:
            r, s = tokens.segments(run)
        elif rng.random() < chance:
            r = tokens.spelled(run)
            s = [1.0 / len(r)] * len(r)
        else:
            r, s = tokens.word(run, lean)
        rows += r
        shares += s
    return rows, shares


class Head(nn.Module):
    """A linear map plus a network of one hidden layer; the second starts at nothing."""

    def __init__(self, wide_in, hidden, wide_out, *, dropout):
        super().__init__()
        self.straight = nn.Linear(wide_in, wide_out)
        self.hidden = nn.Linear(wide_in, hidden)
        self.out = nn.Linear(hidden, wide_out, bias=False)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.out.weight)

    def forward(self, x):
        return self.straight(x) + self.out(self.dropout(F.gelu(self.hidden(x), approximate="tanh")))


class TextTower(nn.Module):
    """A weighted mean of token rows; from it the vector for texts, from that the vector for pictures."""

    def __init__(self, count, *, dropout=0.5, sparse=False):
        super().__init__()
        self.sparse = sparse
        self.table = nn.Parameter(torch.randn(count, TEXT) * 0.02)
        self.weight = nn.Parameter(torch.zeros(count))
        self.bag_norm = nn.LayerNorm(TEXT)
        self.text = Head(TEXT, 768, TEXT, dropout=0.0)
        self.picture = Head(TEXT, 1024, PICTURE, dropout=dropout)
        self.picture_norm = nn.LayerNorm(PICTURE)
        nn.init.eye_(self.text.straight.weight)
        nn.init.zeros_(self.text.straight.bias)

    def as_text(self, rows, shares, offsets, owner):
        w = self.weight[rows].exp() * shares
        total = F.embedding_bag(rows, self.table, offsets, mode="sum", per_sample_weights=w, sparse=self.sparse)
        mass = torch.zeros(len(offsets)).index_add(0, owner, w).clamp_min(1e-9)
        return F.normalize(self.text(self.bag_norm(total / mass[:, None])))

    def as_picture(self, text):
        return F.normalize(self.picture_norm(self.picture(text * TEXT**0.5)))


class PictureHead(nn.Module):
    """Pooled features to the picture space."""

    def __init__(self, mean, std, *, dropout=0.5, drop_features=0.3):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.head = Head(FEATURES, 1024, PICTURE, dropout=dropout)
        self.norm = nn.LayerNorm(PICTURE)
        self.drop = nn.Dropout(drop_features)

    def forward(self, x):
        return F.normalize(self.norm(self.head(self.drop((torch.log1p(x) - self.mean) / self.std))))
