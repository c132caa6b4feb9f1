"""Edges in compressed sparse rows, as a sum of parts on disk: a large old one and ever smaller newer ones.

A part says how the number of mentions, sentences or statements behind each edge changed, so that the graph is the sum
of its parts and a change costs as much as it is large. Parts of about the same size are added up into one, as in a
log-structured merge tree (P. O'Neil, E. Cheng, D. Gawlick and E. O'Neil, "The log-structured merge-tree", 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import CollectionError
from kgretrieval.index._files import damaged, link_file

Ints = npt.NDArray[np.integer[Any]]

#: What an edge can be, by its number in the lowest bits of a mark.
KINDS = ("mentions", "shows", "illustrates", "fact", "co_mention")
MENTIONS, SHOWS, ILLUSTRATES, FACT, CO_MENTION = range(len(KINDS))
BITS = 3
#: What one of each kind weighs. A fact says more of two names than one sentence that holds both.
WEIGHTS = (1.0, 1.5, 1.5, 2.0, 1.0)
#: Weights are whole numbers of this part of 1: sums of whole numbers do not depend on their order.
UNIT = 64


@dataclass(frozen=True)
class Segment:
    """One part of the graph; all arrays may lie on disk.

    Attributes
    ----------
    codes : numpy.ndarray
        ``(m,)`` uint64, ordered: the nodes that this part adds, see `encode`. Their numbers follow those of the parts
        before.
    rows, starts : numpy.ndarray
        ``(k,)`` int32, ordered: the nodes that have edges here, and ``(k + 1,)`` int64: where the edges of each begin.
    columns : numpy.ndarray
        ``(e,)`` int32: the other end of each edge, ordered within a row; every edge stands in the rows of both ends.
    marks : numpy.ndarray
        ``(e,)`` int32: 8 times the change of the number behind the edge, plus its kind.
    weights : numpy.ndarray
        ``(e,)`` int16: the change of the edge's weight, in `UNIT`.
    documents, pair_starts : numpy.ndarray
        As `rows` and `starts`, for the articles and pictures whose share of facts and co-mentions stands here.
    pair_keys, pair_counts : numpy.ndarray
        ``(q,)`` int64, as `sums.edge_keys` makes them, the smaller number first, and int32: the change of that share.
    digested : numpy.ndarray
        ``(h,)`` int32, ordered: the documents that were read for this part.
    digests : numpy.ndarray
        ``(h, 2)`` uint64: a hash of all that was read of each, 0 for one that is gone.
    """

    codes: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int32]
    marks: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int16]
    documents: npt.NDArray[np.int32]
    pair_starts: npt.NDArray[np.int64]
    pair_keys: npt.NDArray[np.int64]
    pair_counts: npt.NDArray[np.int32]
    digested: npt.NDArray[np.int32]
    digests: npt.NDArray[np.uint64]

    def stretches(self, nodes: Ints) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where the edges of each of these nodes begin, and how many there are."""
        return _stretches(self.rows, self.starts, nodes)

    def shares(self, documents: Ints) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return where the share of each of these documents begins, and how many edges it has."""
        return _stretches(self.documents, self.pair_starts, documents)

    @property
    def size(self) -> int:
        """About how much work it is to add this part up with another."""
        return len(self.columns) + len(self.pair_keys) + len(self.codes) + len(self.digested)


def save(segment: Segment, folder: Path) -> None:
    """Write a part into the new folder `folder`."""
    folder.mkdir()
    for name in _NAMES:
        np.save(folder / f"{name}.npy", getattr(segment, name), allow_pickle=False)


def load(folder: Path) -> Segment:
    """Open what `save` wrote; the arrays stay on disk and are read as they are used.

    Raises
    ------
    CollectionError
        If it is not there or damaged.
    """
    try:
        return Segment(**{name: mapped(folder / f"{name}.npy") for name in _NAMES})
    except (OSError, ValueError, EOFError) as error:
        raise damaged(folder, error) from error


def link(source: Path, target: Path) -> None:
    """Let the new folder `target` hold the same part as `source`."""
    try:
        target.mkdir()
        for name in _NAMES:
            link_file(source / f"{name}.npy", target / f"{name}.npy")
    except OSError as error:
        raise CollectionError(f"{source} cannot be read ({error}): build it again") from error


def mapped(file: Path) -> npt.NDArray[Any]:
    """Open an array on disk as a plain array: indexing a `numpy.memmap` costs more."""
    array = np.load(file, mmap_mode="r", allow_pickle=False) if file.stat().st_size else np.load(file)
    return np.asarray(array)


def encode(ids: npt.ArrayLike) -> npt.NDArray[np.uint64]:
    """Return ids of 14 characters as numbers that order as they do.

    Examples
    --------
    >>> int(encode(["e:00000000002a"])[0]) == ord("e") << 48 | 42
    True
    """
    texts = np.asarray(ids, dtype="S14")
    if not len(texts):
        return np.empty(0, dtype=np.uint64)
    letters = texts.view(np.uint8).reshape(-1, 14)
    code = letters[:, 0].astype(np.uint64)
    for place in range(2, 14):
        code = code << np.uint64(4) | _DIGIT[letters[:, place]]
    return code


def decode(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bytes_]:
    """Return the ids, ``(n,)`` bytes, that these numbers stand for."""
    letters = np.empty((len(codes), 14), dtype=np.uint8)
    letters[:, 0] = codes >> np.uint64(48)
    letters[:, 1] = ord(":")
    for place in range(12):
        shift = np.uint64(4 * (11 - place))
        letters[:, 2 + place] = _HEX[(codes >> shift & np.uint64(15)).astype(np.intp)]
    return letters.reshape(-1).view("S14") if len(codes) else np.empty(0, dtype="S14")


def weigh(kinds: Ints, counts: Ints) -> npt.NDArray[np.int16]:
    """Return what edges of these kinds and counts weigh, in `UNIT`: more is more, but ever less so."""
    safe = np.maximum(counts, 1).astype(np.float64)
    weights = np.take(np.asarray(WEIGHTS), kinds) * (1.0 + np.log(safe)) * UNIT
    return np.where(counts > 0, np.rint(weights), 0).astype(np.int16)


def slices(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the places of several stretches of an array, one after another."""
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum()), dtype=np.int64) - np.repeat(before - starts, lengths)


def find(keys: Ints, wanted: Ints) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return where each wanted one stands among ordered keys, and whether it does."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=np.bool_)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return places, keys[places] == wanted


def _stretches(
    rows: npt.NDArray[np.int32], starts: npt.NDArray[np.int64], nodes: Ints
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    if not len(rows):
        nothing = np.zeros(len(nodes), dtype=np.int64)
        return nothing, nothing
    if int(rows[-1]) == len(rows) - 1:
        # Every node up to the last one has a row: the first part.
        there = nodes < len(rows)
        places = np.where(there, nodes, 0)
    else:
        places, there = find(rows, nodes)
    begins = starts[places]
    return begins, np.where(there, starts[places + 1] - begins, 0)


_NAMES = tuple(field.name for field in fields(Segment))
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_DIGIT = np.zeros(256, dtype=np.uint64)
_DIGIT[_HEX] = np.arange(16, dtype=np.uint64)
