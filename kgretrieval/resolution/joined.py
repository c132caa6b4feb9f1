"""Disjoint sets."""

from __future__ import annotations

from collections import defaultdict


class Joined:
    """Disjoint sets of the numbers from 0 on, each named by its smallest."""

    def __init__(self, size: int) -> None:
        self._leader = list(range(size))

    def of(self, i: int) -> int:
        """Return the smallest number of the set of `i`."""
        while self._leader[i] != i:
            self._leader[i] = self._leader[self._leader[i]]
            i = self._leader[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Join the sets of two numbers."""
        low, high = sorted((self.of(i), self.of(j)))
        self._leader[high] = low

    def sets(self) -> list[list[int]]:
        """Return the sets in the order of their smallest numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._leader)):
            found[self.of(i)].append(i)
        return list(found.values())
