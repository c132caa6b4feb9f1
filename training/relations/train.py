"""Fit and write the shipped classifier: `python -m training.relations.train VERSION [--data ../shared/data/text]`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from kgretrieval.evaluate import conll04, knowledgenet
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.weights import read_card
from kgretrieval.extractors.typed_relations.fit import Example, fit
from kgretrieval.extractors.typed_relations.predicates import PREDICATE_NAMES
from kgretrieval.extractors.typed_relations.weights import pack
from training.relations.thresholds import THRESHOLDS


def examples(parser: Parser, data: Path) -> list[Example]:
    """Return KnowledgeNet's passages and CoNLL04's train and dev sentences, as the tagger and the parser read both."""
    passages = knowledgenet.read_passages(data / "knowledgenet")
    trees = parser.trees([passage.text for passage in passages])
    found = [example for own in knowledgenet.examples(passages, trees) for example in own]
    for split in ("train", "dev"):
        sentences = conll04.read_sentences(data / "conll04", split)
        tagged = Reader(read_card()).read([gold.untagged() for gold in sentences])
        read = zip(sentences, tagged, parser.parse(tagged), strict=True)
        found += [
            conll04.tagged_example(sentence, tree, gold, f"{split}-{i}")
            for i, (gold, sentence, tree) in enumerate(read)
        ]
    return [example for example in found if len(example.found.pairs)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("version")
    arguments.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    arguments.add_argument("--out", type=Path, default=Path("kgretrieval/models"))
    given = arguments.parse_args()
    parser = Parser(Tagger())
    model = fit(examples(parser, given.data))
    content = save({name: np.ascontiguousarray(array) for name, array in pack(model).items()})
    (given.out / "relations.safetensors").write_bytes(content)
    card = {
        "version": given.version,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "fitted_on": parser.version,
        "thresholds": {name: THRESHOLDS[name] for name in PREDICATE_NAMES},
    }
    (given.out / "relations.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{len(content)} bytes, SHA-256 {card['sha256'][:12]}")


if __name__ == "__main__":
    main()
