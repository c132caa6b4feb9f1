"""Train the parser: `python -m training.parser.train RUN`; started again, it goes on after the last pass."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kgretrieval.extractors.parsing.batch import NAME_LABELS, Inventory, collate
from kgretrieval.extractors.parsing.network import ParserNetwork, ParserSizes, Scores
from kgretrieval.extractors.tagging.analysis import Reader, Sentence
from kgretrieval.extractors.tagging.features import WordTable, word_key
from kgretrieval.extractors.tagging.weights import read_arrays, read_card, unpack_layers, unpack_table
from training.parser import data
from training.parser.data import Gold, Pair
from training.parser.vary import vary

CONFIG = {
    "seed": 1,
    "start": "",
    "passes": 8,
    "batch_words": 1000,
    "rate": 3e-3,
    "weight_decay": 1e-4,
    "warm_up": 0.15,
    "betas": [0.9, 0.95],
    "dropout": [0.12, 0.3, 0.3],
    "own_words": 4000,
    "hidden": 224,
    "shares": {"given": 0.35, "headline": 0.06, "title": 0.06, "lower": 0.06, "upper": 0.03},
    "weights": {"arcs": 1.0, "labels": 1.0, "parts": 0.5, "predicates": 0.5, "roles": 1.0},
}


class Labels:
    """The lists of labels, their places, and the tables of words."""

    def __init__(self, lists: dict[str, list[str]], frequent: list[str]) -> None:
        self.lists, self.frequent = lists, frequent
        self.place = {kind: {label: i for i, label in enumerate(labels)} for kind, labels in lists.items()}
        keys = np.array(sorted({word_key(word) for word in frequent}), np.uint32)
        self.keys = keys
        own = WordTable(keys, np.arange(2, len(keys) + 2, dtype=np.uint16), np.zeros(len(keys), np.uint8))
        card = read_card()
        self.tags, self.chunks = list(card.parts), list(card.chunks)
        self.inventory = Inventory(
            unpack_table(read_arrays()),
            own,
            {tag: i + 1 for i, tag in enumerate(self.tags)},
            {tag: i + 1 for i, tag in enumerate(self.chunks)},
        )

    def label(self, label: str) -> int:
        place = self.place["labels"]
        return place.get(label, place.get(label.partition(":")[0], place["dep"]))

    def sizes(self, config: dict, vectors: Tensor) -> ParserSizes:
        return ParserSizes(
            rows=len(vectors),
            own=len(self.keys) + 2,
            tags=len(self.tags) + 1,
            chunks=len(self.chunks) + 1,
            names=NAME_LABELS,
            hidden=config["hidden"],
            **{kind: len(labels) for kind, labels in self.lists.items()},
        )


def tagger_vectors() -> Tensor:
    return torch.from_numpy(unpack_layers(read_arrays())["vectors.weight"])


class Tagged:
    """The sentences with what the tagger says of them; it reads a sentence as it stands only once."""

    def __init__(self) -> None:
        self._reader = Reader(read_card())
        self._known: dict[tuple[str, ...], Sentence] = {}

    def __call__(self, golds: list[Gold], keep: list[bool]) -> list[Sentence]:
        found: list[Sentence | None] = [self._known.get(gold.words) for gold in golds]
        missing = [i for i, sentence in enumerate(found) if sentence is None]
        plain = [Sentence(golds[i].words, tuple((0, 0) for _ in golds[i].words)) for i in missing]
        for i, sentence in zip(missing, self._reader.read(plain), strict=True):
            found[i] = sentence
            if keep[i]:
                self._known[golds[i].words] = sentence
        return found


Item = tuple[Gold, Sentence]


def make_batches(items: list[Item], words: int, rng: random.Random) -> list[list[Item]]:
    """Return batches of sentences of about equal lengths with about `words` words, in random order."""
    order = sorted(items, key=lambda item: len(item[0].words) * (1 + 0.2 * rng.random()))
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(item[0].words) > words:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return groups


def losses(network: ParserNetwork, group: list[Item], labels: Labels) -> dict[str, Tensor]:
    """Return the loss of each reading, a word."""
    golds = [gold for gold, _ in group]
    length = max(len(g.words) for g in golds)
    batch = collate([sentence for _, sentence in group], labels.inventory, length, len(group))
    scores = network(batch)
    heads, arcs, parts, predicates = (torch.full((len(group), length), -100) for _ in range(4))
    for i, g in enumerate(golds):
        size = len(g.words)
        heads[i, :size] = torch.tensor(g.heads) + 1
        arcs[i, :size] = torch.tensor([labels.label(label) for label in g.labels])
        parts[i, :size] = torch.tensor([labels.place["parts"][part] for part in g.parts])
        if g.frames is not None:
            predicates[i, :size] = 0
            predicates[i, list(g.frames)] = 1
    ce = nn.functional.cross_entropy
    found = {
        "arcs": ce(scores.arcs.flatten(0, 1), heads.flatten()),
        "parts": ce(scores.parts.flatten(0, 1), parts.flatten()),
        "labels": ce(network.label_arcs(scores, heads.clamp(min=0)).flatten(0, 1), arcs.flatten()),
    }
    told = predicates >= 0
    if told.any():
        found["predicates"] = nn.functional.binary_cross_entropy_with_logits(
            scores.predicates[told], predicates[told].float()
        )
    chosen = [(i, verb) for i, g in enumerate(golds) for verb in sorted(g.frames or {})]
    if chosen:
        sentences, places = (torch.tensor(column) for column in zip(*chosen, strict=True))
        roles = network.label_roles(scores, sentences, places, *best_trees(network, scores))
        gold_roles = torch.full(roles.shape[:2], -100)
        for k, (i, verb) in enumerate(chosen):
            gold_roles[k, : len(golds[i].words)] = 0
            for role, _, _, head in golds[i].frames[verb]:
                gold_roles[k, head] = labels.place["roles"].get(role, 0)
        found["roles"] = ce(roles.flatten(0, 1), gold_roles.flatten(), reduction="sum") / told.sum()
    return found


def rate(config: dict, progress: float) -> float:
    """Return the learning rate at a share of the whole training: up in a line, down in a cosine."""
    if progress < config["warm_up"]:
        return config["rate"] * (0.04 + 0.96 * progress / config["warm_up"])
    rest = (progress - config["warm_up"]) / (1 - config["warm_up"])
    return config["rate"] * (0.001 + 0.999 * (1 + math.cos(math.pi * rest)) / 2)


@torch.no_grad()
def best_trees(network: ParserNetwork, scores: Scores) -> tuple[Tensor, Tensor]:
    """Return the best head of each word and its label, trees or not."""
    heads = scores.arcs.argmax(2)
    return heads, network.label_arcs(scores, heads).argmax(2)


def one_pass(network, steps, number: int, pairs: list[Pair], labels: Labels, tagged: Tagged, config: dict) -> dict:
    """Train on every sentence once; return the mean losses."""
    rng = random.Random(f"{config['seed']}-{number}")
    torch.manual_seed(config["seed"] * 1000 + number)
    varied = [vary(pair, rng, config["shares"]) for pair in pairs]
    sentences = tagged([gold for gold, _ in varied], [not changed for _, changed in varied])
    items = [(gold, sentence) for (gold, _), sentence in zip(varied, sentences, strict=True)]
    network.train()
    totals: Counter = Counter()
    groups = make_batches(items, config["batch_words"], rng)
    for done, group in enumerate(groups):
        for parameters in steps.param_groups:
            parameters["lr"] = rate(config, (number + done / len(groups)) / config["passes"])
        parts = losses(network, group, labels)
        value = sum(config["weights"][name] * part for name, part in parts.items())
        steps.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        steps.step()
        totals.update({name: part.item() for name, part in parts.items()})
    return {name: round(total / len(groups), 4) for name, total in totals.items()}


@torch.inference_mode()
def measure(network: ParserNetwork, golds: list[Gold], labels: Labels, tagged: Tagged) -> dict[str, float]:
    """Return accuracies with greedy heads, and the F1 of predicates and of heads of roles, predicates given."""
    network.eval()
    items = list(zip(golds, tagged(golds, [True] * len(golds)), strict=True))
    right: Counter = Counter()
    for group in make_batches(items, 3000, random.Random(0)):
        length = max(len(g.words) for g, _ in group)
        scores = network(collate([s for _, s in group], labels.inventory, length, len(group)))
        trees = best_trees(network, scores)
        rows, names = (column.tolist() for column in trees)
        parts = scores.parts.argmax(2).tolist()
        for i, (g, _) in enumerate(group):
            for w, gold_head in enumerate(g.heads):
                same = rows[i][w] - 1 == gold_head
                right.update(words=1, uas=same, upos=labels.lists["parts"][parts[i][w]] == g.parts[w])
                right.update(las=same and labels.lists["labels"][names[i][w]] == g.labels[w])
        count_roles(network, scores, trees, [g for g, _ in group], labels, right)
    found = {name: 100 * right[name] / right["words"] for name in ("upos", "uas", "las")}
    for kind in ("predicate", "role"):
        if right[f"{kind} gold"]:
            found[kind] = 200 * right[f"{kind} right"] / (right[f"{kind} gold"] + right[f"{kind} found"])
    return {name: round(value, 2) for name, value in found.items()}


def count_roles(
    network, scores, trees: tuple[Tensor, Tensor], golds: list[Gold], labels: Labels, right: Counter
) -> None:
    marked = (scores.predicates > 0).tolist()
    for i, g in enumerate(golds):
        if g.frames is not None:
            said = {w for w in range(len(g.words)) if marked[i][w]}
            right["predicate right"] += len(said & set(g.frames))
            right["predicate found"] += len(said)
            right["predicate gold"] += len(g.frames)
    chosen = [(i, verb) for i, g in enumerate(golds) for verb in sorted(g.frames or {})]
    if not chosen:
        return
    sentences, places = (torch.tensor(column) for column in zip(*chosen, strict=True))
    best = network.label_roles(scores, sentences, places, *trees).argmax(2).tolist()
    for (i, verb), row in zip(chosen, best, strict=True):
        g = golds[i]
        gold = {(role, head) for role, _, _, head in g.frames[verb]}
        said = {(labels.lists["roles"][r], w) for w, r in enumerate(row[: len(g.words)]) if r}
        right["role right"] += len(gold & said)
        right["role found"] += len(said)
        right["role gold"] += len(gold)


def train(out: Path, folder: Path, config: dict) -> None:
    torch.manual_seed(config["seed"])
    pairs = [pair for pairs in data.load(folder, "train").values() for pair in pairs]
    dev = data.load(folder, "dev")
    words = Counter(word.lower() for pair in pairs for word in pair.given.words)
    lists = data.inventory([pair.given for pair in pairs])
    labels = Labels(lists, [word for word, n in words.most_common(config["own_words"]) if n > 2])
    tagged, vectors = Tagged(), tagger_vectors()
    network = ParserNetwork(labels.sizes(config, vectors), vectors, dropout=tuple(config["dropout"]))
    print(
        f"{len(pairs)} sentences, {sum(words.values())} words, {sum(p.numel() for p in network.parameters())} weights"
    )
    steps = torch.optim.AdamW(
        network.parameters(), lr=config["rate"], weight_decay=config["weight_decay"], betas=tuple(config["betas"])
    )
    checkpoint, first = out / "last.pt", 0
    if config["start"] and not checkpoint.exists():
        network.load_state_dict(torch.load(config["start"], weights_only=False)["network"])
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        steps.load_state_dict(state["steps"])
        first = state["pass"] + 1
    for number in range(first, config["passes"]):
        begin = time.time()
        mean = one_pass(network, steps, number, pairs, labels, tagged, config)
        seconds = time.time() - begin
        line = {"pass": number, "seconds": round(seconds, 1), "loss": mean}
        line["dev"] = {key: measure(network, [p.given for p in own], labels, tagged) for key, own in dev.items()}
        line["dev ours"] = measure(network, [p.ours for p in dev["ewt"]], labels, tagged)
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        state = {"network": network.state_dict(), "steps": steps.state_dict()}
        state |= {"pass": number, "config": config, "sizes": asdict(network.sizes), "dev": line["dev"]}
        state |= {"lists": lists, "tags": labels.tags, "chunks": labels.chunks, "keys": labels.keys}
        torch.save(state, out / "new.pt")
        (out / "new.pt").replace(checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of this run")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON", help="change one value of CONFIG")
    arguments = parser.parse_args()
    config = CONFIG | {key: json.loads(value) for key, _, value in (s.partition("=") for s in arguments.set)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "config.json").write_text(json.dumps(config, indent=1))
    train(arguments.out, arguments.data, config)


if __name__ == "__main__":
    main()
