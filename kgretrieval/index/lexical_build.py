"""From the counts in the store to the lexical index of one generation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.index.bases import Base
from kgretrieval.index.lexical import LexicalIndex
from kgretrieval.store.catalog_rows import use_documents
from kgretrieval.store.scan import term_counts, terms
from kgretrieval.store.store import Store


def write_lexical(store: Store, folder: Path, base: Base | None = None) -> LexicalIndex:
    """Write the lexical index of the pinned generation as the new folder `folder` and open it.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    folder : Path
        Must not exist.
    base : Base, optional
        The folder of an earlier generation's lexical index to begin with.
    """
    holders: list[str] = []
    columns: list[npt.NDArray[np.uint32]] = []
    counts: list[npt.NDArray[np.uint32]] = []
    for holder, ids, numbers in term_counts(store):
        holders.append(holder)
        columns.append(ids)
        counts.append(numbers)
    ends = np.cumsum([0, *map(len, columns)], dtype=np.int64)
    of_use = use_documents(store)
    owners = np.array([of_use.get(h, h).encode() for h in holders], dtype="S14")
    return LexicalIndex.build(terms(store), ends, _joined(columns), _joined(counts), folder, owners=owners)


def _joined(parts: list[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint32]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint32)
