"""Rows to search in: drawn around centres, or real ones repeated with noise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import corpus

WIDTH = 512
QUERIES = 128
#: The length of what is added to a repeated row, which is 1 long: about what two pictures of one scene differ by.
NOISE = 0.3
_PART = 10_000
_REAL, _REAL_SMALL = 8_500, 300

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Set:
    """Rows in a file as a collection keeps them, and queries that are none of them.

    `pixels` says which rows are of pictures, where texts and pictures are mixed: text queries then look for pictures,
    picture queries for texts.
    """

    file: Path
    rows: npt.NDArray[np.float16]
    queries: dict[str, Floats]
    pixels: npt.NDArray[np.bool_] | None = None

    def targets(self, kind: str) -> npt.NDArray[np.bool_] | None:
        """Return the rows among which queries of a kind look."""
        if self.pixels is None:
            return None
        return self.pixels if kind == "text" else ~self.pixels

    def pixels_of(self, count: int) -> npt.NDArray[np.bool_] | None:
        """Return which of the first rows are of pictures."""
        return None if self.pixels is None else self.pixels[:count]


def make(kind: str, file: Path, count: int, *, small: bool, encoded: Path | None) -> Set | None:
    """Write a set of rows; None where its data is not here."""
    if kind == "clustered":
        return _clustered(file, count)
    real = _encoded(encoded, _REAL_SMALL if small else _REAL)
    return None if real is None else _repeated(file, count, *real)


def _clustered(file: Path, count: int) -> Set:
    rng = np.random.default_rng(0)
    centres = rng.standard_normal((1 + count // 200, WIDTH), dtype=np.float32)

    def parts() -> Iterator[Floats]:
        for start in range(0, count, _PART):
            size = min(_PART, count - start)
            yield _unit(centres[rng.integers(len(centres), size=size)] + _noise(rng, size, np.sqrt(WIDTH)))

    rows = _write(file, parts())
    queries = _unit(centres[rng.integers(len(centres), size=QUERIES)] + _noise(rng, QUERIES, np.sqrt(WIDTH)))
    return Set(file, rows, {"text": queries})


def _repeated(file: Path, count: int, texts: Floats, pictures: Floats) -> Set:
    """Repeat real rows, texts and pictures in turns, as they come with an ingest; queries are further repetitions."""
    rng = np.random.default_rng(0)
    mixed = np.stack((pictures, texts), axis=1).reshape(-1, texts.shape[1])
    order = np.tile(np.arange(len(mixed)), 1 + count // len(mixed))[:count]

    def parts() -> Iterator[Floats]:
        for start in range(0, count, _PART):
            part = mixed[order[start : start + _PART]]
            yield _unit(part + _noise(rng, len(part), NOISE))

    rows = _write(file, parts())
    queries = {}
    for kind, real in (("text", texts), ("picture", pictures)):
        picked = real[rng.choice(len(real), min(QUERIES, len(real)), replace=False)]
        queries[kind] = _unit(picked + _noise(rng, len(picked), NOISE))
    return Set(file, rows, queries, order % 2 == 0)


def _encoded(file: Path | None, count: int) -> tuple[Floats, Floats] | None:
    """Return the vectors of headlines and of their photos, in the space that they share."""
    if file is not None and file.exists():
        kept = np.load(file)
        return kept["texts"].astype(np.float32), kept["pictures"].astype(np.float32)
    folder = corpus.DATA.parent / "newsimages25"
    if not folder.is_dir():
        return None
    from kgretrieval import encoders
    from kgretrieval.pictures.lazy import LazyPictures

    encoder = encoders.load(encoders.DEFAULT)
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    articles = [json.loads(line) for line in lines]
    texts = encoder.encode_texts([article["title"] for article in articles])
    paths = [str(folder / article["image"]) for article in articles]
    parts = [
        encoder.encode_pictures(LazyPictures(paths[start : start + 32], edge=encoder.picture_size))
        for start in range(0, len(paths), 32)
    ]
    known = texts.any(axis=1)
    texts, pictures = texts[known], np.concatenate(parts)[known]
    if file is not None:
        np.savez(file, texts=texts.astype(np.float16), pictures=pictures.astype(np.float16))
    return texts, pictures


def _write(file: Path, parts: Iterator[Floats]) -> npt.NDArray[np.float16]:
    with file.open("wb") as opened:
        for part in parts:
            opened.write(part.astype(np.float16).tobytes())
    return np.memmap(file, dtype=np.float16, mode="r").reshape(-1, WIDTH)


def _noise(rng: np.random.Generator, count: int, length: float) -> Floats:
    return rng.standard_normal((count, WIDTH), dtype=np.float32) * np.float32(length / np.sqrt(WIDTH))


def _unit(rows: Floats) -> Floats:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
