"""Which items a person should label next: those that a model is unsure of, far from each other.

- G. Hacohen, A. Dekel and D. Weinshall, "Active Learning on a Budget: Opposite Strategies Suit High and Low Budgets",
  ICML 2022 (TypiClust): before there is a model, the most typical item of each large group.
- F. Zhdanov, "Diverse mini-batch Active Learning", arXiv:1901.05954, 2019: from then on the centres of groups among
  the least sure items, each counted by how unsure the model is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.base import Floats, Numbers
from kgretrieval.errors import UsageError

#: Items that are looked at, at most: evenly spread ones of all, or the least sure.
LOOKED_AT = 4000
#: Of the least sure items so many times as many as are wanted are put into groups.
SPREAD = 10
#: How typical an item is of its group: how near its nearest neighbours in the group are, so many at most.
NEIGHBOURS = 20
#: Groups at most, when many items are labelled already.
_GROUPS = 400
_ROUNDS = 30

_Places = npt.NDArray[np.int64]


def choose(
    probabilities: Floats | None, vectors: Floats, *, k: int, labelled: Sequence[int] | Numbers = ()
) -> list[int]:
    """Return the places of the items to label next, the most telling first.

    Parameters
    ----------
    probabilities : array of float32 or None
        ``(n, labels)``: what a head says of each item, calibrated (`Head.probabilities`). None before there is one:
        then the choice is by the vectors alone.
    vectors : array of float32
        ``(n, width)``, rows of unit length or zero: what an encoder makes of the items. Give the items in an order
        that does not depend on how they came (by key): of equal ones the first is taken.
    k : int
        How many are wanted. There are fewer where fewer are left.
    labelled : sequence of int
        Places that have a label already: they are never proposed, and count as covered before there is a head.

    Returns
    -------
    list of int

    Raises
    ------
    UsageError
        If `k` is below 1, or the probabilities are not of the same items.

    Examples
    --------
    >>> vectors = np.eye(4, dtype=np.float32)
    >>> unsure = np.array([[0.9, 0.1], [0.5, 0.5], [0.6, 0.4], [1.0, 0.0]], dtype=np.float32)
    >>> choose(unsure, vectors, k=2)
    [1, 2]
    """
    if k < 1:
        raise UsageError(f"at least one item is to be chosen, not {k}")
    if probabilities is not None and len(probabilities) != len(vectors):
        raise UsageError(f"there are probabilities of {len(probabilities)} items and vectors of {len(vectors)}")
    free = np.ones(len(vectors), bool)
    done = np.unique(np.asarray(labelled, np.int64))
    free[done] = False
    left = np.flatnonzero(free)
    if not len(left):
        return []
    if probabilities is None:
        return _typical(vectors, left, done, min(k, len(left)))
    return _unsure(doubt(probabilities), vectors, left, min(k, len(left)))


def doubt(probabilities: Floats) -> Floats:
    """Return ``(n,)``: 1 less the distance between the two most probable labels, 0 (certain) to 1."""
    best = np.partition(probabilities, -2, axis=1)[:, -2:]
    found: Floats = 1 - (best[:, 1] - best[:, 0])
    return found


def _unsure(doubts: Floats, vectors: Floats, left: _Places, k: int) -> list[int]:
    """Return one item of each of `k` groups of the least sure ones, the least sure first."""
    order = left[np.argsort(-doubts[left], kind="stable")]
    near = order[: min(len(order), max(k * SPREAD, k))]
    groups, centres = _grouped(vectors[near], k, np.maximum(doubts[near], 1e-6))
    found = []
    for group in range(k):
        members = near[groups == group]
        if len(members):
            apart = ((vectors[members] - centres[group]) ** 2).sum(1)
            found.append(int(members[apart.argmin()]))
    # Equal vectors leave groups empty.
    there = set(found)
    found += [place for place in near.tolist() if place not in there][: k - len(found)]
    return sorted(found, key=lambda place: (-float(doubts[place]), place))


def _typical(vectors: Floats, left: _Places, done: _Places, k: int) -> list[int]:
    """Return the most typical item of each of the largest groups, first of those in which nothing is labelled."""
    looked = left[np.linspace(0, len(left) - 1, min(len(left), LOOKED_AT)).astype(np.int64)]
    places = np.concatenate([looked, done])
    number = min(len(done) + k, _GROUPS, len(places))
    groups, _ = _grouped(vectors[places], max(number, 1), None)
    mine = groups[: len(looked)]
    covered = np.bincount(groups[len(looked) :], minlength=number)
    size = np.bincount(mine, minlength=number)
    found: list[int] = []
    taken = np.zeros(len(looked), bool)
    while len(found) < k:
        before = len(found)
        for group in np.lexsort((-size, covered)).tolist():
            members = np.flatnonzero((mine == group) & ~taken)
            if len(members) and len(found) < k:
                best = members[_typicality(vectors[looked[members]]).argmax()]
                taken[best] = True
                found.append(int(looked[best]))
                covered[group] += 1
        if len(found) == before:
            break
    return found


def _typicality(vectors: Floats) -> Floats:
    """Return how near the nearest neighbours of each row are: minus their mean distance."""
    near = np.partition(vectors @ vectors.T, -min(NEIGHBOURS, len(vectors)), axis=1)
    apart = np.sqrt(np.maximum(0, 2 - 2 * near[:, -min(NEIGHBOURS, len(vectors)) :]))
    found: Floats = -apart.mean(1)
    return found


def _grouped(vectors: Floats, number: int, weights: Floats | None) -> tuple[_Places, Floats]:
    """Return the group of each row and the centres of the groups (k-means)."""
    import warnings

    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    machine = KMeans(number, n_init=1, max_iter=_ROUNDS, random_state=0)
    with warnings.catch_warnings():
        # Fewer different vectors than groups.
        warnings.simplefilter("ignore", ConvergenceWarning)
        groups = machine.fit(vectors, sample_weight=weights).labels_
    return groups.astype(np.int64), machine.cluster_centers_
