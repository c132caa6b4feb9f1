"""Near copies of a picture in a collection: hashes propose, vectors propose, a look at the pixels decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.pictures.overlap import Comparer, Overlap
from kgretrieval.pictures.phash import SAME_BITS, distances
from kgretrieval.provenance.asked import Asked, stored_miniatures
from kgretrieval.store.store import Store

How = Literal["same file", "near copy", "flipped", "cropped"]

#: Pictures are looked at whose hash, or the hash of whose mirror image, differs in at most so many bits: banners and
#: borders change up to 20 of the 64, and of a million unrelated pictures forty come so near.
_BITS = 18
#: At most so many pictures by each hash, and so many by their vectors.
_BY_HASH, _BY_VECTOR = 64, 64
#: Two pictures are of one photograph if so much of the structure in their overlap is the same, and the overlap is so
#: large a share of the smaller one. Chosen on the train part of newsimages25 (benchmarks/near_copies.py).
LIKE = 0.5
#: An overlap that leaves out more than this of either picture is a crop.
_WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture of the collection that is the one asked for or a near copy of it; `likeness` is 0 to 1."""

    picture: str
    how: How
    likeness: float


def near_copies(store: Store, snapshot: Snapshot, asked: Asked) -> list[Copy]:
    """Return the pictures that are near copies of one, itself first if the collection holds it, the likest first.

    Parameters
    ----------
    store : Store
        Inside the `reading` that the snapshot belongs to.
    """
    same = [Copy(asked.id, "same file", 1.0)] if asked.id else []
    ordinals = candidates(snapshot, asked)
    ids = [i for i in map(snapshot.catalog.id, ordinals.tolist()) if i != asked.id]
    found = _verified(store, asked, ids) + _by_hash_alone(store, snapshot, asked, ids)
    return same + sorted(found, key=lambda copy: (-copy.likeness, copy.picture))


def candidates(snapshot: Snapshot, asked: Asked) -> npt.NDArray[np.int64]:
    """Return the ordinals of the pictures that are worth a look, ascending."""
    first = snapshot.catalog.articles
    chosen = [_nearest(distances(value, snapshot.hashes)) + first for value in {asked.phash, asked.mirrored}]
    index, documents = snapshot.vectors["picture"], snapshot.catalog.vectors["picture"]
    if len(asked.vectors) and len(documents):
        allowed = np.asarray(snapshot.catalog.pixels["picture"]) & (documents >= 0)
        rows, _ = index.search(asked.vectors, min(_BY_VECTOR, int(allowed.sum())), allowed=allowed)
        chosen.append(documents[rows[rows >= 0]].astype(np.int64))
    return np.unique(np.concatenate(chosen))


def _nearest(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    near = np.flatnonzero(bits <= _BITS)
    return near[np.argsort(bits[near], kind="stable")[:_BY_HASH]]


def _verified(store: Store, asked: Asked, ids: list[str]) -> list[Copy]:
    if asked.miniature is None or not ids:
        return []
    kept = stored_miniatures(store, ids)
    if not kept:
        return []
    others = np.stack([values for values, _ in kept.values()])
    ratios = np.array([ratio for _, ratio in kept.values()])
    upright = Comparer(asked.miniature, asked.ratio).compare(others, ratios)
    mirrored = Comparer(asked.miniature[:, ::-1], asked.ratio).compare(others, ratios)
    judged = zip(kept, upright, mirrored, strict=True)
    return list(_copies(judged))


def _copies(judged: Iterator[tuple[str, Overlap, Overlap]]) -> Iterator[Copy]:
    for picture, upright, mirrored in judged:
        best = max(upright, mirrored, key=lambda overlap: overlap.likeness)
        if best.likeness < LIKE:
            continue
        how: How = "near copy" if min(best.of_first, best.of_second) >= _WHOLE else "cropped"
        yield Copy(picture, how if best is upright else "flipped", round(best.likeness, 3))


def _by_hash_alone(store: Store, snapshot: Snapshot, asked: Asked, ids: list[str]) -> list[Copy]:
    """Return what is near by its hash of the pictures of which no pixels are left to look at."""
    left = ids if asked.miniature is None else sorted(set(ids) - set(stored_miniatures(store, ids)))
    places = snapshot.catalog.ordinals(left) - snapshot.catalog.articles
    bits = distances(asked.phash, snapshot.hashes[places])
    near = zip(left, bits.tolist(), strict=True)
    return [Copy(picture, "near copy", round(1 - count / 64, 3)) for picture, count in near if count <= SAME_BITS]
