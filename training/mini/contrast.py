"""Stage 4: both towers learn one space from pairs, batch by batch from one set at a time.

``python contrast.py --out NAME [--share news=0.4 ...]`` prints the recalls on the held-out parts;
the test parts are read by ``report.py`` alone.
"""

import argparse
import json
import time

import numpy as np
import torch
from common import RUN
from sets import training_domains, validation
from torch.nn import functional as F  # noqa: N812
from towers import TOKENS, PictureHead, Texts, TextTower, vocabulary

PASSES, BATCH, RATE, DECAY, SMOOTHING = 22, 512, 1e-3, 0.3, 0.1
SHARES = {"flickr": 1.0, "zh": 0.3, "news": 0.4, "coco": 0.5, "imagenet": 0.3, "sports": 0.0}


def recalls(queries, answers, right, tops):
    """Shares of queries of which one of the right answers is among the best `tops`, in per cent."""
    best = (queries @ answers.T).topk(max(tops), 1).indices.numpy()
    hit = np.array([[a in right[q] for a in row] for q, row in enumerate(best)])
    return [round(100 * float(hit[:, :k].any(1).mean()), 1) for k in tops]


def evaluate(text, head, domain, tops=(1, 5, 10)):
    """Text to picture and picture to text of one set, pictures as the mean of plain and flipped."""
    text.eval(), head.eval()
    with torch.no_grad():
        t = text.as_picture(text.as_text(*domain.block.batch(np.arange(len(domain.block)))))
        views = [head(domain.features[v]) for v in ("plain", "flip") if v in domain.features]
        p = F.normalize(sum(views))
    owner = [i for i, texts in enumerate(domain.texts) for _ in texts]
    forward = recalls(t, p, [{i} for i in owner], tops)
    backward = recalls(p, t, [set(texts) for texts in domain.texts], tops)
    text.train(), head.train()
    return forward, backward


def steps_of(domains, shares, rng):
    """One pass: (name, picture numbers) of each step, sets mixed, each with its share of its pictures."""
    steps = []
    for name, domain in domains.items():
        order = rng.permutation(len(domain))[: int(len(domain) * shares.get(name, 0))]
        size = min(BATCH, max(len(order), 1))
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
        vocab = vocabulary()
        self.tokens = TOKENS.Tokens(vocab["words"] + vocab["han"], vocab["buckets"])
        state = torch.load(RUN / args.start)
        self.text = TextTower(len(state["table"]), sparse=True)
        self.text.load_state_dict(state)
        self.domains = training_domains(self.tokens)
        seen = torch.cat([torch.log1p(self.domains[n].features["plain"]) for n in ("flickr", "news")])
        self.head = PictureHead(seen.mean(0), seen.std(0) + 1e-3)
        self.scale = torch.nn.Parameter(torch.tensor(float(np.log(1 / 0.07))))
        self.load_teacher()

    def load_teacher(self):
        corpus = json.loads((RUN / "texts.json").read_text(encoding="utf-8"))["train"]
        self.target = torch.from_numpy(np.load(RUN / "teacher.npy")[: len(corpus)].astype(np.float32))
        self.corpus = Texts(corpus, self.tokens, spell=0.05, seed=self.args.seed)

    def optimisers(self, steps):
        """One for the few rows of the table that a step touches, one for the rest, and their one-cycle schedules."""
        apart = {id(self.text.table), id(self.text.weight)}
        rest = [p for m in (self.text, self.head) for p in m.parameters() if id(p) not in apart]
        slow = RATE * self.args.table_rate
        groups = [
            {"params": rest, "lr": RATE, "weight_decay": DECAY},
            {"params": [self.text.weight], "lr": slow, "weight_decay": 0.0},
            {"params": [self.scale], "lr": RATE, "weight_decay": 0.0},
        ]
        both = [torch.optim.AdamW(groups, fused=True), torch.optim.SparseAdam([self.text.table], lr=slow)]
        shape = lambda step: one_cycle(step / steps)  # noqa: E731
        return both, [torch.optim.lr_scheduler.LambdaLR(optimiser, shape) for optimiser in both]

    def pairs(self, name, index):
        domain = self.domains[name]
        view = list(domain.features)[self.rng.integers(len(domain.features))]
        chosen = np.array([self.rng.choice(domain.texts[i]) for i in index])
        keys = np.array([domain.keys[c] for c in chosen])
        text = self.text.as_picture(self.text.as_text(*domain.block.batch(chosen)))
        return pair_loss(
            text, self.head(domain.features[view][torch.from_numpy(index)]), keys, self.scale.exp().clamp(max=100)
        )

    def distil(self):
        index = self.rng.integers(0, len(self.target), BATCH // 2)
        out = self.text.as_text(*self.corpus.batch(index))
        return 1 - (out * self.target[torch.from_numpy(index)]).sum(1).mean()

    def run(self):
        plan = [steps_of(self.domains, self.args.shares, self.rng) for _ in range(self.args.passes)]
        optimisers, schedules = self.optimisers(sum(map(len, plan)))
        start = time.time()
        for number, steps in enumerate(plan):
            for name, index in steps:
                loss = self.pairs(name, index) + self.args.keep * self.distil()
                for optimiser in optimisers:
                    optimiser.zero_grad()
                loss.backward()
                for part in (*optimisers, *schedules):
                    part.step()
            if (number + 1) % 11 == 0 or number + 1 == len(plan):
                print(number + 1, f"loss {loss:.3f} {time.time() - start:.0f} s", self.validate(), flush=True)
        torch.save({"text": self.text.state_dict(), "picture": self.head.state_dict()}, RUN / self.args.out)

    def validate(self):
        if not hasattr(self, "val"):
            self.val = validation(self.tokens)
        found = {}
        for name, domain in self.val.items():
            if domain.features:
                forward, backward = evaluate(self.text, self.head, domain, (1, 5, 10, 100))
                found[name] = f"{forward} {backward} sum {sum(forward[:3]) + sum(backward[:3]):.1f}"
        found["kept"] = round(1 - self.distil().item(), 4)
        return json.dumps(found)


def main():
    torch.set_num_threads(2)
    parser = argparse.ArgumentParser()
    parser.add_argument("--start", default="distilled.pt")
    parser.add_argument("--out", default="mini.pt")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--keep", type=float, default=1.0, help="weight of the distillation loss")
    parser.add_argument("--table-rate", type=float, default=0.3)
    parser.add_argument("--share", action="append", default=[], help="SET=SHARE of its pictures a pass")
    args = parser.parse_args()
    args.shares = SHARES | {name: float(x) for name, x in (s.split("=") for s in args.share)}
    print(vars(args), flush=True)
    Trainer(args).run()


if __name__ == "__main__":
    main()
