"""Which terms each text holds, how often and where: kept with the text, read by the lexical index."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.store.read import select_in
from kgretrieval.store.records import CountedText
from kgretrieval.store.store import Store

Numbers = npt.NDArray[np.uint32]

#: Texts that are read at once.
STRETCH = 16_384
_WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
_ROWS = """SELECT c.holder, COALESCE(u.picture, c.holder), c.terms, c.counts, c.positions
    FROM counts c LEFT JOIN use u ON u.id = c.holder"""


@dataclass(frozen=True, slots=True)
class TermRows:
    """What a stretch of texts holds, text after text.

    Attributes
    ----------
    holders, documents : list of str
        The article or use that each text is of, and the article or picture that a person sees.
    ends : numpy.ndarray
        ``(texts,)`` int64: where the entries of each text end.
    terms, counts : numpy.ndarray
        ``(entries,)`` uint32: ids of terms, different within a text, and how often each occurs.
    positions : numpy.ndarray
        ``(counts.sum(),)`` uint32: where each entry's term stands, entry after entry, ascending within one.
    """

    holders: list[str]
    documents: list[str]
    ends: npt.NDArray[np.int64]
    terms: Numbers
    counts: Numbers
    positions: Numbers


def insert_counts(connection: sqlite3.Connection, texts: Sequence[CountedText]) -> None:
    """Keep what was counted in texts that are not there yet; terms that are new get an id."""
    ids = _ids_of(connection, Counter(term for text in texts for term in text.terms))
    rows = (
        (t.holder, _packed([ids[term] for term in t.terms], width=4), _packed(t.counts), _packed(t.positions))
        for t in texts
    )
    connection.executemany("INSERT INTO counts VALUES (?, ?, ?, ?)", rows)


def terms_held(connection: sqlite3.Connection, holder: str) -> list[int]:
    """Return the ids of the terms of a text."""
    row = connection.execute("SELECT terms FROM counts WHERE holder = ?", (holder,)).fetchone()
    found: list[int] = np.frombuffer(row[0], dtype="<u4").tolist() if row else []
    return found


def release_terms(connection: sqlite3.Connection, lost: Mapping[int, int]) -> None:
    """Note how many texts each of these terms (by id) left; what is in no text any more goes."""
    less = "UPDATE term SET holders = holders - ? WHERE id = ?"
    connection.executemany(less, ((count, i) for i, count in sorted(lost.items())))
    connection.executemany("DELETE FROM term WHERE id = ? AND holders = 0", ((i,) for i in sorted(lost)))


def term_rows(store: Store, holders: Collection[str] | None = None) -> Iterator[TermRows]:
    """Yield what was counted in all texts, or in those of these holders, ordered by holder, a stretch at a time."""
    with store.reading() as connection:
        if holders is None:
            cursor: Iterator[Any] = iter(connection.execute(f"{_ROWS} ORDER BY c.holder"))
        else:
            cursor = _chosen(store, sorted(holders))
        while rows := list(islice(cursor, STRETCH)):
            yield _stretch(rows)


def term_texts(store: Store, ids: npt.NDArray[np.integer[Any]]) -> dict[int, str]:
    """Return the texts of terms by their ids."""
    return dict(select_in(store, "SELECT id, text FROM term WHERE id IN (%s)", map(int, ids)))  # type: ignore[arg-type]


def _chosen(store: Store, holders: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(holders), STRETCH):
        yield from sorted(select_in(store, f"{_ROWS} WHERE c.holder IN (%s)", holders[start : start + STRETCH]))


def _ids_of(connection: sqlite3.Connection, held: Mapping[str, int]) -> dict[str, int]:
    """Add to the number of texts that hold each term; return the ids of the terms."""
    keep = """INSERT INTO term (text, holders) VALUES (?, ?)
        ON CONFLICT (text) DO UPDATE SET holders = holders + excluded.holders"""
    texts = sorted(held)
    connection.executemany(keep, ((text, held[text]) for text in texts))
    ids: dict[str, int] = {}
    for start in range(0, len(texts), 500):
        some = texts[start : start + 500]
        ids.update(connection.execute(f"SELECT text, id FROM term WHERE text IN ({', '.join('?' * len(some))})", some))
    return ids


def _stretch(rows: Sequence[tuple[str, str, bytes, bytes, bytes]]) -> TermRows:
    holders, documents, terms, counts, positions = map(list, zip(*rows, strict=True))
    sizes = np.array([len(blob) // 4 for blob in terms], dtype=np.int64)
    ends = np.cumsum(sizes)
    numbers = _joined(counts, sizes)
    sums = np.concatenate([[0], np.cumsum(numbers, dtype=np.int64)])
    lengths = sums[ends] - sums[ends - sizes]
    ids = np.frombuffer(b"".join(terms), dtype="<u4")
    return TermRows(holders, documents, ends, ids, numbers, _joined(positions, lengths))


def _packed(values: Iterable[int] | Numbers, *, width: int = 0) -> bytes:
    """Return numbers as bytes, as narrow as the largest allows."""
    numbers = np.asarray(values, dtype=np.uint32)
    largest = int(numbers.max(initial=0))
    return numbers.astype(_WIDTHS[width or (1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4)]).tobytes()


def _joined(blobs: Sequence[bytes], sizes: npt.NDArray[np.int64]) -> Numbers:
    """Return the numbers of all blobs, of which each has its own width."""
    parts = [
        np.frombuffer(blob, dtype=_WIDTHS[len(blob) // size])
        for blob, size in zip(blobs, sizes.tolist(), strict=True)
        if size
    ]
    return np.concatenate(parts, dtype=np.uint32) if parts else np.zeros(0, dtype=np.uint32)
