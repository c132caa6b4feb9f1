"""The picture whose uses are looked for: one of the collection, a file, or one opened in Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgretrieval.errors import KgError, UsageError
from kgretrieval.index.catalog import Catalog
from kgretrieval.pictures.decode import open_picture, read_bytes
from kgretrieval.pictures.inspect import inspect_bytes
from kgretrieval.pictures.miniature import EDGE, Miniature, miniature, unpack
from kgretrieval.pictures.phash import perceptual_hash
from kgretrieval.store.ids import looks_like_id, make_id
from kgretrieval.store.picture_rows import miniatures, picture_hashes, picture_uses, says_of_itself
from kgretrieval.store.read import full_id, known_pictures
from kgretrieval.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from kgretrieval.encoders.base import Encoder


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture whose uses are looked for.

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
    taken : str
        When its file says that it was taken.
    """

    id: str
    path: str
    miniature: Miniature | None
    ratio: float
    phash: int
    mirrored: int
    vectors: npt.NDArray[np.float32]
    taken: str = ""


def asked_for(
    store: Store, catalog: Catalog, picture: str | Path | Image.Image, encoder: Callable[[], Encoder]
) -> Asked:
    """Return the picture with this id, in this file, or opened in Python.

    Parameters
    ----------
    store : Store
        Inside the `reading` that the catalog belongs to.
    encoder : callable
        Loads the collection's encoder; called for a picture that the collection does not hold.

    Raises
    ------
    NotFoundError
        If there is no such picture and no such file.
    UsageError
        If an id is the start of several.
    PictureError
        If a file is no picture.
    """
    if isinstance(picture, str) and looks_like_id(picture) and not Path(picture).exists():
        own = full_id(store, picture)
        if not own.startswith("p:"):
            raise UsageError(f"{own} is no picture; give a file, or the id of a picture such as p:00aa11")
        return _stored(store, catalog, own)
    taken, path, image = "", "", picture
    if isinstance(picture, (str, Path)):
        data, path = read_bytes(picture)
        info = inspect_bytes(data, name=path)
        own = make_id("p", info.sha256)
        if known_pictures(store, [own]):
            return _stored(store, catalog, own)
        taken, image = info.date, open_picture(data, edge=encoder().picture_size)
    return _new(open_picture(image), path, taken, encoder())


def _new(image: Image.Image, path: str, taken: str, encoder: Encoder) -> Asked:
    from PIL import ImageOps

    # Shrunk by the decoder a picture keeps its sides' ratio, but for a pixel.
    ratio = image.width / image.height
    hashes = perceptual_hash(image), perceptual_hash(ImageOps.mirror(image))
    return Asked("", path, miniature(image), ratio, *hashes, encoder.encode_pictures([image]), taken)


def _stored(store: Store, catalog: Catalog, own: str) -> Asked:
    from PIL import Image, ImageOps

    (ordinal,) = catalog.ordinals([own])
    rows = np.flatnonzero((catalog.vectors["picture"] == ordinal) & catalog.pixels["picture"])
    vectors = np.asarray(store.vectors["picture"].rows()[rows[:1]], dtype=np.float32)
    path = next((use.path for use in picture_uses(store, [own])), "")
    phash = picture_hashes(store, [own])[own]
    values, ratio = stored_miniatures(store, [own]).get(own, (None, 1.0))
    mirrored = phash if values is None else perceptual_hash(ImageOps.mirror(Image.fromarray(values)))
    return Asked(own, path, values, ratio, phash, mirrored, vectors, says_of_itself(store, [own]).get(own, ("", ""))[0])


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
