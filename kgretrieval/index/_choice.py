"""Which lists of an index a query looks into: the nearest, until they hold rows enough that may be returned.

Counting the rows that may be returned, and not the lists, is what keeps a filtered search as good
as another one: where few rows are allowed it looks into more lists, and if need be into all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.index._code_segment import Segment
from kgretrieval.index._codes import Floats
from kgretrieval.index.centroids import Centroids

Order = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: From this share of allowed rows on it is faster to look at all rows of a list and leave out the others afterwards.
_MOSTLY_ALLOWED = 0.4
# By which power of the share of allowed rows the number of them that is looked at falls.
_FALL = 0.75


@dataclass(frozen=True, slots=True)
class Choice:
    """Lists to look into, about how many of their rows are allowed, and which share that is."""

    lists: Order
    allowed: float
    share: float

    @property
    def selective(self) -> bool:
        """Whether to ask of every row if it is allowed."""
        return self.share < _MOSTLY_ALLOWED

    def candidates(self, count: int) -> int:
        """Return how many rows to ask for so that about `count` allowed ones are among them."""
        return count if self.selective or self.share >= 1 else int(1.25 * count / self.share) + 16


class Lists:
    """The lists of some segments, as a filter leaves them. Made once for a search, asked for each of its queries."""

    def __init__(self, centroids: Centroids, segments: tuple[Segment, ...], allowed: Mask | None) -> None:
        self._centroids = centroids
        self._sizes: npt.NDArray[np.float64] = np.sum([s.sizes for s in segments], axis=0).astype(np.float64)
        self._allowed = self._sizes
        if allowed is not None:
            self._allowed = _allowed_sizes(centroids, segments, allowed, self._sizes)
        held = self._sizes[self._allowed > 0].sum()
        self.share = float(self._allowed.sum() / held) if held else 0.0

    def nearest(self, query: Floats, budget: int, least: int) -> Choice:
        """Return the lists nearest to `query` that hold about `budget` allowed rows.

        Where only a share of all rows is allowed the best of them are farther apart, and fewer have to be looked at
        to find most: the budget falls with the share, but not below `least`.
        """
        wanted = max(budget * self.share**_FALL, least)
        # Not by BLAS, whose threads wait for each other: on a busy machine for longer than everything else takes.
        products = np.einsum("ij,j->i", self._centroids.rows, query)
        nearness = np.where(self._allowed > 0, products, -np.inf)
        usable = int(np.count_nonzero(self._allowed > 0))
        # Sorting all would take longer than looking into them.
        few = min(usable, max(64, int(2 * wanted * usable / max(1.0, float(self._allowed.sum())))))
        while few:
            order = np.argpartition(-nearness, few - 1)[:few]
            order = order[np.argsort(-nearness[order], kind="stable")]
            seen = np.cumsum(self._allowed[order])
            if seen[-1] >= wanted or few == usable:
                chosen = order[: int(np.searchsorted(seen, wanted)) + 1]
                held = float(self._allowed[chosen].sum())
                share = held / float(self._sizes[chosen].sum())
                return Choice(np.ascontiguousarray(chosen, dtype=np.int64), held, share)
            few = min(4 * few, usable)
        return Choice(np.zeros(0, dtype=np.int64), 0.0, 1.0)


def _allowed_sizes(
    centroids: Centroids, segments: tuple[Segment, ...], allowed: Mask, sizes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Estimate how many allowed rows each list holds, from a sample; only a sort of rows that has none counts as empty.

    A list of which little was sampled is taken to be like the others of its sort.
    """
    seen, passed = np.zeros(len(sizes)), np.zeros(len(sizes))
    for segment in segments:
        rows, lists = segment.sample
        weight = len(segment) / max(1, len(rows))
        own = allowed[rows]
        if own.all():
            own_counts = all_counts = segment.sample_counts
        else:
            all_counts = segment.sample_counts
            own_counts = np.bincount(lists[own], minlength=len(sizes))
        seen += weight * all_counts
        passed += weight * own_counts
    found = np.zeros(len(sizes))
    for part, count in centroids.sorts(allowed):
        total = sizes[part].sum()
        if count and total:
            share = min(1.0, count / total)
            guess = (passed[part] + share) / (seen[part] + 1)
            found[part] = sizes[part] * np.where(share == 1.0, 1.0, np.minimum(guess, 1.0))
    return found
