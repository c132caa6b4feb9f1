"""Learns sections from vectors of `mini`: ``python -m training.labels.topics [--out FOLDER]``.

A network of one hidden layer on the 384 numbers of the "text" space, and a few numbers of their own for the commonest
rows of the token table (A. Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017). A coarse label
("World") stands for a set of ours, and what is learned is that one of the set is right (the marginal likelihood of
T. Cour, B. Sapp and B. Taskar, "Learning from Partial Labels", JMLR 12, 2011).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from kgretrieval import encoders
from kgretrieval.encoders.mini_text import TextTower
from training.labels.common import choose_level, expected_calibration_error, pack, write
from training.labels.sets import Example
from training.labels.topic_sets import TOPICS, examples

#: How much an example of each set counts: headlines of the live web are few and closest to what is asked.
WEIGHTS = {"ag": 1.0, "bbc": 2.0, "thuc": 0.7, "newsimages": 3.0, "20ng": 0.5}
#: Share of the inputs, and of a text's rows, that are left out in training.
DROPOUT, LEFT_OUT = 0.2, 0.3
#: Highest rates of learning: of the network, of the rows, of what spreads them.
RATES = (2e-3, 1e-2, 2e-3)
Floats = npt.NDArray[np.float32]


class Texts(NamedTuple):
    """Vectors (n, 384) of texts, the rows of the token table that count (sorted), and which of them each text has."""

    vectors: Floats
    kept: npt.NDArray[np.int64]
    bags: list[npt.NDArray[np.int64]]


class Network(torch.nn.Module):
    """Texts to scores of sections: of the text's vector, and of what some of its rows say beside it."""

    def __init__(self, rows: int, *, hidden: int, own: int, dropout: float) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(384, hidden)
        self.out = torch.nn.Linear(hidden, len(TOPICS))
        self.own = torch.nn.EmbeddingBag(rows, own, mode="sum")
        torch.nn.init.normal_(self.own.weight, 0, 0.01)
        self.spread = torch.nn.Linear(own, len(TOPICS), bias=False)
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, vectors: torch.Tensor, bags: Sequence[npt.NDArray[np.int64]]) -> torch.Tensor:
        """Return (n, sections) scores of (n, 384) vectors and the rows of each text."""
        # Entries of about one, as in the tower itself.
        scaled = vectors * 384**0.5
        hidden = torch.nn.functional.gelu(self.hidden(self.dropout(scaled)), approximate="tanh")
        lengths = np.array([len(bag) for bag in bags])
        starts = torch.from_numpy(np.cumsum(lengths) - lengths)
        sums = self.own(torch.from_numpy(np.concatenate(bags)), starts)
        own = self.spread(sums / torch.from_numpy(np.sqrt(np.maximum(lengths, 1))).float()[:, None])
        return self.out(self.dropout(hidden)) + own


def allowed(found: Sequence[Example]) -> torch.Tensor:
    """Return (n, sections) booleans: what each example may be."""
    return torch.tensor([[topic in example.answers for topic in TOPICS] for example in found])


def loss_of(scores: torch.Tensor, may: torch.Tensor, temperature: float = 1.0) -> torch.Tensor:
    """Return (n,) minus the log probability that one of the allowed sections is right."""
    logs = (scores / temperature).log_softmax(1)
    return -logs.masked_fill(~may, float("-inf")).logsumexp(1)


def train(texts: Texts, found: Sequence[Example], *, hidden: int, own: int, epochs: int, seed: int) -> Network:
    """Return the network after so many passes over the train part."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    places = torch.tensor([i for i, e in enumerate(found) if e.split == "train"])
    may, x = allowed(found), torch.from_numpy(texts.vectors)
    weights = torch.tensor([WEIGHTS.get(e.origin, 1.0) for e in found])
    network = Network(len(texts.kept), hidden=hidden, own=own, dropout=DROPOUT)
    groups = [
        {"params": [*network.hidden.parameters(), *network.out.parameters()], "weight_decay": 0.05},
        {"params": network.own.parameters(), "weight_decay": 0.5},
        {"params": network.spread.parameters(), "weight_decay": 0.01},
    ]
    optimiser = torch.optim.AdamW(groups, lr=RATES[0])
    steps = epochs * (len(places) // 128 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, list(RATES), total_steps=steps)
    for _ in range(epochs):
        network.train()
        for chosen in places[torch.randperm(len(places))].split(128):
            bags = [texts.bags[i] for i in chosen.tolist()]
            bags = [bag[chance.random(len(bag)) >= LEFT_OUT] for bag in bags]
            optimiser.zero_grad()
            loss = (loss_of(network(x[chosen], bags), may[chosen]) * weights[chosen]).mean()
            loss.backward()
            optimiser.step()
            schedule.step()
    return network.eval()


def accuracies(scores: torch.Tensor, found: Sequence[Example], split: str) -> dict[str, float]:
    """Return, by set, how often the best section is one of those allowed."""
    right = allowed(found)[torch.arange(len(found)), scores.argmax(1)].numpy()
    sets = sorted({e.origin for e in found if e.split == split})
    return {s: round(float(right[[e.origin == s and e.split == split for e in found]].mean()), 4) for s in sets}


def main() -> None:
    """Train, choose temperatures and levels on the dev parts, write the files, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--rows", type=int, default=8000, help="how many rows of the token table count")
    parser.add_argument("--own", type=int, default=8, help="numbers of each of these rows")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--vectors", type=Path, help="where the vectors are kept from run to run")
    options = parser.parse_args()
    torch.set_num_threads(1)
    found = list(examples())
    texts = _read(found, options.vectors, options.rows)
    network = train(texts, found, hidden=options.hidden, own=options.own, epochs=options.epochs, seed=0)
    with torch.inference_mode():
        scores = network(torch.from_numpy(texts.vectors), texts.bags)
    print("dev", accuracies(scores, found, "dev"))
    dev = [i for i, e in enumerate(found) if e.split == "dev" and e.origin != "20ng"]
    counts = {s: sum(found[i].origin == s for i in dev) for s in {found[i].origin for i in dev}}
    # Every set of articles counts alike.
    weights = np.array([100 / counts[found[i].origin] for i in dev], np.float32)
    may = allowed([found[i] for i in dev])
    languages = np.array([found[i].language for i in dev])
    temperatures, levels = {}, {}
    for language in ("en", "de", "zh"):
        own = languages == language
        chosen, allow, count = scores[dev][own], may[own], weights[own]
        temperatures[language] = round(_temperature(chosen, allow, torch.from_numpy(count)), 4)
        before, best = ((chosen / t).softmax(1).numpy() for t in (1, temperatures[language]))
        right = allow.numpy()[np.arange(len(best)), best.argmax(1)]
        levels[language] = round(choose_level(best.max(1), right, count, precision=0.9), 4)
        errors = [expected_calibration_error(one.max(1), right) for one in (before, best)]
        sure = np.average(best.max(1) >= levels[language], weights=count)
        print(f"{language}: temperature {temperatures[language]}, ECE {errors[0]:.3f} -> {errors[1]:.3f}", end=", ")
        print(f"level {levels[language]}, sure {sure:.3f}")
    if options.out:
        arrays = pack({name: tensor.detach().numpy() for name, tensor in network.state_dict().items()})
        arrays["own.rows"] = texts.kept.astype(np.uint16)
        card = {"labels": TOPICS, "temperatures": temperatures, "levels": levels}
        card |= {"mini": encoders.load("mini").weights_hash}
        write(options.out, "topics", arrays, card)


def _read(found: Sequence[Example], kept: Path | None, count: int) -> Texts:
    """Encode the texts, and choose the rows that most texts of the train parts have."""
    if kept and kept.is_file():
        saved = np.load(kept)
        vectors, flat, ends = saved["vectors"], saved["rows"], saved["ends"]
        rows = np.split(flat, ends[:-1])
    else:
        tower = TextTower()
        vectors = tower.encode([e.text for e in found], space="text")
        rows = [np.unique(np.array(tower.tokens.rows(e.text)[0], np.int64)) for e in found]
        if kept:
            np.savez(kept, vectors=vectors, rows=np.concatenate(rows), ends=np.cumsum([len(own) for own in rows]))
    seen = Counter(row for e, own in zip(found, rows, strict=True) if e.split == "train" for row in own.tolist())
    chosen = np.array(sorted(row for row, _ in seen.most_common(count)), np.int64)
    place = np.full(1 << 16, -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    return Texts(vectors, chosen, [known[known >= 0] for known in (place[own] for own in rows)])


def _temperature(scores: torch.Tensor, may: torch.Tensor, weights: torch.Tensor) -> float:
    tried = np.geomspace(0.4, 3, 100)
    losses = [float((loss_of(scores, may, t) * weights).sum()) for t in tried]
    return float(tried[int(np.argmin(losses))])


if __name__ == "__main__":
    main()
