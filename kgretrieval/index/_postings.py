"""Writes counts of terms column by column: for each term, the documents that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def write_postings(
    folder: Path,
    term_texts: Sequence[str],
    indptr: npt.NDArray[np.integer[Any]],
    indices: npt.NDArray[np.integer[Any]],
    data: npt.NDArray[np.integer[Any]],
) -> float:
    """Write the arrays of a `LexicalIndex` and return the mean length of a document.

    Raises
    ------
    ValueError
        If two columns have the same term, or an index is out of range.
    """
    documents = len(indptr) - 1
    if len(indices) and not (int(indices.min()) >= 0 and int(indices.max()) < len(term_texts)):
        raise ValueError(f"column {int(indices.max())} has no term: there are {len(term_texts)}")
    names = [text.encode("utf-8", "surrogatepass") for text in term_texts]
    order = sorted(range(len(names)), key=names.__getitem__)
    if len(set(names)) != len(names):
        raise ValueError("two columns have the same term")
    column_of = np.empty(len(names), dtype=np.int64)
    column_of[order] = np.arange(len(names))
    rows = np.repeat(np.arange(documents, dtype=np.int32), np.diff(indptr))
    columns, rows, counts = _by_column(column_of[indices], rows, np.asarray(data, dtype=np.int64))
    lengths = np.bincount(rows, weights=counts, minlength=documents)
    vocabulary = b"".join(names[index] for index in order)
    arrays: dict[str, npt.NDArray[Any]] = {
        "vocabulary": np.frombuffer(vocabulary, dtype=np.uint8),
        "term_ends": np.cumsum([len(names[index]) for index in order], dtype=np.int64),
        "posting_ends": np.cumsum(np.bincount(columns, minlength=len(names)), dtype=np.int64),
        "documents": rows,
        "counts": np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16),
        "lengths": lengths.astype(np.float32),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    return float(lengths.mean()) if lengths.any() else 1.0


def _by_column(
    columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Sort entries by column, then row; add up those of one cell and drop those of 0."""
    order = np.argsort(columns, kind="stable")
    columns, rows, counts = columns[order], rows[order], counts[order]
    first = np.ones(len(columns), dtype=bool)
    first[1:] = (columns[1:] != columns[:-1]) | (rows[1:] != rows[:-1])
    if not first.all():
        counts = np.add.reduceat(counts, np.flatnonzero(first))
        columns, rows = columns[first], rows[first]
    kept = counts > 0
    return columns[kept], rows[kept], counts[kept]
