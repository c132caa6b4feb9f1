"""Stage 4d: the rows of the hashed n-grams learn to stand for the words they are part of; all else stays as it is.

``python grams.py IN OUT``: a word that is spelled, also with a slip of the keyboard, gets the vector that the trained
tower has for the word itself; a text of which some words are spelled the teacher's.
"""

import random
import sys

import numpy as np
import torch
from common import RUN
from distil import distil_loss, learn, pairs
from towers import Texts, TextTower, tokens, vocabulary

STEPS, BATCH, RATE, SPELL = 1500, 1024, 3e-3, 0.1
#: Shares of a batch: words as they are, words with a slip; the rest are texts of which some words are spelled.
WORDS, SLIPS = 0.25, 0.25
KINDS = ("en", "de_phrase", "de_sentence")


def slip(word, rng):
    """A word with two letters swapped, one left out, one twice or one wrong."""
    at = rng.randrange(1, len(word) - 1)
    changed = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
    )
    return rng.choice(changed)


class Only:
    """Keeps the gradients of the n-grams' rows alone."""

    def __init__(self, tower, first):
        tower.table.register_hook(lambda grad: self.cut(grad.coalesce(), first))
        tower.weight.register_hook(lambda grad: grad * (torch.arange(len(grad)) >= first))

    @staticmethod
    def cut(grad, first):
        kept = grad.indices()[0] >= first
        return torch.sparse_coo_tensor(grad.indices()[:, kept], grad.values()[kept], grad.shape)


class Spelled:
    """Batches of texts with spelled words, the words as they are meant, and the targets of the texts."""

    def __init__(self, known, vocab):
        self.known, self.rng = known, random.Random(17)
        # Frequent words come first in each language, and are met misspelt most.
        first, end = vocab["german"]
        words = vocab["words"]
        self.words = [w for w in words[: first // 2] * 2 + words[first // 2 : end] if len(w) >= 4]
        self.texts, self.target = pairs("distil", KINDS)

    def batch(self, number):
        words, slips = int(WORDS * BATCH), int(SLIPS * BATCH)
        alone = self.rng.choices(self.words, k=words)
        meant = self.rng.choices([w for w in self.rng.choices(self.words, k=3 * slips) if len(w) >= 6], k=slips)
        chosen = [self.rng.randrange(len(self.texts)) for _ in range(BATCH - words - slips)]
        spelled = [
            Texts(alone, self.known, spell=1.0, seed=number),
            Texts([slip(w, self.rng) for w in meant], self.known, spell=1.0, seed=number),
            Texts([self.texts[i] for i in chosen], self.known, spell=SPELL, seed=number),
        ]
        return joined(spelled), Texts([*alone, *meant], self.known), self.target[chosen]


def joined(blocks):
    """Several blocks of texts as one."""
    out = Texts([], None)
    out.rows, out.shares = (np.concatenate([getattr(b, name) for b in blocks]) for name in ("rows", "shares"))
    out.lengths = np.concatenate([b.lengths for b in blocks])
    out.starts = np.concatenate([[0], np.cumsum(out.lengths)[:-1]])
    return out


def main():
    torch.set_num_threads(2)
    torch.manual_seed(1)
    state, vocab, known = torch.load(RUN / sys.argv[1]), vocabulary(), tokens()
    text = state.get("text", state)
    tower = TextTower(len(text["table"]), sparse=True)
    tower.load_state_dict(text, strict=False)
    first = len(vocab["words"]) + len(vocab["han"])
    Only(tower, first)
    spelled = Spelled(known, vocab)
    both = torch.optim.SparseAdam([tower.table], lr=RATE), torch.optim.Adam([tower.weight], lr=RATE)
    schedules = [torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS) for optimiser in both]
    for step in range(STEPS):
        batch, clean, target = spelled.batch(step)
        with torch.no_grad():
            target = torch.cat([tower.as_text(*clean.batch(np.arange(len(clean)))), target])
        loss = distil_loss(tower, batch.batch(np.arange(BATCH)), target)
        learn(loss, both, schedules)
        if step % 100 == 0:
            print(f"step {step} loss {loss:.4f}", flush=True)
    text.update({name: value for name, value in tower.state_dict().items() if name in ("table", "weight")})
    torch.save(state, RUN / sys.argv[2])


if __name__ == "__main__":
    main()
