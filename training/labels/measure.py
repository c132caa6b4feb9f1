"""Figures of the shipped labels on test parts: ``python -m training.labels.measure``.

Texts through the extractor; names of NewsMTSC where the set marks them, trees by the shipped parser.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt

from kgretrieval.classify.head import softmax
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.sentiment import Sentiment
from kgretrieval.extractors.sounding.reader import Named, Reader, around
from kgretrieval.extractors.sounding.relative import Read, distances, paths
from kgretrieval.extractors.sounding.weights import read_card
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.topics import Topics
from kgretrieval.types import Label, TextPart
from training.labels.common import expected_calibration_error
from training.labels.opinion_sets import aimed, texts
from training.labels.sets import Example
from training.labels.tones import macro_f1
from training.labels.topic_sets import examples

_VALUES = ("negative", "neutral", "positive")


def main() -> None:
    """Print all figures."""
    of_topics()
    of_texts()
    of_names()


def of_topics() -> None:
    """How often the topic is one of those that the set allows, calibration, the sure ones."""
    topics, found = Topics(), [e for e in examples() if e.split == "test"]
    labels = [one.labels[0] if one.labels else None for one in topics.extract([_parts(e) for e in found])]
    for origin in dict.fromkeys(e.origin for e in found):
        pairs = [(e, label) for e, label in zip(found, labels, strict=True) if e.origin == origin and label]
        right = np.array([label.value in e.answers for e, label in pairs])
        print(f"{origin}: {_figures(pairs, right)}")


def _parts(example: Example) -> list[TextPart]:
    title, _, text = example.text.partition("\n")
    return [TextPart("title", title, example.language), TextPart("text", text, example.language)]


def _figures(pairs: list[tuple[Example, Label]], right: npt.NDArray[np.bool_]) -> str:
    sure = np.array([label.sure for _, label in pairs])
    error = expected_calibration_error(np.array([label.probability for _, label in pairs]), right)
    return (
        f"{len(pairs)}, accuracy {right.mean():.4f}, ECE {error:.3f}, sure {sure.mean():.3f},"
        f" of these right {right[sure].mean():.3f}"
    )


def of_texts() -> None:
    """Accuracy of two values, macro F1 of three (neutral and nothing are one), calibration, the sure ones."""
    sentiment = Sentiment()
    found = [e for e in texts() if e.split == "test"]
    began = time.process_time()
    labels = [
        extraction.labels[0] if extraction.labels else None
        for at in range(0, len(found), 128)
        for extraction in sentiment.extract([[TextPart("text", e.text, e.language)] for e in found[at : at + 128]])
    ]
    print(f"{len(found) / (time.process_time() - began):.0f} texts a second of one core")
    for origin in dict.fromkeys(e.origin for e in found):
        pairs = [(e, label) for e, label in zip(found, labels, strict=True) if e.origin == origin and label]
        three = np.array([_three(label.value) for _, label in pairs])
        gold = np.array([_three(next(iter(e.answers))) for e, _ in pairs])
        right = np.array([label.value in e.answers for e, label in pairs])
        print(
            f"{origin}: macro F1 of three {macro_f1(three, gold):.4f}, accuracy {(three == gold).mean():.4f};", end=" "
        )
        print(f"of four: {_figures(pairs, right)}")
        if origin in ("sst", "chnsenticorp"):
            print(f"  two values: {_polar(sentiment, [e for e, _ in pairs]):.4f}")


def _polar(sentiment: Sentiment, found: list[Example]) -> float:
    """Return the accuracy where the text is positive or negative and only these two can be answered."""
    found = [e for e in found if e.answers & {"positive", "negative"}]
    pooled = sentiment.scores([[TextPart("text", e.text, e.language)] for e in found])
    up, down = (sentiment.values.index(value) for value in ("positive", "negative"))
    best = ["positive" if row[up] > row[down] else "negative" for row in pooled]
    return float(np.mean([one in e.answers for one, e in zip(best, found, strict=True)]))


def _three(value: str) -> int:
    return _VALUES.index("neutral" if value == "nothing" else value)


def of_names() -> None:
    """Macro F1 of three values on both test files, with an interval; calibration, the sure ones."""
    parser, reader, card = Parser(Tagger()), Reader(), read_card("towards")
    rows = {path: i + 1 for i, path in enumerate(card.words)}
    for part in ("rw_test", "mt_test"):
        names = [one for one in aimed() if one.part == part]
        read = dict(zip([n.text for n in names], parser.trees([n.text for n in names]), strict=True))
        given = []
        for one in names:
            sentence, tree = next(((s, t) for s, t in read[one.text] if s.spans[-1][1] > one.start), read[one.text][-1])
            words = around(reader.words(one.text, sentence.spans[0][0], sentence.spans[-1][1]), one.start)
            ways = paths(words, Read(sentence.spans, tree), one.start, one.end)
            far = distances(words, one.start, one.end)
            given.append(Named(words, far, [rows.get(way, 0) for way in ways]))
        began = time.process_time()
        scores, _ = reader.about(given)
        seconds = time.process_time() - began
        probabilities = softmax(scores / np.float32(card.temperatures["en"]))
        found, gold = probabilities.argmax(1), np.array([one.polarity + 1 for one in names])
        chance = np.random.default_rng(0)
        draws = [chance.integers(0, len(gold), len(gold)) for _ in range(1000)]
        low, high = np.percentile([macro_f1(found[d], gold[d]) for d in draws], [2.5, 97.5])
        top, right = probabilities.max(1), found == gold
        sure = top >= card.levels["en"]
        print(
            f"{part}: {len(names)} names, macro F1 {macro_f1(found, gold):.4f} ({low:.3f} to {high:.3f}), accuracy"
            f" {right.mean():.4f}, ECE {expected_calibration_error(top, right):.3f}, sure {sure.mean():.3f}, of these"
            f" right {right[sure].mean():.3f}; {len(names) / seconds:.0f} names a second"
        )


if __name__ == "__main__":
    main()
