"""The picture whose uses are looked for: one of the collection, a file, or one opened in Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.errors import UsageError
from kgretrieval.index.catalog import Catalog
from kgretrieval.index.near_copies import Look, look_at, stored_miniatures
from kgretrieval.pictures.decode import open_picture, read_bytes
from kgretrieval.pictures.inspect import inspect_bytes
from kgretrieval.pictures.phash import perceptual_hash
from kgretrieval.store.ids import looks_like_id, make_id
from kgretrieval.store.picture_rows import picture_hashes, picture_uses, says_of_itself
from kgretrieval.store.read import full_id, known_pictures
from kgretrieval.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from kgretrieval.encoders.base import Encoder


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture whose uses are looked for: its file, and when that says that it was taken."""

    look: Look
    path: str
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
    upright = open_picture(image)
    return Asked(look_at(upright, encoder().encode_pictures([upright])), path, taken)


def _stored(store: Store, catalog: Catalog, own: str) -> Asked:
    from PIL import Image, ImageOps

    (ordinal,) = catalog.ordinals([own])
    rows = np.flatnonzero((catalog.vectors["picture"] == ordinal) & catalog.pixels["picture"])
    vectors = np.asarray(store.vectors["picture"].rows()[rows[:1]], dtype=np.float32)
    path = next((use.path for use in picture_uses(store, [own])), "")
    phash = picture_hashes(store, [own])[own]
    values, ratio = stored_miniatures(store, [own]).get(own, (None, 1.0))
    mirrored = phash if values is None else perceptual_hash(ImageOps.mirror(Image.fromarray(values)))
    taken = says_of_itself(store, [own]).get(own, ("", ""))[0]
    return Asked(Look(own, values, ratio, phash, mirrored, vectors), path, taken)
