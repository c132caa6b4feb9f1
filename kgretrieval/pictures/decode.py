"""Decode a picture of any usual kind into upright RGB, within limits of size."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from kgretrieval.errors import NotFoundError, PictureError
from kgretrieval.pictures._quiet import quiet

MAX_PIXELS = 100_000_000
MAX_BYTES = 200_000_000

#: Formats that newsrooms and cameras write. Others of Pillow's stay closed: they are rare here,
#: some start other programs, some take almost any bytes for a picture.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "JPEG2000", "AVIF", "PPM")
#: Endings under which such pictures are found, lower case.
SUFFIXES = frozenset(
    f".{ending}"
    for endings in ("jpg jpeg jpe jfif", "png apng gif webp avif", "tif tiff bmp jp2 j2k jpx ppm pgm pbm")
    for ending in endings.split()
)
#: Under this name `info` of a picture that was decoded at reduced size holds its full upright size.
FULL_SIZE = "full_size"
_SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded picture, the file as Pillow opened it, and the upright size it has on disk."""

    image: Image.Image
    opened: Image.Image
    width: int
    height: int


def open_picture(
    source: str | Path | bytes | BinaryIO | Image.Image,
    *,
    edge: int | None = None,
    max_pixels: int = MAX_PIXELS,
    max_bytes: int = MAX_BYTES,
) -> Image.Image:
    """Open a picture as upright RGB.

    EXIF orientation is applied, transparency is laid on white, of an animation or a document of
    several pages the first is taken, 16-bit grey values are brought to 8 bits.

    Parameters
    ----------
    source : path, bytes, binary file or PIL.Image.Image
        A picture that is already open is not changed.
    edge : int, optional
        Pixels that the caller needs on the shorter side. A JPEG is then decoded at an eighth, a
        quarter or half of its size where that is enough, which is much faster.
    max_pixels, max_bytes : int
        Larger pictures are refused before they are decoded.

    Raises
    ------
    NotFoundError
        There is no such file.
    PictureError
        It is no picture, is damaged or exceeds a limit.
    """
    if isinstance(source, Image.Image):
        with quiet():
            return _decode_open(source, "the picture", max_pixels).image
    data, name = read_bytes(source, max_bytes=max_bytes)
    return decode_bytes(data, name, edge=edge, max_pixels=max_pixels).image


def read_bytes(source: str | Path | bytes | BinaryIO, *, max_bytes: int = MAX_BYTES) -> tuple[bytes, str]:
    """Return the bytes of a source, and the name by which messages speak of it."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, name = bytes(source), "the picture"
    elif isinstance(source, (str, Path)):
        data, name = _read_file(Path(source), max_bytes), str(source)
    else:
        data, name = source.read(max_bytes + 1), str(getattr(source, "name", "the picture"))
    if len(data) > max_bytes:
        raise _too_heavy(name, len(data), max_bytes)
    return data, name


def decode_bytes(data: bytes, name: str, *, edge: int | None = None, max_pixels: int = MAX_PIXELS) -> Decoded:
    """Decode the bytes of a picture file; `name` stands in messages."""
    with quiet():
        try:
            opened = Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise PictureError(f"{name} is too large: more than {_mega(max_pixels)}; scale it down") from None
        except Exception as error:  # plug-ins raise whatever they stumble over in a damaged file
            raise PictureError(f"{name} is no picture that can be read: {_reason(data, error)}") from None
        return _decode_open(opened, name, max_pixels, edge=edge)


def _read_file(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_heavy(str(path), size, max_bytes)
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(f"there is no picture at {path}") from None
    except OSError as error:
        raise PictureError(f"{path} is no picture that can be read: {error.strerror or error}") from None


def _decode_open(opened: Image.Image, name: str, max_pixels: int, *, edge: int | None = None) -> Decoded:
    width, height = opened.size
    if width * height > max_pixels:
        raise PictureError(
            f"{name} is too large: {width} x {height} pixels, at most {_mega(max_pixels)}; scale it down"
        )
    try:
        # `draft` changes the opened file itself: no `edge` comes here with a picture that belongs to the caller.
        if edge is not None:
            opened.draft(None, (edge, edge))
        opened.load()
        turn = _orientation(opened)
        upright = ImageOps.exif_transpose(opened) if turn > 1 else opened
        image = _near(_to_rgb(upright), edge)
    except Exception as error:  # as above: a decoder's error can be of any class
        raise PictureError(f"{name} is damaged and cannot be decoded: {_one_line(error)}") from None
    if turn in _SIDEWAYS:
        width, height = height, width
    # What else is left behind could be applied a second time, or tell where a photo was taken.
    image.info = {} if image.size == (width, height) else {FULL_SIZE: (width, height)}
    return Decoded(image, opened, width, height)


def _near(image: Image.Image, edge: int | None) -> Image.Image:
    """Shrink by a whole number what is at least four times as large as asked; `draft` can do that for JPEG alone."""
    factor = min(image.size) // (2 * edge) if edge else 1
    return image.reduce(factor) if factor > 1 else image


def _orientation(opened: Image.Image) -> int:
    """Return the EXIF orientation that is still to be applied: 1 to 8, 1 where none can be read."""
    try:
        value = opened.getexif().get(0x0112, 1)
        return value if isinstance(value, int) and 1 <= value <= 8 else 1
    except Exception:  # a picture with broken EXIF data is still a picture
        return 1


def _to_rgb(image: Image.Image) -> Image.Image:
    """Return a copy of the picture in RGB."""
    if image.mode.startswith(("I", "F")):
        return _wide_grey(image).convert("RGB")
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    return image.convert("RGB")


def _wide_grey(image: Image.Image) -> Image.Image:
    """Bring 16-bit, 32-bit and floating-point grey values to 8 bits."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0.0, neginf=0.0)
    highest = float(values.max(initial=0.0))
    if image.mode.startswith("I;16") or (image.mode == "I" and 255 < highest <= 65535):
        scale = 65535.0
    elif image.mode == "F" and highest <= 1:
        scale = 1.0
    else:
        scale = max(highest, 255.0)
    return Image.fromarray(np.clip(values * (255.0 / scale), 0, 255).astype(np.uint8))


def _reason(data: bytes, error: Exception) -> str:
    """Say in a few words what the bytes are, as far as a glance can tell."""
    head = data[:512]
    if not data:
        return "the file is empty"
    if head[4:8] == b"ftyp" and head[8:11] in (b"hei", b"hev", b"mif"):
        return "HEIC pictures are not supported, export it as JPEG"
    if head.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<svg "):
        return "it holds a web page or a drawing, not pixels"
    if b"\0" not in head and all(byte >= 32 or byte in b"\t\n\r\f" for byte in head):
        return "it holds text"
    if isinstance(error, UnidentifiedImageError):
        return "its format is not known"
    return _one_line(error)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _too_heavy(name: str, size: int, limit: int) -> PictureError:
    return PictureError(f"{name} is too large: {size / 1e6:,.0f} MB, at most {limit / 1e6:,.0f} MB; scale it down")


def _mega(pixels: int) -> str:
    return f"{pixels / 1e6:,.0f} megapixels"
