"""What each language is trained and chosen on, and the word table it starts from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kgretrieval.extractors.tagging.features import NUMBER_ROW, WordTable, word_key
from kgretrieval.extractors.tagging.weights import pack_keys, read_arrays, unpack_layers, unpack_table
from training.tagger import data
from training.tagger.data import Sentence

#: Width of the rows of Chinese characters, which start at random.
CHARACTER = 40


@dataclass
class Sets:
    """`train`: what is trained on; `gold`: that which has all labels; `dev`: what is chosen on, the first first."""

    train: list[Sentence]
    gold: list[Sentence]
    dev: dict[str, list[Sentence]]


def sets(folder: Path, config: dict) -> Sets:
    if config["language"] == "en":
        return _english(folder, config)
    every = data.germeval(folder, "test") if config["language"] == "de" else data.cluener(folder, "train")
    held = {i for i in range(len(every)) if i % 10 == 7}
    train = [s for i, s in enumerate(every) if i not in held]
    dev = [s for i, s in enumerate(every) if i in held]
    return Sets(train, every, {"a tenth of the training file": dev})


def english_dev(folder: Path) -> dict[str, list[Sentence]]:
    testa = data.conll(folder, "testa")
    h = data.btc(folder, "h")
    return {
        "testa": testa,
        "testa title": [data.title(s) for s in testa],
        "testa lower": [data.lower(s) for s in testa],
        "testa upper": [data.upper(s) for s in testa],
        "wnut dev": data.wnut(folder, "dev"),
        "btc dev": h[len(h) // 2 :],
    }


def _english(folder: Path, config: dict) -> Sets:
    gold = data.conll(folder, "train")
    train = list(gold)
    if "wnut" in config["extra"]:
        train += data.wnut(folder, "train")
    if "btc" in config["extra"]:
        h = data.btc(folder, "h")
        train += data.btc(folder, "abeg") + h[: len(h) // 2]
    return Sets(train, gold, english_dev(folder))


def table(build: Path, config: dict, sentences: list[Sentence]) -> tuple[WordTable, torch.Tensor]:
    """Return the words with their rows, and the rows."""
    if config["language"] == "zh":
        words = unpack_table(arrays := characters(sentences))
        return words, torch.randn(len(arrays["rows"]) + NUMBER_ROW + 1, CHARACTER) * 0.3
    if config["frozen"]:
        arrays = read_arrays()
        return unpack_table(arrays), torch.from_numpy(unpack_layers(arrays)["vectors.weight"])
    arrays = np.load(build / "table.npz")
    return WordTable(arrays["keys"], arrays["rows"], arrays["flags"]), torch.from_numpy(arrays["vectors"])


def characters(sentences: list[Sentence]) -> dict[str, np.ndarray]:
    """Return the stored words of a table with a row for each character and word seen at least twice."""
    seen = Counter(word.lower() for s in sentences for word in s.words)
    keys = np.array(sorted({word_key(word) for word, count in seen.items() if count > 1}), np.uint32)
    rows = np.arange(len(keys)) + NUMBER_ROW + 1
    return {**pack_keys(keys), "rows": rows.astype(np.uint16), "flags": np.zeros(len(keys), np.uint8)}
