"""IPTC-IIM: the caption block that agencies have written into press photos since the 1990s."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import Image

from kgretrieval.pictures._values import decode_text

_RESOURCE = 0x0404  # "8BIM" resource that holds the block in a JPEG
_TIFF_TAG = 33723
_UTF8 = b"\x1b%G"
_MAX_BYTES = 1_000_000

#: Data set numbers of record 2, and what they are called here.
_NAMES = {
    25: "tags",
    55: "date",
    60: "time",
    80: "creator",
    90: "city",
    101: "country",
    105: "title",
    110: "credit",
    115: "source",
    116: "rights",
    120: "caption",
}


def read_iptc(image: Image.Image) -> dict[str, list[str]]:
    """Return the known fields of the picture's IPTC block, each with its values in order.

    References
    ----------
    IPTC-NAA, "Information Interchange Model, Version 4.2", 2014: record 2.
    """
    found: dict[str, list[str]] = {}
    utf8 = False
    for record, dataset, value in _datasets(_block(image)):
        if (record, dataset) == (1, 90):
            utf8 = value.startswith(_UTF8)
        elif record == 2 and dataset in _NAMES:
            text = value.decode("utf-8", "replace") if utf8 else decode_text(value)
            found.setdefault(_NAMES[dataset], []).append(text)
    return found


def _block(image: Image.Image) -> bytes:
    resources = image.info.get("photoshop")
    block = resources.get(_RESOURCE) if isinstance(resources, dict) else None
    directory = getattr(image, "tag_v2", None)
    if block is None and directory is not None:
        block = directory.get(_TIFF_TAG)
    if isinstance(block, tuple) and directory is not None:
        # Some programs declare the block as 32-bit words; Pillow then gives numbers.
        order = "<" if directory.prefix == b"II" else ">"
        block = struct.pack(f"{order}{len(block)}I", *block)
    return block[:_MAX_BYTES] if isinstance(block, bytes) else b""


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (record, data set, value) until the block ends or stops making sense."""
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        record, dataset = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:
            width = size & 0x7FFF
            size = int.from_bytes(block[at : at + width], "big")
            at += width
        yield record, dataset, block[at : at + size]
        at += size
