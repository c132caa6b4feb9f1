"""Measure the shipped tagger: `python -m training.tagger.evaluate [--test]`; writes training/tagger/results.json.

The figures are those of the files in `kgretrieval/models`, through the code that the product runs.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from kgretrieval.extractors import load
from kgretrieval.extractors._analysis import Reader
from kgretrieval.extractors._analysis import Sentence as Tagged
from kgretrieval.extractors._weights import read_card
from kgretrieval.types import TextPart
from training.tagger import data
from training.tagger.data import Sentence
from training.tagger.train import dev_sets, entity_spans, figures

TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC", "misc": "MISC"}


def read(reader: Reader, sentences: list[Sentence]) -> list[Tagged]:
    spans = [tuple((i, i) for i in range(len(s.words))) for s in sentences]
    return reader.read([Tagged(s.words, span) for s, span in zip(sentences, spans, strict=True)])


def bio(tagged: Tagged) -> list[str]:
    tags = ["O"] * len(tagged.words)
    for name in tagged.names:
        kind = TYPES[name.type]
        tags[name.first : name.last] = [f"B-{kind}", *[f"I-{kind}"] * (name.last - name.first - 1)]
    return tags


def measure(reader: Reader, sentences: list[Sentence], *, kinds: tuple[str, ...] = tuple(TYPES.values())) -> dict:
    predicted = [(bio(t), list(t.parts), list(t.chunks)) for t in read(reader, sentences)]
    result = figures(sentences, predicted, kinds=kinds)
    return result | {kind: figures(sentences, predicted, kinds=(kind,))["f1"] for kind in kinds}


def calibration(reader: Reader, sentences: list[Sentence]) -> list[dict[str, float]]:
    """Return for bands of confidence how many of the names found are right."""
    rows = []
    for s, tagged in zip(sentences, read(reader, sentences), strict=True):
        gold = entity_spans(list(s.names))
        rows += [(n.confidence, (n.first, n.last, TYPES[n.type]) in gold) for n in tagged.names]
    bands = []
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.99), (0.99, 1.01)):
        inside = [row for row in rows if low <= row[0] < high]
        mean = sum(row[0] for row in inside) / max(len(inside), 1)
        right = sum(row[1] for row in inside) / max(len(inside), 1)
        bands.append({"from": low, "names": len(inside), "confidence": round(mean, 3), "right": round(right, 3)})
    return bands


def speed(folder: Path, words: int = 120_000) -> dict[str, float]:
    """Return words a second of running text for each extractor; the second one finds the tags computed."""
    import gzip

    documents, total = [], 0
    with gzip.open(folder / "bbc_news" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            documents.append([TextPart("title", article["title"]), TextPart("text", article["text"])])
            total += len((article["title"] + " " + article["text"]).split())
            if total > words:
                break
    result: dict[str, float] = {"words": total, "load": round(os.getloadavg()[0], 2)}
    extractors = load(("tagger", "relations"))
    extractors[0].extract(documents[:5])
    for extractor in extractors:
        begin, used = time.perf_counter(), time.process_time()
        for first in range(0, len(documents), 64):
            extractor.extract(documents[first : first + 64])
        result[f"{extractor.name} words per second"] = round(total / (time.perf_counter() - begin))
        result[f"{extractor.name} words per cpu second"] = round(total / (time.process_time() - used))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="also the test sets, which are looked at once")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    arguments = parser.parse_args()
    card = read_card()
    reader = Reader(card)
    sets = dev_sets(arguments.data)
    if arguments.test:
        sets |= {
            "testb": data.conll(arguments.data, "testb"),
            "wnut test": data.wnut(arguments.data, "test"),
            "btc test": data.btc(arguments.data, "f"),
        }
    result: dict = {"version": card.version, "sha256": card.sha256}
    for name, sentences in sets.items():
        result[name] = measure(
            reader, sentences, kinds=("LOC", "ORG", "PER") if "btc" in name else tuple(TYPES.values())
        )
    result["calibration on testa"] = calibration(reader, sets["testa"])
    result["speed"] = speed(arguments.data)
    text = json.dumps(result, indent=1)
    (Path(__file__).parent / "results.json").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
