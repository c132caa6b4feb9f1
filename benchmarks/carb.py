"""Open relations on CaRB (Bhardwaj, Aggarwal and Mausam 2019): `python -m benchmarks.carb [--split test]`.

A scorer of our own, written from the description in the paper. A file of another system's
extractions (sentence, confidence, relation, arguments in columns) is scored with `--system FILE`.
"""

from __future__ import annotations

import argparse
import gzip
import re
import string
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks import harness
from kgretrieval.extractors._analysis import Reader, Sentence
from kgretrieval.extractors._weights import read_card
from kgretrieval.extractors.relations import clauses_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "text" / "carb"
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_BE = frozenset("be is am are was were been being".split())
_SAYING = frozenset("said told added adds says".split())


@dataclass(frozen=True)
class Extraction:
    """A relation with its arguments as the file has them; gold ones are certain."""

    relation: str
    arguments: tuple[str, ...]
    confidence: float = 1.0


@dataclass(frozen=True)
class Score:
    """The best point of the curve of precision and recall, and the area under the curve."""

    auc: float
    precision: float
    recall: float
    f1: float


Extractions = dict[str, list[Extraction]]


def key(sentence: str) -> str:
    """Return a sentence without blanks and punctuation, by which files are joined."""
    for ours, theirs in _BRACKETS.items():
        sentence = sentence.replace(ours, theirs)
    return "".join(c for c in sentence if c not in string.punctuation and not c.isspace())


def rows(path: Path) -> list[list[str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\r\n").split("\t") for line in file if line.strip()]


def read_gold(path: Path) -> Extractions:
    gold: Extractions = {}
    for sentence, relation, *arguments in rows(path):
        kept = tuple(a.strip() for a in arguments if a.strip() and "C: " not in a)
        gold.setdefault(key(sentence), []).append(Extraction(relation, kept))
    return gold


def read_system(path: Path) -> Extractions:
    found: Extractions = {}
    for sentence, confidence, relation, *arguments in rows(path):
        found.setdefault(key(sentence), []).append(Extraction(relation, tuple(arguments), float(confidence)))
    return found


def overlap(gold: Sequence[str], predicted: Sequence[str]) -> int:
    return (Counter(gold) & Counter(predicted)).total()


def two_arguments(extraction: Extraction) -> list[str]:
    first, *rest = extraction.arguments or ("",)
    return [first, " ".join(rest)] if rest else [first]


def relation_overlap(gold: Sequence[str], predicted: Sequence[str]) -> int:
    shared = overlap(gold, predicted)
    bare_be = "be" in predicted and "be" not in gold and not _BE.isdisjoint(gold)
    return shared + bare_be


def match(gold: Extraction, predicted: Extraction) -> tuple[float, float]:
    """Return the token precision and recall of a pair, (0, 0) where it is no match."""
    wanted, found = two_arguments(gold), two_arguments(predicted)
    best = _match(gold.relation, wanted, predicted.relation, found)
    if len(found) == 2 and not _SAYING.isdisjoint(gold.relation.split()):
        best = max(best, _match(gold.relation, wanted, predicted.relation, found[::-1]), key=lambda pr: pr[0] + pr[1])
    return best


def _match(relation: str, wanted: list[str], other: str, found: list[str]) -> tuple[float, float]:
    gold_words, words = relation.split(), other.split()
    shared = relation_overlap(gold_words, words)
    if not shared or len(found) < len(wanted):
        return 0.0, 0.0
    total_gold, total = len(gold_words), len(words)
    for gold_argument, argument in zip(wanted, found, strict=False):
        gold_words, words = gold_argument.split(), argument.split()
        shared += overlap(gold_words, words)
        total_gold, total = total_gold + len(gold_words), total + len(words)
    return shared / max(total, 1), shared / max(total_gold, 1)


def greedy_precision(precision: np.ndarray) -> float:
    """Return the sum over pairs taken best first, each gold (row) and each prediction (column) once."""
    precision, total = precision.copy(), 0.0
    for _ in range(min(precision.shape)):
        best = np.unravel_index(precision.argmax(), precision.shape)
        if precision[best] <= 0:
            break
        total += precision[best]
        precision[best[0], :] = precision[:, best[1]] = -1
    return total


def curve(gold: Extractions, predicted: Extractions) -> np.ndarray:
    """Return (thresholds, 2): precision and recall when predictions below each confidence are left out."""
    tables = []
    for sentence, wanted in gold.items():
        found = predicted.get(sentence, [])
        pairs = np.array([[match(g, p) for p in found] for g in wanted]).reshape(len(wanted), len(found), 2)
        tables.append((pairs, np.array([p.confidence for p in found])))
    points = []
    thresholds = sorted({p.confidence for s in gold for p in predicted.get(s, ())})
    gold_total = sum(map(len, gold.values()))
    recalls, precisions, counts = (np.zeros(len(tables)) for _ in range(3))
    order = [np.searchsorted(thresholds, confidences) for _, confidences in tables]
    due: dict[int, list[int]] = {0: list(range(len(tables)))}
    for i, places in enumerate(order):
        for place in set(places.tolist()):
            due.setdefault(place + 1, []).append(i)
    for t in range(len(thresholds)):
        for i in due.get(t, ()):
            kept = tables[i][0][:, order[i] >= t]
            counts[i] = kept.shape[1]
            recalls[i] = kept[:, :, 1].max(1).sum() if kept.shape[1] else 0
            precisions[i] = greedy_precision(kept[:, :, 0]) if kept.shape[1] else 0
        points.append((precisions.sum() / max(counts.sum(), 1), recalls.sum() / gold_total))
    return np.array(points)


def score(gold: Extractions, predicted: Extractions) -> Score:
    """Return the figures CaRB reports."""
    points = curve(gold, predicted)
    if not len(points):
        return Score(0.0, 0.0, 0.0, 0.0)
    f1 = 2 * points.prod(1) / np.maximum(points.sum(1), 1e-9)
    best = f1.argmax()
    recall, precision = np.append(points[:, 1], 0.0)[::-1], np.append(points[:, 0], 1.0)[::-1]
    area = float(np.trapezoid(precision, recall))
    return Score(*(round(float(x), 4) for x in (area, points[best, 0], points[best, 1], f1[best])))


def tokenised(sentence: str) -> Sentence:
    """Return a sentence with the words that the set gives, divided by blanks."""
    spans = tuple(match.span() for match in re.finditer(r"\S+", sentence))
    return Sentence(tuple(sentence[start:end] for start, end in spans), spans)


def extract(texts: Sequence[str], *, pronouns: bool = True) -> Extractions:
    """Return our own extractions of these sentences; the product leaves those with pronouns out, the gold has them."""
    found: Extractions = {}
    for text, sentence in zip(texts, Reader(read_card()).read([tokenised(t) for t in texts]), strict=True):
        words = sentence.words
        found[key(text)] = [
            Extraction(
                f"not {clause.predicate}" if clause.negated else clause.predicate,
                tuple(" ".join(words[span.first : span.last]) for span in (clause.subject, clause.object)),
                sure,
            )
            for clause, sure in clauses_of(sentence, pronouns=pronouns)
        ]
    return found


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--system", type=Path, help="score this file in place of the extractor")
    options = parser.parse_args(None if arguments is None else list(arguments))
    gold = read_gold(DATA / f"{options.split}_gold.tsv.gz")
    if options.system:
        print(score(gold, read_system(options.system)))
        return
    texts = [row[0].strip() for row in rows(DATA / f"{options.split}_sentences.txt.gz")]
    begin = time.perf_counter()
    ours, product = extract(texts), extract(texts, pronouns=False)
    seconds = (time.perf_counter() - begin) / 2
    harness.write(
        "carb" if options.split == "test" else "carb_dev",
        split=options.split,
        sentences=len(texts),
        extractions=sum(map(len, ours.values())),
        ours=asdict(score(gold, ours)),
        without_pronouns=asdict(score(gold, product)),
        seconds=round(seconds, 2),
    )


if __name__ == "__main__":
    main()
