"""Measure the shipped parser: `python -m training.parser.evaluate` (`--test` once, at the end)."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader, Sentence
from kgretrieval.extractors.tagging.weights import read_card
from training.parser import data, vary
from training.parser.data import Gold


def figures(parser: Parser, reader: Reader, golds: list[Gold]) -> dict[str, float]:
    """Return accuracies on given words: all words count for UAS and LAS, with subtypes; "words" without marks."""
    plain = [Sentence(gold.words, tuple((0, 0) for _ in gold.words)) for gold in golds]
    right: Counter = Counter()
    for gold, tree in zip(golds, parser.parse(reader.read(plain)), strict=True):
        for i, head in enumerate(gold.heads):
            same = tree.heads[i] == head
            label, found = gold.labels[i], tree.labels[i]
            right.update(n=1, uas=same, las=same and label == found)
            right.update(main=same and label.partition(":")[0] == found.partition(":")[0])
            right.update(upos=tree.parts[i] == gold.parts[i], lemma=tree.lemmas[i].lower() == gold.lemmas[i].lower())
            if gold.parts[i] not in ("PUNCT", "SYM"):
                right.update(words=1, words_las=same and label == found)
    found = {name: 100 * right[name] / right["n"] for name in ("upos", "lemma", "uas", "las", "main")}
    found["las_without_punctuation"] = 100 * right["words_las"] / right["words"]
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--test", action="store_true")
    arguments.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    chosen = arguments.parse_args()
    split = "test" if chosen.test else "dev"
    parser, reader = Parser(Tagger()), Reader(read_card())
    sets = data.load(chosen.data, split)
    results = {}
    for name, pairs in sets.items():
        results[f"{name} {split}"] = figures(parser, reader, [p.given for p in pairs])
    ewt = [p.given for p in sets["ewt"]]
    results[f"ewt {split}, the package's words"] = figures(parser, reader, [p.ours for p in sets["ewt"]])
    results[f"ewt {split}, title case"] = figures(parser, reader, [vary.title(g, _Never()) for g in ewt])
    results[f"ewt {split}, lower case"] = figures(parser, reader, [vary.lower(g, _Never()) for g in ewt])
    for name, found in results.items():
        print(name, json.dumps(found))


class _Never:
    """Draws that leave every word of a headline with a capital."""

    def random(self) -> float:
        return 1.0


if __name__ == "__main__":
    main()
