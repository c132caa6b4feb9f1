"""Sentences of our own about three things, to learn from."""

import itertools

import numpy as np

from kgretrieval.classify.base import Examples, Item

_PARTS = {
    "kitchen": (
        ["The cook", "A baker", "My aunt", "The new chef"],
        ["simmers the soup", "kneads dough", "roasts two carrots", "didn't burn the cake", "peeled an onion"],
        ["for dinner", "with butter!", "in the old oven", "before the guests arrive"],
    ),
    "football": (
        ["The striker", "A goalkeeper", "Our coach", "The visiting team"],
        ["scores a goal", "misses the penalty", "wins the derby", "didn't lose the match", "kicked the ball"],
        ["in extra time", "before half-time!", "in the old stadium", "after a corner"],
    ),
    "trade": (
        ["The bank", "A shareholder", "The exporter", "The central bank"],
        ["raises interest rates", "sells bonds", "reports a loss", "didn't pay a dividend", "cut its forecast"],
        ["this quarter", "at 3% a year", "in a weak market", "before the merger"],
    ),
}
TEXTS = [(" ".join(words) + ".", label) for label, parts in _PARTS.items() for words in itertools.product(*parts)]
LABELS = tuple(sorted(_PARTS))


def examples(each: int = 40, labels: tuple[str, ...] = LABELS, *, first: int = 0) -> Examples:
    """`each` sentences about every thing; other ones where `first` is higher."""
    chosen = []
    for label in labels:
        mine = [text for text, other in TEXTS if other == label]
        # A step that shares no factor with 80 visits every sentence once.
        chosen += [(mine[37 * (first + i) % len(mine)], labels.index(label)) for i in range(each)]
    return Examples(tuple(Item(text) for text, _ in chosen), np.array([a for _, a in chosen], np.int64), labels)
