"""Near copies among what was found: one hit for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.fuse import Fused
from kgretrieval.store.copies import copy_groups
from kgretrieval.store.search_rows import picture_hashes
from kgretrieval.store.store import Store

#: In how many of their 64 bits the perceptual hashes of two copies of a photograph differ at most
#: (`kgretrieval.search.run.SAME` says why).
BITS = 8
#: A hash with fewer bits of either kind is of a picture without structure: an even surface, a frame.
_LEAST_SET = 8

Alike = dict[int, tuple[int, ...]]


def folded(store: Store, catalog: Catalog, kind: str, found: Sequence[Fused]) -> tuple[list[Fused], Alike]:
    """Return the first of each group of near copies, and the rest of the group by the first, in the order found.

    Articles are near copies by their texts (`kgretrieval.store.copies`), pictures by their perceptual hashes.

    Parameters
    ----------
    found : sequence of Fused
        Documents of one kind, the best first.
    """
    ids = [catalog.id(one.document) for one in found]
    if kind == "article":
        of = copy_groups(store, ids)
        leaders = _first_of([of[i] for i in ids])
    else:
        hashes = picture_hashes(store, ids)
        leaders = _first_alike(np.array([hashes.get(i, 0) for i in ids], dtype=np.int64))
    kept: list[Fused] = []
    alike: dict[int, list[int]] = {}
    for place, (one, leader) in enumerate(zip(found, leaders, strict=True)):
        if place == leader:
            kept.append(one)
        else:
            alike.setdefault(found[leader].document, []).append(one.document)
    return kept, {document: tuple(others) for document, others in alike.items()}


def _first_of(groups: Sequence[str]) -> list[int]:
    """Return the place at which the group of each document begins."""
    first: dict[str, int] = {}
    return [first.setdefault(group, place) for place, group in enumerate(groups)]


def _first_alike(hashes: npt.NDArray[np.int64]) -> list[int]:
    """Return, for each hash, the place of the first one before it that begins a group and is near; else its own."""
    bits = np.bitwise_count(hashes.view(np.uint64)).astype(int)
    telling = (bits >= _LEAST_SET) & (bits <= 64 - _LEAST_SET)
    leaders = np.arange(len(hashes))
    near = np.bitwise_count((hashes[:, None] ^ hashes[None, :]).view(np.uint64)) <= BITS
    near &= telling[:, None] & telling[None, :]
    # Most are near themselves alone: only the others need to be looked at one after the other.
    for place in np.flatnonzero(near.sum(axis=1) > 1).tolist():
        before = np.flatnonzero(near[place, :place])
        first = before[leaders[before] == before]
        if len(first):
            leaders[place] = first[0]
    own: list[int] = leaders.tolist()
    return own


def flat(alike: Mapping[int, Sequence[int]], documents: Sequence[int]) -> list[int]:
    """Return these documents and what was folded into them."""
    return [one for document in documents for one in (document, *alike.get(document, ()))]
