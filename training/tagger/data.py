"""Sentences with tags from the data sets, and copies of them set as headlines."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kgretrieval.text.tokens import word_spans

WNUT = {
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    "product": "MISC",
    "creative-work": "MISC",
}
SMALL = frozenset("a an the of in on at to for and or but by with from as vs is".split())


@dataclass(frozen=True)
class Sentence:
    """Words with BIOES entity tags, and parts of speech and chunk tags where the set has them.

    `open_types` are the types a set does not mark: its ``O`` may be one of them. `weight` is that of its names in
    the loss.
    """

    words: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()
    chunks: tuple[str, ...] = ()
    open_types: tuple[str, ...] = ()
    weight: float = 1.0


def blocks(path: Path) -> Iterator[list[list[str]]]:
    """Yield the rows of each block between blank lines."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                rows.append(line.split("\t" if "\t" in line else None))
                rows[-1] = [column.strip() for column in rows[-1]]
            elif rows:
                yield rows
                rows = []
    if rows:
        yield rows


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, type) of an IOB1 or IOB2 sequence, as conlleval reads it."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate([*tags, "O"]):
        kind = tag[2:]
        if found and found[-1][1] == -1 and (tag[0] in "OB" or kind != found[-1][2]):
            found[-1] = (found[-1][0], i, found[-1][2])
        if tag != "O" and not (found and found[-1][1] == -1):
            found.append((i, -1, kind))
    return found


def bioes(tags: list[str], mapping: dict[str, str] | None = None) -> tuple[str, ...]:
    out = ["O"] * len(tags)
    for start, end, kind in spans(tags):
        kind = mapping[kind] if mapping else kind
        if end - start == 1:
            out[start] = f"S-{kind}"
        else:
            out[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"E-{kind}"]
    return tuple(out)


def iob2(tags: list[str]) -> tuple[str, ...]:
    out = ["O"] * len(tags)
    for start, end, kind in spans(tags):
        out[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return tuple(out)


def conll(folder: Path, name: str) -> list[Sentence]:
    sentences = []
    for rows in blocks(folder / "conll2003" / f"{name}.conll.gz"):
        if rows[0][0] != "-DOCSTART-":
            words, parts, chunks, names = map(list, zip(*rows, strict=True))
            parts = [part.partition("|")[0] for part in parts]
            sentences.append(Sentence(tuple(words), bioes(names), tuple(parts), iob2(chunks)))
    return sentences


def wnut(folder: Path, name: str) -> list[Sentence]:
    sentences = []
    for rows in blocks(folder / "wnut17" / f"{name}.conll.gz"):
        words, names = [row[0] for row in rows], [row[1] for row in rows]
        sentences.append(Sentence(tuple(words), bioes(names, WNUT), open_types=("MISC",), weight=0.5))
    return sentences


def btc(folder: Path, sections: str) -> list[Sentence]:
    """Return the tweets of these sections without user names, which no newspaper has."""
    sentences = []
    for section in sections:
        for rows in blocks(folder / "btc" / f"{section}.conll.gz"):
            kept = [r for i, r in enumerate(rows) if r[0] != "@" and not (i and rows[i - 1][0] == "@")]
            if kept:
                words, names = [row[0] for row in kept], [row[1] for row in kept]
                sentences.append(Sentence(tuple(words), bioes(names), open_types=("MISC",), weight=0.5))
    return sentences


def title(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(word[:1].upper() + word[1:] for word in sentence.words))


def lower(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(word.lower() for word in sentence.words))


def upper(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(word.upper() for word in sentence.words))


def headline(sentence: Sentence, rng: random.Random) -> Sentence:
    """Capitalise every word, or every word but the small ones; headlines have no final stop."""
    words = [w[:1].upper() + w[1:] for w in sentence.words]
    if rng.random() < 0.5:
        words[1:] = [word.lower() if word.lower() in SMALL else word for word in words[1:]]
    cut = len(words) - (words[-1] == "." and sentence.names[-1] == "O" and len(words) > 1 and rng.random() < 0.7)
    return replace(
        sentence,
        words=tuple(words[:cut]),
        names=sentence.names[:cut],
        parts=sentence.parts[:cut],
        chunks=sentence.chunks[:cut],
    )


def recase(sentence: Sentence, rng: random.Random, shares: dict[str, float]) -> Sentence:
    """Return the sentence, or with the given shares a copy in another case."""
    draw = rng.random()
    if draw < shares["title"]:
        return headline(sentence, rng)
    draw -= shares["title"]
    if draw < shares["lower"]:
        return lower(sentence)
    draw -= shares["lower"]
    return upper(sentence) if draw < shares["upper"] else sentence


def germeval(folder: Path, name: str) -> list[Sentence]:
    """Return German sentences with the outer names; all twelve labels."""
    sentences = []
    for rows in blocks(folder / "germeval2014" / f"{name}.tsv.gz"):
        rows = [row for row in rows if row[0] != "#"]
        sentences.append(Sentence(tuple(row[1] for row in rows), bioes([row[2] for row in rows])))
    return sentences


def cluener(folder: Path, name: str) -> list[Sentence]:
    """Return Chinese sentences, characters and other words; names that begin or end inside a word are left out."""
    sentences = []
    with gzip.open(folder / "cluener_zh" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            spans_of = word_spans(record["text"], "zh")
            first, last = ({span[side]: i for i, span in enumerate(spans_of)} for side in (0, 1))
            tags = ["O"] * len(spans_of)
            for start, end, kind in record["entities"]:
                if start in first and end in last:
                    a, b = first[start], last[end]
                    tags[a : b + 1] = [f"B-{kind}", *[f"I-{kind}"] * (b - a)]
            words = tuple(record["text"][a:b] for a, b in spans_of)
            if words:
                sentences.append(Sentence(words, bioes(tags)))
    return sentences
