"""How likely each hit is relevant.

A hit may have several kinds of evidence: its pixels look like the words or like the query's picture, its text reads
like the words, it holds the words. Each kind has a calibrated probability (`kgretrieval.encoders.calibration`); a
hit has that of its best one, since the kinds are far from independent of each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.calibration import Calibration, log_size
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.fuse import Fused
from kgretrieval.search.rankings import Groups, Illustrations

Vectors = npt.NDArray[np.float32]

#: The direction to which the cosines of a ranking belong.
DIRECTIONS: Mapping[str, str] = {
    "looks_like": "text_to_picture",
    "looks_like_image": "picture_to_picture",
    "its_picture_looks_like_image": "picture_to_picture",
    "reads_like_image": "picture_to_text",
}
_PHOTO = frozenset({"same_image", "its_picture_is_image"})
#: What a near copy by the perceptual hash is worth: of 1.1 million pairs of different photographs none is that near.
SAME = 0.99
#: What is said of a picture's article counts half for the picture, as in the fusion of the rankings.
LENT = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """What the probabilities of the hits of one question depend on.

    Attributes
    ----------
    groups : Groups
        The variants of each of its words.
    vectors : Mapping[str, numpy.ndarray]
        By direction ``(1, d)``: the vector that was compared.
    known : float
        Share of its words that the encoder knows.
    only_a_name : bool
        It is the name of an entity and nothing else.
    compared : int
        How many documents of the hits' kind were searched.
    """

    groups: Groups
    vectors: Mapping[str, Vectors]
    known: float
    only_a_name: bool
    compared: int


class Scorer:
    """Weighs the evidence for the hits of one question.

    Parameters
    ----------
    snapshot : Snapshot
        What was searched.
    calibration : Calibration
        Of the collection's encoder.
    question : Question
        What was asked.
    """

    def __init__(self, snapshot: Snapshot, calibration: Calibration, question: Question) -> None:
        self._catalog, self._lexical = snapshot.catalog, snapshot.lexical
        self._links = Illustrations(snapshot.catalog)
        self._calibration = calibration
        self._question = question
        self._size = log_size(question.compared)
        self._rarity = [self._idf(group) for group in question.groups]
        self._group_of = {term: place for place, group in enumerate(question.groups) for term in group}

    def evidence(self, fused: Fused) -> dict[str, float | None]:
        """Return the probability of a hit by each kind of evidence, None where the encoder is not calibrated."""
        found = {share.ranking: share.score for share in fused.found_by}
        parts: dict[str, float | None] = {}
        for ranking, cosine in found.items():
            if ranking in DIRECTIONS:
                parts[DIRECTIONS[ranking]] = self._by_cosine(DIRECTIONS[ranking], cosine)
        if not _PHOTO.isdisjoint(found):
            parts["same"] = SAME
        if self._question.groups:
            coverage = 1.0 if self._question.only_a_name and "names" in found else self._coverage(fused.document)
        else:
            coverage = 0.0
        if "reads_like" in found:
            parts["texts"] = self._by_cosine("texts", found["reads_like"], coverage)
        elif coverage:
            parts["words"] = self._by_words(coverage)
        if "fragment" in found:
            parts["fragment"] = self._by_words(found["fragment"])
        if "article_words" in found:
            lent = max(map(self._coverage, self._links.articles_of(fused.document)), default=0.0)
            parts["words"] = max(parts.get("words") or 0.0, LENT * self._by_words(lent))
        return parts

    def _by_cosine(self, name: str, cosine: float, coverage: float = 0.0) -> float | None:
        direction, query = self._calibration.get(name), self._question.vectors.get(name)
        if direction is None or query is None:
            return None
        z = direction.standard(query, cosine)
        known = self._question.known
        return direction.probability(cosine=cosine, z=z, size=self._size, known=known, coverage=coverage)

    def _by_words(self, coverage: float) -> float:
        count = log(max(1, len(self._rarity)))
        return self._calibration["words"].probability(coverage=coverage, size=self._size, words=count)

    def _coverage(self, document: int) -> float:
        """Return which share of the query's words a document holds, the rare ones counting more."""
        rows = np.flatnonzero(self._catalog.lexical == document).tolist()
        groups = self._question.groups
        held = {self._group_of[term] for row in rows for term, _ in self._lexical.score_terms(groups, row)}
        return sum(self._rarity[place] for place in held) / sum(self._rarity)

    def _idf(self, group: tuple[str, ...]) -> float:
        n = max(map(self._lexical.document_frequency, group), default=0)
        return log(1.0 + (self._lexical.documents - n + 0.5) / (n + 0.5))


def percent(probability: float) -> str:
    """Return a probability as a person reads it.

    Examples
    --------
    >>> percent(0.823), percent(0.004), percent(0.9999)
    ('82 %', 'under 1 %', 'over 99 %')
    """
    if probability < 0.01:
        return "under 1 %"
    return "over 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"
