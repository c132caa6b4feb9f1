"""Count on gold trees which dependents of an argument's head belong to the argument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kgretrieval.extractors.parsing.spans import Key, SpanReader
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
    """Return the rules, each of which decides more cases rightly than the more general ones do."""
    cases = []
    for reader, verb, (role, start, end, head) in arguments(golds, {}):
        above = reader.above(verb)
        kind = reader.kind(verb, head, above)
        cases += [
            (reader.keys(kind, role, head, child), start <= child < end)
            for child in reader.children[head]
            if child not in above and reader.labels[child] != "punct"
        ]
    rules: dict[Key, bool] = {}
    for level in (-1, -2, -3, -4):
        counts: dict[Key, Counter] = {}
        for keys, belongs in cases:
            if len(keys) >= -level:
                said = next((rules[key] for key in keys if key in rules), True)
                counts.setdefault(keys[level], Counter()).update([belongs, "right" if said == belongs else "wrong"])
        for key, seen in counts.items():
            says = seen[True] > seen[False]
            if seen["right"] + seen["wrong"] >= LEAST and seen[says] > seen["right"]:
                rules[key] = says
    return rules


def share_right(golds: list[Gold], rules: dict[Key, bool]) -> float:
    """Return the share of gold arguments whose gold heads give their gold spans."""
    right = every = 0
    for gold in golds:
        reader = SpanReader(gold.words, gold.heads, gold.labels, gold.parts, rules)
        for verb, own in (gold.frames or {}).items():
            others = {head for *_, head in own}
            right += sum(reader.span(verb, role, head, others) == (a, b) for role, a, b, head in own)
            every += len(own)
    return right / every


def main() -> None:
    folder = Path("../shared/data/text")
    rules = learn([p.given for p in data.load(folder, "train")["ewt"]])
    dev = [p.given for p in data.load(folder, "dev")["ewt"]]
    print(f"{len(rules)} rules; right on dev without {share_right(dev, {}):.4f}, with {share_right(dev, rules):.4f}")


if __name__ == "__main__":
    main()
