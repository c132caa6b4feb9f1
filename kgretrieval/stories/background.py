"""How rare a term is anywhere, known beforehand: what is counted in a collection would change with every article."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from math import log

#: Ranks of the first terms, which are all about equally common.
_FLAT = 10
#: The rank given to a term that is not in the list.
_UNKNOWN = 25_000


@lru_cache(maxsize=1)
def ranks() -> dict[str, int]:
    """Return the rank of common terms by how frequent they are in their language, the best of all languages."""
    text = files("kgretrieval.stories").joinpath("background.txt").read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for line in text.splitlines():
        for rank, term in enumerate(line.split(" ")[1:]):
            found[term] = min(rank, found.get(term, rank))
    return found


def rarity(term: str) -> float:
    """Return the logarithm of a term's rank, by Zipf's law that of how rare it is: 0 for the most common ones.

    Examples
    --------
    >>> rarity("peopl") < rarity("elect") < rarity("transnistria")
    True
    """
    return log((ranks().get(term, _UNKNOWN) + _FLAT) / _FLAT)
