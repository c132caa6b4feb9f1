"""Which disagreements between uses of a picture are noticed: python -m benchmarks.contexts [--small]

Thirty small cases, written for this with what happens to real pictures in mind (`judged/contexts.json`): each says what
a careful person would call disagreeing. A doubt that is none counts for more than one that is not noticed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks import harness
from kgretrieval.collection import Collection
from kgretrieval.types import Article, Picture

CASES = Path(__file__).parent / "judged" / "contexts.json"


def main() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        found = warnings_of(cases, Path(folder))
    counts: Counter[str] = Counter()
    told = []
    for case, came in zip(cases, found, strict=True):
        should = set(case["expected"])
        counts["right"] += len(came & should)
        counts["false"] += len(came - should)
        counts["not noticed"] += len(should - came)
        counts["cases that agree, none called otherwise"] += not should and not came
        counts["cases that agree"] += not should
        if came != should:
            told.append({"case": case["case"], "should": sorted(should), "came": sorted(came)})
    precision = counts["right"] / max(1, counts["right"] + counts["false"])
    recall = counts["right"] / max(1, counts["right"] + counts["not noticed"])
    figures = {"precision": round(precision, 3), "recall": round(recall, 3)}
    harness.write("contexts", cases=len(cases), **figures, counts=dict(counts), otherwise=told)


def warnings_of(cases: list[dict[str, Any]], folder: Path) -> list[set[str]]:
    """Return the kinds of warnings that came for each case."""
    articles: list[Article] = []
    asked = []
    for number, case in enumerate(cases):
        files = [picture(folder / f"{number}-{place}.jpg", number, 92 - 30 * place) for place in (0, 1)]
        asked.append(files[0])
        uses = [
            Picture(str(file), key=f"{number}/{place}", captions=(use["caption"],) if use.get("caption") else ())
            for place, (file, use) in enumerate(zip(files, case["uses"], strict=True))
        ]
        groups = [uses] if case.get("same_article") else [[use] for use in uses]
        articles += [article(f"{number}-{place}", case["uses"][place], group) for place, group in enumerate(groups)]
    collection = Collection(folder / "index", extractors=["tags", "tagger", "values"])
    collection.add(*articles)
    return [{warning.kind for warning in collection.where_used(file).warnings} for file in asked]


def article(key: str, use: dict[str, Any], pictures: list[Picture]) -> Article:
    fields = {name: use[name] for name in ("date", "source", "title", "text") if name in use}
    return Article(key=key, language=use.get("language", "en"), pictures=tuple(pictures), **fields)


def picture(file: Path, number: int, quality: int) -> Path:
    """Write a picture with structure, another one for each number."""
    values = np.random.default_rng(number).integers(0, 256, (9, 13, 3), dtype=np.uint8)
    Image.fromarray(values).resize((390, 270), 3).save(file, quality=quality)
    return file


if __name__ == "__main__":
    sys.exit(main())
