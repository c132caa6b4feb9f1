"""Trains the rankers of coreference on GUM and GAP.

python -m training.coreference.train PREPARED LEXICON OUT
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch import nn

from training.coreference.instances import Half, Instance
from training.coreference.measure import gap_counts, gum_counts

NAMES = ("pronoun", "noun")
BATCH = 16


class Net(nn.Module):
    """One hidden layer and a direct way past it; `kgretrieval.extractors.anaphora.model.Scorer` runs it."""

    def __init__(self, width: int, hidden: int, drop: float) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(width, hidden), nn.Linear(hidden, 1, bias=False)
        self.direct = nn.Linear(width, 1, bias=False)
        self.drop, self.inputs = nn.Dropout(drop), nn.Dropout(0.5 * drop)
        nn.init.zeros_(self.direct.weight)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        features = self.inputs(features)
        return (self.out(self.drop(torch.relu(self.hidden(features)))) + self.direct(features))[:, 0]

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        hidden = self.hidden.weight.detach().numpy().T
        scale = np.maximum(np.abs(hidden).max(axis=0), 1e-6).astype(np.float16)
        rounded = np.clip(np.rint(hidden / scale.astype(np.float32) * 127), -127, 127).astype(np.int8)
        others = {"bias": self.hidden.bias, "out": self.out.weight[0], "direct": self.direct.weight[0]}
        found = {k: v.detach().numpy().astype(np.float16).copy() for k, v in others.items()}
        return {f"{name}.{k}": v for k, v in {**found, "hidden": np.ascontiguousarray(rounded), "scale": scale}.items()}


class Ranker(nn.Module):
    def __init__(self, widths: dict[str, tuple[int, int]], hidden: int, drop: float) -> None:
        super().__init__()
        self.pair = nn.ModuleDict({name: Net(own[0], hidden, drop) for name, own in widths.items()})
        self.none = nn.ModuleDict({name: Net(own[1], max(8, hidden // 2), drop) for name, own in widths.items()})

    def shares(self, name: str, half: Half) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the shares of the candidates and of none."""
        row = torch.from_numpy(half.pairs.row)
        nothing = self.none[name](torch.from_numpy(half.pairs.context))
        scores = self.pair[name](torch.from_numpy(half.pairs.features)) if len(row) else nothing[:0]
        highest = nothing.detach().scatter_reduce(0, row, scores.detach(), "amax")
        raised, base = torch.exp(scores - highest[row]), torch.exp(nothing - highest)
        total = base.index_add(0, row, raised)
        return raised / total[row], base / total

    def arrays(self) -> dict[str, np.ndarray]:
        found = {}
        for name in NAMES:
            found |= self.pair[name].arrays(f"{name}.pair") | self.none[name].arrays(f"{name}.none")
        return found


def resolve(ranker: Ranker, one: Instance) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the shares of the entities, and the loss of what is repeated directly."""
    number = len(one.anaphors)
    named, chained = torch.zeros(number * one.entities), torch.zeros(number * number)
    direct = torch.zeros(())
    for name, half in zip(NAMES, (one.pronoun, one.noun), strict=True):
        if not len(half.pairs.anaphors):
            continue
        shares, none = ranker.shares(name, half)
        at = half.row[half.names] * one.entities + half.entity[half.names]
        named = named.index_add(0, torch.from_numpy(at), shares[torch.from_numpy(half.names)])
        at = half.row[half.again] * number + half.through[half.again]
        chained = chained.index_add(0, torch.from_numpy(at), shares[torch.from_numpy(half.again)])
        if half.known.any():
            right = torch.zeros(len(none)).index_add(
                0, torch.from_numpy(half.pairs.row[half.right]), shares[torch.from_numpy(half.right)]
            )
            any_right = torch.zeros(len(none), dtype=torch.bool)
            any_right[half.pairs.row[half.right]] = True
            direct = direct - torch.log(torch.where(any_right, right, none) + 1e-6).sum()
    system = torch.eye(number) - chained.view(number, number)
    found = torch.linalg.solve_triangular(system, named.view(number, one.entities), upper=False, unitriangular=True)
    return found, direct


def loss_of(ranker: Ranker, one: Instance, weights: dict[str, float]) -> torch.Tensor:
    found, direct = resolve(ranker, one)
    total = direct
    weight = weights.get(one.genre.partition("-")[0], weights["gum"])
    for row, entities in one.wanted:
        total = total - weight * torch.log(found[row, entities].sum() + 1e-4)
    for row, entities in one.unwanted:
        if entities:
            total = total - weight * torch.log((1.0 - found[row, entities].sum()).clamp(min=1e-4))
    return total


def usable(one: Instance) -> bool:
    return len(one.anaphors) > 0 and (bool(one.wanted) or bool(one.unwanted))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sets", default="gum_train,gap_development,ecb_train")
    for name, value in (("hidden", 40), ("passes", 7), ("seed", 0), ("members", 4)):
        parser.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("rate", 3e-3), ("decay", 1e-3), ("drop", 0.35), ("share", 0.5), ("gap", 2.5), ("ecb", 0.3)):
        parser.add_argument(f"--{name}", type=float, default=value)
    options = parser.parse_args()
    torch.set_num_threads(1)
    with options.prepared.open("rb") as file:
        sets = pickle.load(file)
    members = [train(sets, options, seed) for seed in range(options.seed, options.seed + options.members)]
    merged = merge(members)
    print("merged", json.dumps(evaluate(merged, sets)), flush=True)
    save_file({**load_file(options.lexicon), **merged.arrays()}, options.out)


def train(sets: dict[str, list[Instance]], options: argparse.Namespace, seed: int) -> Ranker:
    """Return a ranker trained on the sets that the options name."""
    torch.manual_seed(seed)
    random.seed(seed)
    instances = [one for name in options.sets.split(",") for one in sets[name] if usable(one)]
    first = max(sets["gum_train"], key=lambda one: len(one.anaphors))
    widths = {
        name: (half.pairs.features.shape[1], half.pairs.context.shape[1])
        for name, half in zip(NAMES, (first.pronoun, first.noun), strict=True)
    }
    ranker = Ranker(widths, options.hidden, options.drop)
    optimizer = torch.optim.AdamW(ranker.parameters(), lr=options.rate, weight_decay=options.decay)
    batches = -(-len(instances) // BATCH)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=batches * options.passes)
    weights = {"gum": options.share, "gap": options.gap, "ecb": options.ecb}
    for epoch in range(options.passes):
        random.shuffle(instances)
        ranker.train()
        total = 0.0
        for at in range(0, len(instances), BATCH):
            losses = [loss_of(ranker, one, weights) for one in instances[at : at + BATCH]]
            loss = torch.stack(losses).sum() / BATCH
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(ranker.parameters(), 5.0)
            optimizer.step()
            plan.step()
            total += float(loss.detach())
        if epoch % 4 == 3 or epoch == options.passes - 1:
            print(seed, epoch, round(total / batches, 3), json.dumps(evaluate(ranker, sets)), flush=True)
    return ranker


def merge(members: list[Ranker]) -> Ranker:
    """Return one ranker whose scores are the means of the members': their hidden layers side by side."""
    first = members[0]
    widths = {name: (first.pair[name].direct.in_features, first.none[name].direct.in_features) for name in NAMES}
    merged = Ranker(widths, first.pair["noun"].hidden.out_features * len(members), 0.0)
    for name in NAMES:
        for kind in ("pair", "none"):
            nets = [getattr(member, kind)[name] for member in members]
            net = Net(nets[0].direct.in_features, sum(one.hidden.out_features for one in nets), 0.0)
            net.hidden.weight.data = torch.cat([one.hidden.weight.data for one in nets])
            net.hidden.bias.data = torch.cat([one.hidden.bias.data for one in nets])
            net.out.weight.data = torch.cat([one.out.weight.data for one in nets], 1) / len(nets)
            net.direct.weight.data = torch.stack([one.direct.weight.data for one in nets]).mean(0)
            getattr(merged, kind)[name] = net
    return merged


def evaluate(ranker: Ranker, sets: dict[str, list[Instance]]) -> dict[str, object]:
    ranker.eval()
    found = {}
    with torch.no_grad():
        for name in ("gap_validation", "gum_dev", "ecb_dev"):
            answers = [(one, resolve(ranker, one)[0].numpy()) for one in sets[name] if len(one.anaphors)]
            found[name] = gap_counts(answers) if name.startswith("gap") else gum_counts(answers)
    return found


if __name__ == "__main__":
    main()
