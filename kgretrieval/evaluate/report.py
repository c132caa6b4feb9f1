"""What an evaluation found: figures with their intervals, what chance would give, and how two systems differ."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgretrieval.evaluate.measures import Floats, Recall
from kgretrieval.types import Skipped

#: The rank of the first right answer, in the middle of all queries: the one figure of which less is better.
MEDIAN = "median_rank"

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """R@k over k, with its interval and what chance would give (empty where the pool is not known)."""

    k: tuple[int, ...]
    recall: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    random: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one direction, or of one ranking.

    Attributes
    ----------
    name : str
        ``"text_to_picture"``, ``"picture_to_text"``; ``"lexical"``, ``"dense"``, ``"fused"``; ``"run"``.
    values, intervals, random : Mapping
        By the name of the measure, ``"median_rank"`` among them: the figure over all queries, its 95 % interval, and
        what an order by chance is expected to reach (empty where the pool is not known).
    queries, pool, groups : int
        How many queries, how many answers to choose from (0: not known), and groups of queries drawn together.
    recall : {"any", "all"}
        What R@k counts, see `kgretrieval.evaluate.measures.Recall`.
    curve : Curve
    query_ids : tuple of str
        In the order of `per_query`.
    per_query : Mapping[str, numpy.ndarray]
        For each measure ``(queries,)`` float64; for ``"median_rank"`` the rank of the first right answer.
    """

    name: str
    values: Mapping[str, float]
    intervals: Mapping[str, Interval]
    random: Mapping[str, float]
    queries: int
    pool: int
    groups: int
    recall: Recall
    curve: Curve = field(repr=False)
    query_ids: tuple[str, ...] = field(repr=False)
    per_query: Mapping[str, Floats] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as they stand in JSON; what is infinite or not known is None."""
        return {
            **{name: finite(value) for name, value in self.values.items()},
            "queries": self.queries,
            "pool": self.pool or None,
            "groups": self.groups,
            "recall": self.recall,
            "intervals": {name: [finite(end) for end in ends] for name, ends in self.intervals.items()},
            "random": {name: finite(value) for name, value in self.random.items()} or None,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """This system minus the other one on the same queries.

    `p` is the share of random exchanges of the two that differ as much; the median rank has an interval alone.
    """

    name: str
    values: Mapping[str, float]
    intervals: Mapping[str, Interval]
    p: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Return for each measure the difference, its interval and p."""
        return {
            name: {
                "value": finite(value),
                "interval": [finite(end) for end in self.intervals[name]],
                "p": self.p.get(name),
            }
            for name, value in self.values.items()
        }


@dataclass(frozen=True, slots=True)
class System:
    """What was measured: an encoder by its name and the SHA-256 of its weights, or a run file by its path."""

    model: str = ""
    weights_hash: str = ""
    run_file: str = ""
    collection: str = ""

    @property
    def label(self) -> str:
        """A short name for tables and plots."""
        return Path(self.collection or self.run_file).name or self.model

    def to_dict(self) -> dict[str, str]:
        """Return what is known of it."""
        names = ("model", "weights_hash", "run_file", "collection")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another system on the same queries; a result and a difference for each one of the report that it can answer."""

    system: System
    results: tuple[Result, ...]
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the other system's figures, each with the difference to it."""
        found: dict[str, Any] = self.system.to_dict()
        for result, difference in zip(self.results, self.differences, strict=True):
            found[result.name] = {**result.to_dict(), "difference": difference.to_dict()}
        return found


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a system on a data set, a collection or a run file.

    Attributes
    ----------
    data : Mapping
        What was measured on: its path, split, field of text and limit, where they apply.
    system : System
    results : tuple of Result
    comparison : Comparison or None
    skipped : tuple of Skipped
        Pictures that could not be read; they and their texts were left out.
    seed : int
        Of the draws.
    """

    data: Mapping[str, str | int]
    system: System
    results: tuple[Result, ...]
    comparison: Comparison | None = None
    skipped: tuple[Skipped, ...] = ()
    seed: int = 0

    def __getitem__(self, name: str) -> Result:
        """Return the result with this name."""
        return next(result for result in self.results if result.name == name)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole report as dicts, lists and scalars."""
        found: dict[str, Any] = {"task": "retrieval", **self.system.to_dict(), "data": dict(self.data)}
        found |= {result.name: result.to_dict() for result in self.results}
        if self.comparison is not None:
            found["comparison"] = self.comparison.to_dict()
        found["skipped"] = [{"where": one.where, "reason": one.reason} for one in self.skipped]
        found["seed"] = self.seed
        return found


def finite(value: float) -> float | None:
    """Return a number, None for one that JSON cannot write."""
    return value if math.isfinite(value) else None
