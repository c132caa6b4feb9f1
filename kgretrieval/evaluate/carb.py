"""The scorer of open relations by the rules of CaRB.

S. Bhardwaj, S. Aggarwal and Mausam, "CaRB: A Crowdsourced Benchmark for Open IE" (EMNLP 2019). Written anew from the
description in the paper; it gives the published systems the figures that the authors' own scorer gives them.
"""

from __future__ import annotations

import gzip
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kgretrieval.errors import UnreadableError
from kgretrieval.evaluate.measures import Floats

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_BE = frozenset("be is am are was were been being".split())
_SAYING = frozenset("said told added adds says".split())


@dataclass(frozen=True)
class Extraction:
    """A relation with its arguments as the file has them; gold ones are certain."""

    relation: str
    arguments: tuple[str, ...]
    confidence: float = 1.0


#: The relations of each sentence, by its `key`.
Extractions = dict[str, list[Extraction]]


@dataclass(frozen=True)
class CarbScore:
    """The best point of the curve of precision and recall, and the area under the curve.

    `counts` holds for each sentence of the gold data, at that point: correct seen from the predictions, predicted,
    correct seen from the gold, gold.
    """

    auc: float
    precision: float
    recall: float
    f1: float
    threshold: float
    counts: tuple[tuple[float, float, float, float], ...]


def key(sentence: str) -> str:
    """Return a sentence without blanks and punctuation, by which files are joined."""
    for ours, theirs in _BRACKETS.items():
        sentence = sentence.replace(ours, theirs)
    return "".join(c for c in sentence if c not in string.punctuation and not c.isspace())


def rows(path: Path) -> list[list[str]]:
    """Return the lines of a file, packed or not, split at tabs.

    Raises
    ------
    UnreadableError
        If it cannot be read.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="\n") as file:
            return [line.rstrip("\r\n").split("\t") for line in file if line.strip()]
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from None


def read_gold(path: Path) -> Extractions:
    """Return the gold relations: sentence, relation, arguments in columns."""
    gold: Extractions = {}
    for n, row in enumerate(rows(path), start=1):
        if len(row) < 3:
            raise UnreadableError(f"{path}, line {n}: {len(row)} columns; there must be sentence, relation, arguments")
        sentence, relation, *arguments = row
        kept = tuple(a.strip() for a in arguments if a.strip() and "C: " not in a)
        gold.setdefault(key(sentence), []).append(Extraction(relation, kept))
    return gold


def read_system(path: Path) -> Extractions:
    """Return the relations of a system: sentence, confidence, relation, arguments in columns."""
    found: Extractions = {}
    for n, row in enumerate(rows(path), start=1):
        try:
            sentence, confidence, relation, *arguments = row
            extraction = Extraction(relation, tuple(arguments), float(confidence))
        except ValueError:
            raise UnreadableError(
                f"{path}, line {n} has no sentence, confidence, relation and arguments: {row[:3]}"
            ) from None
        found.setdefault(key(sentence), []).append(extraction)
    return found


def overlap(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """Return how many words two lists share, each counted as often as both have it."""
    return (Counter(gold) & Counter(predicted)).total()


def match(gold: Extraction, predicted: Extraction) -> tuple[float, float]:
    """Return the token precision and recall of a pair, (0, 0) where it is no match."""
    wanted, found = _two_arguments(gold), _two_arguments(predicted)
    best = _match(gold.relation, wanted, predicted.relation, found)
    if len(found) == 2 and not _SAYING.isdisjoint(gold.relation.split()):
        best = max(best, _match(gold.relation, wanted, predicted.relation, found[::-1]), key=lambda pr: pr[0] + pr[1])
    return best


def _two_arguments(extraction: Extraction) -> list[str]:
    first, *rest = extraction.arguments or ("",)
    return [first, " ".join(rest)] if rest else [first]


def _match(relation: str, wanted: list[str], other: str, found: list[str]) -> tuple[float, float]:
    gold_words, words = relation.split(), other.split()
    bare_be = "be" in words and "be" not in gold_words and not _BE.isdisjoint(gold_words)
    shared = overlap(gold_words, words) + bare_be
    if not shared or len(found) < len(wanted):
        return 0.0, 0.0
    total_gold, total = len(gold_words), len(words)
    for gold_argument, argument in zip(wanted, found, strict=False):
        gold_words, words = gold_argument.split(), argument.split()
        shared += overlap(gold_words, words)
        total_gold, total = total_gold + len(gold_words), total + len(words)
    return shared / max(total, 1), shared / max(total_gold, 1)


def paired(precision: Floats) -> Floats:
    """Return the precision that each prediction gets when pairs are taken best first, one prediction for one gold.

    Parameters
    ----------
    precision : ndarray, shape (gold, predictions)

    Returns
    -------
    ndarray, shape (predictions,)
    """
    precision, got = precision.copy(), np.zeros(precision.shape[1])
    for _ in range(min(precision.shape)):
        row, column = np.unravel_index(precision.argmax(), precision.shape)
        if precision[row, column] <= 0:
            break
        got[column] = precision[row, column]
        precision[row, :] = precision[:, column] = -1
    return got


def score(gold: Extractions, predicted: Extractions, *, at: float | None = None) -> CarbScore:
    """Return the figures that CaRB reports.

    Parameters
    ----------
    gold, predicted : Extractions
    at : float, optional
        Take this threshold of confidence in place of the best one on the curve.
    """
    thresholds, counts = _curve(gold, predicted)
    if not len(thresholds):
        return CarbScore(0.0, 0.0, 0.0, 0.0, 0.0, tuple((0.0, 0.0, 0.0, float(len(own))) for own in gold.values()))
    sums = counts.sum(1)
    precision, recall = sums[:, 0] / np.maximum(sums[:, 1], 1), sums[:, 2] / np.maximum(sums[:, 3], 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1.argmax()) if at is None else min(int(np.searchsorted(thresholds, at)), len(thresholds) - 1)
    area = float(np.trapezoid(np.append(precision, 1.0)[::-1], np.append(recall, 0.0)[::-1]))
    own = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in counts[best])
    return CarbScore(
        auc=round(area, 4),
        precision=round(float(precision[best]), 4),
        recall=round(float(recall[best]), 4),
        f1=round(float(f1[best]), 4),
        threshold=float(thresholds[best]),
        counts=own,
    )


def _curve(gold: Extractions, predicted: Extractions) -> tuple[Floats, Floats]:
    """Return the thresholds, rising, and ``(thresholds, sentences, 4)`` counts without what lies below each."""
    thresholds = np.array(sorted({p.confidence for s in gold for p in predicted.get(s, ())}))
    counts = np.zeros((len(thresholds), len(gold), 4))
    for column, (sentence, wanted) in enumerate(gold.items()):
        found = predicted.get(sentence, [])
        pairs = np.array([[match(g, p) for p in found] for g in wanted]).reshape(len(wanted), len(found), 2)
        order = np.searchsorted(thresholds, [p.confidence for p in found])
        start = 0
        for step in sorted(set(order.tolist())):
            kept = pairs[:, order >= step]
            own = paired(kept[:, :, 0]).sum(), kept.shape[1], kept[:, :, 1].max(1).sum(), len(wanted)
            counts[start : step + 1, column] = own
            start = step + 1
        counts[start:, column, 3] = len(wanted)
    return thresholds, counts
