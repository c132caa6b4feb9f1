"""How often a search says "nothing found", rightly and wrongly: python -m benchmarks.nothing_found COLLECTION

COLLECTION is one of newsimages25; where there is none yet, one is made, which takes some minutes. Asked are the
thirty queries of nothing_found.json, pictures alone, with the limits a user gets. Then what these limits cost where
the right picture is known: captions of the Flickr8k test part and headlines of the newsimages25 test part, each in a
collection of the pictures alone, with the limits and with `min_score=0`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kgretrieval
from benchmarks import harness
from kgretrieval.types import Picture

DATA = Path(os.environ.get("KG_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
QUERIES = Path(__file__).with_name("nothing_found.json")
SETS = {"flickr8k": ("captions.jsonl", "captions"), "newsimages25": ("articles.jsonl", "title")}


def asked(news: kgretrieval.Collection, queries: Sequence[str]) -> list[dict[str, Any]]:
    """Return for each query whether nothing was found, and the probability of the best picture of all."""
    told = []
    limited = news.search_many(queries, kind="picture")
    for answer, whole in zip(limited, news.search_many(queries, kind="picture", min_score=0), strict=True):
        best = max((hit.probability or 0.0 for hit in whole.hits), default=0.0)
        told.append({"query": answer.query, "nothing_found": not answer.hits, "best": round(best, 3)})
    return told


def cost(name: str, folder: Path) -> dict[str, float]:
    """Return R@10 of the test part of a set, in per cent, with the limits and without."""
    file, field = SETS[name]
    with (DATA / name / file).open(encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record["split"] == "test"]
    paths = [str(DATA / name / record["image"]) for record in records]
    collection = kgretrieval.create(folder)
    collection.add(*(Picture(path=path, key=path) for path in paths))
    texts = [record[field] if isinstance(record[field], list) else [record[field]] for record in records]
    pairs = [(text, path) for path, several in zip(paths, texts, strict=True) for text in several]
    figures: dict[str, float] = {"queries": len(pairs)}
    for label, limits in (("limits", {}), ("everything", {"min_score": 0})):
        answers = list(collection.search_many([text for text, _ in pairs], kind="picture", k=10, **limits))
        found = [path in {hit.path for hit in a.hits} for a, (_, path) in zip(answers, pairs, strict=True)]
        figures[f"R@10, {label}"] = round(100 * sum(found) / len(pairs), 1)
        figures[f"nothing found, {label}"] = round(100 * sum(not a.hits for a in answers) / len(pairs), 1)
    return figures


def main() -> None:
    news = kgretrieval.open_or_create(sys.argv[1] if len(sys.argv) > 1 else "indexes/newsimages25")
    if not news.exists():
        news.ingest(DATA / "newsimages25")
    queries = json.loads(QUERIES.read_text(encoding="utf-8"))
    without, some = asked(news, queries["without_an_answer"]), asked(news, queries["with_an_answer"])
    with tempfile.TemporaryDirectory() as folder:
        recall = {name: cost(name, Path(folder) / name) for name in SETS}
    harness.write(
        "nothing_found",
        without_an_answer=f"{sum(q['nothing_found'] for q in without)} of {len(without)} found nothing",
        with_an_answer=f"{sum(q['nothing_found'] for q in some)} of {len(some)} found nothing",
        recall=recall,
        queries=[*without, *some],
    )


if __name__ == "__main__":
    main()
