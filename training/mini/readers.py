"""The text side while training."""

import torch
from common import RUN
from distil import pairs
from towers import Texts, TextTower, tokens


class Bag:
    """The token table with its networks, held near to the vectors it was distilled from."""

    def __init__(self, args, domains):
        state = torch.load(RUN / args.start)
        self.module = TextTower(len(state["table"]), dropout=args.dropout, sparse=True)
        self.module.load_state_dict(state, strict=False)
        self.tokens, self.weight, self.size = tokens(), args.keep, args.batch
        self.drop_words = args.drop_words
        self.blocks = {id(domain): Texts(domain.flat, self.tokens) for domain in domains}
        corpus, self.target = pairs("distil")
        self.corpus = Texts(corpus, self.tokens, spell=0.05, seed=args.seed)

    def __call__(self, domain, chosen):
        rows, shares, offsets, owner = self.blocks[id(domain)].batch(chosen)
        if self.module.training and self.drop_words:
            shares = without_some(shares, owner, self.drop_words)
        return self.module.as_picture(self.module.as_text(rows, shares, offsets, owner))

    def keep(self, rng):
        """How far the texts' own vectors have gone from the teacher's."""
        index = rng.integers(0, len(self.target), self.size)
        out = self.module.as_text(*self.corpus.batch(index))
        return self.weight * (1 - (out * self.target[torch.from_numpy(index)]).sum(1).mean())

    def groups(self):
        """Parameters: decayed, slow, and those of which a step touches a few rows."""
        apart = {id(self.module.table), id(self.module.weight)}
        return [p for p in self.module.parameters() if id(p) not in apart], [self.module.weight], [self.module.table]


def without_some(shares, owner, chance):
    """Shares with some words left out (none where all would go): rare words are not to be learnt by heart."""
    kept = shares * (torch.rand(len(shares)) >= chance)
    mass = torch.zeros(int(owner[-1]) + 1).index_add(0, owner, kept)
    return torch.where(mass[owner] > 0, kept, shares)
