"""Sections of a newspaper from text, photo and both: the articles of ksta19, cut anew into training and test.

The set has 150 articles outside its test part of March, and 62 of them share a photo with it: too few to learn from.
So all 2,537 are cut here. Articles whose photos are near copies of each other (perceptual hashes at most 8 bits apart,
and what hangs together by that) are one group; a group goes by the SHA-1 of the seed and its first id: three tenths to
the test, the rest to the training. Test articles from outside March are left out.

Sections are the first tag of an article, put together as a reader would: Köln, the region around it and the state are
local news; advice has leisure with it. Articles without a tag, advertisements and the paper's own offers are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from kgretrieval.classify.base import Examples, Floats, Item
from kgretrieval.pictures.phash import SAME_BITS, distances, perceptual_hash

SECTIONS = {
    "region": "local", "koeln": "local", "nrw": "local", "panorama": "panorama", "sport": "sport",
    "politik": "politics", "ratgeber": "advice", "freizeit": "advice", "kultur": "culture", "wirtschaft": "business",
}  # fmt: skip
LABELS = tuple(sorted(set(SECTIONS.values())))
TEST = 0.3


def read(folder: Path) -> list[dict[str, Any]]:
    """Return the articles that stand in a section, each with its section."""
    chosen = [one for one in lines(folder / "articles.jsonl") if one["tags"] and one["tags"][0] in SECTIONS]
    return [{**one, "section": SECTIONS[one["tags"][0]], "path": folder / one["image"]} for one in chosen]


def lines(file: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def groups(records: Sequence[dict[str, Any]]) -> list[int]:
    """Return for each article the place of the first one whose photo hangs together with its own."""
    hashes = np.array([perceptual_hash(Image.open(one["path"])) for one in records], np.uint64)
    first = list(range(len(records)))

    def root(place: int) -> int:
        while first[place] != place:
            place = first[place]
        return place

    for place, value in enumerate(hashes.tolist()):
        for other in np.flatnonzero(distances(value, hashes) <= SAME_BITS).tolist():
            low, high = sorted((root(place), root(other)))
            first[high] = low
    return [root(place) for place in range(len(records))]


def share(record: dict[str, Any], seed: str) -> float:
    """Return a number from 0 to 1 that depends on a seed and an id alone."""
    return int(hashlib.sha1(f"{seed}:{record['id']}".encode()).hexdigest()[:8], 16) / 2**32


def parts(records: Sequence[dict[str, Any]], owners: Sequence[int], seed: int) -> tuple[list[int], list[int]]:
    """Return the places of the articles to train on, and of those of March to test on."""
    held = [share(records[owner], str(seed)) < TEST for owner in owners]
    train = [place for place, is_held in enumerate(held) if not is_held]
    return train, [place for place, is_held in enumerate(held) if is_held and records[place]["split"] == "test"]


def folds(records: Sequence[dict[str, Any]], owners: Sequence[int], places: Sequence[int]) -> np.ndarray:
    """Return the fold, 0 to 4, of the articles at these places: near copies lie in one."""
    return np.array([int(5 * share(records[owners[place]], "fold")) for place in places], np.int64)


def examples(records: Sequence[dict[str, Any]], vectors: Floats, places: Sequence[int], *, teaser: bool) -> Examples:
    """Return articles with their photos: headline and the beginning of the text, or the headline alone."""
    items = []
    for place in places:
        one = records[place]
        items.append(Item(f"{one['title']}. {one['text']}" if teaser else one["title"], "de", vectors[place]))
    return Examples(tuple(items), np.array([LABELS.index(records[place]["section"]) for place in places]), LABELS)
