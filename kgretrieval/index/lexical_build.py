"""From the counts in the store to the lexical index of one generation.

What did not change stays in the segments where it is: their files are linked into the new folder, rows that changed
are dead in them, and the texts as they are now go into one new segment. Small segments at the end are merged into it,
each at most a few times larger than what comes, so that a text is written again about log(n) times in all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.index._files import link_file
from kgretrieval.index._postings import Entries, write_segment
from kgretrieval.index.base import Rows
from kgretrieval.index.bases import Base
from kgretrieval.index.lexical import LexicalIndex, SegmentInfo, write_index
from kgretrieval.store.store import Store
from kgretrieval.store.term_rows import TermRows, term_rows, term_texts

Ids = npt.NDArray[np.bytes_]

#: A segment of no more rows than this is written anew with whatever comes: that takes a moment.
SMALL = 4096
#: A segment is merged into what comes where it has at most this many times as many rows.
RATIO = 3
#: A segment of which more than this share is dead is written anew.
MOST_DEAD = 1 / 3


def write_lexical(store: Store, folder: Path, base: Base | None = None) -> LexicalIndex:
    """Write the lexical index of the pinned generation as the new folder `folder` and open it.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    folder : Path
        Must not exist.
    base : Base, optional
        The folder of an earlier generation's lexical index to begin with. The rows of its segments that are kept come
        first and in their order.
    """
    plan = _Plan(LexicalIndex(base.folder), base.changes.texts) if base else None
    folder.mkdir()
    segments = list(plan.kept) if plan else []
    if base:
        for info in segments:
            link_file(base.folder / info.file, folder / info.file)
    stretches = _Stretches(store, plan.holders if plan and segments else None)
    if len(stretches.holders):
        file = f"{store.generation}.terms"
        words, ids, owners = stretches.vocabulary, stretches.holders, stretches.owners
        layout = write_segment(folder / file, words, ids, owners, stretches.entries)
        rows = len(stretches.holders)
        segments.append(SegmentInfo(file, rows, rows, stretches.length, layout))
    return write_index(folder, segments, plan.dead if plan else np.zeros(0, dtype=np.int64))


class _Plan:
    """Which segments stay, which of their rows are dead, and what is to be written.

    Attributes
    ----------
    kept : list of SegmentInfo
        With the numbers of rows that are alive now.
    dead : numpy.ndarray
        Sorted int64.
    holders : set of str
        What the new segment is to hold, as far as it is still there.
    """

    def __init__(self, earlier: LexicalIndex, changed: Collection[str]) -> None:
        self.holders = {i for i in changed if i[0] in "aup"}
        fresh = _killed(earlier, self.holders)
        dead = np.union1d(earlier.dead, fresh)
        infos, start = [], 0
        for info in earlier.segments:
            lost = fresh[slice(*np.searchsorted(fresh, [start, start + info.rows]))]
            length = info.length - int(earlier.lengths(lost).sum())
            infos.append(info._replace(live=info.live - len(lost), length=length))
            start += info.rows
        self.kept = _kept(infos, len(self.holders))
        rows = sum(info.rows for info in self.kept)
        self.dead: Rows = dead[dead < rows]
        moved = np.setdiff1d(np.arange(rows, len(earlier)), dead, assume_unique=True)
        self.holders.update(h.decode() for h in earlier.holders(moved).tolist())


def _killed(earlier: LexicalIndex, changed: Collection[str]) -> Rows:
    """Return the live rows of what changed, sorted."""
    rows = earlier.rows_of(np.array(sorted(i.encode() for i in changed), dtype="S14"))
    return np.setdiff1d(rows, earlier.dead, assume_unique=True)


def _kept(infos: list[SegmentInfo], coming: int) -> list[SegmentInfo]:
    """Return the segments that stay as they are: those before the first that is to be written anew."""
    count = next((i for i, info in enumerate(infos) if info.rows - info.live > MOST_DEAD * info.rows), len(infos))
    coming += sum(info.live for info in infos[count:])
    while coming and count and infos[count - 1].live <= max(SMALL, RATIO * coming):
        count -= 1
        coming += infos[count].live
    return infos[:count]


class _Stretches:
    """The texts of a new segment, read a stretch at a time; a single one is kept and not read again."""

    def __init__(self, store: Store, holders: Collection[str] | None) -> None:
        self._store, self._wanted = store, holders
        self._only: list[TermRows] = []
        names: list[str] = []
        owners: list[str] = []
        seen = np.zeros(0, dtype=np.int64)
        self.length = 0
        for count, rows in enumerate(term_rows(store, holders)):
            names += rows.holders
            owners += rows.documents
            seen = np.union1d(seen, rows.terms)
            self.length += int(rows.counts.sum())
            self._only = [rows] if not count else []
        self.holders: Ids = np.array([name.encode() for name in names], dtype="S14")
        self.owners: Ids = np.array([owner.encode() for owner in owners], dtype="S14")
        texts = term_texts(store, seen)
        keys = [texts[i].encode("utf-8", "surrogatepass") for i in seen.tolist()]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.vocabulary = [keys[i] for i in order]
        self._ids = seen
        self._places = np.empty(len(order), dtype=np.int64)
        self._places[order] = np.arange(len(order))

    def entries(self) -> Iterator[Entries]:
        """Yield what `write_segment` takes."""
        for rows in self._only or term_rows(self._store, self._wanted):
            terms = self._places[np.searchsorted(self._ids, rows.terms)]
            yield Entries(rows.ends, terms, rows.counts, rows.positions)
