"""Small JPEG copies of a picture, for a page or a terminal."""

from __future__ import annotations

import base64
from io import BytesIO

from PIL import Image

_QUALITY = 80


def thumbnail_jpeg(image: Image.Image, edge: int = 256) -> bytes:
    """Return a JPEG whose longer side is at most `edge` pixels, never larger than the picture itself.

    Parameters
    ----------
    image : PIL.Image.Image
        An upright RGB picture, as `open_picture` gives it; it is not changed.
    edge : int
        Longest side in pixels.
    """
    small = image.convert("RGB") if image.mode != "RGB" else image.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = BytesIO()
    # Metadata stays behind: a thumbnail must not carry the place where a photo was taken.
    small.info.clear()
    small.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def data_uri(image: Image.Image, edge: int = 256) -> str:
    """Return the thumbnail as ``data:image/jpeg;base64,...``, to stand in a page without a file beside it."""
    return "data:image/jpeg;base64," + base64.b64encode(thumbnail_jpeg(image, edge)).decode("ascii")
