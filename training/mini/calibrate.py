"""Stage 7: fit the probabilities of scores and write ``kgretrieval/models/mini-calibration.json``.

Usage: ``python training/mini/calibrate.py`` with the project's own environment, after every change of the weights
(about two minutes). It fits on validation parts alone: half of the queries and documents, measured on the other
half, then on both for the file. What is measured is printed.
"""

import json
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from calibration_data import known, unrelated, vectors
from calibration_pictures import picture_tasks
from calibration_tasks import FEATURES, FIT, MEASURE, cost_limit, draw, measures
from calibration_texts import text_tasks

from kgretrieval import encoders
from kgretrieval.encoders.calibration import FILE, Background, log_size, packed
from kgretrieval.encoders.logistic import fit

#: What a person said of pictures that came up for queries: two sheets without any scores.
JUDGED = Path(__file__).with_name("judged.jsonl")
#: What the default limits may cost: so many of a hundred queries that have a right hit among ten.
COST = 0.01
#: Which background stands behind the cosines of a direction.
BEHIND = {
    "text_to_picture": "pictures", "picture_to_picture": "pictures", "picture_to_text": "headlines",
    "texts": "texts", "words": None,
}  # fmt: skip


def fitted(rows, names):
    """Return the weights of a logistic function of these features."""
    columns = np.stack([rows[name] for name in names], axis=1)
    bias, *weights = fit(columns, rows["right"]).tolist()
    return {"bias": bias} | dict(zip(names, weights, strict=True))


def probability(rows, weights, **instead):
    """Return the probability of every row; `instead` replaces features."""
    values = {**rows, **instead}
    total = weights["bias"] + sum(weights[name] * values[name] for name in weights if name != "bias")
    return 1 / (1 + np.exp(-total))


def compared(tasks, name):
    """Print what each set of features gives, fitted on one half and measured on the other."""
    train, other = draw(tasks, name, FIT, seed=1), draw(tasks, name, MEASURE, seed=2)
    print(f"{name}: {len(train['right'])} hits to fit on, {len(other['right'])} to measure on")
    for names in FEATURES[name]:
        weights = fitted(train, names)
        print(f"  {' + '.join(names)}: {measures(other, probability(other, weights), COST)}", flush=True)
    return other, probability(other, weights)


def reliability(rows, p, *, edges=(0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0), fewest=30):
    for low, high in pairwise(edges):
        here = (p >= low) & (p < high)
        if here.sum() >= fewest:
            said, seen = p[here].mean(), rows["right"][here].mean()
            print(f"    said {low:.2f}-{high:.2f}: {here.sum():6d} hits, mean {said:.3f}, right {seen:.3f}")


def by_people(mini, found, weights, background):
    """Return the weights moved and stretched to what a person said of pictures for queries.

    The sets name one right picture, or those of a like caption; a person who sees the hits finds more of them right.
    """
    logits, right, said = [], [], []
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        records, pictures = found[judged["set"]]
        place = {record["id"]: i for i, record in enumerate(records)}
        query = mini.encode_texts([judged["query"]])
        for label in (True, False):
            ids = [place[i] for i in judged["right" if label else "wrong"]]
            cosines = query @ pictures[ids].T
            rows = {"cosine": cosines[0], "z": background.standard(query, cosines)[0]}
            rows |= {"size": log_size(len(records)), "known": known(mini, [judged["query"]])[0]}
            p = probability(rows, weights)
            logits += np.log(p / (1 - p)).tolist()
            right += [label] * len(ids)
            said += [judged["set"]] * len(ids)
    logits, right = np.array(logits), np.array(right)
    bias, slope = fit(logits[:, None], right).tolist()
    for name in sorted(set(said)):
        here = np.array([one == name for one in said])
        for what, values in (("labels alone", logits), ("with people", bias + slope * logits)):
            print(f"  judged {name}, {what}:")
            reliability({"right": right[here]}, 1 / (1 + np.exp(-values[here])), fewest=8)
    moved = {name: slope * value for name, value in weights.items()}
    return moved | {"bias": moved["bias"] + bias}


def main():
    mini = encoders.load("mini")
    found = vectors(mini)
    backgrounds = {name: Background.of(rows) for name, rows in unrelated(mini, found).items()}
    tasks = picture_tasks(mini, found, backgrounds) | text_tasks(mini, found, backgrounds)
    directions = {}
    for name, behind in BEHIND.items():
        reliability(*compared(tasks, name))
        weights = fitted(draw(tasks, name, FIT + MEASURE, seed=3), FEATURES[name][-1])
        if name == "text_to_picture":
            weights = by_people(mini, found, weights, backgrounds[behind])
        # Texts must be found by their meaning alone as well: their limit is that of hits that share no word.
        apart = {"coverage": 0.0} if name == "texts" else {}
        least = cost_limit(tasks, name, partial(probability, weights=weights, **apart), COST)
        directions[name] = {"weights": weights, "least": least, "background": behind}
        print(f"  shipped: {weights} least {least:.4f}")
    text = {
        "weights_hash": mini.weights_hash,
        "directions": directions,
        "backgrounds": {name: packed(one) for name, one in backgrounds.items()},
    }
    FILE.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
