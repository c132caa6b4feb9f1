"""Which documents hold the words of a query, ranked by BM25.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
Trends in Information Retrieval 3(4), 2009, with the inverse document frequency of Lucene, which
is never negative: ``ln(1 + (N - n + 0.5) / (n + 0.5))``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.index._files import damaged, new_folder, read_meta, write_meta
from kgretrieval.index._postings import write_postings
from kgretrieval.index.base import Rows, Scores
from kgretrieval.text.analysis import Phrase

K1 = 1.2
B = 0.75
_VERSION = 1
_ARRAYS = ("vocabulary", "term_ends", "posting_ends", "documents", "counts", "lengths", "owners")


class LexicalIndex:
    """Counts of terms in documents, column-wise and memory-mapped; opening it reads no more than headers.

    Parameters
    ----------
    folder : pathlib.Path
        What `build` wrote.

    Attributes
    ----------
    owners : numpy.ndarray
        ``(rows,)`` bytes: the id of the article or picture that each row belongs to, ``b""`` for a dead row.

    Raises
    ------
    CollectionError
        If there is no such index or it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        meta = read_meta(folder, version=_VERSION)
        try:
            arrays: dict[str, npt.NDArray[Any]] = {name: _open(folder / f"{name}.npy") for name in _ARRAYS}
        except (OSError, ValueError, EOFError) as error:
            raise damaged(folder, error) from error
        self._vocabulary = arrays["vocabulary"]
        self._term_ends, self._posting_ends = arrays["term_ends"], arrays["posting_ends"]
        self._documents, self._counts = arrays["documents"], arrays["counts"]
        self._lengths = arrays["lengths"]
        self.owners: npt.NDArray[np.bytes_] = arrays["owners"]
        self._mean_length = float(meta["mean_length"])

    @classmethod
    def build(
        cls,
        term_texts: Sequence[str],
        indptr: npt.NDArray[np.integer[Any]],
        indices: npt.NDArray[np.integer[Any]],
        data: npt.NDArray[np.integer[Any]],
        folder: Path,
        *,
        owners: npt.NDArray[np.bytes_] | None = None,
    ) -> LexicalIndex:
        """Write the index of a matrix of counts as `folder` and open it.

        Parameters
        ----------
        term_texts : Sequence[str]
            The term of each column, all different.
        indptr, indices, data : numpy.ndarray
            The ``(documents, terms)`` counts in compressed sparse rows, as SciPy has them.
        folder : pathlib.Path
            Where to; one that is there is replaced as a whole.
        owners : numpy.ndarray, optional
            ``(documents,)`` bytes, see the attribute.
        """
        with new_folder(folder) as unfinished:
            mean_length = write_postings(unfinished, term_texts, indptr, indices, data)
            np.save(unfinished / "owners.npy", np.zeros(len(indptr) - 1, dtype="S14") if owners is None else owners)
            write_meta(unfinished, {"version": _VERSION, "kind": "lexical", "mean_length": mean_length})
        return cls(folder)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._lengths)

    def search(
        self,
        groups: Sequence[tuple[str, ...]],
        k: int,
        *,
        allowed: npt.NDArray[np.bool_] | None = None,
        weights: Sequence[float] | None = None,
    ) -> tuple[Rows, Scores]:
        """Return the `k` best documents that hold a term of the query.

        A document's score for a group of variants is that of the best one; the groups add up.

        Parameters
        ----------
        groups : Sequence[tuple[str, ...]]
            The variants of each query word, as `Analyser.query_terms` gives them.
        k : int
            How many documents to return at most.
        allowed : numpy.ndarray, optional
            ``(documents,)`` bool: those that may be returned.
        weights : Sequence[float], optional
            What each group's score is multiplied with, at least 0; 1 where not given.

        Returns
        -------
        rows : numpy.ndarray
            At most `k` documents as int64, the best first, the lower number first among equals.
            Only documents that match are returned; nothing is filled up.
        scores : numpy.ndarray
            Their scores as float32, all above 0.
        """
        if k < 0:
            raise ValueError(f"k must not be negative, got {k}")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"allowed must be ({len(self)},), got {allowed.shape}")
        total = np.zeros(len(self), dtype=np.float32)
        for group, weight in zip(groups, [1.0] * len(groups) if weights is None else weights, strict=True):
            total += np.float32(weight) * self._best_of(group)
        if allowed is not None:
            total[~allowed] = 0.0
        rows = np.flatnonzero(total)
        scores = total[rows]
        if k < len(rows):
            near = scores >= np.partition(scores, len(rows) - k)[len(rows) - k] if k else np.zeros(len(rows), bool)
            rows, scores = rows[near], scores[near]
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def score_terms(self, groups: Sequence[tuple[str, ...]], row: int) -> list[tuple[str, float]]:
        """Return, for each group that the document `row` matches, its best variant and what that adds."""
        parts: list[tuple[str, float]] = []
        for group in groups:
            scored = [(score, term) for term in group if (score := self._score_in(term, row)) > 0.0]
            if scored:
                score, term = max(scored, key=lambda pair: pair[0])
                parts.append((term, score))
        return parts

    def phrase_rows(self, phrase: Phrase) -> Rows:
        """Return the rows in which the words of a phrase stand as they do in it.

        Parameters
        ----------
        phrase : Phrase
            As `Analyser.phrase` gives it: ``(position, variants)`` of each word.

        Returns
        -------
        rows : numpy.ndarray
            Sorted int64; empty for an empty phrase.
        """
        found: Rows | None = None
        for _, variants in phrase:
            holding = np.flatnonzero(self._best_of(variants))
            found = holding if found is None else np.intersect1d(found, holding, assume_unique=True)
        return np.zeros(0, dtype=np.int64) if found is None else found

    def prefix_terms(self, prefix: str, limit: int) -> list[str]:
        """Return at most `limit` terms that begin with `prefix`, those of the most documents first, then by text."""
        key = prefix.encode("utf-8", "surrogatepass")
        start = bisect_left(range(len(self._term_ends)), key, key=self._term)
        end = bisect_left(range(len(self._term_ends)), key + b"\xff", key=self._term)
        terms = [self._term(index).decode("utf-8", "surrogatepass") for index in range(start, end)]
        return sorted(terms, key=lambda term: (-self.document_frequency(term), term))[:limit]

    def document_frequency(self, term: str) -> int:
        """Return in how many documents the term occurs."""
        start, end = self._postings(term)
        return end - start

    def _best_of(self, group: tuple[str, ...]) -> Scores:
        best = np.zeros(len(self), dtype=np.float32)
        for term in group:
            start, end = self._postings(term)
            documents = self._documents[start:end]
            best[documents] = np.maximum(best[documents], self._weights(start, end))
        return best

    def _score_in(self, term: str, row: int) -> float:
        start, end = self._postings(term)
        place = start + int(np.searchsorted(self._documents[start:end], row))
        if place == end or self._documents[place] != row:
            return 0.0
        return float(self._weights(start, end)[place - start])

    def _weights(self, start: int, end: int) -> Scores:
        """Return the BM25 score of each posting of a term."""
        n = end - start
        idf = np.log(1.0 + (len(self) - n + 0.5) / (n + 0.5))
        counts = self._counts[start:end].astype(np.float64)
        relative = self._lengths[self._documents[start:end]] / self._mean_length if n else counts
        weights = idf * counts * (K1 + 1.0) / (counts + K1 * (1.0 - B + B * relative))
        return np.asarray(weights, dtype=np.float32)

    def _postings(self, term: str) -> tuple[int, int]:
        """Return where the postings of a term begin and end, by bisection of the sorted vocabulary."""
        key = term.encode("utf-8", "surrogatepass")
        low, high = 0, len(self._term_ends)
        while low < high:
            middle = (low + high) // 2
            if self._term(middle) < key:
                low = middle + 1
            else:
                high = middle
        if low == len(self._term_ends) or self._term(low) != key:
            return 0, 0
        return int(self._posting_ends[low - 1]) if low else 0, int(self._posting_ends[low])

    def _term(self, index: int) -> bytes:
        start = int(self._term_ends[index - 1]) if index else 0
        return bytes(self._vocabulary[start : int(self._term_ends[index])])


def _open(path: Path) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array
