"""Compare constants of `kgretrieval.stories.alike` on the parts that they may be chosen on.

    python -m training.stories.choose DATA      (the folder of the text data sets)

Prints B-cubed of ECB+ train and dev and of the 40 stories of Google News kept for this, a line for each setting. The
last constants, how many terms a pair shares, cost a little there and were set by reading stories of real headlines.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from kgretrieval.evaluate.clusters import b_cubed
from kgretrieval.evaluate.knowledge import score
from kgretrieval.evaluate.stories import by, clusters
from kgretrieval.evaluate.story_data import read_stories
from kgretrieval.stories import alike

PARTS = (("ecbplus", "train"), ("ecbplus", "dev"), ("googlenews_stories", "dev"))
GRID = {
    "PAIR": (0.28, 0.30, 0.32),
    "SHARED": (4, 5, 6),
    "SHORT_NEED": (0.12, 0.14, 0.16),
    "LONG_NEED": (0.20, 0.22, 0.24),
}


def main() -> None:
    """Print precision, recall and F1 of every setting."""
    parts = [read_stories(Path(sys.argv[1]) / name, split)[0] for name, split in PARTS]
    for values in product(*GRID.values()):
        for name, value in zip(GRID, values, strict=True):
            setattr(alike, name, value)
        figures = [score([b_cubed(by(part, "event"), clusters(part))]) for part in parts]
        told = "  ".join(f"{one.precision:.3f} {one.recall:.3f} {one.f1:.3f}" for one in figures)
        print(*(f"{name}={value}" for name, value in zip(GRID, values, strict=True)), told, flush=True)


if __name__ == "__main__":
    main()
