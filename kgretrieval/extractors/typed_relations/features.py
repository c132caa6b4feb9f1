"""What the classifier of typed relations sees of two arguments in a sentence: hashed features."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.typed_relations.arguments import NAMES, Argument
from kgretrieval.extractors.typed_relations.triggers import TRIGGERS

#: Buckets of the hash; a power of two.
BUCKETS = 1 << 15
_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40)
#: Words outside of a pair that are looked at, on each side.
NEAR = 4


class Reading:
    """A sentence with what all its pairs share.

    Attributes
    ----------
    words : list of str
        In lower case, numbers as "0".
    shown : list of str
        Without endings; a word inside an argument stands as the argument's kind, so that what is learnt does not
        hang on names.
    inside : list of int
        The argument that each word is in, -1: none.
    spots : list of (int, str)
        The words that speak of a relation, with their classes.
    roots : list of int
        The word of each argument that the rest of it hangs on.
    """

    def __init__(self, sentence: Sentence, tree: Tree, arguments: Sequence[Argument]) -> None:
        self.sentence, self.tree, self.arguments = sentence, tree, arguments
        self.words = [word.lower() if not word[0].isdigit() else "0" for word in sentence.words]
        self.stems = [_stem(word) for word in self.words]
        self.shown = list(self.stems)
        self.inside = [-1] * len(self.words)
        self.roots = []
        for place, argument in enumerate(arguments):
            size = argument.last - argument.first
            self.inside[argument.first : argument.last] = [place] * size
            if argument.kind in NAMES or argument.kind == "date":
                self.shown[argument.first : argument.last] = [f"<{argument.kind}>"] * size
            self.roots.append(_root(tree.heads, argument))
        self.spots = [
            (i, name)
            for i, word in enumerate(self.words)
            if word in TRIGGERS and self.inside[i] < 0
            for name in TRIGGERS[word]
        ]


def _root(heads: Sequence[int], argument: Argument) -> int:
    for i in range(argument.first, argument.last):
        if not argument.first <= heads[i] < argument.last:
            return i
    return argument.head


def path_between(heads: Sequence[int], start: int, end: int) -> tuple[list[int], list[int]]:
    """Return the words from `start` up to the one both hang on (inclusive), and from below it down to `end`."""
    up = [start]
    while heads[up[-1]] >= 0:
        up.append(heads[up[-1]])
    place = {word: i for i, word in enumerate(up)}
    down: list[int] = []
    word = end
    while word not in place:
        down.append(word)
        word = heads[word]
    return up[: place[word] + 1], down[::-1]


def features(reading: Reading, subject: int, found: int) -> list[str]:
    """Return the features of an ordered pair of arguments, given by their positions."""
    one, other = reading.arguments[subject], reading.arguments[found]
    order = ">" if one.first < other.first else "<"
    kinds = f"{one.kind}{order}{other.kind}"
    first, second = (one, other) if order == ">" else (other, one)
    return [
        f"k{kinds}",
        f"o{order}",
        *_between(reading, first, second, order, kinds),
        *_around(reading, first, second, order),
        *_speaking(reading, first, second, order, kinds),
        *_arguments(reading, one, other),
        *_path(reading, reading.roots[subject], reading.roots[found], kinds),
    ]


def _between(reading: Reading, first: Argument, second: Argument, order: str, kinds: str) -> Iterator[str]:
    shown, parts = reading.shown, reading.sentence.parts
    gap = range(first.last, second.first)
    distance = sum(len(gap) > bound for bound in _DISTANCES)
    yield f"d{distance}"
    yield f"d{distance}{kinds}"
    others = sum(first.last <= argument.first and argument.last <= second.first for argument in reading.arguments)
    yield f"n{min(others, 5)}{order}"
    words = [shown[i] for i in gap if shown[i][0] != "<" or i == gap.start or shown[i] != shown[i - 1]]
    content = list(dict.fromkeys(shown[i] for i in gap if parts[i][:1] in {"V", "N", "J"}))
    if len(words) <= 6:
        yield f"w{order}{' '.join(words)}"
        yield f"w{kinds}{' '.join(words)}"
    if len(words) <= 14:
        for before, word in zip(["^", *words], [*words, "$"], strict=True):
            yield f"b{order}{word}"
            yield f"2{order}{before} {word}"
    else:
        for word in content:
            yield f"f{order}{word}"
    for word in content[:8]:
        yield f"c{kinds}{word}"


def _around(reading: Reading, first: Argument, second: Argument, order: str) -> Iterator[str]:
    shown = reading.shown
    left, right = shown[max(first.first - 3, 0) : first.first], shown[second.last : second.last + 3]
    for word in left:
        yield f"l{order}{word}"
    for word in right:
        yield f"r{order}{word}"
    yield f"L{order}{' '.join(left[-2:])}"
    yield f"R{order}{' '.join(right[:2])}"
    before, behind = shown[second.first - 1], shown[first.last] if first.last < len(shown) else "$"
    yield f"B{order}{before}"
    yield f"A{order}{behind}"
    yield f"C{order}{behind} {before}"


def _speaking(reading: Reading, first: Argument, second: Argument, order: str, kinds: str) -> Iterator[str]:
    for i, name in reading.spots:
        if first.last <= i < second.first:
            yield f"t{order}{name}"
            yield f"t{kinds}{name}"
        elif first.first - NEAR <= i < first.first:
            yield f"u{order}{name}"
            yield f"u{kinds}{name}"
        elif second.last <= i < second.last + NEAR:
            yield f"v{order}{name}"
            yield f"v{kinds}{name}"


def _arguments(reading: Reading, subject: Argument, found: Argument) -> Iterator[str]:
    shown, stems = reading.shown, reading.stems
    for mark, argument in (("s", subject), ("o", found)):
        yield f"{mark}{stems[argument.head]}"
        if argument.kind in NAMES:
            yield f"{mark}1{stems[argument.first]}"
            yield f"{mark}#{min(argument.last - argument.first, 4)}{argument.kind}"
            if argument.first:
                yield f"{mark}<{shown[argument.first - 1]}"
            if argument.last < len(shown):
                yield f"{mark}>{shown[argument.last]}"


def _path(reading: Reading, start: int, end: int, kinds: str) -> Iterator[str]:
    """Yield what lies on the way from one argument to the other through the tree."""
    tree = reading.tree
    up, down = path_between(tree.heads, start, end)
    labels = [*(tree.labels[i] for i in up[:-1]), "^", *(tree.labels[i] for i in down)]
    inner = [i for i in (*up, *down) if i not in (start, end)]
    lemmas = [reading.shown[i] if reading.inside[i] >= 0 else tree.lemmas[i] for i in inner]
    yield f"pn{min(len(labels), 9)}"
    if len(labels) <= 6:
        yield f"pl{' '.join(labels)}"
        yield f"pk{kinds}{' '.join(labels)}"
        yield f"pw{' '.join(labels)}|{' '.join(lemmas)}"
    yield f"pi{kinds}{' '.join(lemmas[:4])}"
    for lemma in lemmas[:6]:
        yield f"pe{kinds}{lemma}"
    on_path = set(inner)
    for i, name in reading.spots:
        if i in on_path:
            yield f"pt{kinds}{name}"
        elif tree.heads[i] in on_path or tree.heads[i] in (start, end):
            yield f"pc{kinds}{name}"


def hashed(strings: Sequence[str]) -> list[int]:
    """Return the bucket of each feature."""
    return [zlib.crc32(string.encode("utf-8", "surrogatepass")) & (BUCKETS - 1) for string in strings]


def _stem(word: str) -> str:
    """Return a word without the endings of English verbs and nouns."""
    if len(word) > 5:
        for ending in ("ing", "ed", "es"):
            if word.endswith(ending):
                return word[: -len(ending)]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
