"""How the words of a sentence stand to a name in it: how far, and along which path of the tree."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.sounding.words import Word

#: Distances in words from which on the next bucket begins.
_STEPS = (1, 2, 3, 5, 9, 17)
#: Buckets of distances: the name itself, those behind it, those before it.
DISTANCES = 2 * len(_STEPS) + 1
#: Longer paths are not told apart.
LONGEST_PATH = 4
FAR = "far"


class Read(NamedTuple):
    """A sentence as the parser has it: spans of its words in the text, and their tree."""

    spans: Sequence[tuple[int, int]]
    tree: Tree


def distances(words: Sequence[Word], start: int, end: int) -> list[int]:
    """Return the bucket of each word's distance to the name from `start` to `end`: 0 inside it."""
    inside = [i for i, word in enumerate(words) if word.start < end and word.end > start]
    if not inside:
        return [DISTANCES - 1] * len(words)
    found = []
    for i in range(len(words)):
        if i > inside[-1]:
            found.append(bisect_right(_STEPS, i - inside[-1]))
        elif i < inside[0]:
            found.append(len(_STEPS) + bisect_right(_STEPS, inside[0] - i))
        else:
            found.append(0)
    return found


def paths(words: Sequence[Word], read: Read, start: int, end: int) -> list[str]:
    """Return the labels on the way through the tree from the name to each word.

    ``"^nsubj"`` is what the name is the subject of, ``"^nsubj>obj"`` the object beside it; ``""`` the name itself.

    Parameters
    ----------
    words : sequence of Word
        Of the sentence.
    read : Read
        The same sentence.
    start, end : int
        Where the name stands in the text.
    """
    spans, heads = read.spans, read.tree.heads
    inside = {i for i, (first, last) in enumerate(spans) if first < end and last > start}
    if not inside:
        return [FAR] * len(words)
    top = next((i for i in sorted(inside) if heads[i] not in inside), min(inside))
    above = _above(top, heads)
    starts = [first for first, _ in spans]
    own = [max(bisect_right(starts, word.start) - 1, 0) for word in words]
    known = {i: "" if i in inside else _path(i, above, heads, read.tree.labels) for i in set(own)}
    return [known[i] for i in own]


def _above(word: int, heads: Sequence[int]) -> dict[int, int]:
    """Return a word and those above it with the number of arcs between."""
    found: dict[int, int] = {}
    while word >= 0 and word not in found:
        found[word] = len(found)
        word = heads[word]
    return found


def _path(word: int, above: dict[int, int], heads: Sequence[int], labels: Sequence[str]) -> str:
    down: list[str] = []
    while word >= 0 and word not in above:
        down.append(labels[word])
        word = heads[word]
        if len(down) > LONGEST_PATH:
            return FAR
    if word < 0:
        return FAR
    up = [labels[i] for i, far in above.items() if far < above[word]]
    if len(up) + len(down) > LONGEST_PATH:
        return FAR
    return "".join(f"^{label}" for label in up) + "".join(f">{label}" for label in reversed(down))
