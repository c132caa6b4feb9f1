"""Miniatures: 64 x 64 grey values of each picture that a collection keeps, to know copies without their files."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

#: Cells along each side. The whole picture is squeezed into the square; the true ratio of its sides is known elsewhere.
EDGE = 64
#: About 1 kB a miniature, with an error of 4 or 5 of 255 grey values.
_QUALITY, _METHOD = 75, 2

Miniature = npt.NDArray[np.uint8]
Packed = bytes


def miniature(image: Image.Image) -> Miniature:
    """Return a picture of any size and mode as ``(64, 64)`` uint8 grey values."""
    return np.asarray(image.convert("L").resize((EDGE, EDGE), Image.Resampling.BOX))


def pack(values: Miniature) -> Packed:
    """Return a miniature as the bytes of a WebP file."""
    buffer = BytesIO()
    Image.fromarray(values).save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()


def unpack(packed: Packed) -> Miniature:
    """Return the miniature that `pack` packed."""
    with Image.open(BytesIO(packed), formats=("WEBP",)) as image:
        return np.asarray(image.convert("L"))
