"""The rankings of a search: each a list of documents by one kind of evidence.

============================ ======================================================== ==================
ranking                      what it compares                                         hits
============================ ======================================================== ==================
looks_like                   the query's words with pixels, in the picture space      pictures
reads_like                   the query's words with passages, in the text space       articles, pictures
words                        BM25 over articles, captions and tags, text in pictures  articles, pictures
article_words                BM25 over the articles that pictures illustrate          pictures
fragment                     letters of the query in the text of pictures             pictures
names                        the entities that the query names, in the graph          articles, pictures
graph                        what stands near them in the graph                       articles, pictures
looks_like_image             the query's picture with pixels                          pictures
same_image                   the perceptual hash of the query's picture               pictures
reads_like_image             the query's picture with headlines, in the picture space articles
its_picture_looks_like_image the query's picture with the pictures of articles        articles
its_picture_is_image         the same by perceptual hash                              articles
============================ ======================================================== ==================

Filters act inside every ranking, so that a filtered search still finds as many hits as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.index.catalog import Catalog
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask, allowed_rows, kind_mask

Scored = list[tuple[int, float]]
Groups = Sequence[tuple[str, ...]]

#: Ranks beyond this change no order that a person looks at.
DEPTH = 200
#: A passage reads like the query if it is at least half as near as the nearest one, and nearer than chance: of
#: pairs of unrelated headlines one in thirty is nearer than 0.25 to the embedded encoder; for encoders that put
#: all texts close together this limit does nothing. Pixels have no limit: who asks for twenty pictures wants to
#: see the twenty that come closest.
REACH = 0.5
LEAST = 0.25


def nearest(
    snapshot: Snapshot, space: str, queries: npt.NDArray[np.float32], passed: Mask, depth: int, *, pixels: bool
) -> list[Scored]:
    """Return, for each query vector, the documents with the nearest rows; a document's best row counts.

    Parameters
    ----------
    queries : numpy.ndarray
        ``(m, d)`` float32; a row of zeros (a text of which the encoder knows nothing) finds nothing.
    passed : numpy.ndarray
        ``(n,)`` bool over the documents.
    pixels : bool
        Compare with the rows of pixels, or with those of texts.
    """
    catalog = snapshot.catalog
    documents = catalog.vectors[space]
    allowed = allowed_rows(documents, passed) & (catalog.pixels[space] == pixels)
    found: list[Scored] = [[] for _ in queries]
    known = np.flatnonzero(queries.any(axis=1))
    reachable = int(allowed.sum())
    rows_wanted = depth if pixels else 3 * depth
    while len(known) and reachable:
        rows, scores = snapshot.vectors[space].search(queries[known], min(rows_wanted, reachable), allowed=allowed)
        for i, own_rows, own_scores in zip(known.tolist(), rows, scores, strict=True):
            found[i] = _best_of_documents(documents, own_rows, own_scores)
        short = np.array([len(found[i]) < depth for i in known], dtype=bool)
        known = known[short] if rows_wanted < reachable else known[:0]
        rows_wanted *= 4
    return [(scored if pixels else within_reach(scored))[:depth] for scored in found]


def best_of_both(one: Scored, other: Scored, depth: int) -> Scored:
    """Return what two ways of asking the same find, each document with the better of its scores."""
    best = dict(one)
    for document, score in other:
        best[document] = max(score, best.get(document, score))
    return sorted(best.items(), key=lambda scored: (-scored[1], scored[0]))[:depth]


def words(snapshot: Snapshot, groups: Groups, weights: Sequence[float], passed: Mask, depth: int, kind: str) -> Scored:
    """Return the articles, or the pictures by their captions, tags and texts, that hold words of the query, by BM25.

    `weights` says what each of the groups counts.
    """
    documents = snapshot.catalog.lexical
    allowed = allowed_rows(documents, passed & kind_mask(snapshot.catalog, kind))
    # A picture can have several uses; twice as many rows give enough pictures nearly always.
    most = depth if kind == "article" else 2 * depth
    rows, scores = snapshot.lexical.search(groups, most, allowed=allowed, weights=weights)
    return _best_of_documents(documents, rows, scores)[:depth]


def article_words(
    snapshot: Snapshot,
    groups: Groups,
    weights: Sequence[float],
    passed: Mask,
    depth: int,
    known: Mask | None = None,
) -> Scored:
    """Return the pictures of the articles (among those `known`) that hold words of the query, each with its score."""
    links = Illustrations(snapshot.catalog)
    illustrated = links.articles_with(passed)
    if known is not None:
        illustrated &= known
    return links.to_pictures(words(snapshot, groups, weights, illustrated, depth, "article"), passed, depth)


class Illustrations:
    """The way from articles to their pictures and back."""

    def __init__(self, catalog: Catalog) -> None:
        # A mapped array makes a mapped array of every part that is asked for, which takes longer than the asking.
        self._pairs = np.asarray(catalog.illustrations)
        self._articles = np.ascontiguousarray(self._pairs[:, 0])
        self._count = len(catalog)

    def articles_with(self, pictures: Mask) -> Mask:
        """Return ``(n,)`` bool: the articles that have one of these pictures."""
        return self._ends(1, 0, pictures)

    def pictures_of(self, articles: Mask) -> Mask:
        """Return ``(n,)`` bool: the pictures that one of these articles has."""
        return self._ends(0, 1, articles)

    def to_pictures(self, articles: Scored, passed: Mask, depth: int) -> Scored:
        """Return the pictures of these articles that passed, in the order of the articles and within them."""
        return _first((picture, score) for a, score in articles for picture in self._of(0, a) if passed[picture])[
            :depth
        ]

    def to_articles(self, pictures: Scored, passed: Mask, depth: int) -> Scored:
        """Return the articles with these pictures that passed, in the order of the pictures."""
        return _first((article, score) for p, score in pictures for article in self._of(1, p) if passed[article])[
            :depth
        ]

    def articles_of(self, picture: int) -> list[int]:
        """Return the articles that a picture illustrates."""
        return self._of(1, picture)

    def _ends(self, near: int, far: int, chosen: Mask) -> Mask:
        found = np.zeros(self._count, dtype=bool)
        if len(self._pairs):
            found[self._pairs[chosen[self._pairs[:, near]], far]] = True
        return found

    def _of(self, side: int, document: int) -> list[int]:
        if side == 0:
            start, end = np.searchsorted(self._articles, [document, document + 1])
            found: list[int] = self._pairs[start:end, 1].tolist()
            return found
        other: list[int] = self._pairs[self._pairs[:, 1] == document, 0].tolist()
        return other


def within_reach(scored: Scored) -> Scored:
    """Keep what is near in itself, and not much farther than the nearest."""
    return [(document, score) for document, score in scored if score >= max(LEAST, REACH * scored[0][1])]


def _best_of_documents(
    documents: npt.NDArray[np.int32], rows: npt.NDArray[np.int64], scores: npt.NDArray[np.float32]
) -> Scored:
    """Return the document of each row, the best row first, once; rows of -1 are none."""
    real = rows >= 0
    return _first(zip(documents[rows[real]].tolist(), scores[real].tolist(), strict=True))


def _first(scored: Iterable[tuple[int, float]]) -> Scored:
    """Keep the first score of each document."""
    kept: dict[int, float] = {}
    for document, score in scored:
        kept.setdefault(document, score)
    return list(kept.items())
