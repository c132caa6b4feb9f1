"""How often a picture that looks like the others of a person belongs to an article that names the person.

    python benchmarks/likeness.py ../shared/data/newsimages25

On the train part: photos whose headline names a person stand for those with a caption. Half of them make the centroid,
the other half and all other photos are looked at; one is right if its article names the person.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from kgretrieval import encoders
from kgretrieval.graph.likeness import LEAST
from kgretrieval.pictures.lazy import LazyPictures

THRESHOLDS = (0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94)


def main(folder: Path) -> None:
    rows = [json.loads(line) for line in (folder / "articles.jsonl").open(encoding="utf-8")]
    rows = [row for row in rows if row["split"] == "train" and not row.get("leak")]
    encoder = encoders.load("mini")
    paths = [str(folder / row["image"]) for row in rows]
    parts = (paths[i : i + 64] for i in range(0, len(paths), 64))
    vectors = np.concatenate([encoder.encode_pictures(LazyPictures(p, edge=encoder.picture_size)) for p in parts])
    titles = [f" {re.sub(r'[^a-z0-9]+', ' ', row['title'].lower())} " for row in rows]
    for kind in ("persons", "organisations"):
        named: dict[str, set[int]] = defaultdict(set)
        for place, row in enumerate(rows):
            for name in row.get(kind, ()):
                named[name].add(place)
        measure(kind, named, titles, vectors)


def measure(kind: str, named: dict[str, set[int]], titles: list[str], vectors: np.ndarray) -> None:
    looked, held_out = [], []
    for name, places in named.items():
        if kind == "persons" and " " not in name:
            continue
        said = name.split()[-1] if kind == "persons" else name
        shown = sorted(place for place in places if f" {said} " in titles[place])
        for half in (shown[::2], shown[1::2]):
            if len(half) < LEAST:
                continue
            centre = vectors[half].mean(axis=0)
            scores = vectors @ (centre / np.linalg.norm(centre))
            others = np.setdiff1d(np.arange(len(titles)), half)
            right = [place in places or f" {said} " in titles[place] for place in others]
            looked.append(np.stack([scores[others], right], axis=1))
            held_out += [scores[place] for place in shown if place not in half]
    pairs = np.concatenate(looked)
    for threshold in THRESHOLDS:
        found = pairs[pairs[:, 0] >= threshold]
        recall = np.mean(np.array(held_out) >= threshold)
        print(f"{kind} {threshold:.2f}: {int(found[:, 1].sum())} of {len(found)} right, recall {recall:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
