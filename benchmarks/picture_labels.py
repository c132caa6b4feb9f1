"""How well pictures are sorted: by examples, by the names of labels, and together with their text; and how fast.

    python -m benchmarks.picture_labels [--small] [--data ../shared/data]

- sports100: a head trained on its training part (100 sports), and its names alone; the embedded encoder never saw any
  of its pictures. Test: 500 pictures.
- ksta19: sections of a newspaper from text, photo and both, as `benchmarks.sections` cuts them, for three seeds.
- BBC News and AG News by the names of their classes alone.
- Pictures and texts a second, what a region costs, memory.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import harness, sections
from kgretrieval import encoders
from kgretrieval.classify import trainer
from kgretrieval.classify.base import Examples, Floats, Item, Numbers, Settings
from kgretrieval.classify.head import Head
from kgretrieval.classify.measures import accuracy, expected_calibration_error, macro_f1
from kgretrieval.classify.regions import region_heat
from kgretrieval.classify.training import train_head
from kgretrieval.classify.zero_shot import zero_shot_head
from kgretrieval.evaluate.labelled_data import read_labelled
from kgretrieval.pictures.decode import open_picture

SEEDS = (0, 1, 2)
DRAWS = 2000
WHAT = ("text", "photo", "early", "late")


def main() -> None:
    """Measure all and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args()
    figures = {
        "sports100": sports(asked.data / "sports100", small=asked.small),
        "ksta19 sections": newspaper(asked.data / "ksta19", small=asked.small),
        "names alone": names(asked.data / "text", small=asked.small),
        "speed": speed(asked.data / "sports100", small=asked.small),
    }
    harness.write("picture_labels", **figures, **{"peak memory, MB": round(harness.peak_memory() / 1e6)})


def encoded(paths: Sequence[Path]) -> Floats:
    """Return the vectors of pictures, ``(n, 512)``."""
    encoder = encoders.load("mini")
    parts = [
        encoder.encode_pictures([open_picture(path, edge=encoder.picture_size) for path in paths[at : at + 64]])
        for at in range(0, len(paths), 64)
    ]
    return np.concatenate(parts)


def sports(folder: Path, *, small: bool) -> dict[str, Any]:
    """Train on the training part; measure on the test part, with examples and by names."""
    records = sections.lines(folder / "captions.jsonl")
    if small:
        kept = sorted({one["category"] for one in records})[:8]
        records = [one for one in records if one["category"] in kept]
        records = [one for one in records if one["split"] == "test"] + [r for r in records if r["split"] == "train"][
            ::4
        ]
    labels = tuple(sorted({one["category"] for one in records}))
    vectors = encoded([folder / one["image"] for one in records])
    found: dict[str, Any] = {"labels": len(labels)}

    def part(split: str) -> Examples:
        rows = [row for row, one in enumerate(records) if one["split"] == split]
        answers = np.array([labels.index(records[row]["category"]) for row in rows])
        return Examples(tuple(Item(picture=vectors[row]) for row in rows), answers, labels)

    begin = time.perf_counter()
    head = train_head("sport", part("train"), model="picture", pictures="mini")
    found |= {"training pictures": len(part("train")), "training seconds": round(time.perf_counter() - begin, 1)}
    found["bytes"] = head.model.state().bytes
    found["cross-validated within training"] = dict(head.card.measures)
    for split in ("val", "test"):
        if len(part(split)):
            found[split] = judged(head, part(split))
            found[f"{split}, by names alone"] = judged(zero_shot_head(labels, pictures=True), part(split))
    return found


def judged(head: Head, examples: Examples) -> dict[str, float]:
    """Return how often a head is right, at once and among its first five, and how far its probabilities hold."""
    probabilities = head.probabilities(examples.items)
    said, answers = probabilities.argmax(1), examples.answers
    sure = probabilities.max(1) >= head.card.level
    five = (np.argsort(-probabilities, axis=1, kind="stable")[:, :5] == answers[:, None]).any(1)
    rounded = {
        "accuracy": accuracy(said, answers),
        "among five": float(five.mean()),
        "macro F1": macro_f1(said, answers, len(head.labels)),
        "calibration error": expected_calibration_error(probabilities, answers),
        "sure": float(sure.mean()),
        "right where sure": accuracy(said[sure], answers[sure]),
    }
    return {"items": len(examples), **{name: round(value, 4) for name, value in rounded.items()}}


def newspaper(folder: Path, *, small: bool) -> dict[str, Any]:
    """Compare text, photo, early and late fusion: macro F1 on the test parts, and by how much both beat each."""
    records = sections.read(folder)
    records = records[::5] if small else records
    vectors, owners = encoded([one["path"] for one in records]), sections.groups(records)
    found: dict[str, Any] = {"labels": sections.LABELS}
    for teaser, what in ((True, "headline and teaser"), (False, "headline")):
        runs = [predicted(records, vectors, owners, seed, teaser=teaser) for seed in (SEEDS[:1] if small else SEEDS)]
        found[what] = compared(runs)
    return found


def predicted(
    records: Sequence[dict[str, Any]], vectors: Floats, owners: Sequence[int], seed: int, *, teaser: bool
) -> dict[str, Numbers]:
    """Return the answers of a test part and what each way says."""
    train, test = sections.parts(records, owners, seed)
    examples = sections.examples(records, vectors, train, teaser=teaser)
    asked = sections.examples(records, vectors, test, teaser=teaser)
    folds = sections.folds(records, owners, train)
    settings = Settings(balanced=True)
    late, _ = trainer("late").cross_fit(examples, folds, settings)
    early, _ = trainer("early").cross_fit(examples, folds, settings)
    models = zip(WHAT, (late.text, late.picture, early, late), strict=True)
    return {"answers": asked.answers, **{name: model.scores(asked.items).argmax(1) for name, model in models}}


def compared(runs: Sequence[dict[str, Numbers]]) -> dict[str, Any]:
    """Return the measures of each way, the mean of the seeds, with intervals of the differences.

    The test articles of each seed are drawn anew (bootstrap, 95 %), the same ones for both sides of a difference.
    """
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(run["answers"]), (DRAWS, len(run["answers"]))) for run in runs]
    f1 = {
        name: np.mean([_redrawn(run, name, drawn) for run, drawn in zip(runs, draws, strict=True)], 0) for name in WHAT
    }
    found: dict[str, Any] = {"test articles": [len(run["answers"]) for run in runs]}
    for name in WHAT:
        by_seed = [macro_f1(run[name], run["answers"], len(sections.LABELS)) for run in runs]
        found[name] = {
            "macro F1": round(float(np.mean(by_seed)), 4),
            "by seed": [round(value, 4) for value in by_seed],
            "interval": _interval(f1[name]),
            "accuracy": round(float(np.mean([accuracy(run[name], run["answers"]) for run in runs])), 4),
        }
    for both in ("early", "late"):
        for alone in ("text", "photo"):
            found[f"{both} over {alone}"] = _interval(f1[both] - f1[alone])
    return found


def _redrawn(run: dict[str, Numbers], name: str, draws: np.ndarray) -> list[float]:
    return [macro_f1(run[name][drawn], run["answers"][drawn], len(sections.LABELS)) for drawn in draws]


def _interval(values: np.ndarray) -> list[float]:
    return [round(float(value), 4) for value in np.quantile(values, (0.025, 0.975))]


def names(folder: Path, *, small: bool) -> dict[str, Any]:
    """Sort the test parts of BBC News and AG News by the names of their classes, without an example."""
    found = {}
    for name in ("bbc_news", "ag_news"):
        examples = read_labelled(folder / name)["test"]
        if small:
            examples = examples.chosen(range(0, len(examples), 10))
        found[name] = judged(zero_shot_head(examples.labels), examples)
    return found


def speed(folder: Path, *, small: bool) -> dict[str, float]:
    """Return pictures and texts a second, and the seconds of a region."""
    records = sections.lines(folder / "captions.jsonl")[: 16 if small else 200]
    pictures = [open_picture(folder / one["image"]) for one in records]
    encoder = encoders.load("mini")
    seconds, vectors = timed(lambda: encoder.encode_pictures(pictures))
    items = [Item(picture=vector) for vector in vectors] * (5000 // len(vectors))
    by_names = zero_shot_head([f"sport {number}" for number in range(100)], pictures=True)
    texts = [Item("The council voted on the new stadium after a long debate. " * 5)] * (100 if small else 1000)
    of_texts = zero_shot_head(["politics", "sport", "business", "culture"])
    return {
        "pictures encoded and sorted, /s": harness.rounded(len(pictures) / seconds),
        "vectors sorted into 100 labels, /s": harness.rounded(len(items) / timed(lambda: by_names.predict(items))[0]),
        "texts sorted by names, /s": harness.rounded(len(texts) / timed(lambda: of_texts.predict(texts))[0]),
        "a region, s": harness.rounded(timed(lambda: region_heat(by_names, pictures[0], encoder=encoder))[0]),
    }


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of the better of two runs, and what the last one gave."""
    least = np.inf
    for _ in range(2):
        begin = time.perf_counter()
        found = work()
        least = min(least, time.perf_counter() - begin)
    return least, found


if __name__ == "__main__":
    main()
