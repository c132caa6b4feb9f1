"""Many rankings to one, by rank: no ranking needs the scale of another.

Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
Learning Methods", SIGIR 2009: a document's score is the sum of ``weight / (K + rank)``.

The paper's K of 60, for many runs of about equal worth, was worse here than words alone: what two
rankings have at rank 50 beat what one has at rank 1, and a photo without a caption, which only its
looks can find, never came up. Measured with the embedded encoder and the weights below, mean average
precision at K = 60 / 5 (words alone): articles by their headlines, English 0.553 / 0.583 (0.580) and
German 0.447 / 0.604 (0.617); TIME's 83 questions 0.684 / 0.694 (0.695); texts by a caption of the same
photo 0.499 / 0.495 (0.451). Photos by a caption of somebody else, where half have none (the validation
part of Flickr8k), mean reciprocal rank 0.343 / 0.393. (tests/search/test_search_quality.py holds the order of these.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from kgretrieval.types import Found

#: How little the first ranks stand out.
K = 5

#: What a ranking counts in a search by words, by the kind of the hit. What is said of a picture's article counts
#: half for the picture.
WORDS: Mapping[str, Mapping[str, float]] = {
    "article": {"reads_like": 0.4, "words": 1.0, "names": 1.0},
    "picture": {"looks_like": 1.2, "reads_like": 0.7, "words": 1.0, "names": 1.0, "article_words": 0.5},
}
#: The same for a query that is nothing but names: an encoder knows few faces and few names.
NAMES: Mapping[str, Mapping[str, float]] = {
    "article": {"reads_like": 0.2, "words": 1.0, "names": 1.0},
    "picture": {"looks_like": 0.3, "reads_like": 0.3, "words": 1.0, "names": 1.0, "article_words": 0.5},
}
#: A search by a picture. A photo that looks alike says more of an article than its headline does, and the photo
#: itself most of all.
IMAGE: Mapping[str, Mapping[str, float]] = {
    "article": {"its_picture_is_image": 1.0, "its_picture_looks_like_image": 1.0, "reads_like_image": 0.5},
    "picture": {"same_image": 1.0, "looks_like_image": 1.0},
}

#: Documents with their own scores, the best first; no document twice.
Ranking = Sequence[tuple[int, float]]


def weights(kind: str, *, only_names: bool = False) -> dict[str, float]:
    """Return what each ranking counts for hits of a kind; those of words and of a picture do not meet by name."""
    return {**(NAMES if only_names else WORDS)[kind], **IMAGE[kind]}


@dataclass(frozen=True, slots=True)
class Fused:
    """A document with its fused score and what each ranking gave to it."""

    document: int
    score: float
    found_by: tuple[Found, ...]


def fuse(rankings: Mapping[str, Ranking], weight: Mapping[str, float]) -> list[Fused]:
    """Return every document of any ranking, the highest score first, the lower ordinal first among equals.

    Parameters
    ----------
    rankings : Mapping[str, Ranking]
        By name; their order does not matter.
    weight : Mapping[str, float]
        What each of them counts, above 0.
    """
    found: dict[int, list[Found]] = {}
    for name in sorted(rankings):
        for rank, (document, score) in enumerate(rankings[name], start=1):
            found.setdefault(document, []).append(Found(name, rank, score))
    fused = [Fused(document, total(shares, weight), tuple(shares)) for document, shares in found.items()]
    return sorted(fused, key=lambda f: (-f.score, f.document))


def total(found_by: Sequence[Found], weight: Mapping[str, float]) -> float:
    """Return the score that these shares add up to."""
    return fsum(weight[found.ranking] / (K + found.rank) for found in found_by)
