"""Train the tagger: `python -m training.tagger.train RUN`; started again, it goes on after the last epoch."""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

from kgretrieval.extractors._crf import IMPOSSIBLE, Chain, best_paths, forward_scores, masks
from kgretrieval.extractors._features import WORD_LENGTH, WordTable, case_id, character_ids, shape_id
from kgretrieval.extractors._network import Batch, Network, Sizes
from training.tagger import data
from training.tagger.data import Sentence

CONFIG = {
    "seed": 1,
    "epochs": 10,
    "batch": 64,
    "warm_up": 0.2,
    "rate": 4e-3,
    "table_rate": 1e-3,
    "weight_decay": 1e-3,
    "dropout": [0.2, 0.4],
    "word_dropout": 0.03,
    "flags": True,
    "extra": ["wnut", "btc"],
    "syntax_weight": 0.5,
    "recase": {"title": 0.12, "lower": 0.08, "upper": 0.04},
    "hidden": 200,
}
TYPES = ("LOC", "MISC", "ORG", "PER")


class Labels:
    """The three lists of labels, and which entity tags a gold tag allows."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self.names = ["O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BIES")]
        self.parts = sorted({part for s in sentences for part in s.parts})
        self.chunks = sorted({chunk for s in sentences for chunk in s.chunks})

    def allowed(self, sentence: Sentence) -> torch.Tensor:
        """Return (words, tags) 0 where a tag is allowed."""
        rows = {}
        for tag in set(sentence.names):
            free = sentence.open_types if tag == "O" else ()
            rows[tag] = [0.0 if name == tag or name[2:] in free else IMPOSSIBLE for name in self.names]
        return torch.tensor([rows[tag] for tag in sentence.names])


def collate(sentences: list[Sentence], table: WordTable, config: dict, rng: random.Random | None = None) -> Batch:
    """Return one batch; with `rng`, words lose their rows and flags at random."""
    distinct = {word: i for i, word in enumerate(dict.fromkeys(w for s in sentences for w in s.words))}
    found = table.look_up(list(distinct))
    rows, flags = np.array([f[0] for f in found]), np.array([f[1] for f in found], np.uint8)
    if not config["flags"]:
        flags[:] = 0
    if rng is not None:
        dropped = np.array([rng.random() < config["word_dropout"] for _ in found])
        rows = np.where(dropped, 0, rows)
    words = torch.zeros(len(sentences), max(len(s.words) for s in sentences), dtype=torch.long)
    for i, s in enumerate(sentences):
        words[i, : len(s.words)] = torch.tensor([distinct[w] for w in s.words])
    letters = np.frombuffer(b"".join(map(character_ids, distinct)), np.uint8).reshape(-1, WORD_LENGTH)
    return Batch(
        words=words,
        lengths=torch.tensor([len(s.words) for s in sentences]),
        cases=torch.tensor([case_id(s.words) for s in sentences]),
        rows=torch.from_numpy(rows),
        flags=torch.from_numpy(np.unpackbits(flags[:, None], axis=1).astype(np.float32)),
        letters=torch.from_numpy(letters.astype(np.int64)),
        shapes=torch.tensor([shape_id(w) for w in distinct]),
    )


def chain(network: Network, labels: Labels) -> Chain:
    possible = masks(labels.names)
    return possible._replace(steps=network.transitions + possible.steps)


def loss(network: Network, sentences: list[Sentence], batch: Batch, labels: Labels, config: dict) -> torch.Tensor:
    names, parts, chunks = network(batch)
    links = chain(network, labels)
    allowed = torch.zeros(names.shape)
    for i, s in enumerate(sentences):
        allowed[i, : len(s.words)] = labels.allowed(s)
    total = torch.logsumexp(forward_scores(names, links, batch.lengths)[:, -1] + links.ends, 1)
    gold = torch.logsumexp(forward_scores(names + allowed, links, batch.lengths)[:, -1] + links.ends, 1)
    weights = torch.tensor([s.weight for s in sentences])
    value = ((total - gold) * weights).sum() / batch.lengths.sum()
    for scores, lists, index in ((parts, "parts", labels.parts), (chunks, "chunks", labels.chunks)):
        gold_tags = torch.full(scores.shape[:2], -100)
        place = {tag: i for i, tag in enumerate(index)}
        for i, s in enumerate(sentences):
            tags = getattr(s, lists)
            gold_tags[i, : len(tags)] = torch.tensor([place[tag] for tag in tags], dtype=torch.long)
        if (gold_tags >= 0).any():
            value = value + config["syntax_weight"] * torch.nn.functional.cross_entropy(
                scores.flatten(0, 1), gold_tags.flatten(), ignore_index=-100
            )
    return value


@torch.inference_mode()
def predict(network: Network, sentences: list[Sentence], table: WordTable, labels: Labels, config: dict) -> list[tuple]:
    network.eval()
    out: list[tuple] = [()] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
    for first in range(0, len(order), 128):
        chosen = order[first : first + 128]
        batch = collate([sentences[i] for i in chosen], table, config)
        names, parts, chunks = network(batch)
        paths = best_paths(names, chain(network, labels), batch.lengths)
        for row, i in enumerate(chosen):
            n = len(sentences[i].words)
            out[i] = (
                [labels.names[t] for t in paths[row, :n].tolist()],
                [labels.parts[t] for t in parts[row, :n].argmax(1).tolist()],
                [labels.chunks[t] for t in chunks[row, :n].argmax(1).tolist()],
            )
    return out


def entity_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    plain = [{"S": "B", "E": "I"}.get(tag[0], tag[0]) + tag[1:] for tag in tags]
    return set(data.spans(plain))


def figures(gold: list[Sentence], predicted: list[tuple], *, kinds: tuple[str, ...] = TYPES) -> dict[str, float]:
    """Return precision, recall and F1 of exact spans with types, and accuracies of parts and chunk spans."""
    right = found = wanted = part_right = part_all = 0
    chunk_right = chunk_all = 0
    for s, (names, parts, chunks) in zip(gold, predicted, strict=True):
        g = {e for e in entity_spans(list(s.names)) if e[2] in kinds}
        p = {e for e in entity_spans(names) if e[2] in kinds}
        right, found, wanted = right + len(g & p), found + len(p), wanted + len(g)
        if s.parts:
            part_right += sum(a == b for a, b in zip(s.parts, parts, strict=True))
            part_all += len(parts)
            cg, cp = set(data.spans(list(s.chunks))), set(data.spans(chunks))
            chunk_right += len(cg & cp)
            chunk_all += len(cp) + len(cg)
    result = {
        "p": 100 * right / max(found, 1),
        "r": 100 * right / max(wanted, 1),
        "f1": 200 * right / max(found + wanted, 1),
    }
    if part_all:
        result |= {"pos": 100 * part_right / part_all, "chunk_f1": 200 * chunk_right / max(chunk_all, 1)}
    return {key: round(value, 2) for key, value in result.items()}


def dev_sets(folder: Path) -> dict[str, list[Sentence]]:
    testa = data.conll(folder, "testa")
    h = data.btc(folder, "h")
    return {
        "testa": testa,
        "testa title": [data.title(s) for s in testa],
        "testa lower": [data.lower(s) for s in testa],
        "wnut dev": data.wnut(folder, "dev"),
        "btc dev": h[len(h) // 2 :],
    }


def evaluate(network, sets, table, labels, config) -> dict[str, dict[str, float]]:
    out = {}
    for name, sentences in sets.items():
        kinds = ("LOC", "ORG", "PER") if "btc" in name else TYPES
        out[name] = figures(sentences, predict(network, sentences, table, labels, config), kinds=kinds)
    return out


def load_table(build: Path) -> tuple[WordTable, np.ndarray]:
    arrays = np.load(build / "table.npz")
    return WordTable(arrays["keys"], arrays["rows"], arrays["flags"]), arrays["vectors"]


def batches(sentences: list[Sentence], size: int, rng: random.Random) -> list[list[Sentence]]:
    """Return batches of about equal lengths, in random order."""
    order = sorted(sentences, key=lambda s: len(s.words) + rng.random() * 3)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def make_network(config: dict, labels: Labels, matrix: np.ndarray) -> Network:
    sizes = Sizes(
        rows=len(matrix),
        names=len(labels.names),
        parts=len(labels.parts),
        chunks=len(labels.chunks),
        vector=matrix.shape[1],
        hidden=config["hidden"],
    )
    network = Network(sizes, dropout=tuple(config["dropout"]))
    with torch.no_grad():
        network.vectors.weight.copy_(torch.from_numpy(matrix))
    return network


def training_sentences(folder: Path, config: dict, gold: list[Sentence]) -> list[Sentence]:
    sentences = list(gold)
    if "wnut" in config["extra"]:
        sentences += data.wnut(folder, "train")
    if "btc" in config["extra"]:
        h = data.btc(folder, "h")
        sentences += data.btc(folder, "abeg") + h[: len(h) // 2]
    return sentences


class Steps:
    """The optimisers and their schedules; the table has its own, since only the rows of a batch's words change."""

    def __init__(self, network: Network, config: dict, total: int) -> None:
        network.vectors.sparse = True
        self.fast = [p for name, p in network.named_parameters() if name != "vectors.weight"]
        optimisers = [
            torch.optim.AdamW(self.fast, lr=config["rate"], weight_decay=config["weight_decay"]),
            torch.optim.SparseAdam([network.vectors.weight], lr=config["table_rate"]),
        ]
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


def one_pass(
    network: Network, steps: Steps, sentences: list, table: WordTable, labels: Labels, config: dict, rng
) -> float:
    """Train on every sentence once; return the mean loss."""
    network.train()
    groups = batches([data.recase(s, rng, config["recase"]) for s in sentences], config["batch"], rng)
    total = 0.0
    for group in groups:
        value = loss(network, group, collate(group, table, config, rng), labels, config)
        network.zero_grad()
        value.backward()
        steps.step()
        total += value.item()
    return total / len(groups)


def train(out: Path, folder: Path, config: dict) -> None:
    torch.manual_seed(config["seed"])
    table, matrix = load_table(out.parent)
    gold = data.conll(folder, "train")
    labels = Labels(gold)
    sentences = training_sentences(folder, config, gold)
    sets = dev_sets(folder)
    network = make_network(config, labels, matrix)
    steps = Steps(network, config, -(-len(sentences) // config["batch"]) * config["epochs"])
    checkpoint, first = out / "last.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        steps.load_state_dict(state["steps"])
        first = state["epoch"] + 1
    for epoch in range(first, config["epochs"]):
        rng = random.Random(f"{config['seed']}-{epoch}")
        torch.manual_seed(config["seed"] * 1000 + epoch)
        begin = time.time()
        mean = one_pass(network, steps, sentences, table, labels, config, rng)
        seconds = time.time() - begin
        every = epoch == config["epochs"] - 1 or epoch % 2 == 1
        scores = evaluate(network, sets if every else {"testa": sets["testa"]}, table, labels, config)
        line = {"epoch": epoch, "seconds": round(seconds, 1), "loss": round(mean, 4), "dev": scores}
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        state = {"network": network.state_dict(), "steps": steps.state_dict(), "epoch": epoch, "labels": vars(labels)}
        torch.save(state | {"config": config, "sizes": network.sizes.to_dict(), "dev": scores}, checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of this run; table.npz lies in the folder above it")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=JSON", help="change one value of CONFIG")
    arguments = parser.parse_args()
    config = CONFIG | {key: json.loads(value) for key, _, value in (s.partition("=") for s in arguments.set)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "config.json").write_text(json.dumps(config, indent=1))
    train(arguments.out, arguments.data, config)


if __name__ == "__main__":
    main()
