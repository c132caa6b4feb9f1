"""What keeping vectors with 8 bits a number loses: python -m benchmarks.storage [--small]

The validation part of Flickr8k through the embedded encoder, each picture with five captions: recall of captions to
pictures and back as the encoder made the vectors, in half precision, and with 8 bits a number; and the share of the
ten nearest of half precision that 8 bits keep.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks import corpus, harness
from kgretrieval import encoders
from kgretrieval.pictures.lazy import LazyPictures
from kgretrieval.store.vectors import PRECISIONS, VectorFile

AT = (1, 5, 10)
_SMALL = 60
_CAPTIONS = 5

Floats = npt.NDArray[np.float32]


def encoded(folder: Path, count: int | None) -> tuple[Floats, Floats]:
    """Return the vectors of the captions, five a picture, and of the pictures."""
    lines = (folder / "captions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "val"][:count]
    encoder = encoders.load(encoders.DEFAULT)
    paths = [str(folder / row["image"]) for row in rows]
    parts = [
        encoder.encode_pictures(LazyPictures(paths[start : start + 32], edge=encoder.picture_size))
        for start in range(0, len(paths), 32)
    ]
    return encoder.encode_texts([text for row in rows for text in row["captions"]]), np.concatenate(parts)


def kept_as(precision: str, rows: Floats) -> Floats:
    """Return rows as a collection that keeps them so reads them."""
    with tempfile.TemporaryDirectory() as name:
        file = VectorFile(Path(name) / "rows", rows.shape[1], precision)
        file.append(rows)
        return np.array(file.rows(), dtype=np.float32)


def recalls(texts: Floats, pictures: Floats) -> dict[str, float]:
    """Return the share of captions whose picture is among the best, and of pictures with one of their captions."""
    scores = texts @ pictures.T
    own = np.repeat(np.arange(len(pictures)), _CAPTIONS)
    of_texts = (scores > scores[np.arange(len(texts)), own][:, None]).sum(axis=1)
    best_own = scores.T.reshape(len(pictures), len(pictures), _CAPTIONS)[
        np.arange(len(pictures)), np.arange(len(pictures))
    ].max(axis=1)
    of_pictures = (best_own[:, None] < scores.T).sum(axis=1)
    figures = {f"text to picture R@{k}": float((of_texts < k).mean()) for k in AT}
    return figures | {f"picture to text R@{k}": float((of_pictures < k).mean()) for k in AT}


def overlap(texts: Floats, one: Floats, other: Floats) -> float:
    """Return the share of the ten nearest pictures of `one` that are the ten nearest of `other`."""
    best = [np.argsort(-(texts @ rows.T), axis=1, kind="stable")[:, :10] for rows in (one, other)]
    return float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(*map(np.ndarray.tolist, best), strict=True)]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("--small", action="store_true", help="60 pictures")
    small = parser.parse_args().small
    folder = corpus.DATA.parent / "flickr8k"
    if not folder.is_dir():
        print("Flickr8k is not here: nothing measured", file=sys.stderr)
        return
    texts, pictures = encoded(folder, _SMALL if small else None)
    kept = {precision: kept_as(precision, pictures) for precision in PRECISIONS}
    figures = {"as encoded": recalls(texts, pictures)}
    figures |= {precision: recalls(texts, rows) for precision, rows in kept.items()}
    width = pictures.shape[1]
    sizes = {precision: VectorFile(Path("none"), width, precision).row_bytes for precision in PRECISIONS}
    same = overlap(texts, kept["fp16"], kept["int8"])
    rows = [harness.row("bytes of a vector with 8 bits a number", sizes["int8"], "bytes", "fp16", sizes["fp16"])]
    told = {"pictures": len(pictures), "recall": figures, "ten nearest in common": same, "bytes of a row": sizes}
    harness.write("storage", **told, rows=rows)


if __name__ == "__main__":
    main()
