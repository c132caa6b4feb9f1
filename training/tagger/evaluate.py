"""Measure the shipped tagger: `python -m training.tagger.evaluate [--test]`; writes training/tagger/results.json.

The figures are those of the files in `kgretrieval/models`, through the code that the product runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from pathlib import Path

from kgretrieval.evaluate.entities import evaluate_entities
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.analysis import Sentence as Tagged
from kgretrieval.extractors.tagging.weights import LANGUAGES, read_card
from kgretrieval.types import TextPart
from training.tagger import data, sets
from training.tagger.data import Sentence
from training.tagger.model import entity_spans, figures

TYPES = ("PER", "ORG", "LOC", "MISC")
#: Folder and split of what `kg evaluate entities` measures: chosen on, and looked at once.
DEV = (("conll2003", "testa"), ("wnut17", "dev"), ("gum", "dev"))
TEST = (
    ("conll2003", "testb"),
    ("wnut17", "test"),
    ("btc", "f"),
    ("gum", "all"),
    ("germeval2014", "dev"),
    ("cluener_zh", "dev"),
)


def read(reader: Reader, sentences: list[Sentence]) -> list[Tagged]:
    spans = [tuple((i, i) for i in range(len(s.words))) for s in sentences]
    return reader.read([Tagged(s.words, span) for s, span in zip(sentences, spans, strict=True)])


def bio(tagged: Tagged) -> list[str]:
    tags = ["O"] * len(tagged.words)
    for name in tagged.names:
        tags[name.first : name.last] = [f"B-{name.label}", *[f"I-{name.label}"] * (name.last - name.first - 1)]
    return tags


def measure(reader: Reader, sentences: list[Sentence], *, kinds: tuple[str, ...] = TYPES) -> dict:
    predicted = [(bio(t), list(t.parts), list(t.chunks)) for t in read(reader, sentences)]
    result = figures(sentences, predicted, kinds=kinds)
    return result | {kind: figures(sentences, predicted, kinds=(kind,))["f1"] for kind in kinds}


def calibration(reader: Reader, sentences: list[Sentence]) -> list[dict[str, float]]:
    """Return for bands of confidence how many of the names found are right."""
    rows = []
    for s, tagged in zip(sentences, read(reader, sentences), strict=True):
        gold = entity_spans(list(s.names))
        rows += [(n.confidence, (n.first, n.last, n.label) in gold) for n in tagged.names]
    bands = []
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
        inside = [row for row in rows if low <= row[0] < high]
        mean = sum(row[0] for row in inside) / max(len(inside), 1)
        right = sum(row[1] for row in inside) / max(len(inside), 1)
        bands.append({"from": low, "names": len(inside), "confidence": round(mean, 3), "right": round(right, 3)})
    return bands


def held_out(language: str, folder: Path) -> list[Sentence]:
    return next(iter(sets.sets(folder, {"language": language}).dev.values()))


def speed(folder: Path, words: int = 120_000) -> dict[str, float]:
    """Return words a second of running English news."""
    documents, total = [], 0
    with gzip.open(folder / "bbc_news" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            documents.append([TextPart("title", article["title"]), TextPart("text", article["text"])])
            total += len((article["title"] + " " + article["text"]).split())
            if total > words:
                break
    tagger = Tagger()
    tagger.extract(documents[:5])
    load = round(os.getloadavg()[0], 2)
    begin, used = time.perf_counter(), time.process_time()
    for first in range(0, len(documents), 64):
        tagger.extract(documents[first : first + 64])
    wall, cpu = time.perf_counter() - begin, time.process_time() - used
    return {"words": total, "load": load, "a second": round(total / wall), "a cpu second": round(total / cpu)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="also the test sets, which are looked at once")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    arguments = parser.parse_args()
    result: dict = {language: {"sha256": read_card(language).sha256} for language in LANGUAGES}
    testa = data.conll(arguments.data, "testa")
    result["en"]["parts of speech and chunks of testa"] = measure(Reader(read_card()), testa)
    for language in LANGUAGES:
        held = testa if language == "en" else held_out(language, arguments.data)
        result[language]["calibration"] = calibration(Reader(read_card(language)), held)
    for folder, split in (*DEV, *(TEST if arguments.test else ())):
        found = evaluate_entities(arguments.data / folder, split=split).to_dict()
        found["data"]["path"] = folder
        result[f"{folder} {split}"] = found
    result["speed"] = speed(arguments.data)
    (Path(__file__).parent / "results.json").write_text(json.dumps(result, indent=1) + "\n")
    for name, found in result.items():
        print(name, found.get("f1", found))


if __name__ == "__main__":
    main()
