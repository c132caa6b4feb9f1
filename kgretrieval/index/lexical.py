"""Which documents hold the words of a query, ranked by BM25.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
Trends in Information Retrieval 3(4), 2009, with the inverse document frequency of Lucene, which
is never negative: ``ln(1 + (N - n + 0.5) / (n + 0.5))``.

The index is a few immutable segments (`kgretrieval.index._term_segment`), the largest first, and a list of the rows in
them that are dead, as in a log-structured merge tree (O'Neil et al., "The Log-Structured Merge-Tree", Acta Informatica
33, 1996). Numbers of documents and the mean length count live rows only, and equal scores are ordered by the holder's
id, so that it answers the same however it came about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kgretrieval.index._files import damaged, read_meta, write_meta
from kgretrieval.index._lexical_part import LexicalPart
from kgretrieval.index._phrases import adjacent
from kgretrieval.index._term_segment import Layout, Postings, Segment
from kgretrieval.index._top import best_rows, ranked
from kgretrieval.index.base import Rows, Scores
from kgretrieval.text.analysis import Phrase

VERSION = 2

Groups = Sequence[tuple[str, ...]]


class SegmentInfo(NamedTuple):
    """A segment as the index's JSON file describes it: its file, its rows, those alive, and the terms in those."""

    file: str
    rows: int
    live: int
    length: int
    layout: Layout


class LexicalIndex:
    """Counts and positions of terms in documents, memory-mapped; opening it reads no more than headers.

    Parameters
    ----------
    folder : pathlib.Path
        What `kgretrieval.index.lexical_build.write_lexical` wrote.

    Attributes
    ----------
    segments : Sequence[SegmentInfo]
        What it is made of; the rows of the second follow those of the first.
    dead : numpy.ndarray
        Sorted int64: the dead rows.
    documents : int
        How many rows are alive.

    Raises
    ------
    CollectionError
        If there is no such index or it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        meta = read_meta(folder, version=VERSION)
        try:
            self.segments = tuple(SegmentInfo(*info) for info in meta["segments"])
            opened = [Segment(folder / info.file, info.layout) for info in self.segments]
            self.dead: Rows = np.load(folder / "dead.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
            raise damaged(folder, error) from error
        self.documents = sum(info.live for info in self.segments)
        self._ends = np.cumsum([0, *(info.rows for info in self.segments)]).tolist()
        length = sum(info.length for info in self.segments)
        self._parts = [
            LexicalPart(segment, start, self.dead, length / self.documents if length else 1.0)
            for segment, start in zip(opened, self._ends[:-1], strict=True)
        ]

    def __len__(self) -> int:
        """Return the number of rows, dead ones included."""
        return int(self._ends[-1])

    @cached_property
    def owners(self) -> npt.NDArray[np.bytes_]:
        """``(rows,)`` bytes: the id of the article or picture that each row belongs to, ``b""`` for a dead row."""
        found = np.concatenate([np.zeros(0, dtype="S14"), *(part.segment.owners for part in self._parts)])
        found[self.dead] = b""
        return found

    def search(
        self,
        groups: Groups,
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
            ``(rows,)`` bool: those that may be returned.
        weights : Sequence[float], optional
            What each group's score is multiplied with, at least 0; 1 where not given.

        Returns
        -------
        rows : numpy.ndarray
            At most `k` documents as int64, the best first, those of equal scores by the id of their holder.
            Only documents that match are returned; nothing is filled up.
        scores : numpy.ndarray
            Their scores as float32, all above 0.
        """
        if k < 0:
            raise ValueError(f"k must not be negative, got {k}")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"allowed must be ({len(self)},), got {allowed.shape}")
        total = np.zeros(len(self), dtype=np.float32)
        scratch: Scores | None = None
        for variants, weight in self._weighted(groups, weights):
            if len(variants) > 1 and scratch is None:
                scratch = np.zeros(len(self), dtype=np.float32)
            for number, part in enumerate(self._parts):
                known = [(term.idf * weight, p) for term in variants if (p := term.postings[number])]
                part.add(known, total, scratch)
        if len(self.dead):
            total[self.dead] = 0.0
        if allowed is not None:
            total *= allowed
        rows = best_rows(total, k)
        return ranked(rows, total[rows], self.holders(rows), k)

    def score_terms(
        self, groups: Groups, row: int, *, weights: Sequence[float] | None = None
    ) -> list[tuple[str, float]]:
        """Return, for each group that the document `row` matches, its best variant and what that adds."""
        number = bisect_right(self._ends, row) - 1
        part = self._parts[number]
        parts: list[tuple[str, float]] = []
        for variants, weight in self._weighted(groups, weights):
            known = [(term.text, term.idf * weight, p) for term in variants if (p := term.postings[number])]
            scored = [(score, text) for text, factor, p in known if (score := part.score_in(factor, p, row)) > 0.0]
            if scored:
                score, best = max(scored, key=lambda pair: pair[0])
                parts.append((best, score))
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
        found: list[Rows] = []
        for part in self._parts:
            found_in = part.segment.find
            words = [(place, [p for v in set(variants) if (p := found_in(_key(v)))]) for place, variants in phrase]
            if words and all(postings for _, postings in words):
                found.append(adjacent(part.segment, words) + part.start)
        rows = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        return rows[~np.isin(rows, self.dead)] if len(self.dead) else rows

    def prefix_terms(self, prefix: str, limit: int) -> list[str]:
        """Return at most `limit` terms that begin with `prefix`, those of the most documents first, then by text."""
        most: Counter[bytes] = Counter()
        for part in self._parts:
            for key, postings in part.segment.beginning_with(_key(prefix)):
                most[key] += postings
        order = sorted(((-bound, _text(key)) for key, bound in most.items()))
        if not len(self.dead):
            return [text for _, text in order[:limit]]
        # Dead rows only make it less: none of the rest is in more documents than the first of them, dead ones counted.
        looked_at = max(1, limit)
        while True:
            counted = ((-self.document_frequency(text), text) for _, text in order[:looked_at])
            found = sorted((n, text) for n, text in counted if n)
            if looked_at >= len(order) or (len(found) >= limit and found[limit - 1][0] < order[looked_at][0]):
                return [text for _, text in found[:limit]]
            looked_at *= 4

    def document_frequency(self, term: str) -> int:
        """Return in how many documents the term occurs."""
        return self._frequency(self._find(term))

    def _find(self, term: str) -> list[Postings | None]:
        key = _key(term)
        return [part.segment.find(key) for part in self._parts]

    def _frequency(self, postings: Sequence[Postings | None]) -> int:
        return sum(part.frequency(p) for part, p in zip(self._parts, postings, strict=True) if p)

    def rows_of(self, holders: npt.NDArray[np.bytes_]) -> Rows:
        """Return the rows of these holders (sorted, different), dead ones too, sorted."""
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *(p.rows_of(holders) for p in self._parts)]))

    def holders(self, rows: Rows) -> npt.NDArray[np.bytes_]:
        """Return the article or use that each of these rows (sorted) counts."""
        return self._each(rows, "holders", "S14")

    def lengths(self, rows: Rows) -> npt.NDArray[np.uint32]:
        """Return how many terms each of these rows (sorted) has."""
        return self._each(rows, "lengths", "u4")

    def _weighted(self, groups: Groups, weights: Sequence[float] | None) -> Iterator[tuple[list[_Term], float]]:
        """Yield the variants of each group that occur, and what their share of its score is multiplied with."""
        for group, weight in zip(groups, [1.0] * len(groups) if weights is None else weights, strict=True):
            found = ((text, self._find(text)) for text in dict.fromkeys(group))
            counted = ((text, postings, self._frequency(postings)) for text, postings in found)
            variants = [_Term(text, self._idf(n), postings) for text, postings, n in counted if n]
            if variants and weight:
                yield variants, weight

    def _idf(self, n: int) -> float:
        return log(1.0 + (self.documents - n + 0.5) / (n + 0.5))

    def _each(self, rows: Rows, name: str, kind: str) -> npt.NDArray[Any]:
        cuts = np.searchsorted(rows, self._ends)
        parts = zip(self._parts, cuts[:-1], cuts[1:], strict=True)
        values = [getattr(part.segment, name)[rows[low:high] - part.start] for part, low, high in parts]
        return np.concatenate(values) if values else np.zeros(0, dtype=kind)


class _Term(NamedTuple):
    """A term that occurs, with its postings in each segment."""

    text: str
    idf: float
    postings: list[Postings | None]


def write_index(folder: Path, segments: Iterable[SegmentInfo], dead: Rows) -> LexicalIndex:
    """Write what holds segments together, whose files are in `folder` already, and open the index."""
    np.save(folder / "dead.npy", dead, allow_pickle=False)
    write_meta(folder, {"version": VERSION, "kind": "lexical", "segments": [list(info) for info in segments]})
    return LexicalIndex(folder)


def _key(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")
