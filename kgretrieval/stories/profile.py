"""What of an article is compared: its most telling terms with their weights, and its day.

A profile follows from the article alone. All weights are whole numbers, so sums of them are the same in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import combinations
from math import log

from kgretrieval.store.story_rows import Profile
from kgretrieval.stories.background import rarity
from kgretrieval.text.clean import fold

#: Terms kept of an article, and how often one in the headline counts.
TERMS, HEADLINE = 64, 3
#: The length of the vector of weights: the product of two vectors is a cosine in millionths.
LENGTH = 1000
#: Letters from which a term that is a part of the name of its source is left out.
OWN_NAME = 4
#: An article is looked for by each pair of so many of its foremost terms.
FOREMOST = 8


def make_profile(
    article: str, counts: Mapping[str, int], headline: Sequence[str], published: str, source: str = ""
) -> Profile:
    """Return the profile of an article.

    Parameters
    ----------
    article : str
        Its id.
    counts : Mapping
        How often each term occurs in it, its headline included.
    headline : sequence of str
        The terms of its headline.
    published : str
        Its date in ISO 8601, of any precision.
    source : str
        Its newspaper or host, whose name stands in many headlines and says nothing of events.
    """
    total = dict(counts)
    for term in headline:
        total[term] = total.get(term, 0) + HEADLINE - 1
    own = "".join(filter(str.isalnum, fold(source)))
    told = {term: count for term, count in total.items() if len(term) < OWN_NAME or term not in own}
    telling = {term: (1.0 + log(count)) * rarity(term) for term, count in told.items()}
    # Rounded, because the last digits of a logarithm are not the same on all machines.
    chosen = sorted(((-round(weight, 6), term) for term, weight in telling.items() if weight > 0.0))[:TERMS]
    size = sum(weight * weight for weight, _ in chosen) ** 0.5
    weights: dict[int, int] = {}
    for weight, term in chosen:
        number = _hash(term, 4)
        weights[number] = weights.get(number, 0) + round(-weight * LENGTH / size)
    foremost = sorted(term for _, term in chosen[:FOREMOST])
    keys = [_hash(f"{one}\x1f{other}", 6) for one, other in combinations(foremost, 2)]
    return Profile(article, weights, _day(published), sorted(set(keys)))


def _hash(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=size).digest(), "big")


def _day(published: str) -> int:
    try:
        return date.fromisoformat(published[:10]).toordinal() if len(published) >= 10 else 0
    except ValueError:
        return 0
