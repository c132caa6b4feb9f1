"""Builds the lexicon of coreference: what kind of thing a noun means, which gender nouns and first names have.

python -m training.coreference.lexicon DATA WORDNET OUT

DATA is the folder of text sets (gazetteers, gum and the news to count words in), WORDNET the ``dict`` folder of WordNet
3.0 (``index.noun``, ``data.noun``). Types of nouns come from the hypernyms of their senses, the more frequent ones
weighing more, corrected by how GUM's training part types the nouns that head its mentions.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from kgretrieval.extractors.anaphora.lexicon import KINDS
from training.coreference.data import NOT_OPEN

NOUNS = 7000
# Synsets of WordNet 3.0: the first that is among a sense's hypernyms says its kind.
_ROOTS = [
    ("00007846", "person"),
    ("08008335", "organisation"),
    ("07950920", "organisation"),
    ("00027167", "place"),
    ("08630985", "place"),
    ("04341686", "place"),
    ("00029378", "event"),
    ("00001930", "thing"),
    ("00002137", "other"),
]
_FEMALE, _MALE = ("09619168", "09614684"), ("09624168", "09614315")
_GUM = {
    "person": "person",
    "organization": "organisation",
    "place": "place",
    "event": "event",
    "object": "thing",
    "animal": "thing",
    "plant": "thing",
    "substance": "thing",
    "abstract": "other",
    "time": "other",
}
#: A word of GUM counts as much as this many typed mentions of WordNet's say.
_PRIOR = 4.0
# Of kin and rank: WordNet files some under words that are neither.
_WOMEN = (
    "woman girl mother wife daughter sister aunt niece queen princess actress duchess widow lady grandmother bride "
)
_WOMEN += "girlfriend mum mom ballerina heiress waitress hostess goddess nun businesswoman spokeswoman chairwoman "
_WOMEN += (
    "congresswoman policewoman sportswoman stepmother granddaughter baroness countess fiancée fiancee heroine diva"
)
_MEN = (
    "man boy father husband son brother uncle nephew king prince actor duke widower gentleman grandfather groom lord "
)
_MEN += "boyfriend dad waiter host god monk priest businessman spokesman chairman congressman policeman sportsman "
_MEN += "stepfather grandson baron count fiancé fireman fisherman footballer bishop pope guy bloke lad chap"


def read_wordnet(folder: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the synsets of each noun, most frequent first, and the hypernyms of each synset."""
    senses = {}
    for line in (folder / "index.noun").read_text(encoding="latin-1").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha():
            senses[fields[0]] = fields[-int(fields[2]) :]
    above = {}
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            above[line[:8]] = re.findall(r" @i? (\d{8}) n", line.partition(" | ")[0])
    return senses, above


def ancestors(synset: str, above: dict[str, list[str]]) -> set[str]:
    found, waiting = set(), [synset]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += above.get(one, [])
    return found


def kinds_of(noun: str, senses: dict[str, list[str]], above: dict[str, list[str]]) -> tuple[np.ndarray, int]:
    """Return the shares of the kinds among the senses of a noun, and its gender (1 female, -1 male)."""
    shares = np.zeros(len(KINDS))
    gender = 0
    for rank, synset in enumerate(senses.get(noun, ()), start=1):
        roots = ancestors(synset, above)
        kind = next((kind for root, kind in _ROOTS if root in roots), "other")
        shares[KINDS.index(kind)] += 1 / rank**2
        if rank == 1:
            gender = 1 if roots & set(_FEMALE) else -1 if roots & set(_MALE) else 0
    return shares / max(shares.sum(), 1e-9), gender


def gum_counts(path: Path) -> dict[str, Counter[str]]:
    """Return how GUM's training part types the common nouns that head its mentions."""
    counts: dict[str, Counter[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            if document["genre"] in NOT_OPEN:
                continue
            for entity in document["entities"]:
                head = entity["start"] + entity["min"][0] - 1 if entity.get("min") else -1
                if len(entity.get("min", ())) == 1 and document["upos"][head] == "NOUN":
                    lemma = document["lemmas"][head].lower()
                    counts.setdefault(lemma, Counter())[_GUM[entity["type"]]] += 1
    return counts


def frequent(data: Path) -> Counter[str]:
    """Count the words of the news sets."""
    words: Counter[str] = Counter()
    for name in ("bbc_news/articles.jsonl.gz", "ag_news/train_12000.jsonl.gz", "gap/gap-development.tsv.gz"):
        with gzip.open(data / name, "rt", encoding="utf-8") as file:
            words.update(re.findall(r"[a-zé]+", file.read().lower()))
    return words


def nouns(data: Path, wordnet: Path) -> tuple[list[str], np.ndarray, np.ndarray]:
    senses, above = read_wordnet(wordnet)
    typed = gum_counts(data / "gum" / "train.jsonl.gz")
    seen = frequent(data)
    # The plural is counted too: "carmakers" makes "carmaker" frequent.
    known = {noun: seen[noun] + seen[f"{noun}s"] for noun in {*senses, *typed} if noun.isalpha()}
    women, men = set(_WOMEN.split()), set(_MEN.split())
    chosen = sorted(women | men | {noun for noun, _ in Counter(known).most_common(NOUNS)})
    table = np.zeros((len(chosen), len(KINDS)))
    gender = np.zeros(len(chosen), np.int8)
    for i, noun in enumerate(chosen):
        shares, sex = kinds_of(noun, senses, above)
        counts = np.array([typed.get(noun, Counter())[kind] for kind in KINDS], dtype=np.float64)
        table[i] = (_PRIOR * shares + counts) / max(_PRIOR * shares.sum() + counts.sum(), 1e-9)
        gender[i] = 1 if noun in women else -1 if noun in men else sex
    return chosen, np.rint(table * 255).astype(np.uint8), gender


def first_names(data: Path) -> tuple[list[str], np.ndarray]:
    """Return first names with 16 times the natural logarithm of how much likelier a woman bears each."""
    shares: dict[str, list[float]] = {}
    for column, sex in enumerate(("female", "male")):
        with gzip.open(data / "gazetteers" / f"us_census1990_first_{sex}.tsv.gz", "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                name, percent = line.rstrip("\n").split("\t")
                shares.setdefault(name.lower(), [0.0, 0.0])[column] = float(percent)
    with gzip.open(data / "gazetteers" / "nicknames.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        pairs = [line.rstrip("\n").split("\t") for line in lines]
    for name, short in pairs:
        if short not in shares and name in shares and short.isalpha():
            shares[short] = [share / 2 for share in shares[name]]
    names = sorted(name for name in shares if name.isalpha())
    odds = [16 * math.log((shares[name][0] + 0.001) / (shares[name][1] + 0.001)) for name in names]
    return names, np.clip(np.rint(odds), -127, 127).astype(np.int8)


def pack(words: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def main(data: Path, wordnet: Path, out: Path) -> None:
    words, kinds, gender = nouns(data, wordnet)
    names, odds = first_names(data)
    arrays = {"nouns": pack(words), "nouns.kinds": kinds, "nouns.gender": gender}
    save_file({**arrays, "first": pack(names), "first.odds": odds}, out)
    print(f"{len(words)} nouns, {len(names)} first names, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
