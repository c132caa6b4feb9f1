"""From the ranks of right answers to figures with intervals, and from two systems' figures to their difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kgretrieval.errors import UsageError
from kgretrieval.evaluate.chance import chance
from kgretrieval.evaluate.measures import Floats, Integers, Recall, RightRanks, first_rank, measure
from kgretrieval.evaluate.report import MEDIAN, Curve, Difference, Interval, Result
from kgretrieval.evaluate.resample import Resampling, mean_intervals, median_interval, randomisation_test
from kgretrieval.evaluate.trec import Judgements, TrecRun, ranks_in_run

#: What is measured where texts and pictures are matched, where questions have documents, and of a run file.
PAIR_MEASURES = ("R@1", "R@5", "R@10", "R@100", "MRR", "MAP", "nDCG@10", "nDCG")
QUESTION_MEASURES = ("nDCG@10", "MAP", "P@10", "R@100", "MRR", "nDCG")
RUN_MEASURES = ("Success@1", "Success@5", "Success@10", "P@10", "R@10", "R@100", "MRR", "MAP", "nDCG@10", "nDCG")
#: Ranks at which a curve is drawn.
_STEPS = (1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 40, 50, 70, 100, 140, 200, 300, 400, 500, 700, 1000)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One system's rankings of a set of queries.

    Attributes
    ----------
    name : str
        The direction or the ranking.
    query_ids : tuple of str
    right : RightRanks
    groups : numpy.ndarray
        ``(n,)`` int64 from 0 without gaps: queries of a group are drawn together.
    judgements : Mapping
        What is right, in the form of TREC.
    run : Mapping
        The best answers of each query, in the form of TREC; empty if nobody asked for them.
    """

    name: str
    query_ids: tuple[str, ...]
    right: RightRanks
    groups: Integers
    judgements: Judgements = field(repr=False)
    run: TrecRun = field(default_factory=dict, repr=False)


def of_run(like: Ranked, run: TrecRun, *, source: str) -> Ranked:
    """Return what a run file has for the queries of another ranking.

    Raises
    ------
    UsageError
        If it has none of these queries.
    """
    if not any(query in run for query in like.query_ids):
        seen, own = next(iter(run)), like.query_ids[0]
        raise UsageError(f"{source} ranks none of the queries: it has {seen!r}, they are like {own!r}; compare the ids")
    right = ranks_in_run(like.judgements, run, pool=like.right.pool)
    return Ranked(like.name, like.query_ids, right, like.groups, like.judgements, run)


def result(ranked: Ranked, names: Sequence[str], *, recall_counts: Recall, seed: int) -> Result:
    """Return the figures of a ranking with intervals and what chance would give.

    Parameters
    ----------
    ranked : Ranked
    names : sequence of str
        The measures; the median rank is always there.
    recall_counts : {"any", "all"}
        What R@k is.
    seed : int
        Of the draws.
    """
    right, drawn = ranked.right, Resampling(ranked.groups, seed)
    steps = [k for k in _STEPS if not right.pool or k <= right.pool]
    per_query = {name: measure(right, name, recall_counts=recall_counts) for name in names}
    on_curve = [measure(right, f"R@{k}", recall_counts=recall_counts) for k in steps]
    columns = np.stack([*per_query.values(), *on_curve], axis=1)
    means, ends = columns.mean(axis=0).tolist(), [_ends(pair) for pair in mean_intervals(columns, drawn)]
    per_query[MEDIAN] = first_rank(right)
    values = dict(zip(names, means, strict=False)) | {MEDIAN: _median(per_query[MEDIAN])}
    intervals = dict(zip(names, ends, strict=False)) | {MEDIAN: _ends(median_interval(per_query[MEDIAN], drawn))}
    random = {name: chance(right, name, recall_counts=recall_counts) for name in values} if right.pool else {}
    at_random = [chance(right, f"R@{k}", recall_counts=recall_counts) for k in steps] if right.pool else []
    low, high = zip(*ends[len(names) :], strict=True)
    return Result(
        name=ranked.name,
        values=values,
        intervals=intervals,
        random=random,
        queries=len(right),
        pool=right.pool,
        groups=drawn.number,
        recall=recall_counts,
        curve=Curve(tuple(steps), tuple(means[len(names) :]), low, high, tuple(at_random)),
        query_ids=ranked.query_ids,
        per_query=per_query,
    )


def difference(one: Result, other: Result, groups: Integers, *, seed: int) -> Difference:
    """Return how two results on the same queries differ: `one` minus `other`."""
    drawn = Resampling(groups, seed)
    names = [name for name in one.per_query if name != MEDIAN]
    columns = np.stack([one.per_query[name] - other.per_query[name] for name in names], axis=1)
    ends = [_ends(pair) for pair in mean_intervals(columns, drawn)]
    of_median = median_interval(one.per_query[MEDIAN], drawn, minus=other.per_query[MEDIAN])
    return Difference(
        name=one.name,
        values={name: one.values[name] - other.values[name] for name in (*names, MEDIAN)},
        intervals=dict(zip(names, ends, strict=True)) | {MEDIAN: _ends(of_median)},
        p=_by_name(names, randomisation_test(columns, drawn)),
    )


def _median(ranks: Floats) -> float:
    low, high = np.sort(ranks)[[(len(ranks) - 1) // 2, len(ranks) // 2]]
    return float(low if low == high else (low + high) / 2)


def _ends(pair: Floats) -> Interval:
    low, high = pair.tolist()
    return low, high


def _by_name(names: Sequence[str], values: Floats) -> Mapping[str, float]:
    return dict(zip(names, values.tolist(), strict=True))
