"""The stories of articles that are all in memory: what `update_stories` comes to, whatever happened before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kgretrieval.store.story_rows import Profile
from kgretrieval.stories.alike import WINDOW, groups, is_pair
from kgretrieval.stories.cluster import components, split


def stories(profiles: Sequence[Profile]) -> list[list[str]]:
    """Return the stories among articles, each of two articles or more, ordered.

    Parameters
    ----------
    profiles : sequence of Profile
        With their keys.

    Returns
    -------
    list of list of str
        Articles that are in no story are left out.
    """
    single = groups(profiles)
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in _candidates(profiles):
        if is_pair(single[one], single[other]):
            beside[one].add(other)
            beside[other].add(one)
    by_id = {profile.article: profile for profile in profiles}
    found: list[list[str]] = []
    for component in components(beside):
        pairs = [(one, other) for one in component for other in beside[one] if one < other]
        found += split([by_id[article] for article in component], pairs)
    return sorted(found)


def _candidates(profiles: Iterable[Profile]) -> set[tuple[str, str]]:
    holders: dict[int, list[Profile]] = defaultdict(list)
    found: set[tuple[str, str]] = set()
    for profile in profiles:
        for key in profile.keys:
            for other in holders[key]:
                if not (profile.day and other.day) or abs(profile.day - other.day) <= WINDOW:
                    found.add((min(profile.article, other.article), max(profile.article, other.article)))
            holders[key].append(profile)
    return found
