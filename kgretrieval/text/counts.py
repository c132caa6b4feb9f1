"""How often each term occurs in each text, counted by scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from kgretrieval.text.analysis import Analyser


def count_terms(texts: Sequence[tuple[str, str]], analyser: Analyser) -> tuple[list[str], csr_matrix]:
    """Count the terms of texts with ``CountVectorizer``.

    Parameters
    ----------
    texts : Sequence[tuple[str, str]]
        Pairs of a text and its language.
    analyser : Analyser
        What makes terms of a text.

    Returns
    -------
    terms : list[str]
        The vocabulary, sorted by code point.
    counts : scipy.sparse.csr_matrix
        ``(len(texts), len(terms))`` int32; column indices are sorted within a row.
    """
    # scikit-learn takes more than a second to import, and a query needs no counting.
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    def analyse(pair: tuple[str, str]) -> list[str]:
        return analyser.terms(*pair)

    vectorizer = CountVectorizer(analyzer=analyse, dtype=np.int32)
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError as error:
        # CountVectorizer refuses texts in which it finds no term at all; for us they are just empty.
        if "empty vocabulary" not in str(error):
            raise
        return [], csr_matrix((len(texts), 0), dtype=np.int32)
    counts.sort_indices()
    return list(map(str, vectorizer.get_feature_names_out())), counts
