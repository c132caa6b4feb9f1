"""Copies of a sentence as a headline, in capitals, in lower case."""

from __future__ import annotations

import random
from dataclasses import replace

from training.parser.data import Gold, Pair
from training.tagger.data import SMALL

ARTICLES = frozenset({"a", "an", "the"})


def vary(pair: Pair, rng: random.Random, shares: dict[str, float]) -> tuple[Gold, bool]:
    """Return a sentence in one of its two tokenisations, perhaps in another setting, and whether it was changed."""
    gold = pair.given if rng.random() < shares["given"] else pair.ours
    draw = rng.random()
    for name in ("headline", "title", "lower", "upper"):
        if draw < shares[name]:
            return SETTINGS[name](gold, rng), True
        draw -= shares[name]
    return gold, False


def headline(gold: Gold, rng: random.Random) -> Gold:
    """Drop articles, forms of "be" and the final stop, as headlines do; set it in one of three ways."""
    leaves = set(range(len(gold.words))) - set(gold.heads)
    dropped = {w for w in leaves if _droppable(gold, w)}
    bare = {gold.heads[w] for w in dropped if gold.lemmas[w] == "be"}
    # "has been attacked" is "attacked" in a headline.
    dropped |= {w for w in leaves if gold.labels[w] == "aux" and gold.lemmas[w] == "have" and gold.heads[w] in bare}
    last = len(gold.words) - 1
    if gold.words[last] == "." and last in leaves:
        dropped.add(last)
    if len(gold.words) - len(dropped) < 3:
        return title(gold, rng)
    short = without(gold, dropped)
    if rng.random() < 0.5:
        return short
    return title(short, rng)


def _droppable(gold: Gold, word: int) -> bool:
    label, lemma = gold.labels[word], gold.lemmas[word]
    if label == "det":
        return lemma in ARTICLES
    return lemma == "be" and label in {"cop", "aux", "aux:pass"}


def without(gold: Gold, dropped: set[int]) -> Gold:
    """Return a sentence without some words that are heads of nothing."""
    kept = [w for w in range(len(gold.words)) if w not in dropped]
    place = {w: i for i, w in enumerate(kept)} | {-1: -1}
    before = [0]
    for w in range(len(gold.words)):
        before.append(before[-1] + (w not in dropped))
    frames = None
    if gold.frames is not None:
        frames = {
            place[v]: tuple((r, before[a], before[b], place[h]) for r, a, b, h in arguments if h in place)
            for v, arguments in gold.frames.items()
            if v in place
        }
    return Gold(
        tuple(gold.words[w] for w in kept),
        tuple(place[gold.heads[w]] for w in kept),
        tuple(gold.labels[w] for w in kept),
        tuple(gold.parts[w] for w in kept),
        tuple(gold.lemmas[w] for w in kept),
        frames,
    )


def title(gold: Gold, rng: random.Random) -> Gold:
    words = [w[:1].upper() + w[1:] for w in gold.words]
    if rng.random() < 0.5:
        words[1:] = [word.lower() if word.lower() in SMALL else word for word in words[1:]]
    return replace(gold, words=tuple(words))


def lower(gold: Gold, rng: random.Random) -> Gold:
    return replace(gold, words=tuple(word.lower() for word in gold.words))


def upper(gold: Gold, rng: random.Random) -> Gold:
    return replace(gold, words=tuple(word.upper() for word in gold.words))


SETTINGS = {"headline": headline, "title": title, "lower": lower, "upper": upper}
