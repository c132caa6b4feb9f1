"""Stage 4: both towers learn one space from pairs, batch by batch from one set at a time.

First the two heads on the cached features of the frozen network (`--frozen` passes), then the deeper blocks of
the network with them (`--deep` passes, on the cached activations). Goes on where it was stopped, pass by pass.

``python contrast.py --out NAME ...`` prints the recalls on the parts for choosing; the test parts are read by
``kg evaluate retrieval`` alone.
"""

import argparse
import copy
import json
import time

import numpy as np
import torch
from common import RUN, lite_module
from deep import CHUNK, Deep, Engine
from measure import pictures, summary
from readers import Bag
from safetensors.torch import load_file
from sets import VIEWS, training_domains, validation
from torch import nn
from torch.nn import functional as F  # noqa: N812
from towers import PictureHead

SMOOTHING = 0.1
SHARES = {"flickr": 1.0, "news": 0.5, "coco": 0.5, "imagenet": 0.3, "sports": 0.0}


def steps_of(domains, shares, batch, rng):
    """One pass: (name, picture numbers) of each step, sets mixed, each with its share of its pictures."""
    steps = []
    for name, domain in domains.items():
        order = rng.permutation(len(domain))[: int(len(domain) * shares.get(name, 0))]
        size = min(batch, max(len(order), 1))
        steps += [(name, order[at : at + size]) for at in range(0, len(order) - size + 1, size) if len(order) >= 32]
    rng.shuffle(steps)
    return steps


def pair_loss(t, p, keys, scale):
    """Symmetric cross entropy, smoothed; equal texts in a batch are all right answers."""
    logits = scale * t @ p.T
    right = torch.from_numpy((keys[:, None] == keys[None, :]).astype(np.float32))
    right = (1 - SMOOTHING) * right / right.sum(1, keepdim=True) + SMOOTHING / len(keys)
    return (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right.T)) / 2


def one_cycle(done):
    """Share of the highest rate after `done` (0 to 1) of the steps: up over the first fifth, down along a cosine."""
    if done < 0.2:
        return 0.04 + 0.96 * done / 0.2
    return 0.5 * (1 + np.cos(np.pi * (done - 0.2) / 0.8))


class Trainer:
    def __init__(self, args):
        self.args, self.rng = args, np.random.default_rng(args.seed)
        torch.manual_seed(args.seed)
        self.domains = {n: d for n, d in training_domains().items() if args.shares.get(n) and n in args.sets}
        self.val = validation()
        self.text = Bag(args, [*self.domains.values(), *self.val.values()])
        for domain in self.domains.values():
            domain.features = {view: domain.load("lite2", view) for view in args.views if args.frozen}
        seen = torch.cat(
            [torch.log1p(self.domains[n].load("lite2", "plain")) for n in ("flickr", "news") if n in self.domains]
        )
        self.head = PictureHead(
            seen.mean(0), seen.std(0) + 1e-3, dropout=args.dropout, drop_features=args.drop_features
        )
        self.scale = nn.Parameter(torch.tensor(float(np.log(1 / 0.07))))
        net = lite_module()
        net.load_state_dict(load_file(RUN / "lite2.safetensors"))
        self.deep = Deep(net, first=args.first)
        self.engine = Engine(self.deep)

    def batch(self, name, index, deep):
        """Loss of one step; leaves the gradients of everything."""
        domain, args = self.domains[name], self.args
        chosen = domain.draw(index, self.rng)
        keys = np.unique([domain.flat[c] for c in chosen], return_inverse=True)[1]
        if deep:
            loads = [self.loader(domain, index[at : at + CHUNK]) for at in range(0, len(index), CHUNK)]
            pooled, kept = self.engine.forward(loads, grad=True)
            pooled.requires_grad_(True)
        else:
            pooled = domain.features[args.views[self.rng.integers(len(args.views))]][torch.from_numpy(index)]
        t, p, scale = self.text(domain, chosen), self.head(pooled), self.scale.exp().clamp(max=100)
        loss = pair_loss(t, p, keys, scale)
        loss = loss + self.text.keep(self.rng)
        loss.backward()
        if deep:
            self.engine.backward(kept, pooled.grad)
        return loss.item()

    def loader(self, domain, index):
        """A function that reads the activations of some pictures, each in a view drawn at random."""
        views = self.rng.integers(0, len(self.args.views), len(index))
        arrays = [np.load(RUN / f"{domain.name}.{view}.deep.npy", mmap_mode="r") for view in self.args.views]
        rows = domain.chosen[index]
        return lambda: torch.from_numpy(np.stack([arrays[v][r] for v, r in zip(views, rows, strict=True)]))

    def optimisers(self, steps, rate, deep):
        args = self.args
        dense, slow, tables = self.text.groups()
        groups = [
            {"params": [*self.head.parameters(), *dense], "lr": rate, "weight_decay": args.decay},
            {"params": slow, "lr": rate * args.table_rate, "weight_decay": 0.0},
            {"params": [self.scale], "lr": rate, "weight_decay": 0.0},
        ]
        if deep:
            groups.append({"params": self.deep.trained, "lr": args.deep_rate, "weight_decay": 0.05})
        found = [torch.optim.AdamW([g for g in groups if g["params"]])]
        if tables:
            found.append(torch.optim.SparseAdam(tables, lr=rate * args.table_rate))
        shape = lambda step: one_cycle(step / steps)  # noqa: E731
        return found, [torch.optim.lr_scheduler.LambdaLR(optimiser, shape) for optimiser in found]

    def parts(self):
        return {"text": self.text.module, "picture": self.head, "deep": self.deep}

    def go_on_from(self, name):
        """Start from the weights of an earlier run."""
        state = torch.load(RUN / name)
        for part, module in self.parts().items():
            module.load_state_dict(state[part])
        self.scale.data.copy_(state["scale"])

    def run(self):
        if self.args.origin:
            self.go_on_from(self.args.origin)
        for stage, passes, rate in (
            ("frozen", self.args.frozen, self.args.rate),
            ("deep", self.args.deep, self.args.deep_head_rate),
        ):
            if passes:
                self.stage(stage, passes, rate)
        torch.save(
            {n: m.state_dict() for n, m in self.parts().items()} | {"scale": self.scale.detach()}, RUN / self.args.out
        )

    def stage(self, stage, passes, rate):
        deep = stage == "deep"
        batch = self.args.deep_batch if deep else self.args.batch
        plan = [steps_of(self.domains, self.args.shares, batch, self.rng) for _ in range(passes)]
        both, schedules = self.optimisers(sum(map(len, plan)), rate, deep)
        mean = {n: copy.deepcopy(m) for n, m in self.parts().items()} if deep and self.args.average else None
        start, first = time.time(), self.resume(stage, both, schedules)
        for number in range(first, passes):
            losses = []
            for module in self.parts().values():
                module.train()
            self.deep.train(deep)
            for name, index in plan[number]:
                for optimiser in both:
                    optimiser.zero_grad()
                losses.append(self.batch(name, index, deep))
                for part in (*both, *schedules):
                    part.step()
                if mean:
                    self.follow(mean, self.args.average)
            self.keep(stage, number, both, schedules)
            last = (number + 1) % self.args.every == 0 or number + 1 == passes
            self.note(
                stage, number + 1, float(np.mean(losses)), time.time() - start, self.validate(deep) if last else None
            )
        if mean:
            for n, module in self.parts().items():
                module.load_state_dict(mean[n].state_dict())
            self.note("mean of the weights", passes, None, time.time() - start, self.validate(deep))

    def note(self, stage, number, loss, seconds, found):
        """Print how it goes, and keep it for ``curves.py``."""
        line = json.dumps({"stage": stage, "pass": number, "loss": loss, "seconds": round(seconds), "val": found})
        with (RUN / (self.args.out + ".curve.jsonl")).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)

    def follow(self, mean, share):
        with torch.no_grad():
            for n, module in self.parts().items():
                for old, new in zip(mean[n].parameters(), module.parameters(), strict=True):
                    old.lerp_(new, 1 - share)

    def keep(self, stage, number, both, schedules):
        state = {"stage": stage, "pass": number + 1, "rng": self.rng.bit_generator.state, "scale": self.scale.detach()}
        state |= {"parts": [m.state_dict() for m in self.parts().values()]}
        state |= {"steps": [part.state_dict() for part in (*both, *schedules)]}
        part = RUN / (self.args.out + ".part")
        torch.save(state, part.with_suffix(".new"))
        part.with_suffix(".new").replace(part)

    def resume(self, stage, both, schedules):
        part = RUN / (self.args.out + ".part")
        if not (self.args.resume and part.exists()):
            return 0
        state = torch.load(part, weights_only=False)
        if state["stage"] != stage:
            return 0
        for module, saved in zip(self.parts().values(), state["parts"], strict=True):
            module.load_state_dict(saved)
        for one, saved in zip((*both, *schedules), state["steps"], strict=True):
            one.load_state_dict(saved)
        self.rng.bit_generator.state = state["rng"]
        self.scale.data.copy_(state["scale"])
        return state["pass"]

    def validate(self, deep):
        for module in self.parts().values():
            module.eval()
        found = {}
        with torch.no_grad():
            for name, domain in self.val.items():
                t = self.text(domain, np.arange(len(domain.flat)))
                found[name] = summary(name, domain, t, pictures(domain, self.head, self.engine if deep else None))
        return found


def main():
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    add = parser.add_argument
    add("--start", default="distilled.pt")
    add("--from", dest="origin", help="an earlier run whose weights are the start of everything")
    add("--out", default="mini.pt")
    add("--seed", type=int, default=1)
    add("--frozen", type=int, default=20)
    add("--deep", type=int, default=10)
    add("--first", type=int, default=13, help="first block that is trained")
    add("--batch", type=int, default=512)
    add("--deep-batch", type=int, default=512)
    add("--rate", type=float, default=1e-3)
    add("--deep-rate", type=float, default=4e-4)
    add("--deep-head-rate", type=float, default=5e-4)
    add("--decay", type=float, default=0.3)
    add("--dropout", type=float, default=0.5)
    add("--drop-words", type=float, default=0.2)
    add("--drop-features", type=float, default=0.3)
    add("--average", type=float, default=0.0, help="keep of the running mean of the weights at each step")
    add("--keep", type=float, default=1.0, help="weight of the distillation loss")
    add("--table-rate", type=float, default=0.3)
    add("--views", nargs="+", default=list(VIEWS))
    add("--sets", nargs="+", default=list(SHARES))
    add("--every", type=int, default=4)
    add("--resume", action="store_true")
    add("--share", action="append", default=[], help="SET=SHARE of its pictures a pass")
    args = parser.parse_args()
    args.shares = SHARES | {name: float(x) for name, x in (s.split("=") for s in args.share)}
    print(vars(args), flush=True)
    Trainer(args).run()


if __name__ == "__main__":
    main()
