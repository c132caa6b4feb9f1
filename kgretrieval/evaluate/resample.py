"""How sure a figure is: bootstrap intervals, and tests of two systems on the same queries.

Queries that hang together (the captions of one picture, headlines of one photo) are drawn together: whole groups are
resampled, and a group's sign is turned as a whole. With every query a group of its own this is the usual bootstrap.

- B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", Chapman and Hall, 1993: percentile intervals.
- C. Field and A. Welsh, "Bootstrapping clustered data", Journal of the Royal Statistical Society B 69, 2007.
- M. Smucker, J. Allan and B. Carterette, "A Comparison of Statistical Significance Tests for Information Retrieval
  Evaluation", CIKM 2007: the randomisation test for two systems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.evaluate.measures import Floats, Integers

#: Times that the queries are drawn anew, and that signs are turned.
REPLICATES, TURNS = 1000, 10_000
LEVEL = 0.95
#: Numbers held at once: bounds the memory whatever the number of groups.
_MOST = 1 << 22


@dataclass(frozen=True, slots=True)
class Resampling:
    """The groups of a set of queries, and the seed with which they are drawn.

    Attributes
    ----------
    groups : numpy.ndarray
        ``(n,)`` int64 from 0 without gaps: the group of each query.
    seed : int
        The same seed gives the same draws for the same groups, so two systems are measured on the same ones.
    """

    groups: Integers
    seed: int = 0

    @property
    def number(self) -> int:
        """How many groups there are."""
        return int(self.groups.max(initial=-1)) + 1

    def draws(self) -> Iterator[Floats]:
        """Yield ``(b, number)`` blocks: how often each group is drawn in each of `REPLICATES` draws."""
        rng = np.random.default_rng(self.seed)
        number = self.number
        size = max(1, min(REPLICATES, _MOST // max(1, number)))
        for first in range(0, REPLICATES, size):
            rows = min(size, REPLICATES - first)
            chosen = rng.integers(0, number, (rows, number)) + np.arange(rows)[:, None] * number
            yield np.bincount(chosen.ravel(), minlength=rows * number).reshape(rows, number).astype(np.float64)

    def sums(self, values: Floats) -> Floats:
        """Add up ``(n, f)`` values by group: ``(number, f)``."""
        columns = [np.bincount(self.groups, weights=column, minlength=self.number) for column in values.T]
        sums: Floats = np.stack(columns, axis=1)
        return sums


def mean_intervals(values: Floats, drawn: Resampling) -> npt.NDArray[np.float64]:
    """Return the interval of the mean of each column of ``(n, f)`` values: ``(f, 2)``."""
    sums = drawn.sums(values)
    sizes = np.bincount(drawn.groups, minlength=drawn.number).astype(np.float64)
    means = np.concatenate([(draw @ sums) / (draw @ sizes)[:, None] for draw in drawn.draws()])
    return _interval(means)


def median_interval(values: Floats, drawn: Resampling, *, minus: Floats | None = None) -> npt.NDArray[np.float64]:
    """Return the interval of the median of ``(n,)`` values, or of its difference from that of `minus`: ``(2,)``."""
    medians = []
    sides = [_Sorted(values), *([_Sorted(minus)] if minus is not None else [])]
    for draw in drawn.draws():
        for times in draw:
            weights = times[drawn.groups]
            found = [side.median(weights) for side in sides]
            # Two infinite medians are alike.
            medians.append(found[0] if len(found) == 1 else found[0] - found[1] if found[0] != found[1] else 0.0)
    ends: Floats = _interval(np.array(medians)[:, None])[0]
    return ends


def randomisation_test(differences: Floats, drawn: Resampling) -> Floats:
    """Return for each column of ``(n, f)`` differences how often chance alone gives a mean as far from zero: ``(f,)``.

    If the two systems were alike, each group's difference could as well have the other sign.
    """
    sums = drawn.sums(differences)
    seen = np.abs(sums.sum(axis=0))
    rng = np.random.default_rng(drawn.seed)
    size = max(1, min(TURNS, _MOST // max(1, len(sums))))
    reached = np.zeros(sums.shape[1])
    for first in range(0, TURNS, size):
        signs = rng.integers(0, 2, (min(size, TURNS - first), len(sums))) * 2.0 - 1.0
        # Sums of the same numbers in another order differ by rounding; equal ones must count as reached.
        reached += (np.abs(signs @ sums) >= seen * (1.0 - 1e-12) - 1e-12).sum(axis=0)
    tests: Floats = (1.0 + reached) / (1.0 + TURNS)
    return tests


class _Sorted:
    """Values in order, for medians with many sets of weights."""

    def __init__(self, values: Floats) -> None:
        self._order = np.argsort(values, kind="stable")
        self._values = values[self._order]

    def median(self, weights: Floats) -> float:
        """Return the median if each value occurred as often as its weight says."""
        upto = np.cumsum(weights[self._order])
        middle = np.searchsorted(upto, [(upto[-1] - 1) // 2, upto[-1] // 2], side="right")
        low, high = self._values[middle]
        return float(low if low == high else (low + high) / 2)


def _interval(draws: Floats) -> npt.NDArray[np.float64]:
    tail = (1.0 - LEVEL) / 2
    # A rank can be infinite, between which no interpolation is defined: the nearest draw is taken.
    ends: Floats = np.quantile(draws, [tail, 1.0 - tail], axis=0, method="nearest").T
    return ends
