"""Stage 3: the token table learns to give MiniLM's vectors for texts of three languages."""

import argparse
import json
import time

import numpy as np
import torch
from common import RUN
from torch.nn import functional as F  # noqa: N812
from towers import Texts, TextTower, tokens, vocabulary

EPOCHS, BATCH, RATE, SPELL = 6, 1024, 2e-3, 0.12
#: Sharpness of the likenesses that the texts of a batch are to have with one another.
SHARP = 20


def start_values(tower, vocab):
    """Rows start at the teacher's vector of the word or its translation alone, weights rise with rarity."""
    starts = torch.from_numpy(np.load(RUN / "starts.npy").astype(np.float32))
    frequency = torch.tensor(vocab["frequency"], dtype=torch.float32)
    with torch.no_grad():
        tower.table[: len(starts)] = starts
        tower.weight[: len(starts)] = torch.log(1e-3 / (1e-3 + frequency))


def pairs(name, kinds=None):
    """Texts of the kinds and the rows of their targets."""
    corpus = json.loads((RUN / f"{name}_texts.json").read_text(encoding="utf-8"))
    target = np.load(RUN / f"{name}_target.npy")
    texts, index, at = [], [], 0
    for kind, found in corpus.items():
        if kinds is None or kind in kinds:
            texts += found
            index.append(np.arange(at, at + len(found)))
        at += len(found)
    return texts, torch.from_numpy(target[np.concatenate(index)].astype(np.float32))


def validation(known):
    """The held-out parts as ``{name: (texts, targets)}``."""
    corpus = json.loads((RUN / "texts.json").read_text(encoding="utf-8"))
    teacher, at, found = np.load(RUN / "teacher.npy"), 0, {}
    for part, texts in corpus.items():
        if part != "train":
            found[part] = Texts(texts, known), torch.from_numpy(teacher[at : at + len(texts)].astype(np.float32))
        at += len(texts)
    for kind in json.loads((RUN / "distil_val_texts.json").read_text(encoding="utf-8")):
        texts, target = pairs("distil_val", {kind})
        found[kind] = Texts(texts, known), target
    return found


def distil_loss(tower, batch, target):
    """Nearness to the target, and the likenesses of the batch as the targets have them (equal targets allowed)."""
    out = tower.as_text(*batch)
    near = 1 - (out * target).sum(1).mean()
    return near + 0.3 * F.cross_entropy(out @ target.T * SHARP, (target @ target.T * SHARP).softmax(1))


def learn(loss, optimisers, schedules):
    """One step of all optimisers and of their schedules."""
    for optimiser in optimisers:
        optimiser.zero_grad()
    loss.backward()
    for part in (*optimisers, *schedules):
        part.step()


def measure(tower, parts):
    """Mean cosine to the targets and share of texts whose own target is the nearest, in per cent."""
    found = {}
    with torch.no_grad():
        for name, (texts, target) in parts.items():
            out = tower.as_text(*texts.batch(np.arange(len(texts))))
            near = (out * target).sum(1).mean()
            first = ((out @ target.T).max(1).values <= (out * target).sum(1) + 1e-5).float().mean()
            found[name] = f"{near:.4f} {100 * first:.1f}"
    return found


def optimisers(tower, steps):
    """Rows of the table move only where a batch touches them; the rest as usual."""
    rest = [p for name, p in tower.named_parameters() if name != "table"]
    both = [
        torch.optim.AdamW(rest, lr=RATE, weight_decay=0.01, fused=True),
        torch.optim.SparseAdam([tower.table], lr=RATE),
    ]
    return both, [torch.optim.lr_scheduler.OneCycleLR(o, RATE, total_steps=steps, pct_start=0.1) for o in both[:1]] + [
        torch.optim.lr_scheduler.OneCycleLR(both[1], RATE, total_steps=steps, pct_start=0.1, cycle_momentum=False)
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="distilled.pt")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    vocab, known = vocabulary(), tokens()
    tower = TextTower(len(vocab["words"]) + len(vocab["han"]) + vocab["buckets"], sparse=True)
    start_values(tower, vocab)
    train, target = pairs("distil")
    begun = time.time()
    parts = validation(known)
    print(f"{len(train)} texts; at the start", measure(tower, parts), flush=True)
    both, schedules = optimisers(tower, args.epochs * (len(train) // BATCH))
    for epoch in range(args.epochs):
        texts = Texts(train, known, spell=SPELL, seed=epoch)
        order = np.random.default_rng(epoch).permutation(len(train))
        for step, at in enumerate(range(0, len(order) - BATCH + 1, BATCH)):
            index = order[at : at + BATCH]
            loss = distil_loss(tower, texts.batch(index), target[torch.from_numpy(index)])
            learn(loss, both, schedules)
            if step % 100 == 0:
                print(f"epoch {epoch} step {step} loss {loss:.3f} {time.time() - begun:.0f} s", flush=True)
        print(f"epoch {epoch}", measure(tower, parts), flush=True)
        torch.save(tower.state_dict(), RUN / args.out)


if __name__ == "__main__":
    main()
