"""Choose how words, meaning and names are fused, with the encoder as it is now: prints one table a measure.

    python choose.py                    # nDCG@10 and MAP of every way on every set for choosing

The best way is the one with the highest mean over the sets; a way that falls below the better of words and meaning on
a set of one language is marked. Ranks are what the package did before (K 5, and meaning 0.4 of words).
"""

import sys

import numpy as np
import sets
from rankings import by_meaning, kept

from kgretrieval import encoders
from kgretrieval.search.fuse import BY_SCORE, WORDS, Weights, fuse
from kgretrieval.search.rankings import within_reach

#: Sets in which questions and documents have different languages: looked at, not counted.
CROSS = ("de > en", "en > de")


def ways():
    """By name: what is fused, and how."""
    found = {"words": ({"words": 1.0}, frozenset()), "meaning": ({"reads_like": 1.0}, frozenset())}
    ranks = {"words": 1.0, "reads_like": 0.4}
    found["by rank"] = (ranks, frozenset())
    found["by rank, names 1"] = ({**ranks, "names": 1.0}, frozenset())
    for meaning in (0.3, 0.5, 0.67, 0.8, 1.0, 1.3):
        found[f"by score, meaning {meaning}"] = ({"words": 1.0, "reads_like": meaning}, BY_SCORE["article"])
    for names in (0.08, 0.17, 0.3, 0.5):
        shares = {"words": 1.0, "reads_like": WORDS["article"]["reads_like"], "names": names}
        found[f"as shipped, names {names}"] = (shares, BY_SCORE["article"])
    return found


def measures(one, orders):
    """The means of nDCG@10, MAP, P@10 and R@100 over the questions."""
    values = []
    for right, order in zip(one["right"], orders, strict=True):
        at = 1 + np.flatnonzero(np.isin(order, right))
        ideal = (1 / np.log2(1 + np.arange(1, min(len(right), 10) + 1))).sum()
        gain = (1 / np.log2(1 + at[at <= 10])).sum() / ideal
        precision = (np.arange(1, len(at) + 1) / at).sum() / len(right)
        values.append((gain, precision, (at <= 10).sum() / 10, (at <= 100).sum() / len(right)))
    return np.mean(values, axis=0)


def orders(one, meaning, shares, by_score):
    weight = Weights(shares, by_score)
    lists = {"words": one["words"], "reads_like": meaning, "names": one["names"]}
    used = [name for name in shares if name in lists]
    found = []
    for n in range(len(one["questions"])):
        rankings = {name: lists[name][n] for name in used}
        found.append([fused.document for fused in fuse(rankings, weight)])
    return found


def table(name, place, results):
    means = {
        way: np.mean([own[way][place] for chosen, own in results.items() if chosen not in CROSS])
        for way in next(iter(results.values()))
    }
    print(f"\n{name:26}" + "".join(f"{chosen:>10}" for chosen in results) + f"{'mean':>10}  below")
    for way, mean in means.items():
        below = [
            chosen
            for chosen, own in results.items()
            if chosen not in CROSS and own[way][place] < max(own["words"][place], own["meaning"][place])
        ]
        row = "".join(f"{own[way][place]:10.3f}" for own in results.values())
        print(f"{way:26}{row}{mean:10.4f}  {', '.join(below) if way not in ('words', 'meaning') else ''}")


def main(chosen):
    encoder = encoders.load("mini")
    print(f"{encoder.name} {encoder.weights_hash[:12]}")
    results = {}
    for name in chosen or sets.CHOICE:
        one = kept(name)
        near = by_meaning(one, lambda texts: encoder.encode_texts(texts, space="text"))
        reached = [within_reach(own) if own else [] for own in near]
        results[name] = {
            way: measures(one, orders(one, near if way == "meaning" else reached, *how)) for way, how in ways().items()
        }
    for place, name in enumerate(("nDCG@10", "MAP")):
        table(name, place, results)


if __name__ == "__main__":
    main(sys.argv[1:])
