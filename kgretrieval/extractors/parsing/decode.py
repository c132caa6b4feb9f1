"""Scores of arcs to trees: the best head of each word, made one tree with one root where they are none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def decode(scores: npt.NDArray[np.float32], lengths: Integers) -> Integers:
    """Return (n, length) heads, 0 for the root and i + 1 for word i: of each sentence the words' heads form a tree.

    Parameters
    ----------
    scores : (n, length, length + 1) float32
        Of the root and of each word as the head of each word.
    lengths : (n,) int64
        Words of each sentence; the heads of what is beyond are 0.
    """
    words = np.arange(scores.shape[1])
    scores[:, words, words + 1] = -np.inf
    inside = words < lengths[:, None]
    heads: Integers = np.where(inside, scores.argmax(2), 0)
    for row in np.flatnonzero(~_are_trees(heads, inside)):
        size = int(lengths[row])
        heads[row, :size] = best_tree(scores[row, :size, : size + 1].astype(np.float64))
    return heads


def _are_trees(heads: Integers, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return (n,) whether the heads of a sentence form one tree with one root."""
    above = np.concatenate([np.zeros((len(heads), 1), np.int64), heads], axis=1)
    # Each turn doubles the steps towards the root; what is not there in the end goes in circles.
    for _ in range(int(above.shape[1]).bit_length()):
        above = np.take_along_axis(above, above, axis=1)
    roots = ((heads == 0) & inside).sum(1)
    found: npt.NDArray[np.bool_] = (above == 0).all(1) & (roots == 1)
    return found


def best_tree(scores: Floats) -> Integers:
    """Return the heads of the best tree with one root: (size, size + 1) scores to (size,) heads, 0 for the root.

    After Chu and Liu, "On the Shortest Arborescence of a Directed Graph" (1965), and Edmonds, "Optimum Branchings"
    (1967); each word is tried as the root until no other can win.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, np.int64)
    square = np.full((size + 1, size + 1), -np.inf)
    square[1:, 1:] = scores[:, 1:]
    np.fill_diagonal(square, -np.inf)
    # The best heads without regard to circles are what a tree can reach at most.
    bounds = square[1:].max(1).sum() - square[1:].max(1) + scores[:, 0]
    best, heads = -np.inf, np.zeros(size, np.int64)
    for root in np.argsort(-bounds, kind="stable"):
        if bounds[root] <= best:
            break
        tried = square.copy()
        tried[root + 1] = -np.inf
        tried[root + 1, 0] = scores[root, 0]
        found = _branch(tried)
        total = float(tried[np.arange(1, size + 1), found[1:]].sum())
        if total > best:
            best, heads = total, found[1:]
    return heads


def _branch(scores: Floats) -> Integers:
    """Return the head of each node but the first in the best tree below the first, by contracting one cycle."""
    heads: Integers = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(scores)), inside)
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    smaller[:size, size] = leaving.max(1)
    # To enter the cycle at a word is to give up the arc that leads there now.
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    smaller[size, :size] = entering.max(0)
    found = _branch(smaller)
    from_cycle = found[:size] == size
    heads[outside] = np.where(from_cycle, inside[leaving.argmax(1)], outside[np.minimum(found[:size], size - 1)])
    heads[inside[entering[:, found[size]].argmax()]] = outside[found[size]]
    heads[0] = 0
    return heads


def _cycle(heads: Integers) -> list[int]:
    """Return the nodes of one cycle, or none."""
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return []
