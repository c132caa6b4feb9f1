"""Training sentences with other names in them, so that what stands around a name counts and not the name alone."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from dataclasses import replace
from pathlib import Path

from training.tagger.data import Sentence, bioes, spans

#: As many of the largest cities.
CITIES = 6000
#: Share of the names that come from `recent_names.json`: names in the news since 2005, written down by hand.
RECENT = 0.5
_SUFFIX = re.compile(r",? (?:Inc|Corp|Corporation|Ltd|Limited|PLC|plc|Co|Company|Holdings|Group|N\.V|S\.A|SE|LLC)\.?$")


class Names:
    """Lists of names by type and number of words."""

    def __init__(self, folder: Path) -> None:
        lists = folder / "gazetteers"
        cities = [row[1] if row[0].isdigit() else row[0] for row in _rows(lists / "cities15000.tsv.gz")][:CITIES]
        companies = [_SUFFIX.sub("", row[0]) for row in _rows(lists / "us_listed_companies.tsv.gz")]
        companies += [row[1] for row in _rows(lists / "sp500.tsv.gz")]
        first = [row[0] for kind in ("male", "female") for row in _rows(lists / f"us_census1990_first_{kind}.tsv.gz")]
        self._first, self._last = first, [row[0] for row in _rows(lists / "us_census1990_last.tsv.gz")]
        self._known: dict[str, list[list[str]]] = {"LOC": [c.split() for c in cities]}
        self._known["ORG"] = [words for words in map(str.split, companies) if len(words) <= 3]
        recent = json.loads((Path(__file__).parent / "recent_names.json").read_text(encoding="utf-8"))
        self._recent = {kind: [name.split() for name in names] for kind, names in recent.items()}

    def draw(self, kind: str, size: int, rng: random.Random) -> list[str] | None:
        """Return the words of a name; None where there is no list for it."""
        recent = [name for name in self._recent.get(kind, []) if (len(name) > 1) == (size > 1)]
        if recent and size <= 3 and rng.random() < RECENT:
            return rng.choice(recent)
        if kind == "PER" and size <= 2:
            last = [rng.choice(self._last)]
            return last if size == 1 else [rng.choice(self._first), *last]
        return rng.choice(self._known[kind]) if kind in self._known else None


def swap(sentence: Sentence, rng: random.Random, names: Names, share: float) -> Sentence:
    """Return a sentence of prose in which each name was exchanged with this probability."""
    if len(sentence.words) < 9 or not sentence.parts or sentence.words[1:] == tuple(map(str.upper, sentence.words[1:])):
        return sentence
    words, tags, parts, chunks = [], [], [], []
    at = 0
    plain = [{"S": "B", "E": "I"}.get(tag[0], tag[0]) + tag[1:] for tag in sentence.names]
    for first, last, kind in [*spans(plain), (len(sentence.words), len(sentence.words), "")]:
        words += sentence.words[at:first]
        tags += plain[at:first]
        parts += sentence.parts[at:first]
        chunks += sentence.chunks[at:first]
        own = list(sentence.words[first:last])
        new = names.draw(kind, last - first, rng) if kind and not own[0].isupper() and rng.random() < share else None
        size = len(new or own)
        words += new or own
        tags += [f"B-{kind}", *[f"I-{kind}"] * (size - 1)] if kind else []
        parts += ["NNP"] * size if new else sentence.parts[first:last]
        chunks += [sentence.chunks[first], *["I-NP"] * (size - 1)] if new else sentence.chunks[first:last]
        at = last
    return replace(sentence, words=tuple(words), names=bioes(tags), parts=tuple(parts), chunks=tuple(chunks))


def _rows(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
