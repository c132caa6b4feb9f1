"""Examples in an order and in parts that depend on what they are alone, not on how they came."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import numpy as np

from kgretrieval.classify.base import Examples, Item, Numbers
from kgretrieval.errors import UsageError


def digest(item: Item) -> bytes:
    """Return 32 bytes that stand for what a model sees of an item."""
    found = hashlib.sha256(f"{item.language}\0{item.text}\0".encode("utf-8", "surrogatepass"))
    if item.picture is not None:
        found.update(np.ascontiguousarray(item.picture, np.float32).tobytes())
    return found.digest()


def data_hash(examples: Examples) -> str:
    """Return a SHA-256 in hex of items and labels, the same for every order."""
    labels = [examples.labels[answer] for answer in examples.answers.tolist()]
    rows = sorted(digest(item) + label.encode() for item, label in zip(examples.items, labels, strict=True))
    return hashlib.sha256(b"\0".join(rows)).hexdigest()


def in_order(examples: Examples) -> Examples:
    """Return the examples in the order of their digests, without the labels that none of them has.

    Raises
    ------
    UsageError
        If they have fewer than two labels.
    """
    there = np.unique(examples.answers)
    if len(there) < 2:
        seen = f"the only label is {examples.labels[there[0]]!r}" if len(there) else "there is no example"
        raise UsageError(f"a model learns to tell labels apart: {seen}, give examples of at least two")
    keys = [(digest(item), answer) for item, answer in zip(examples.items, examples.answers.tolist(), strict=True)]
    chosen = examples.chosen(sorted(range(len(keys)), key=keys.__getitem__))
    answers = np.searchsorted(there, chosen.answers)
    return Examples(chosen.items, answers, tuple(examples.labels[i] for i in there.tolist()), chosen.weights)


def folds_of(examples: Examples, number: int, *, seed: int = 0) -> Numbers:
    """Return the fold, 0 to ``number - 1``, of each example: each label is spread evenly over them.

    Equal items with the same label lie in one fold, and neither order nor other labels change an example's fold.
    Where examples are so few that nothing would lie in a fold, there are fewer of them.
    """
    by_label: dict[int, dict[bytes, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (item, answer) in enumerate(zip(examples.items, examples.answers.tolist(), strict=True)):
        key = hashlib.sha256(digest(item) + str(seed).encode()).digest()
        by_label[answer][key].append(place)
    folds = np.zeros(len(examples), np.int64)
    for answer, groups in by_label.items():
        # Labels of few examples do not all begin with the same fold.
        first = int.from_bytes(hashlib.sha256(f"{examples.labels[answer]}\0{seed}".encode()).digest()[:4], "big")
        for rank, key in enumerate(sorted(groups)):
            folds[groups[key]] = (first + rank) % number
    there: Numbers = np.unique(folds, return_inverse=True)[1].astype(np.int64)
    return there


def joined(first: Examples, second: Examples) -> Examples:
    """Return both, one after the other; they have the same labels."""
    weights = None
    if first.weights is not None or second.weights is not None:
        both = [np.ones(len(one), np.float32) if one.weights is None else one.weights for one in (first, second)]
        weights = np.concatenate(both)
    answers = np.concatenate([first.answers, second.answers])
    return Examples((*first.items, *second.items), answers, first.labels, weights)
