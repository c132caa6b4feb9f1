"""Texts with how they sound, and names in news sentences with how the sentence sounds about them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.labels.sets import Example, held_out, plain, rows

#: How a text may sound.
TONES = ("negative", "neutral", "nothing", "positive")
TOWARDS = ("negative", "neutral", "positive")
#: Of each set of news without answers so many texts stand for what most news does: it says nothing.
PRIOR = 2000


@dataclass(frozen=True)
class Aimed:
    """A name in a text, and whether the text is for (1), against (-1) or neither (0)."""

    text: str
    start: int
    end: int
    polarity: int
    part: str


def texts() -> Iterator[Example]:
    """Yield the texts of all sets."""
    yield from _sst()
    for row in rows("text/airline_tweets/tweets.jsonl.gz"):
        yield _example(row["text"], row["label"], row["split"], "airline")
    for row in rows("text/financial_phrasebank/sentences_50agree.jsonl.gz"):
        yield _example(untokenised(row["text"]), row["label"], row["split"], "phrasebank")
    for row in rows("text/chnsenticorp_hotel/reviews.jsonl.gz"):
        yield Example(row["text"], frozenset({row["label"]}), row["split"], "chnsenticorp", "zh")
    yield from _news()
    for row in rows("text/knowledgenet/train.jsonl.gz"):
        yield Example(row["text"], frozenset({"nothing"}), held_out(row["text"]), "knowledgenet")
    for row in rows("text/trec_question/train.jsonl.gz"):
        yield Example(untokenised(row["text"]), frozenset({"nothing"}), held_out(row["text"]), "trec")
    ag = [plain(row["description"]) for row in rows("text/ag_news/train_12000.jsonl.gz")]
    thuc = [row["title"] for row in rows("text/thucnews_titles/train_10000.jsonl.gz")]
    for origin, found, language in (("ag", ag, "en"), ("thuc", thuc, "zh")):
        chosen = sorted(found, key=lambda text: hashlib.sha1(text.encode()).hexdigest())[:PRIOR]
        yield from (Example(text, frozenset({"nothing"}), "train", origin, language) for text in chosen)


def _example(text: str, label: str, split: str, origin: str) -> Example:
    """What tweets and company news call neutral are questions and facts."""
    return Example(text, frozenset({"nothing" if label == "neutral" else label}), split, origin)


def _sst() -> Iterator[Example]:
    for split in ("train", "dev", "test"):
        for row in rows(f"text/sst/{split}.jsonl.gz"):
            tone = ("negative", "negative", "neutral", "positive", "positive")[row["label5"]]
            yield Example(untokenised(row["text"]), frozenset({tone}), split, "sst")


def _news() -> Iterator[Example]:
    """A sentence of news sounds as it does about the persons in it: for one and against another is neutral."""
    tones = {-1: "negative", 1: "positive"}
    for part in ("train", "rw_dev", "mt_dev"):
        for row in rows(f"text/newsmtsc/{part}.jsonl.gz"):
            polar = {tones[t["polarity"]] for t in row["targets"] if t["polarity"]}
            [tone] = polar if len(polar) == 1 else ["neutral" if polar else "nothing"]
            yield Example(row["text"], frozenset({tone}), "train" if part == "train" else "dev", "newsmtsc")


def untokenised(text: str) -> str:
    """Return a text of Penn Treebank tokens as it is written: "does n't" as "doesn't"."""
    for token, written in ((" n't", "n't"), (" '", "'"), ("`` ", '"'), (" ''", '"'), ("-lrb- ", "("), (" -rrb-", ")")):
        text = text.replace(token, written)
    for mark in ",.;:?!%":
        text = text.replace(f" {mark}", mark)
    return text


def lexicon(file: Path) -> Iterator[tuple[str, float]]:
    """Yield the single words of VADER's lexicon (Hutto and Gilbert, ICWSM 2014; MIT) and how good they are, -4 to 4."""
    for line in file.read_text(encoding="utf-8").splitlines():
        word, valence, *_ = line.split("\t")
        if word.isalpha():
            yield word, float(valence)


def aimed() -> Iterator[Aimed]:
    """Yield the names of NewsMTSC."""
    for part in ("train", "rw_dev", "mt_dev", "rw_test", "mt_test"):
        for row in rows(f"text/newsmtsc/{part}.jsonl.gz"):
            for target in row["targets"]:
                yield Aimed(row["text"], target["start"], target["end"], target["polarity"], part)


def shuffled(count: int, seed: int) -> list[int]:
    """Return the numbers below `count` in an order that the seed decides."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return order
