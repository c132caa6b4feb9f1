"""More examples of a few: copies of a text with words left out, words changed places, and words put for near ones.

J. Wei and K. Zou, "EDA: Easy Data Augmentation Techniques for Boosting Performance on Text Classification Tasks",
EMNLP 2019. Near words are those whose vectors lie nearest, among the words of the texts at hand.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from kgretrieval.classify.base import Examples, Item
from kgretrieval.classify.features import word_spans
from kgretrieval.classify.linear import text_vectors
from kgretrieval.classify.splits import digest

#: The share of a text's words that are left out, and that change places or are put for near ones.
DROPPED, CHANGED = 0.2, 0.1
#: Words among which near ones are looked for, at most: the most frequent.
WORDS = 4000
#: How near a word must be (cosine), and how many are drawn from.
NEAR, DRAWN = 0.6, 3
#: Copies of each example, and what one counts beside it.
COPIES, WORTH = 4, 0.5
#: Texts of fewer words are left as they are.
_LEAST = 4
_LETTERS = 3


def augmented(examples: Examples, rest: Sequence[Item] = (), *, copies: int = COPIES) -> Examples:
    """Return examples followed by changed copies of them, which count less.

    Parameters
    ----------
    examples : Examples
    rest : sequence of Item
        More texts, whose words may be put for others.
    copies : int
        How many of each example.
    """
    near = near_words([*examples.items, *rest], examples.items)
    more = [changed(item, near, copy=copy) for copy in range(copies) for item in examples.items]
    weights = np.ones(len(examples), np.float32) if examples.weights is None else examples.weights
    counted = np.concatenate([weights, np.tile(weights * np.float32(WORTH), copies)])
    return Examples((*examples.items, *more), np.tile(examples.answers, copies + 1), examples.labels, counted)


def near_words(items: Sequence[Item], wanted: Sequence[Item]) -> Mapping[str, tuple[str, ...]]:
    """Return for each word of some texts the words that can stand for it.

    Parameters
    ----------
    items : sequence of Item
        Whose words, if two texts have them, may be put for others.
    wanted : sequence of Item
        For whose words near ones are looked for.
    """
    counts = Counter(word for item in items for word in set(_words(item.text)))
    common = sorted((word for word, count in counts.items() if count > 1), key=lambda word: (-counts[word], word))
    common = common[:WORDS]
    asked = sorted({word for item in wanted for word in _words(item.text)})
    if not common or not asked:
        return {}
    alike = text_vectors([Item(word) for word in asked]) @ text_vectors([Item(word) for word in common]).T
    found = {}
    for word, row in zip(asked, alike, strict=True):
        best = np.argsort(-row, kind="stable")[: DRAWN + 1]
        near = [common[place] for place in best.tolist() if row[place] >= NEAR and common[place] != word]
        if near:
            found[word] = tuple(near[:DRAWN])
    return found


def changed(item: Item, near: Mapping[str, tuple[str, ...]], *, copy: int = 0) -> Item:
    """Return an item with a changed text: the same one for the same text, words and number of the copy.

    Parameters
    ----------
    item : Item
    near : mapping
        The words that can stand for a word, in lower case.
    copy : int
        Which of several copies.
    """
    draw = random.Random(digest(item) + copy.to_bytes(4, "big"))
    spans = [(start, end) for _, start, end in word_spans(item.text)]
    if len(spans) < _LEAST:
        return item
    words = [item.text[start:end] for start, end in spans]
    for place in draw.sample(range(len(words)), round(CHANGED * len(words))):
        standing = near.get(words[place].lower())
        if standing:
            words[place] = draw.choice(standing)
    for _ in range(round(CHANGED * len(words) / 2)):
        one, other = draw.sample(range(len(words)), 2)
        words[one], words[other] = words[other], words[one]
    dropped = set(draw.sample(range(len(words)), round(DROPPED * len(words))))
    parts, at = [], 0
    for place, (start, end) in enumerate(spans):
        parts.append(item.text[at:start])
        parts.append("" if place in dropped else words[place])
        at = end
    return Item("".join(parts) + item.text[at:], item.language, item.picture)


def _words(text: str) -> list[str]:
    return [word for _, start, end in word_spans(text) if len(word := text[start:end].lower()) >= _LETTERS]
