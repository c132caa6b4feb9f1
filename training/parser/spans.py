"""Count on gold trees which dependents of an argument's head belong to the argument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kgretrieval.extractors._parser_spans import Key, SpanReader
from training.parser import data
from training.parser.data import Argument, Gold

LEAST = 4


def arguments(golds: list[Gold], rules: dict[Key, bool]) -> Iterator[tuple[SpanReader, int, Argument]]:
    for gold in golds:
        if gold.frames:
            reader = SpanReader(gold.words, gold.heads, gold.labels, gold.parts, rules)
            for verb, own in gold.frames.items():
                for argument in own:
                    yield reader, verb, argument


def learn(golds: list[Gold]) -> dict[Key, bool]:
    """Return the rules: each says otherwise than the more general ones do."""
    seen: dict[Key, Counter] = {}
    for reader, verb, (role, start, end, head) in arguments(golds, {}):
        above = reader.above(verb)
        kind = reader.kind(verb, head, above)
        for child in reader.children[head]:
            if child not in above:
                for level, key in enumerate(reader.keys(kind, role, head, child)):
                    seen.setdefault(key, Counter(level=level))[start <= child < end] += 1
    rules: dict[Key, bool] = {}
    for level in (2, 1, 0):
        for key, counts in seen.items():
            if counts["level"] == level and counts[True] + counts[False] >= LEAST and "punct" not in key:
                says = counts[True] > counts[False]
                if says != _general(rules, key):
                    rules[key] = says
    return rules


def _general(rules: dict[Key, bool], key: Key) -> bool:
    """Return what the rules say of a key without it."""
    if len(key) == 6:
        key = (key[0], *key[2:])
        if key in rules:
            return rules[key]
    if len(key) == 5:
        return rules.get((key[0].partition(":")[0], key[1], key[2]), True)
    return True


def share_right(golds: list[Gold], rules: dict[Key, bool]) -> float:
    """Return the share of gold arguments whose gold heads give their gold spans."""
    found = [reader.span(verb, role, head) == (a, b) for reader, verb, (role, a, b, head) in arguments(golds, rules)]
    return sum(found) / len(found)


def main() -> None:
    folder = Path("../shared/data/text")
    rules = learn([p.given for p in data.load(folder, "train")["ewt"]])
    dev = [p.given for p in data.load(folder, "dev")["ewt"]]
    print(f"{len(rules)} rules; right on dev without {share_right(dev, {}):.4f}, with {share_right(dev, rules):.4f}")


if __name__ == "__main__":
    main()
