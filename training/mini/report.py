"""The test figures, each printed once: run it with the project's own environment when everything has been chosen.

Measures what ships: the package's encoder on the files of the pictures, not the cached features.
``python report.py [val]`` prints the same figures on the parts for choosing.
"""

import sys
import time

import numpy as np
from common import DATA, rows
from PIL import Image

from kgretrieval import encoders

TOPS = (1, 5, 10, 100)


def title(record):
    return [record["title"]]


def tagged(record):
    return [record["title"] + ". " + ", ".join(record["tags"])]


def captions(field):
    return lambda record: record[field]


SETS = {
    "flickr8k": {"English": captions("captions"), "Chinese": captions("captions_zh_translated")},
    "newsimages25": {"title": title, "title + tags": tagged},
    "coco_mini": {"English": captions("captions")},
}


def recalls(scores, right):
    """Per cent of rows of which a right column is among the best; `right` is (rows, columns) bool."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, : max(TOPS)]
    hit = np.take_along_axis(right, best, axis=1)
    return [round(100 * float(hit[:, :k].any(1).mean()), 1) for k in TOPS]


def pictures(name, records, mini):
    start, vectors = time.time(), []
    for at in range(0, len(records), 32):
        batch = [Image.open(DATA / name / record["image"]).convert("RGB") for record in records[at : at + 32]]
        vectors.append(mini.encode_pictures(batch))
    print(f"{name}: {len(records)} pictures, {len(records) / (time.time() - start):.0f} a second")
    return np.concatenate(vectors)


def main():
    split = sys.argv[1] if len(sys.argv) > 1 else "test"
    mini = encoders.load("mini")
    for name, kinds in SETS.items():
        records = [record for record in rows(name) if record["split"] == split]
        if not records:
            continue
        gallery = pictures(name, records, mini)
        for kind, texts_of in kinds.items():
            if split == "val" and kind == "Chinese":
                texts_of = captions("captions_zh")
            groups = [texts_of(record) for record in records]
            owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
            scores = mini.encode_texts([text for group in groups for text in group]) @ gallery.T
            right = owner[:, None] == np.arange(len(groups))[None, :]
            print(f"{name} {kind}: R@{TOPS} text to picture {recalls(scores, right)}", end=" ")
            print(f"picture to text {recalls(scores.T, right.T)}", flush=True)


if __name__ == "__main__":
    main()
