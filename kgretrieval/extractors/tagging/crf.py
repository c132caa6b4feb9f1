"""Entity tags as a chain: which may follow which, the best path, and how sure each step of it is.

Lafferty, McCallum and Pereira, "Conditional Random Fields: Probabilistic Models for Segmenting and
Labeling Sequence Data" (ICML 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

#: A score that no sum of others makes good.
IMPOSSIBLE = -1e4


class Chain(NamedTuple):
    """(k, k) scores of steps from tag to tag, (k,) of first tags, (k,) of last tags."""

    steps: Tensor
    starts: Tensor
    ends: Tensor


def follows(before: str, after: str) -> bool:
    """Return whether BIOES tag `after` may stand right behind `before`; ``""`` is the sentence's edge."""
    inside = before[:1] in {"B", "I"}
    if after[:1] in {"I", "E"}:
        return inside and before[1:] == after[1:]
    return not inside


def masks(tags: Sequence[str]) -> Chain:
    """Return a chain that scores 0 what is possible and `IMPOSSIBLE` what is not."""

    def mask(flags: list[bool]) -> Tensor:
        return torch.where(torch.tensor(flags), 0.0, IMPOSSIBLE)

    steps = torch.stack([mask([follows(before, after) for after in tags]) for before in tags])
    return Chain(steps, mask([follows("", tag) for tag in tags]), mask([follows(tag, "") for tag in tags]))


def _through(state: Tensor, factors: Tensor) -> Tensor:
    """Return log(exp(state) @ factors), by a product of matrices instead of (n, k, k) sums."""
    most = state.amax(1, keepdim=True)
    return torch.log((torch.exp(state - most) @ factors).clamp_min(1e-30)) + most


def forward_scores(scores: Tensor, chain: Chain, lengths: Tensor) -> Tensor:
    """Return (n, length, k) log sums over all paths up to each word; past the end the last one stands still."""
    factors = torch.exp(chain.steps)
    state = scores[:, 0] + chain.starts
    states = [state]
    for t in range(1, scores.shape[1]):
        state = torch.where((t < lengths)[:, None], _through(state, factors) + scores[:, t], state)
        states.append(state)
    return torch.stack(states, 1)


def backward_scores(scores: Tensor, chain: Chain, lengths: Tensor) -> Tensor:
    """Return (n, length, k) log sums over all paths from behind each word to the end."""
    factors = torch.exp(chain.steps).T.contiguous()
    state = chain.ends.expand(len(scores), -1)
    states = [state]
    for t in range(scores.shape[1] - 2, -1, -1):
        moved = _through(state + scores[:, t + 1], factors)
        state = torch.where((t < lengths - 1)[:, None], moved, chain.ends)
        states.append(state)
    return torch.stack(states[::-1], 1)


def marginals(scores: Tensor, chain: Chain, lengths: Tensor) -> Tensor:
    """Return (n, length, k) probabilities of each tag at each word."""
    both = forward_scores(scores, chain, lengths) + backward_scores(scores, chain, lengths)
    return torch.softmax(both, 2)


def best_paths(scores: Tensor, chain: Chain, lengths: Tensor) -> Tensor:
    """Return (n, length) tags of the most probable paths (Viterbi); past the end they mean nothing."""
    n, length, k = scores.shape
    state = scores[:, 0] + chain.starts
    still = torch.arange(k).expand(n, k)
    pointers = []
    for t in range(1, length):
        best, where = (state[:, :, None] + chain.steps).max(1)
        inside = (t < lengths)[:, None]
        state = torch.where(inside, best + scores[:, t], state)
        pointers.append(torch.where(inside, where, still))
    tag = (state + chain.ends).argmax(1)
    path = [tag]
    for pointer in reversed(pointers):
        tag = pointer.gather(1, tag[:, None])[:, 0]
        path.append(tag)
    return torch.stack(path[::-1], 1)


def decode(scores: Tensor, chain: Chain, lengths: Tensor) -> tuple[list[list[int]], list[list[float]]]:
    """Return for each sentence its most probable tags and the probability of each."""
    paths = best_paths(scores, chain, lengths)
    sure = marginals(scores, chain, lengths).gather(2, paths[:, :, None])[:, :, 0]
    sizes = lengths.tolist()
    tags = [row[:size] for row, size in zip(paths.tolist(), sizes, strict=True)]
    return tags, [row[:size] for row, size in zip(sure.tolist(), sizes, strict=True)]
