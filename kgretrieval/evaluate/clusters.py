"""Clusters of mentions against gold ones: MUC, B-cubed, CEAF-e and their mean, as CoNLL 2012 has it.

- M. Vilain et al., "A model-theoretic coreference scoring scheme", MUC-6, 1995.
- A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains", LREC 1998.
- X. Luo, "On coreference resolution performance metrics", HLT 2005: CEAF, here with the entity measure phi 4.
- S. Pradhan et al., "Scoring coreference partitions of predicted mentions", ACL 2014: the official scorer, which takes
  the mentions of both sides as they are; so is it here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

import numpy as np

from kgretrieval.evaluate.knowledge import Score, score
from kgretrieval.evaluate.measures import Floats
from kgretrieval.evaluate.resample import LEVEL, Resampling

#: What is called the same: each mention (anything hashable) stands in one cluster of a side at most.
Clusters = Sequence[Collection[Hashable]]
#: Correct seen from the response, all of the response, correct seen from the key, all of the key: as `score` has it.
Counts = tuple[float, float, float, float]

CONLL = "conll"


def muc(key: Clusters, response: Clusters) -> Counts:
    """Return the counts of MUC: links that need not be added to one side to have the other's clusters.

    A cluster of one mention has no link and does not count.
    """
    return (*_links_kept(response, key), *_links_kept(key, response))


def b_cubed(key: Clusters, response: Clusters) -> Counts:
    """Return the counts of B-cubed: of each mention the share of its cluster that stands with it on the other side."""
    return (*_shares(response, key), *_shares(key, response))


def ceaf_e(key: Clusters, response: Clusters) -> Counts:
    """Return the counts of CEAF-e: how alike the clusters are when each is paired with one of the other side."""
    from scipy.optimize import linear_sum_assignment

    place = _places(key)
    alike = np.zeros((len(response), len(key)))
    for i, cluster in enumerate(response):
        for mention in cluster:
            if mention in place:
                alike[i, place[mention]] += 1.0
        alike[i] *= 2.0 / (len(cluster) + np.array([len(gold) for gold in key], dtype=np.float64))
    rows, columns = linear_sum_assignment(alike, maximize=True)
    best = float(alike[rows, columns].sum())
    return best, float(len(response)), best, float(len(key))


#: The three measures by the names under which they are reported.
MEASURES: Mapping[str, Callable[[Clusters, Clusters], Counts]] = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def cluster_scores(units: Iterable[tuple[Clusters, Clusters]], *, seed: int = 0) -> dict[str, Score]:
    """Return the scores of units that hang together (documents, topics): of each measure, and ``"conll"``.

    Counts are summed over the units before anything is divided. The F1 under ``"conll"`` is the mean of the three F1,
    its precision and recall are the means of theirs; its counts are mentions: those on both sides, in the response, in
    the key.

    Parameters
    ----------
    units : iterable of (key, response)
        The gold clusters and those found. A mention of one unit is none of another.
    seed : int
        Of the draws for the intervals.

    Raises
    ------
    ValueError
        If a mention stands in two clusters of one side, or a cluster is empty.

    Examples
    --------
    >>> found = cluster_scores([([{"a", "b", "c"}], [{"a", "b"}, {"c"}])])
    >>> round(found["muc"].f1, 3), round(found["b_cubed"].f1, 3), round(found["ceaf_e"].f1, 3)
    (0.667, 0.714, 0.533)
    """
    rows: list[list[Counts]] = []
    mentions: list[Counts] = []
    for key, response in units:
        gold, found = _places(key), _places(response)
        both = float(len(gold.keys() & found.keys()))
        rows.append([measure(key, response) for measure in MEASURES.values()])
        mentions.append((both, float(len(found)), both, float(len(gold))))
    scores = {name: score([row[i] for row in rows], seed=seed) for i, name in enumerate(MEASURES)}
    scores[CONLL] = _mean(scores, np.array(rows, dtype=np.float64).reshape(len(rows), len(MEASURES), 4), mentions, seed)
    return scores


def _mean(scores: Mapping[str, Score], rows: Floats, mentions: Sequence[Counts], seed: int) -> Score:
    """Return the mean of the measures, with intervals from the same draws of units as theirs."""
    counts = score(mentions, seed=seed)
    names = ("precision", "recall", "f1")
    whole = {name: float(np.mean([getattr(one, name) for one in scores.values()])) for name in names}
    intervals = {name: (value, value) for name, value in whole.items()}
    if len(rows) > 1:
        drawn = Resampling(np.arange(len(rows)), seed)
        figures = np.concatenate([_figures(np.tensordot(draw, rows, axes=1)).mean(axis=1) for draw in drawn.draws()])
        low, high = np.quantile(figures, [(1.0 - LEVEL) / 2, (1.0 + LEVEL) / 2], axis=0)
        intervals = {name: (float(low[i]), float(high[i])) for i, name in enumerate(names)}
    return Score(
        **whole,
        correct=counts.correct,
        predicted=counts.predicted,
        gold=counts.gold,
        units=len(rows),
        intervals=intervals,
    )


def _figures(sums: Floats) -> Floats:
    """Return ``(b, measures, 3)`` precision, recall and F1 of ``(b, measures, 4)`` sums."""
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.nan_to_num(sums[..., 0] / sums[..., 1], posinf=0.0)
        recall = np.nan_to_num(sums[..., 2] / sums[..., 3], posinf=0.0)
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    return np.stack([precision, recall, f1], axis=-1)


def _links_kept(clusters: Clusters, other: Clusters) -> tuple[float, float]:
    """Return how many links of the clusters the other side keeps, and how many they have."""
    place = _places(other)
    kept = links = 0
    for cluster in clusters:
        inside = {place[mention] for mention in cluster if mention in place}
        apart = len(inside) + sum(mention not in place for mention in cluster)
        kept += len(cluster) - apart
        links += len(cluster) - 1
    return float(kept), float(links)


def _shares(clusters: Clusters, other: Clusters) -> tuple[float, float]:
    """Return the sum over mentions of the share of their cluster that stands with them, and how many they are."""
    place = _places(other)
    total = 0.0
    for cluster in clusters:
        together: dict[int, int] = {}
        for mention in cluster:
            if mention in place:
                together[place[mention]] = together.get(place[mention], 0) + 1
        total += sum(number * number for number in together.values()) / len(cluster)
    return total, float(sum(map(len, clusters)))


def _places(clusters: Clusters) -> dict[Hashable, int]:
    """Map each mention to the position of its cluster."""
    place = {mention: i for i, cluster in enumerate(clusters) for mention in cluster}
    if len(place) != sum(map(len, clusters)):
        raise ValueError("a mention stands in two clusters, or twice in one; each has its place in one at most")
    if not all(map(len, clusters)):
        raise ValueError("a cluster is empty; leave it out")
    return place
