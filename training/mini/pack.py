"""The text tower as the tensors of its weight file: the token table in 4 bits, the networks in 8."""

import json

import numpy as np
from common import RUN
from towers import Texts, tokens

#: Rows that get 8 bits, levels of 4 bits; texts of English and of each other kind that say which rows are used most.
FINE, LEVELS, ENGLISH, OTHERS = 3_500, 16, 40_000, 8_000
#: The unit matrix and a little more: 8 bits for a row with a 1 in it would leave nothing of the little.
STRAIGHT = "text.straight.weight"


def best_levels(numbers, rounds=30):
    """The levels of least squared error (Lloyd's algorithm), in rising order."""
    levels = np.quantile(numbers, (np.arange(LEVELS) + 0.5) / LEVELS)
    for _ in range(rounds):
        nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, numbers)
        levels = np.array([numbers[nearest == i].mean() for i in range(LEVELS)])
    return levels.astype(np.float32)


def coded(rows, levels):
    """Codes and scales of the rows; each scale is the one of least squared error for its codes."""
    middle = (levels[1:] + levels[:-1]) / 2
    scale = np.sqrt((rows**2).mean(1)).clip(1e-6)
    for _ in range(3):
        codes = np.searchsorted(middle, rows / scale[:, None])
        found = levels[codes]
        scale = ((rows * found).sum(1) / (found**2).sum(1)).clip(1e-6)
    scale = scale.astype(np.float16)
    return np.searchsorted(middle, rows / scale.astype(np.float32)[:, None]).astype(np.uint8), scale


def two_a_byte(codes):
    return (codes[:, ::2] | codes[:, 1::2] << 4).astype(np.uint8)


def most_used(weight):
    """The rows that weigh most in the texts of training."""
    corpus = json.loads((RUN / "distil_texts.json").read_text(encoding="utf-8"))
    rng = np.random.default_rng(5)
    most = {kind: ENGLISH if kind == "en" else OTHERS for kind in corpus}
    texts = [text for kind, found in corpus.items() for text in rng.permutation(found)[: most[kind]]]
    block = Texts(texts, tokens())
    return np.sort(np.argsort(-np.bincount(block.rows, block.shares * weight[block.rows], len(weight)))[:FINE])


def packed_table(table, used):
    columns = np.sqrt((table**2).mean(0)).clip(1e-6).astype(np.float16)
    rows = table / columns.astype(np.float32)
    lengths = np.sqrt((rows**2).mean(1, keepdims=True)).clip(1e-6)
    levels = best_levels((rows / lengths)[:: max(1, len(rows) // 4000)].ravel()).astype(np.float16).astype(np.float32)
    codes, scale = coded(rows, levels)
    left = rows[used] - levels[codes[used]] * scale[used].astype(np.float32)[:, None]
    fine, fine_scale = coded(left, levels)
    return {
        "table": two_a_byte(codes), "table.scale": scale, "table.levels": levels.astype(np.float16),
        "table.columns": columns, "table.fine": two_a_byte(fine), "table.fine.scale": fine_scale,
        "table.fine.rows": used.astype(np.int32),
    }  # fmt: skip


def without_kind(state, share):
    """The state with the vectors of the kinds, weighed by `share`, moved into the biases of the picture network.

    Its first maps are linear, so a vector added before them is one added to their biases.
    """
    state = {name: value.float() for name, value in state.items()}
    kind = state.pop("kind", None)
    if kind is not None:
        added = sum(s * vector for s, vector in zip(share, kind, strict=True))
        for part in ("straight", "hidden"):
            state[f"picture.{part}.bias"] = state[f"picture.{part}.bias"] + state[f"picture.{part}.weight"] @ added
    return state


def text_tensors(state, vocab, share=(0.5, 0.5)):
    """Tensors of the weight file, the networks still to be rounded, and the notes of the file."""
    state = without_kind(state, share)
    weight = state.pop("weight").exp().numpy()
    tensors = packed_table(state.pop("table").numpy(), most_used(weight))
    tensors[STRAIGHT] = state.pop(STRAIGHT).numpy().astype(np.float16)
    tensors["weight"] = weight.astype(np.float16)
    tensors["words"] = np.frombuffer("\n".join(vocab["words"] + vocab["han"]).encode(), np.uint8)
    tensors["simple"] = np.frombuffer(vocab["simple"].encode(), np.uint8)
    tensors["leans"] = np.array(vocab["leans"], np.int8)
    first, end = vocab["german"]
    return tensors, state, {"format": "mini-text.v2", "buckets": str(vocab["buckets"]), "german": f"{first} {end}"}
