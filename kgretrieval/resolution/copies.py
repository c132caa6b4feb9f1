"""Near copies of articles: wire copy that several papers print with small changes counts as one source.

Two articles are copies where the runs of five words in them are mostly the same, by the exact share that both have.
Which pairs are compared at all is found by min-hashing, so an article that comes is not compared with all others.

- A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
- P. Indyk and R. Motwani, "Approximate nearest neighbors: towards removing the curse of dimensionality", STOC 1998.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kgretrieval.store import copies as rows
from kgretrieval.store.resolution_rows import fields_of
from kgretrieval.store.store import Store
from kgretrieval.store.write import writing
from kgretrieval.text.clean import fold
from kgretrieval.text.tokens import CJK

#: Words in a run; hashes in a band and bands: a pair that shares half of its runs is compared with 99 %, a pair that
#: shares a tenth with 15 %.
RUN, ROWS, BANDS = 5, 2, 16
#: The share of all runs of two articles, or of those of the shorter one, from which they are copies.
ALIKE, CONTAINED = 0.5, 0.8
#: Runs that an article must have to be a part of another, and words to be anybody's copy; with fewer words of text
#: than the last the headline counts as text.
ENOUGH_RUNS, ENOUGH_WORDS, OWN_TEXT = 50, 6, 40
_TEXTS = 500

Runs = npt.NDArray[np.uint64]

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_SEED = np.random.Generator(np.random.PCG64(20240229))
_FACTORS: Runs = _SEED.integers(1, 2**63, size=(ROWS * BANDS, 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_POWERS: Runs = np.array([1000003**i % 2**64 for i in range(RUN)], dtype=np.uint64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def runs(title: str, text: str) -> Runs:
    """Return the hashes of the runs of words of an article, ``(n,)`` uint64, ordered and each once.

    The headline counts only where there is hardly any text: papers write their own.
    """
    words = _WORD.findall(fold(text))
    if len(words) < OWN_TEXT:
        words = _WORD.findall(fold(title)) + words
    if len(words) < ENOUGH_WORDS:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, RUN)
    mixed = (windows * _POWERS).sum(axis=1, dtype=np.uint64) * _SPREAD
    found: Runs = np.unique(mixed ^ (mixed >> np.uint64(29)))
    return found


def sketch(of: Runs) -> list[int]:
    """Return one hash for each band, in SQLite's signed integers; articles that share one are compared."""
    if not len(of):
        return []
    mixed = of[None, :] * _FACTORS
    smallest = (mixed ^ (mixed >> np.uint64(31))).min(axis=1).reshape(BANDS, ROWS)
    bands = (smallest * _POWERS[:ROWS]).sum(axis=1, dtype=np.uint64).astype(np.int64)
    return [int(band) for band in bands]


def are_copies(one: Runs, other: Runs) -> bool:
    """Say whether two articles are near copies, or the one is a shortened copy of the other."""
    if not len(one) or not len(other):
        return False
    both = len(np.intersect1d(one, other, assume_unique=True))
    shorter = min(len(one), len(other))
    return both >= ALIKE * (len(one) + len(other) - both) or (shorter >= ENOUGH_RUNS and both >= CONTAINED * shorter)


def update_copies(store: Store) -> None:
    """Bring the groups of near copies up to the articles of the collection; only what is new is compared.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    new, gone = rows.unsketched(store), rows.gone(store)
    if not new and not gone:
        return
    with writing(store) as connection:
        touched = set(new) | rows.forget_pairs(connection, {*gone, *new})
        for start in range(0, len(new), _TEXTS):
            texts = fields_of(store, new[start : start + _TEXTS])
            rows.keep_sketches(connection, {a: sketch(runs(**texts[a])) for a in texts})
        for start in range(0, len(new), _TEXTS):
            rows.keep_pairs(connection, _copies(store, rows.candidates(store, new[start : start + _TEXTS])))
        rows.regroup(store, connection, touched | set(gone))


def _copies(store: Store, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    texts: Mapping[str, Mapping[str, str]] = fields_of(store, sorted({a for pair in pairs for a in pair}))
    known = {article: runs(**fields) for article, fields in texts.items()}
    return [pair for pair in pairs if are_copies(known[pair[0]], known[pair[1]])]
