"""How often each term occurs in each text, counted by scikit-learn, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from kgretrieval.text.analysis import Analyser


class Counted(NamedTuple):
    """The terms of texts.

    Attributes
    ----------
    terms : list[str]
        The vocabulary, sorted by code point.
    counts : scipy.sparse.csr_matrix
        ``(len(texts), len(terms))`` int32; column indices are sorted within a row.
    positions : numpy.ndarray
        ``(counts.sum(),)`` uint32: where each of the matrix's entries stands, entry after entry, ascending within one.
    """

    terms: list[str]
    counts: csr_matrix
    positions: npt.NDArray[np.uint32]

    def by_text(self) -> Iterator[tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.uint32]]]:
        """Yield the different terms of each text, how often each occurs and where."""
        ends = np.concatenate([[0], np.cumsum(self.counts.data, dtype=np.int64)])
        for start, end in pairwise(self.counts.indptr.tolist()):
            terms = [self.terms[column] for column in self.counts.indices[start:end].tolist()]
            yield terms, self.counts.data[start:end], self.positions[ends[start] : ends[end]]


def count_terms(texts: Sequence[tuple[str, str]], analyser: Analyser) -> Counted:
    """Count the terms of texts with ``CountVectorizer``.

    Parameters
    ----------
    texts : Sequence[tuple[str, str]]
        Pairs of a text and its language.
    analyser : Analyser
        What makes terms of a text.
    """
    # scikit-learn takes more than a second to import, and a query needs no counting.
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    read: list[tuple[list[str], list[int]]] = []

    def analyse(pair: tuple[str, str]) -> list[str]:
        read.append(analyser.placed_terms(*pair))
        return read[-1][0]

    vectorizer = CountVectorizer(analyzer=analyse, dtype=np.int32)
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError as error:
        # CountVectorizer refuses texts in which it finds no term at all; for us they are just empty.
        if "empty vocabulary" not in str(error):
            raise
        return Counted([], csr_matrix((len(texts), 0), dtype=np.int32), np.zeros(0, dtype=np.uint32))
    counts.sort_indices()
    terms: list[str] = vectorizer.get_feature_names_out().tolist()
    return Counted(terms, counts, _positions(read, vectorizer.vocabulary_, len(terms)))


def _positions(
    read: Sequence[tuple[list[str], list[int]]], column_of: dict[str, int], columns: int
) -> npt.NDArray[np.uint32]:
    """Return all positions by text, column and place."""
    sizes = np.array([len(terms) for terms, _ in read])
    total = int(sizes.sum())
    found = np.fromiter(map(column_of.__getitem__, chain.from_iterable(terms for terms, _ in read)), np.int64, total)
    places = np.fromiter(chain.from_iterable(places for _, places in read), np.uint32, total)
    return places[np.argsort(found + np.repeat(np.arange(len(sizes)) * columns, sizes), kind="stable")]
