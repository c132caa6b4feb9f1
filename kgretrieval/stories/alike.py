"""How alike two articles, or two groups of articles, are, and how alike they must be to tell of one event.

The likeness of groups is the mean over all pairs of one article each: the product of the sums of their weights, so it
is found without looking at pairs. It fades with the days between them (S. Miranda et al., "Multilingual clustering of
streaming news", EMNLP 2018, let it fade as well); where days are not known it does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from kgretrieval.store.story_rows import Profile
from kgretrieval.stories.profile import LENGTH

#: Articles further apart than so many days tell of two events; after so many days likeness counts half.
WINDOW, HALF = 21, 10.0
#: How alike, as a cosine, two articles must be that make a pair, and how many terms they must share.
#: How alike the articles of a story must be on average: those of so many terms and more, those of so few and less (they
#: share little), and between them by the logarithm of their terms. `training/stories` says how all were chosen.
PAIR, SHARED = 0.30, 5
LONG, LONG_NEED = 48, 0.22
SHORT, SHORT_NEED = 24, 0.14


@dataclass(slots=True)
class Group:
    """Articles that tell of one event, as far as is known yet.

    Attributes
    ----------
    weights : dict of int to int
        The sums of the weights of their profiles.
    need : int
        The sum of what each of them asks of others, in millionths.
    """

    articles: list[str]
    weights: dict[int, int]
    need: int
    days: int = 0
    dated: int = 0

    @classmethod
    def of(cls, profile: Profile) -> Group:
        """Return the group of one article."""
        dated = int(profile.day > 0)
        return cls([profile.article], dict(profile.weights), need(len(profile.weights)), profile.day, dated)

    def take(self, other: Group) -> None:
        """Take in the articles of another group."""
        self.articles += other.articles
        self.need += other.need
        self.days += other.days
        self.dated += other.dated
        for term, weight in other.weights.items():
            self.weights[term] = self.weights.get(term, 0) + weight


def need(terms: int) -> int:
    """Return how alike others must be with an article of so many terms, in millionths."""
    share = (log(min(max(terms, SHORT), LONG)) - log(SHORT)) / (log(LONG) - log(SHORT))
    return round(LENGTH * LENGTH * (SHORT_NEED + share * (LONG_NEED - SHORT_NEED)))


def common(one: Group, other: Group) -> int:
    """Return the sum of the likenesses of all pairs of one article each."""
    few, many = sorted((one.weights, other.weights), key=len)
    return sum(weight * many.get(term, 0) for term, weight in few.items())


def closeness(one: Group, other: Group, shared: int) -> float:
    """Return how close two groups are whose pairs are `shared` alike together: from 1 on they tell of one event."""
    sizes = len(one.articles) * len(other.articles)
    asked = min(one.need / len(one.articles), other.need / len(other.articles))
    # Rounded, because the last digits of a power are not the same on all machines.
    return round(shared / sizes * _fading(one, other) / asked, 6)


def is_pair(one: Group, other: Group) -> bool:
    """Say whether two articles are so alike that they tell of one event whatever others there are."""
    if round(common(one, other) * _fading(one, other)) < PAIR * LENGTH * LENGTH:
        return False
    return len(one.weights.keys() & other.weights.keys()) >= SHARED


def _fading(one: Group, other: Group) -> float:
    if not (one.dated and other.dated):
        return 1.0
    days: float = 0.5 ** (abs(one.days / one.dated - other.days / other.dated) / HALF)
    return days


def groups(profiles: Iterable[Profile]) -> dict[str, Group]:
    """Return a group for each article, by its id."""
    return {profile.article: Group.of(profile) for profile in profiles}
