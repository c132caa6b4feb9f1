"""Reads the texts of tones once: ``python -m training.labels.prepare SETS.pkl [--lexicon vader_lexicon.txt]``.

Words, sentences, and of NewsMTSC trees and paths, as the extractors will see them.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from pathlib import Path

import numpy as np

from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.sounding.reader import around, pieces
from kgretrieval.extractors.sounding.relative import Read, distances, paths
from kgretrieval.extractors.sounding.words import Vectors
from kgretrieval.extractors.tagger import Tagger
from kgretrieval.text.sentences import sentence_spans
from training.labels.opinion_sets import aimed, lexicon, texts
from training.labels.prepared import Sets

#: Words that are seen in fewer texts of the train parts have no vector of their own; so many have one at most.
SEEN, OWN = 8, 4000
#: Paths that are seen less often in the train part are not told from far ones.
SEEN_PATHS = 25


def main() -> None:
    """Read all sets and write them to one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lexicon", type=Path, help="vader_lexicon.txt of the package vaderSentiment")
    parser.add_argument("--trees", type=Path, help="trees read before")
    options = parser.parse_args()
    vectors, sets = Vectors(), Sets()
    seen: Counter[str] = Counter()
    for example in texts():
        spans = sentence_spans(example.text, example.language)
        parts = [piece for span in spans for piece in pieces(vectors.words(example.text, *span))]
        if parts:
            sets.documents.append((example, [sets.numbers(piece) for piece in parts]))
            if example.split == "train":
                seen.update({word.key for piece in parts for word in piece})
    sets.own = {key: i + 1 for i, (key, count) in enumerate(seen.most_common(OWN)) if count >= SEEN}
    if options.lexicon:
        sets.words = [(sets.numbers(vectors.words(word))[0], good) for word, good in lexicon(options.lexicon)]
    _names(sets, vectors, options.trees)
    keys = list(sets.keys)
    table = np.concatenate([vectors.of(keys[at : at + 1024]) for at in range(0, len(keys), 1024)]).astype(np.float16)
    print(len(sets.documents), "texts,", len(sets.names), "names,", table.shape, "words,", len(sets.paths), "paths")
    with options.file.open("wb") as file:
        pickle.dump((sets, table), file)


def _names(sets: Sets, vectors: Vectors, kept: Path | None) -> None:
    found = list(aimed())
    trees = _trees(list(dict.fromkeys(one.text for one in found)), kept)
    read = []
    for one in found:
        spans, tree = next(
            ((spans, tree) for spans, tree in trees[one.text] if spans and spans[-1][1] > one.start),
            trees[one.text][-1],
        )
        words = around(vectors.words(one.text, spans[0][0], spans[-1][1]), one.start)
        ways = paths(words, Read(spans, tree), one.start, one.end)
        read.append((one, sets.numbers(words), distances(words, one.start, one.end), ways))
    seen = Counter(way for one, *_, ways in read if one.part == "train" for way in ways)
    sets.paths = {"far": 0} | {
        way: i + 1
        for i, way in enumerate(way for way, count in seen.most_common() if count >= SEEN_PATHS and way != "far")
    }
    sets.names = [(one, words, far, [sets.paths.get(way, 0) for way in ways]) for one, words, far, ways in read]


def _trees(texts_: list[str], kept: Path | None):
    if kept and kept.is_file():
        return pickle.loads(kept.read_bytes())
    parser, trees = Parser(Tagger()), {}
    for at in range(0, len(texts_), 512):
        chosen = texts_[at : at + 512]
        for text, sentences in zip(chosen, parser.trees(chosen), strict=True):
            trees[text] = [(sentence.spans, tree) for sentence, tree in sentences]
    if kept:
        kept.write_bytes(pickle.dumps(trees))
    return trees


if __name__ == "__main__":
    main()
