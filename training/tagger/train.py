"""Train the tagger: `python -m training.tagger.train RUN`; started again, it goes on after the last epoch."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from pathlib import Path

import torch

from kgretrieval.extractors.tagging.inputs import Inputs
from kgretrieval.extractors.tagging.meanings import Meanings
from kgretrieval.extractors.tagging.network import Network, Sizes
from training.tagger import data, sets
from training.tagger.model import Labels, View, figures, loss, predict
from training.tagger.swap import Names, swap

CONFIG = {
    "language": "en",
    "seed": 1,
    "epochs": 10,
    "batch": 64,
    "warm_up": 0.2,
    "rate": 4e-3,
    "table_rate": 1e-3,
    "weight_decay": 1e-3,
    "dropout": [0.2, 0.4],
    "word_dropout": 0.03,
    "average": 0.998,
    "extra": ["wnut", "btc"],
    "syntax_weight": 0.5,
    "recase": {"title": 0.12, "lower": 0.08, "upper": 0.04},
    "hidden": 200,
    "filters": 80,
    "meaning": 64,
    "frozen": True,
    "swap": 0.0,
    "start": "",
}
#: German and Chinese: small sets, small networks, no parts of speech.
SMALL = {
    "epochs": 20,
    "batch": 32,
    "hidden": 128,
    "filters": 60,
    "meaning": 80,
    "dropout": [0.3, 0.5],
    "extra": [],
    "word_dropout": 0.05,
}
LANGUAGES = {
    "en": {},
    "de": {**SMALL, "recase": {"title": 0.06, "lower": 0.04, "upper": 0.04}},
    "zh": {**SMALL, "frozen": False, "filters": 24, "recase": {"title": 0.0, "lower": 0.0, "upper": 0.0}},
}


def evaluate(network: Network, parts: dict, view: View, labels: Labels) -> dict[str, dict[str, float]]:
    out = {}
    for name, sentences in parts.items():
        kinds = ("LOC", "ORG", "PER") if "btc" in name else ()
        out[name] = figures(sentences, predict(network, sentences, view, labels), kinds=kinds)
    return out


def batches(sentences: list, size: int, rng: random.Random) -> list[list]:
    """Return batches of about equal lengths, in random order."""
    order = sorted(sentences, key=lambda s: len(s.words) + rng.random() * 3)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def make_network(config: dict, labels: Labels, matrix: torch.Tensor, meanings: Meanings) -> Network:
    sizes = Sizes(
        rows=len(matrix),
        names=len(labels.names),
        parts=len(labels.parts),
        chunks=len(labels.chunks),
        vector=matrix.shape[1],
        filters=config["filters"],
        hidden=config["hidden"],
        meaning=config["meaning"],
        meaning_inputs=meanings.width,
        shapes=18 if config["language"] == "zh" else 14,
    )
    network = Network(sizes, dropout=tuple(config["dropout"]))
    with torch.no_grad():
        network.vectors.weight.copy_(matrix)
    network.vectors.weight.requires_grad = not config["frozen"]
    return network


class Steps:
    """The optimisers and their schedules; the table has its own, since only the rows of a batch's words change."""

    def __init__(self, network: Network, config: dict, total: int) -> None:
        network.vectors.sparse = True
        self.fast = [p for name, p in network.named_parameters() if name != "vectors.weight"]
        optimisers: list = [torch.optim.AdamW(self.fast, lr=config["rate"], weight_decay=config["weight_decay"])]
        if not config["frozen"]:
            optimisers.append(torch.optim.SparseAdam([network.vectors.weight], lr=config["table_rate"]))
        schedules = [
            torch.optim.lr_scheduler.OneCycleLR(
                o, o.param_groups[0]["lr"], total_steps=total, pct_start=config["warm_up"], cycle_momentum=False
            )
            for o in optimisers
        ]
        self.parts = [*optimisers, *schedules]

    def step(self) -> None:
        torch.nn.utils.clip_grad_norm_(self.fast, 5.0)
        for part in self.parts:
            part.step()

    def state_dict(self) -> list[dict]:
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states: list[dict]) -> None:
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)


@torch.no_grad()
def follow(average: Network, network: Network, share: float) -> None:
    """Move the running mean of the weights towards the weights."""
    for mean, weight in zip(average.parameters(), network.parameters(), strict=True):
        if weight.requires_grad:
            mean.lerp_(weight, 1 - share)


def varied(sentences: list, config: dict, rng: random.Random, names: Names | None) -> list:
    """Return the sentences of one pass: some with other names, some in another case."""
    if names is not None:
        sentences = [swap(s, rng, names, config["swap"]) if rng.random() < 0.5 else s for s in sentences]
    return [data.recase(s, rng, config["recase"]) for s in sentences]


def one_pass(
    network: Network, average: Network, steps: Steps, sentences: list, view: View, labels: Labels, config: dict, rng
) -> float:
    """Train on every sentence once; return the mean loss."""
    network.train()
    groups = batches(sentences, config["batch"], rng)
    total = 0.0
    for group in groups:
        value = loss(network, group, view.batch(network, group, config["word_dropout"]), labels, config)
        network.zero_grad()
        value.backward()
        steps.step()
        follow(average, network, config["average"])
        total += value.item()
    return total / len(groups)


def train(out: Path, folder: Path, config: dict) -> None:
    torch.manual_seed(config["seed"])
    chosen = sets.sets(folder, config)
    table, matrix = sets.table(out.parent, config, chosen.train)
    meanings = Meanings(config["language"])
    view = View(Inputs(config["language"], table, meanings), meanings)
    labels = Labels(chosen.gold)
    network = make_network(config, labels, matrix, meanings)
    if config["start"]:
        network.load_state_dict(torch.load(config["start"])["average"])
    average = copy.deepcopy(network)
    names = Names(folder) if config["swap"] else None
    steps = Steps(network, config, -(-len(chosen.train) // config["batch"]) * config["epochs"])
    checkpoint, first = out / "last.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        steps.load_state_dict(state["steps"])
        first = state["epoch"] + 1
    for epoch in range(first, config["epochs"]):
        rng = random.Random(f"{config['seed']}-{epoch}")
        torch.manual_seed(config["seed"] * 1000 + epoch)
        begin = time.time()
        variants = varied(chosen.train, config, rng, names)
        mean = one_pass(network, average, steps, variants, view, labels, config, rng)
        seconds = time.time() - begin
        every = epoch == config["epochs"] - 1 or epoch % 3 == 2
        head = dict([next(iter(chosen.dev.items()))])
        scores = evaluate(average, chosen.dev if every else head, view, labels)
        line = {"epoch": epoch, "seconds": round(seconds, 1), "loss": round(mean, 4), "dev": scores}
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        state = {"network": network.state_dict(), "average": average.state_dict(), "steps": steps.state_dict()}
        state |= {"epoch": epoch, "labels": vars(labels), "config": config, "sizes": network.sizes.to_dict()}
        torch.save(state | {"dev": scores}, checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of this run; table.npz lies in the folder above it")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default="en")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON", help="change one value of CONFIG")
    arguments = parser.parse_args()
    config = CONFIG | {"language": arguments.language} | LANGUAGES[arguments.language]
    config |= {key: json.loads(value) for key, _, value in (s.partition("=") for s in arguments.set)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "config.json").write_text(json.dumps(config, indent=1))
    train(arguments.out, arguments.data, config)


if __name__ == "__main__":
    main()
