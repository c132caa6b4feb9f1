"""Many rankings to one: those of different evidence by rank, those of the same texts by their scores.

By rank no ranking needs the scale of another. Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms
Condorcet and individual Rank Learning Methods", SIGIR 2009: a document's score is the sum of
``weight / (K + rank)``. The paper's K of 60, for many runs of about equal worth, was worse here than words alone:
what two rankings have at rank 50 beat what one has at rank 1, and a photo without a caption, which only its looks
can find, never came up. Photos by a caption of somebody else, where half have none (the validation part of
Flickr8k), mean reciprocal rank at K = 60 / 5: 0.343 / 0.393.

The words and the meaning of an article are two views of one text, and there the scores say more than the ranks
(Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1), 2023): a document
adds ``weight * value / (K + 1)``, so that the value 1 is worth a first rank. The value of words is the BM25 score
divided by the best one, that of meaning is the cosine. ``training/fusion/`` has the figures that chose the weights
(tests/search/test_search_quality.py holds their order).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from kgretrieval.search.rankings import REACH
from kgretrieval.types import Found

#: How little the first ranks stand out.
K = 5

#: What a ranking counts in a search by words, by the kind of the hit. What is said of a picture's article counts
#: half for the picture.
WORDS: Mapping[str, Mapping[str, float]] = {
    "article": {"reads_like": 0.67, "words": 1.0, "names": 0.17},
    "picture": {"looks_like": 1.2, "reads_like": 0.7, "words": 1.0, "names": 1.0, "article_words": 0.5},
}
#: The same for a query that is nothing but names: an encoder knows few faces and few names.
NAMES: Mapping[str, Mapping[str, float]] = {
    "article": {"reads_like": 0.33, "words": 1.0, "names": 1.0},
    "picture": {"looks_like": 0.3, "reads_like": 0.3, "words": 1.0, "names": 1.0, "article_words": 0.5},
}
#: A search by a picture. A photo that looks alike says more of an article than its headline does, and the photo
#: itself most of all.
IMAGE: Mapping[str, Mapping[str, float]] = {
    "article": {"its_picture_is_image": 1.0, "its_picture_looks_like_image": 1.0, "reads_like_image": 0.5},
    "picture": {"same_image": 1.0, "looks_like_image": 1.0},
}
#: The rankings that are fused by score; of captions that has not been measured.
BY_SCORE: Mapping[str, frozenset[str]] = {"article": frozenset({"words", "reads_like"}), "picture": frozenset()}

#: Documents with their own scores, the best first; no document twice.
Ranking = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ranking counts, and which of them are fused by score."""

    of: Mapping[str, float]
    by_score: frozenset[str] = frozenset()


def weights(kind: str, *, only_names: bool = False) -> Weights:
    """Return what each ranking counts for hits of a kind; those of words and of a picture do not meet by name."""
    return Weights({**(NAMES if only_names else WORDS)[kind], **IMAGE[kind]}, BY_SCORE[kind])


@dataclass(frozen=True, slots=True)
class Fused:
    """A document with its fused score and what each ranking gave to it."""

    document: int
    score: float
    found_by: tuple[Found, ...]


def fuse(rankings: Mapping[str, Ranking], weight: Weights) -> list[Fused]:
    """Return every document of any ranking, the highest score first, the lower ordinal first among equals.

    Parameters
    ----------
    rankings : Mapping[str, Ranking]
        By name; their order does not matter.
    weight : Weights
        What each of them counts, above 0.
    """
    found: dict[int, list[Found]] = {}
    for name in sorted(rankings):
        for rank, (document, score) in enumerate(rankings[name], start=1):
            found.setdefault(document, []).append(Found(name, rank, score))
    best = {name: ranking[0][1] for name, ranking in rankings.items() if ranking}
    fused = [Fused(document, total(shares, weight, best), tuple(shares)) for document, shares in found.items()]
    return sorted(fused, key=lambda f: (-f.score, f.document))


def total(found_by: Sequence[Found], weight: Weights, best: Mapping[str, float]) -> float:
    """Return the score of a document.

    Parameters
    ----------
    found_by : sequence of Found
        The rankings that have it.
    weight : Weights
    best : Mapping[str, float]
        The first score of every ranking that has any document.
    """
    parts = [_part(found, weight, best) for found in found_by]
    if "reads_like" in weight.by_score and "reads_like" in best and all(f.ranking != "reads_like" for f in found_by):
        # It was too far to be listed, not without any likeness: within reach begins at this share of the best.
        edge = Found("reads_like", 0, REACH * best["reads_like"])
        parts.append(_part(edge, weight, best))
    return fsum(parts)


def _part(found: Found, weight: Weights, best: Mapping[str, float]) -> float:
    """Return what one ranking adds."""
    share = weight.of[found.ranking]
    if found.ranking not in weight.by_score:
        return share / (K + found.rank)
    value = found.score / best["words"] if found.ranking == "words" else max(0.0, found.score)
    # Vectors hold three digits; what a larger batch rounds differently lies far behind them.
    return share * round(value, 6) / (K + 1)
