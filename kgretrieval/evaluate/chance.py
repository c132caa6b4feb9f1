"""What a ranking in random order would reach: exact expectations, nothing is simulated."""

from __future__ import annotations

import numpy as np

from kgretrieval.evaluate.measures import Floats, Recall, RightRanks


def chance(right: RightRanks, name: str, *, recall_counts: Recall = "all") -> float:
    """Return the expected mean of a measure if every order of the pool were equally likely.

    MAP after Y. Bestgen, "Exact Expected Average Precision of the Random Baseline for System Evaluation", The Prague
    Bulletin of Mathematical Linguistics 103, 2015.

    Parameters
    ----------
    right : RightRanks
        Of which only the numbers of right answers, their gains and the pool matter; the pool must be known.
    name : str
        As `kgretrieval.evaluate.measures.measure` takes it, or ``"median_rank"``.
    recall_counts : {"any", "all"}
        What R@k is.
    """
    counts, sizes = np.unique(right.counts, return_counts=True)
    if name == "median_rank":
        return _median(counts.tolist(), sizes / sizes.sum(), right.pool)
    kind, _, depth = name.partition("@")
    k = min(int(depth), right.pool) if depth else right.pool
    if kind == "nDCG":
        return float(_ndcg(right, k).mean())
    if kind == "P":
        return float(right.counts.mean() / right.pool * k / int(depth))
    by_count = [_expected(kind, int(n), k, right.pool, any_counts=recall_counts == "any") for n in counts]
    return float(np.average(by_count, weights=sizes))


def first_right_within(count: int, pool: int) -> Floats:
    """Return the chance that one of `count` right answers is among the first k, for k from 0 to `pool`."""
    before = np.arange(pool)
    none_yet = np.cumprod(np.clip(pool - count - before, 0, None) / (pool - before)) if count else np.ones(pool)
    within: Floats = 1.0 - np.concatenate([[1.0], none_yet])
    return within


def _expected(kind: str, count: int, k: int, pool: int, *, any_counts: bool) -> float:
    if not count:
        return 0.0
    if kind == "Success" or (kind == "R" and any_counts):
        return float(first_right_within(count, pool)[k])
    if kind == "R":
        return k / pool
    ranks = np.arange(1, pool + 1)
    if kind == "MRR":
        return float((np.diff(first_right_within(count, pool)) / ranks).sum())
    if kind == "MAP":
        harmonic = float((1.0 / ranks).sum())
        others = (count - 1) / (pool - 1) * (pool - harmonic) if pool > 1 else 0.0
        return (harmonic + others) / pool
    raise ValueError(f"there is no measure {kind!r}")


def _ndcg(right: RightRanks, k: int) -> Floats:
    """Every rank holds the mean gain of the pool; the best possible is the same as for any ranking."""
    discounts = 1.0 / np.log2(2.0 + np.arange(right.pool))
    sums = np.bincount(right.owners, weights=right.gains, minlength=len(right))
    best = right.gains[np.lexsort((-right.gains, right.owners))]
    places = right.places
    parts = np.where(places < k, best * discounts[np.minimum(places, right.pool - 1)], 0.0)
    ideal = np.bincount(right.owners, weights=parts, minlength=len(right))
    expected: Floats = sums / right.pool * discounts[:k].sum() / np.where(ideal > 0, ideal, 1.0)
    return expected


def _median(counts: list[int], shares: Floats, pool: int) -> float:
    """Return the rank that half of all queries' first right answers stay below."""
    within = sum(share * first_right_within(n, pool) for n, share in zip(counts, shares.tolist(), strict=True))
    slack = 1e-12
    lower, upper = np.searchsorted(within, [0.5 - slack, 0.5 + slack])
    return float("inf") if upper > pool else (int(lower) + int(upper)) / 2
