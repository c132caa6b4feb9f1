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
divided by the best one, that of meaning is the cosine beyond the edge of reach. ``training/fusion/`` has the figures
that chose the weights (tests/search/test_search_quality.py holds their order).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kgretrieval.search.rankings import REACH
from kgretrieval.types import Found

#: How little the first ranks stand out.
K = 5

#: What a question in words is: words without a name, names alone, or both.
QueryType = Literal["words", "names", "names and words"]
_Table = Mapping[str, Mapping[str, float]]

#: What a ranking counts in a search by words, by the kind of the hit. What is said of a picture's article counts
#: half for the picture. (Of words without a name the graph knows nothing.)
WORDS: _Table = {
    "article": {"reads_like": 0.67, "words": 1.0},
    "picture": {"looks_like": 1.2, "reads_like": 0.7, "words": 1.0, "article_words": 0.5},
}
#: The same for a query that is nothing but names: an encoder knows few faces and few names.
NAMES: _Table = {
    "article": {"reads_like": 0.33, "words": 1.0, "names": 1.0, "graph": 0.1},
    "picture": {"looks_like": 0.1, "reads_like": 0.3, "words": 1.0, "names": 1.0, "article_words": 1.0, "graph": 0.1},
}
#: The same for names and what else there is to be seen or told of them.
NAMES_AND_WORDS: _Table = {
    "article": {"reads_like": 0.67, "words": 1.0, "names": 0.17, "graph": 0.02},
    "picture": {"looks_like": 1.2, "reads_like": 0.7, "words": 1.0, "names": 1.0, "article_words": 1.0, "graph": 0.1},
}
BY_TYPE: Mapping[QueryType, _Table] = {"words": WORDS, "names": NAMES, "names and words": NAMES_AND_WORDS}
#: A search by a picture. A photo that looks alike says more of an article than its headline does, and the photo
#: itself most of all.
IMAGE: _Table = {
    "article": {"its_picture_is_image": 1.0, "its_picture_looks_like_image": 1.0, "reads_like_image": 0.5},
    "picture": {"same_image": 1.0, "looks_like_image": 1.0},
}
#: What letters in a picture count that no word of the collection has: they stand there by chance as seldom as a word.
LETTERS: _Table = {"article": {}, "picture": {"fragment": 1.0}}
#: The rankings that are fused by score; of captions that has not been measured.
BY_SCORE: Mapping[str, frozenset[str]] = {"article": frozenset({"words", "reads_like"}), "picture": frozenset()}
#: For names and what is to be seen, pictures that have the names are a set rather than a ranking: which of them is the
#: one, the looks say. With such a K (the paper's) their first ranks hardly stand out.
FLAT_K = 60
_FLAT = frozenset({"names", "graph", "article_words"})
#: Shares are whole numbers of this part of 1, so that their sum does not depend on their order.
_GRAIN = 2.0**-40

#: Documents with their own scores, the best first; no document twice.
Ranking = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ranking counts, which of them are fused by score, and in which the first ranks hardly stand out."""

    of: Mapping[str, float]
    by_score: frozenset[str] = frozenset()
    flat: frozenset[str] = frozenset()


def weights(kind: str, asked: QueryType = "words") -> Weights:
    """Return what each ranking counts for hits of a kind; those of words and of a picture do not meet by name."""
    flat = _FLAT if (asked, kind) == ("names and words", "picture") else frozenset[str]()
    return Weights({**BY_TYPE[asked][kind], **IMAGE[kind], **LETTERS[kind]}, BY_SCORE[kind], flat)


@dataclass(frozen=True, slots=True)
class Fused:
    """A document with its fused score and what each ranking gave to it."""

    document: int
    score: float
    found_by: tuple[Found, ...]


def fuse(rankings: Mapping[str, Ranking], weight: Weights) -> list[Fused]:
    """Return every document of any ranking, the highest score first, the lower ordinal first among equals.

    The shares of a document add up to its score, exactly.

    Parameters
    ----------
    rankings : Mapping[str, Ranking]
        By name; their order does not matter.
    weight : Weights
        What each of them counts, above 0.
    """
    found: dict[int, list[Found]] = {}
    for name in sorted(rankings):
        best = rankings[name][0][1] if rankings[name] else 0.0
        for rank, (document, score) in enumerate(rankings[name], start=1):
            share = _share(name, rank, score, best, weight)
            found.setdefault(document, []).append(Found(name, rank, score, share))
    fused = [Fused(document, sum(one.share for one in own), tuple(own)) for document, own in found.items()]
    return sorted(fused, key=lambda f: (-f.score, f.document))


def _share(name: str, rank: int, score: float, best: float, weight: Weights) -> float:
    """Return what a ranking adds to the score of a document."""
    whole = weight.of[name]
    if name in weight.flat:
        # Whatever its K, a first rank is worth the same.
        share = whole * (FLAT_K + 1) / (K + 1) / (FLAT_K + rank)
    elif name not in weight.by_score:
        share = whole / (K + rank)
    else:
        # Meaning is listed from a share of the best on; what is beyond is too far, not without any likeness. Vectors
        # hold three digits; what a larger batch rounds differently lies far behind the sixth.
        value = round(score / best, 6) if name == "words" else round(score, 6) - round(REACH * best, 6)
        share = whole * max(0.0, value) / (K + 1)
    return round(share / _GRAIN) * _GRAIN
