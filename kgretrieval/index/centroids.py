"""The centroids around which rows lie in lists, of texts and of pictures apart.

Texts and pictures lie in different parts of a space that they share, and a search wants one of the
two: lists that hold one sort of rows can be left out, or looked into without asking row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgretrieval.index._code_segment import Lists, faiss
from kgretrieval.index._codes import BLOCK, Floats, blocks
from kgretrieval.index._files import damaged
from kgretrieval.index.base import Vectors

Mask = npt.NDArray[np.bool_]

_ROWS_PER_CENTROID = 40
_ROUNDS = 8
_FILES = ("centroids.npy", "pixels.npy")


class Centroids:
    """Centroids of pictures, then of texts.

    Parameters
    ----------
    rows : numpy.ndarray
        ``(lists, d)`` float32 of unit length.
    of_pictures : int
        How many are of pictures.
    pixels : numpy.ndarray
        ``(n / 8,)`` uint8: which of the rows that lie in lists are of pictures, eight in a byte.
    covered : int
        How many rows that is.
    """

    def __init__(self, rows: Floats, of_pictures: int, pixels: npt.NDArray[np.uint8], covered: int) -> None:
        self.rows = rows
        self.of_pictures = of_pictures
        self.pixels = pixels
        self.covered = covered

    def __len__(self) -> int:
        return len(self.rows)

    def sorts(self, allowed: Mask) -> Iterator[tuple[slice, int]]:
        """Yield the lists of each sort, and how many rows of it are allowed."""
        bits = np.packbits(allowed[: self.covered], bitorder="little")
        pictures = int(np.bitwise_count(bits & self.pixels).sum())
        yield slice(0, self.of_pictures), pictures
        yield slice(self.of_pictures, len(self.rows)), int(np.bitwise_count(bits).sum()) - pictures

    def assign(self, vectors: Vectors, first: int, pixels: Mask | None) -> Lists:
        """Return the list of each row from `first` on: that of the centroid of its sort with the largest product."""
        lists = np.empty(len(vectors) - first, dtype=np.int32)
        parts = (slice(0, self.of_pictures), slice(self.of_pictures, len(self.rows)))
        quantizers = []
        for part in parts:
            quantizers.append(faiss().IndexFlatIP(self.rows.shape[1]))
            quantizers[-1].add(np.ascontiguousarray(self.rows[part]))
        for start, block in blocks(vectors, first, len(vectors)):
            own = _pictures(pixels, len(vectors))[start : start + len(block)]
            for chosen, part, quantizer in zip((own, ~own), parts, quantizers, strict=True):
                if chosen.any():
                    places = np.flatnonzero(chosen) + (start - first)
                    lists[places] = quantizer.assign(block[chosen], 1)[:, 0] + part.start
        return lists

    def extended(self, vectors: Vectors, pixels: Mask | None) -> Centroids:
        """Return the same for more rows."""
        bits = np.packbits(_pictures(pixels, len(vectors)), bitorder="little")
        return Centroids(self.rows, self.of_pictures, bits, len(vectors))

    def save(self, folder: Path) -> None:
        """Write what `open_centroids` reads."""
        np.save(folder / _FILES[0], self.rows)
        np.save(folder / _FILES[1], self.pixels)


def train(vectors: Vectors, pixels: Mask | None) -> Centroids:
    """Find centroids by spherical k-means on some of the rows of each sort; the same for the same rows."""
    pictures = _pictures(pixels, len(vectors))
    found = [_means(vectors, np.flatnonzero(chosen), len(vectors)) for chosen in (pictures, ~pictures)]
    bits = np.packbits(pictures, bitorder="little")
    return Centroids(np.concatenate(found), len(found[0]), bits, len(vectors))


def open_centroids(folder: Path, of_pictures: int, covered: int) -> Centroids:
    """Open what `Centroids.save` wrote, memory-mapped.

    Raises
    ------
    CollectionError
        If it cannot be opened.
    """
    try:
        rows, pixels = (np.load(folder / name, mmap_mode="r") for name in _FILES)
    except (OSError, ValueError, EOFError) as error:
        raise damaged(folder, error) from error
    if len(pixels) != (covered + 7) // 8 or of_pictures > len(rows):
        raise damaged(folder, f"its centroids are not those of {covered} rows")
    return Centroids(rows, of_pictures, np.asarray(pixels), covered)


def _means(vectors: Vectors, rows: npt.NDArray[np.int64], of_all: int) -> Floats:
    """Return centroids of these rows: of a part of all, that part of two square roots of all."""
    width = vectors.shape[1]
    if not len(rows):
        return np.zeros((1, width), dtype=np.float32)
    count = max(1, min(int(2 * np.sqrt(of_all) * len(rows) / of_all), len(rows) // _ROWS_PER_CENTROID))
    picked = rows[np.unique(np.linspace(0, len(rows) - 1, count * _ROWS_PER_CENTROID).astype(np.int64))]
    parts = np.array_split(picked, 1 + len(picked) // BLOCK)
    sample = np.concatenate([np.asarray(vectors[part], dtype=np.float32) for part in parts])
    means = faiss().Kmeans(width, count, niter=_ROUNDS, spherical=True, seed=1, min_points_per_centroid=1)
    means.train(np.ascontiguousarray(sample))
    return np.ascontiguousarray(means.centroids, dtype=np.float32)


def _pictures(pixels: Mask | None, count: int) -> Mask:
    return np.zeros(count, dtype=bool) if pixels is None else pixels
