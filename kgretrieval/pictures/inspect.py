"""Everything a collection keeps of a picture file, from one read of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kgretrieval.pictures.decode import Decoded, decode_bytes, read_bytes
from kgretrieval.pictures.metadata import metadata_of
from kgretrieval.pictures.miniature import Packed, miniature, pack
from kgretrieval.pictures.phash import perceptual_hash

#: The hash looks at 32 x 32 cells, the miniature has 64 x 64: so much is enough to decode for them.
_HASH_EDGE = 64


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A picture file: its bytes, its upright size in pixels, its hash, and what it says of itself.

    `phash` is unsigned, 0 to 2**64 - 1; `format` is Pillow's name, such as ``"JPEG"``; `miniature` is what
    `kgretrieval.pictures.miniature.unpack` reads; the other fields are those of `PictureMetadata`.
    """

    sha256: str
    bytes: int
    width: int
    height: int
    format: str
    phash: int
    caption: str = ""
    title: str = ""
    credit: str = ""
    rights: str = ""
    date: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    place: str = ""
    miniature: Packed = b""
    persons: tuple[str, ...] = ()


def inspect(path: str | Path) -> PictureInfo:
    """Read a picture file and say what it is.

    Raises
    ------
    NotFoundError
        There is no such file.
    PictureError
        It is no picture, is damaged or exceeds the limits of `open_picture`.
    """
    data, name = read_bytes(path)
    return inspect_bytes(data, name=name)


def inspect_bytes(data: bytes, *, name: str = "the picture") -> PictureInfo:
    """Say what the bytes of a picture file are; `name` stands in the messages of errors."""
    return _describe(data, decode_bytes(data, name, edge=_HASH_EDGE))


def _describe(data: bytes, decoded: Decoded) -> PictureInfo:
    said = metadata_of(decoded.opened)
    kind = decoded.opened.format or ""
    return PictureInfo(
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        width=decoded.width,
        height=decoded.height,
        # MPO is a JPEG with a second picture behind it, as telephones write them.
        format="JPEG" if kind == "MPO" else kind,
        phash=perceptual_hash(decoded.image),
        caption=said.caption,
        title=said.title,
        credit=said.credit,
        rights=said.rights,
        date=said.date,
        source=said.source,
        tags=said.tags,
        place=said.place,
        miniature=pack(miniature(decoded.image)),
        persons=said.persons,
    )
