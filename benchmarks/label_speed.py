"""What labels cost an ingest: python -m benchmarks.label_speed [--small]

BBC articles (the sample news where they are not there) are read by all default extractors in batches as an ingest makes
them, on one thread; articles a second of `topics`, `sentiment` and `towards` are of their own time, `towards` on top of
the names and trees that others have read. Medians of the rounds, and the most memory that the process had.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import statistics
import time
from collections import defaultdict

from benchmarks import corpus
from benchmarks.extract import articles
from benchmarks.harness import is_small, peak_memory, rounded, row, write
from kgretrieval.extractors import DEFAULT, load
from kgretrieval.types import TextPart

LABELS = ("topics", "sentiment", "towards")
BATCH = 128


def main() -> None:
    """Measure, and write the results."""
    count, rounds = (64, 1) if is_small() else (512, 3)
    read = [[TextPart("title", title), TextPart("text", text)] for title, text in articles(corpus.DATA.parent, count)]
    words = sum(len(part.text.split()) for document in read for part in document)
    for extractor in load():
        extractor.extract(read[:2])
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        # New ones each round: what they share is kept for texts that were read a moment ago.
        chosen = load()
        spent = dict.fromkeys(DEFAULT, 0.0)
        for first in range(0, len(read), BATCH):
            for extractor in chosen:
                begin = time.perf_counter()
                extractor.extract(read[first : first + BATCH])
                spent[extractor.name] += time.perf_counter() - begin
        for name, seconds in spent.items():
            took[name].append(seconds)
    seconds = {name: statistics.median(values) for name, values in took.items()}
    whole = sum(seconds.values())
    share = sum(seconds[name] for name in LABELS) / whole
    rows = [
        row(f"{name} of articles of {words // len(read)} words", len(read) / seconds[name], "articles/s")
        for name in LABELS
    ]
    figures = {name: rounded(len(read) / value) for name, value in seconds.items() if value > 0.001}
    write(
        "label_speed",
        articles=len(read),
        words=words,
        articles_per_second=figures,
        all_extractors=rounded(len(read) / whole),
        share_of_labels=rounded(share),
        peak_memory_mb=round(peak_memory() / 1e6),
        rows=rows,
    )


if __name__ == "__main__":
    main()
