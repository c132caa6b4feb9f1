"""Near copies of a picture in a collection: hashes propose, vectors propose, a look at the pixels decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import KgError
from kgretrieval.index.picture_hashes import Hashes
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.pictures.decode import open_picture
from kgretrieval.pictures.miniature import EDGE, Miniature, miniature, unpack
from kgretrieval.pictures.overlap import NOTHING, Comparer, Overlap
from kgretrieval.pictures.phash import SAME_BITS, distances, perceptual_hash
from kgretrieval.store.picture_rows import miniatures, picture_uses
from kgretrieval.store.store import Store

if TYPE_CHECKING:
    from PIL import Image

How = Literal["same file", "near copy", "flipped", "cropped"]

#: Pictures are looked at whose hash, or the hash of whose mirror image, differs in at most so many bits: banners and
#: borders change up to 20 of the 64, and of a million unrelated pictures a few hundred come so near.
_BITS = 18
#: So many pictures are looked at by each hash, and by their vectors; more where half of those are copies. The original
#: of a crop to 60 % with a banner was among the three nearest of 8,500 to the embedded encoder.
_MOST = 32
#: Two pictures are of one photograph if so much of the structure in their overlap is the same, and the overlap is so
#: large a share of the smaller one. Chosen on the train part of newsimages25 (benchmarks/near_copies.py).
LIKE = 0.5
#: An overlap that leaves out more than this of either picture is a crop.
_WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Look:
    """What near copies of a picture are known by.

    Attributes
    ----------
    id : str
        ``""`` where the collection does not hold it.
    miniature : numpy.ndarray, optional
        ``(64, 64)`` uint8; None where nothing is left to make it from.
    ratio : float
        Its width by its height.
    phash, mirrored : int
        Perceptual hashes of it and of its mirror image.
    vectors : numpy.ndarray
        ``(1, d)`` float32 in the space ``picture``; ``(0, d)`` where there is none.
    """

    id: str
    miniature: Miniature | None
    ratio: float
    phash: int
    mirrored: int
    vectors: npt.NDArray[np.float32]


def look_at(image: Image.Image, vectors: npt.NDArray[np.float32]) -> Look:
    """Return what near copies of an upright picture are known by; `vectors` are its own, ``(1, d)``."""
    from PIL import ImageOps

    # Shrunk by the decoder a picture keeps its sides' ratio, but for a pixel.
    ratio = image.width / image.height
    mirrored = perceptual_hash(ImageOps.mirror(image))
    return Look("", miniature(image), ratio, perceptual_hash(image), mirrored, vectors)


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture of the collection that is the one asked for or a near copy of it; `likeness` is 0 to 1."""

    picture: str
    how: How
    likeness: float


def near_copies(store: Store, snapshot: Snapshot, asked: Look) -> list[Copy]:
    """Return the pictures that are near copies of one, itself first if the collection holds it, the likest first.

    Parameters
    ----------
    store : Store
        Inside the `reading` that the snapshot belongs to.
    """
    same = [Copy(asked.id, "same file", 1.0)] if asked.id else []
    found: list[Copy] = []
    most = _MOST
    while True:
        proposed = candidates(snapshot, asked, most)
        found = _looked_at(store, snapshot, asked, proposed)
        if len(found) < most / 2 or len(found) == len(snapshot.hashes):
            return same + sorted(found, key=lambda copy: (-copy.likeness, copy.picture))
        most *= 4


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ordinals of the pictures that are worth a look, ascending: as they are, and for their mirror image."""

    upright: npt.NDArray[np.int64]
    mirrored: npt.NDArray[np.int64]


def candidates(snapshot: Snapshot, asked: Look, most: int = _MOST) -> Candidates:
    """Return the pictures nearest by their hashes, and by their vectors, which hardly know left from right.

    Parameters
    ----------
    most : int
        Pictures from each of these ways at most.
    """
    first = snapshot.catalog.articles
    index, documents = snapshot.vectors["picture"], snapshot.catalog.vectors["picture"]
    near = np.zeros(0, dtype=np.int64)
    if len(asked.vectors) and len(documents):
        allowed = np.asarray(snapshot.catalog.pixels["picture"]) & (documents >= 0)
        rows, _ = index.search(asked.vectors, min(most, int(allowed.sum())), allowed=allowed)
        near = documents[rows[rows >= 0]].astype(np.int64)
    upright, mirrored = (
        nearest_hashes(value, snapshot.hashes, most) + first for value in (asked.phash, asked.mirrored)
    )
    return Candidates(np.union1d(upright, near), np.union1d(mirrored, near))


def nearest_hashes(value: int, hashes: Hashes, most: int) -> npt.NDArray[np.int64]:
    """Return the places of at most so many hashes that differ in few bits from one, the nearest first."""
    bits = distances(value, hashes)
    near = np.flatnonzero(bits <= _BITS)
    return near[np.argsort(bits[near], kind="stable")[:most]]


def _looked_at(store: Store, snapshot: Snapshot, asked: Look, proposed: Candidates) -> list[Copy]:
    both = np.union1d(proposed.upright, proposed.mirrored)
    ids = {snapshot.catalog.id(ordinal): ordinal for ordinal in both.tolist()}
    ids.pop(asked.id, None)
    kept = stored_miniatures(store, list(ids)) if asked.miniature is not None else {}
    left = sorted(set(ids) - set(kept))
    found = _by_hash_alone(snapshot, asked, left)
    if asked.miniature is None or not kept:
        return found
    upright = _overlaps(asked.miniature, asked.ratio, kept, {i for i in kept if ids[i] in proposed.upright})
    mirror = asked.miniature[:, ::-1]
    mirrored = _overlaps(mirror, asked.ratio, kept, {i for i in kept if ids[i] in proposed.mirrored})
    return found + list(_copies(kept, upright, mirrored))


def _overlaps(
    values: Miniature, ratio: float, kept: Mapping[str, tuple[Miniature, float]], chosen: Collection[str]
) -> dict[str, Overlap]:
    ids = sorted(chosen)
    if not ids:
        return {}
    others = np.stack([kept[i][0] for i in ids])
    ratios = np.array([kept[i][1] for i in ids])
    return dict(zip(ids, Comparer(values, ratio).compare(others, ratios), strict=True))


def _copies(ids: Iterable[str], upright: Mapping[str, Overlap], mirrored: Mapping[str, Overlap]) -> Iterator[Copy]:
    for picture in ids:
        as_it_is, turned = upright.get(picture, NOTHING), mirrored.get(picture, NOTHING)
        best = max(as_it_is, turned, key=lambda overlap: overlap.likeness)
        if best.likeness >= LIKE:
            how: How = "near copy" if min(best.of_first, best.of_second) >= _WHOLE else "cropped"
            yield Copy(picture, how if best is as_it_is else "flipped", round(best.likeness, 3))


def _by_hash_alone(snapshot: Snapshot, asked: Look, ids: list[str]) -> list[Copy]:
    """Return what is near by its hash of the pictures of which no pixels are left to look at."""
    places = snapshot.catalog.ordinals(ids) - snapshot.catalog.articles
    bits = distances(asked.phash, snapshot.hashes[places])
    near = zip(ids, bits.tolist(), strict=True)
    return [Copy(picture, "near copy", round(1 - count / 64, 3)) for picture, count in near if count <= SAME_BITS]


def stored_miniatures(store: Store, ids: Sequence[str]) -> dict[str, tuple[Miniature, float]]:
    """Return the miniature of each of these pictures and its width by its height.

    Where none was kept it is made from the file; a picture without either is left out.
    """
    found = {}
    for row in miniatures(store, ids):
        ratio = row.width / max(row.height, 1)
        values = unpack(row.packed) if row.packed else _from_file(store, row.id)
        if values is not None:
            found[row.id] = values, ratio
    return found


def _from_file(store: Store, picture: str) -> Miniature | None:
    for use in picture_uses(store, [picture]):
        try:
            return miniature(open_picture(use.path, edge=EDGE))
        except KgError:
            continue
    return None
