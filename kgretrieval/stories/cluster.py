"""From pairs of articles that tell of one event to stories.

Single links would make one story of a whole topic: each article tells of the same as some other one. So what hangs
together by pairs is put together from its closest pairs on, two groups at a time, as long as all pairs between them
are alike enough on average (average linkage, R. Sokal and C. Michener, "A statistical method for evaluating systematic
relationships", 1958). Ties go by the articles' ids, so the order in which articles came says nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping

from kgretrieval.store.story_rows import Profile
from kgretrieval.stories.alike import Group, closeness, common, groups


def components(beside: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Yield the articles that pairs join, directly or through others, each group ordered.

    Parameters
    ----------
    beside : Mapping
        For each article those it makes a pair with, both ways.
    """
    seen: set[str] = set()
    for article in sorted(beside):
        if article in seen:
            continue
        group, frontier = {article}, {article}
        while frontier:
            frontier = {other for one in frontier for other in beside[one]} - group
            group |= frontier
        seen |= group
        yield sorted(group)


def split(profiles: Iterable[Profile], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the stories among articles that hang together, each of two articles or more, ordered.

    Parameters
    ----------
    profiles : iterable of Profile
    pairs : iterable of (str, str)
        Which of them tell of one event, each pair in the order of its ids.
    """
    making = _Making(groups(profiles))
    making.begin(pairs)
    while making.queue:
        making.join_closest()
    return sorted(sorted(group.articles) for group in making.groups.values() if len(group.articles) > 1)


def most_central(articles: Mapping[str, Group]) -> str:
    """Return the article of a story that is most alike to all of it, the first by id of several."""
    whole = Group([], {}, 0)
    for group in articles.values():
        whole.take(group)
    return min(articles, key=lambda article: (-common(articles[article], whole), article))


class _Making:
    """Groups by their first article, with the sums of the likenesses between those that a pair joins."""

    def __init__(self, of: dict[str, Group]) -> None:
        self.groups = of
        self.shared: dict[str, dict[str, int]] = {article: {} for article in of}
        self.queue: list[tuple[float, str, str, int, int]] = []

    def begin(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Put all pairs in the queue."""
        for one, other in pairs:
            shared = common(self.groups[one], self.groups[other])
            self.shared[one][other] = self.shared[other][one] = shared
            self._offer(one, other)

    def join_closest(self) -> None:
        """Join the closest two groups, if they still are as they were when they were put in the queue."""
        _, one, other, size, other_size = heapq.heappop(self.queue)
        if self._size(one) != size or self._size(other) != other_size:
            return
        taken, lost = self.groups.pop(other), self.shared.pop(other)
        own = self.shared[one]
        for third in own.keys() - lost.keys() - {other}:
            own[third] += common(taken, self.groups[third])
        for third in lost.keys() - {one}:
            del self.shared[third][other]
            before = own[third] if third in own else common(self.groups[one], self.groups[third])
            own[third] = before + lost[third]
        del own[other]
        self.groups[one].take(taken)
        for third, total in own.items():
            self.shared[third][one] = total
            self._offer(*sorted((one, third)))

    def _size(self, article: str) -> int:
        group = self.groups.get(article)
        return len(group.articles) if group else 0

    def _offer(self, one: str, other: str) -> None:
        near = closeness(self.groups[one], self.groups[other], self.shared[one][other])
        if near >= 1.0:
            heapq.heappush(self.queue, (-near, one, other, self._size(one), self._size(other)))
