"""Stage 3: the token table learns to give MiniLM's vectors; Chinese captions give the mean of the English ones."""

import argparse
import json
import time

import numpy as np
import torch
from common import RUN, rows
from torch.nn import functional as F  # noqa: N812
from towers import TOKENS, Texts, TextTower, vocabulary

EPOCHS, BATCH, RATE = 5, 1024, 2e-3


def start_values(tower, vocab, place, teacher):
    """Rows start at the teacher's vector of the word alone, weights rise with rarity."""
    words = vocab["words"]
    with torch.no_grad():
        tower.table[: len(words)] = torch.from_numpy(teacher[[place[w] for w in words]].astype(np.float32))
        counts = torch.tensor(vocab["counts"], dtype=torch.float32).clamp_min(1)
        frequency = counts / counts.sum()
        tower.weight[: len(counts)] = torch.log(1e-3 / (1e-3 + frequency))


def chinese(place, teacher):
    """Chinese captions of the training pictures, one to three joined, and the mean vector of the English captions."""
    rng = np.random.default_rng(3)
    texts, targets = [], []
    for record in rows("flickr8k"):
        if record["split"] != "train":
            continue
        mean = teacher[[place[c] for c in record["captions"]]].astype(np.float32).mean(0)
        zh = record["captions_zh"]
        texts += zh + ["".join(rng.permutation(zh)[: rng.integers(2, 4)]) for _ in range(2)]
        targets += [mean / np.linalg.norm(mean)] * (len(zh) + 2)
    return texts, np.array(targets, np.float32)


def distil_loss(tower, batch, target):
    out = tower.as_text(*batch)
    near = 1 - (out * target).sum(1).mean()
    return near + 0.3 * F.cross_entropy(out @ target.T * 20, torch.arange(len(out)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="distilled.pt")
    out = RUN / parser.parse_args().out
    torch.manual_seed(1)
    torch.set_num_threads(2)
    vocab = vocabulary()
    corpus = json.loads((RUN / "texts.json").read_text(encoding="utf-8"))
    teacher = np.load(RUN / "teacher.npy")
    place = {text: i for i, text in enumerate(corpus["train"])}
    tokens = TOKENS.Tokens(vocab["words"] + vocab["han"], vocab["buckets"])
    tower = TextTower(len(vocab["words"]) + len(vocab["han"]) + vocab["buckets"])
    start_values(tower, vocab, place, teacher)
    zh_texts, zh_targets = chinese(place, teacher)
    train = corpus["train"] + zh_texts
    target = torch.from_numpy(np.concatenate([teacher[: len(corpus["train"])].astype(np.float32), zh_targets]))
    val, val_target = Texts(corpus["val"], tokens), torch.from_numpy(teacher[len(corpus["train"]) :].astype(np.float32))
    steps = EPOCHS * (len(train) // BATCH)
    optimiser = torch.optim.AdamW(tower.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    start, begin = time.time(), 0
    kept = RUN / "distil.part.pt"
    if kept.exists():
        saved = torch.load(kept)
        for part, state in zip((tower, optimiser, schedule), saved["parts"], strict=True):
            part.load_state_dict(state)
        begin = saved["epoch"] + 1
    for epoch in range(begin, EPOCHS):
        texts = Texts(train, tokens, spell=0.1, seed=epoch)
        order = np.random.default_rng(epoch).permutation(len(train))
        for at in range(0, len(order) - BATCH + 1, BATCH):
            index = order[at : at + BATCH]
            loss = distil_loss(tower, texts.batch(index), target[torch.from_numpy(index)])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        with torch.no_grad():
            near = (tower.as_text(*val.batch(np.arange(len(val)))) * val_target).sum(1).mean()
        print(f"epoch {epoch} loss {loss:.3f} val cosine {near:.4f} {time.time() - start:.0f} s", flush=True)
        parts = [part.state_dict() for part in (tower, optimiser, schedule)]
        torch.save({"epoch": epoch, "parts": parts}, kept)
    torch.save(tower.state_dict(), out)
    kept.unlink()


if __name__ == "__main__":
    main()
