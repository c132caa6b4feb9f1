"""Trains the network of tones: ``python -m training.labels.tones SETS.pkl --out NETWORK.pt``.

Texts and names together: the recurrent layers learn from 35,000 texts what words say, and from 8,700 names about whom.
A text of many sentences has the sum of their scores, divided by a power of their number (a logarithmic opinion pool:
C. Genest and J. V. Zidek, "Combining Probability Distributions", Statistical Science 1, 1986).
"""

from __future__ import annotations

import argparse
import pickle
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.labels.network import Network, Sizes
from training.labels.opinion_sets import TONES, TOWARDS
from training.labels.prepared import Sets

#: How much a text of each set counts.
WEIGHTS = {"ag": 0.2, "thuc": 0.2, "knowledgenet": 0.3, "trec": 0.2, "newsmtsc": 0.5}
#: A word of the lexicon as a text of its own, and how good or bad it must be.
WORD_WEIGHT, VALENCE = 0.3, 1.0
#: By which power of their number the scores of sentences are divided.
POOLED = 0.5
BATCH = 64


def padded(lists: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Return (n, longest) numbers and (n,) lengths."""
    lengths = torch.tensor([len(one) for one in lists])
    found = torch.zeros(len(lists), int(lengths.max()), dtype=torch.long)
    for row, one in zip(found, lists, strict=True):
        row[: len(one)] = torch.tensor(one)
    return found, lengths


def text_scores(network: Network, documents: list[list[list[int]]], power: float = POOLED) -> Tensor:
    """Return (n, tones) scores of texts."""
    words, lengths = padded([sentence for sentences in documents for sentence in sentences])
    scores = network.tones(network.states(words, lengths), lengths)
    owner = torch.tensor([i for i, sentences in enumerate(documents) for _ in sentences])
    count = torch.bincount(owner).float()[:, None]
    return torch.zeros(len(documents), scores.shape[1]).index_add(0, owner, scores) / count**power


def name_scores(network: Network, names: list) -> Tensor:
    """Return (n, 3) scores of names."""
    words, lengths = padded([words for _, words, _, _ in names])
    far, _ = padded([far for _, _, far, _ in names])
    ways, _ = padded([ways for *_, ways in names])
    beyond = torch.arange(words.shape[1]) >= lengths[:, None]
    # Padding is no part of the name.
    return network.about(network.states(words, lengths), lengths, far.masked_fill(beyond, 1), ways)


def marginal(scores: Tensor, may: Tensor) -> Tensor:
    """Return (n,) minus the log probability of the tones that are allowed."""
    return -scores.log_softmax(1).masked_fill(~may, float("-inf")).logsumexp(1)


def macro_f1(found: np.ndarray, gold: np.ndarray, classes: int = 3) -> float:
    """Return the mean F1 of the classes."""
    each = []
    for one in range(classes):
        hit = ((found == one) & (gold == one)).sum()
        each.append(2 * hit / max((found == one).sum() + (gold == one).sum(), 1))
    return float(np.mean(each))


def as_three(scores: Tensor) -> np.ndarray:
    """Return negative 0, neutral or nothing 1, positive 2 of scores of tones."""
    p = scores.softmax(1)
    return torch.stack([p[:, 0], p[:, 1] + p[:, 2], p[:, 3]], 1).argmax(1).numpy()


class Training:
    """All sets as the network wants them, in an order that the seed decides."""

    def __init__(
        self, sets: Sets, table: np.ndarray, *, dropout: float, word_dropout: float, seed: int, **sizes
    ) -> None:
        torch.manual_seed(seed)
        self.sets = sets
        own = torch.zeros(len(sets.keys), dtype=torch.long)
        for key, row in sets.own.items():
            own[sets.keys[key]] = row
        sizes = Sizes(own=len(sets.own) + 1, paths=len(sets.paths), **sizes)
        self.network = Network(sizes, torch.from_numpy(table.astype(np.float32)), own, dropout)
        self.network.word_dropout = word_dropout
        self.documents = [d for d in sets.documents if d[0].split == "train"]
        self.words = [(word, good) for word, good in sets.words if abs(good) >= VALENCE]
        self.names = [n for n in sets.names if n[0].part == "train"]

    def steps(self) -> list[tuple[str, list[int]]]:
        """Return one pass: batches of texts, of words and of names, mixed; texts of about one length together."""
        found: list[tuple[str, list[int]]] = []
        for kind, lengths in (
            ("text", [sum(map(len, sentences)) for _, sentences in self.documents]),
            ("word", [1] * len(self.words)),
            ("name", [len(words) for _, words, _, _ in self.names]),
        ):
            noisy = torch.tensor(lengths, dtype=torch.float) * (1 + 0.3 * torch.rand(len(lengths)))
            order = torch.argsort(noisy).tolist() if kind != "word" else torch.randperm(len(lengths)).tolist()
            size = 256 if kind == "word" else BATCH
            found += [(kind, order[at : at + size]) for at in range(0, len(order), size)]
        return [found[i] for i in torch.randperm(len(found)).tolist()]

    def go_on(self, file: Path) -> None:
        """Take a trained network, of which only the reading of tones is to be learned again."""
        self.network.load_state_dict(torch.load(file, weights_only=False)["state"])
        for name, weight in self.network.named_parameters():
            weight.requires_grad = name.startswith(("tone.", "weigh."))
        self.names = []

    def loss(self, kind: str, chosen: list[int]) -> Tensor:
        """Return the mean loss of a batch."""
        if kind == "name":
            names = [self.names[i] for i in chosen]
            gold = torch.tensor([n[0].polarity + 1 for n in names])
            return torch.nn.functional.cross_entropy(name_scores(self.network, names), gold, label_smoothing=0.05)
        if kind == "word":
            tones = [TONES.index("positive" if self.words[i][1] > 0 else "negative") for i in chosen]
            scores = text_scores(self.network, [[[self.words[i][0]]] for i in chosen])
            return WORD_WEIGHT * torch.nn.functional.cross_entropy(scores, torch.tensor(tones))
        documents = [self.documents[i] for i in chosen]
        may = torch.tensor([[tone in e.answers for tone in TONES] for e, _ in documents])
        weights = torch.tensor([WEIGHTS.get(e.origin, 1.0) for e, _ in documents])
        return (marginal(text_scores(self.network, [s for _, s in documents]), may) * weights).mean()

    def run(self, epochs: int, rate: float) -> None:
        """Train, and print what the dev parts say after each pass."""
        total = epochs * len(self.steps())
        learned = [weight for weight in self.network.parameters() if weight.requires_grad]
        optimiser = torch.optim.AdamW(learned, lr=rate, weight_decay=0.02)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=total + epochs * 2, pct_start=0.2)
        for epoch in range(epochs):
            began = time.time()
            self.network.train()
            for kind, chosen in self.steps():
                optimiser.zero_grad()
                self.loss(kind, chosen).backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
            print(epoch, figures(self.network, self.sets, "dev"), f"{time.time() - began:.0f} s", flush=True)


def figures(network: Network, sets: Sets, split: str) -> dict[str, float]:
    """Return accuracy (two tones) or macro F1 (three) by set, and macro F1 of names by part."""
    network.eval()
    found: dict[str, float] = {}
    with torch.inference_mode():
        for origin in ("sst", "airline", "phrasebank", "chnsenticorp"):
            documents = [(e, s) for e, s in sets.documents if e.split == split and e.origin == origin]
            scores = torch.cat(
                [text_scores(network, [s for _, s in documents[at : at + 128]]) for at in range(0, len(documents), 128)]
            )
            gold = np.array(
                [0 if "negative" in e.answers else 2 if "positive" in e.answers else 1 for e, _ in documents]
            )
            three = as_three(scores)
            if origin in ("sst", "chnsenticorp"):
                polar = gold != 1
                two = (scores[:, TONES.index("positive")] > scores[:, 0]).numpy()
                found[origin + "-2"] = round(float((two == (gold == 2))[polar].mean()), 4)
            if origin != "chnsenticorp":
                found[origin] = round(macro_f1(three, gold), 4)
        for part in (f"rw_{split}", f"mt_{split}"):
            names = [n for n in sets.names if n[0].part == part]
            scores = torch.cat([name_scores(network, names[at : at + 128]) for at in range(0, len(names), 128)])
            gold = np.array([n[0].polarity + 1 for n in names])
            found[part] = round(macro_f1(scores.argmax(1).numpy(), gold, len(TOWARDS)), 4)
    return found


def main() -> None:
    """Train one network and write its state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hidden", type=int, default=48)
    parser.add_argument("--go-on", type=Path, help="a network whose reading of tones alone is learned again")
    options = parser.parse_args()
    torch.set_num_threads(1)
    sets, table = pickle.loads(options.sets.read_bytes())
    training = Training(
        sets,
        table,
        dropout=options.dropout,
        word_dropout=options.word_dropout,
        seed=options.seed,
        hidden=options.hidden,
    )
    if options.go_on:
        training.go_on(options.go_on)
    training.run(options.epochs, options.rate)
    if options.out:
        torch.save({"sizes": training.network.sizes, "state": training.network.state_dict()}, options.out)


if __name__ == "__main__":
    main()
