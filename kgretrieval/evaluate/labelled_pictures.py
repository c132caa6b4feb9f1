"""Pictures that have a category, as a folder with ``captions.jsonl`` names them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kgretrieval import encoders
from kgretrieval.classify.base import Examples, Item
from kgretrieval.errors import UnreadableError
from kgretrieval.pictures.lazy import LazyPictures
from kgretrieval.types import Progress

NAME = "captions.jsonl"
#: Pictures encoded at once.
_BATCH = 32


def holds_pictures(path: Path) -> bool:
    """Say whether a folder has pictures with categories."""
    file = path / NAME
    if not file.is_file():
        return False
    with file.open(encoding="utf-8") as lines:
        return '"category"' in next(lines, "")


def read_labelled_pictures(path: Path, progress: Callable[[Progress], None]) -> dict[str, Examples]:
    """Return the pictures of a folder by split, as the embedded encoder sees them.

    Raises
    ------
    UnreadableError
        If a line is no record of a picture with a category.
    PictureError
        If a file is no picture.
    """
    rows: list[dict[str, Any]] = []
    for number, line in enumerate((path / NAME).read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows.append({name: str(row[name]) for name in ("image", "category", "split")})
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError(
                f"{path / NAME}, line {number}: no image, category and split there ({error})"
            ) from None
    encoder = encoders.load("mini")
    items: list[Item] = []
    for first in range(0, len(rows), _BATCH):
        paths = [str(path / row["image"]) for row in rows[first : first + _BATCH]]
        vectors = encoder.encode_pictures(LazyPictures(paths, edge=encoder.picture_size))
        items += [Item(picture=vector) for vector in vectors]
        progress(Progress("encode pictures", len(items), len(rows)))
    labels = tuple(sorted({row["category"] for row in rows}))
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row["split"]].append(place)
    answers = np.array([labels.index(row["category"]) for row in rows], np.int64)
    whole = Examples(tuple(items), answers, labels)
    return {split: whole.chosen(own) for split, own in places.items()}
