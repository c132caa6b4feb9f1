"""What is drawn from questions with known answers to fit and to measure probabilities: galleries with and without."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kgretrieval.encoders.calibration import log_size

#: The halves of the queries and documents.
FIT, MEASURE = (0,), (1,)
#: Sets of features tried for each direction; the last one ships.
FEATURES = {
    "text_to_picture": (
        ("cosine",),
        ("cosine", "size"),
        ("own_z", "size"),
        ("z",),
        ("z", "size"),
        ("cosine", "size", "known"),
        ("z", "size", "known"),
        ("cosine", "z", "size", "known"),
    ),
    "picture_to_picture": (("cosine",), ("cosine", "size"), ("own_z", "size"), ("z", "size")),
    "picture_to_text": (("cosine",), ("cosine", "size"), ("own_z", "size"), ("z", "size")),
    "texts": (
        ("cosine",),
        ("cosine", "size"),
        ("z", "size"),
        ("coverage", "size"),
        ("cosine", "size", "coverage"),
        ("z", "size", "coverage"),
        ("cosine", "z", "size", "coverage"),
        ("cosine", "z", "size", "coverage", "known"),
    ),
    "words": (("coverage",), ("coverage", "size", "words"), ("coverage", "size")),
}
#: Hits looked at, as many as a person sees.
TOP = 10
SAMPLE = 256


@dataclass
class Task:
    """Queries with documents of which it is known which are right.

    Attributes
    ----------
    direction, kind : str
    order : numpy.ndarray
        ``(m, n)``: by what the ranking goes; -inf where a document is not in the list.
    features : Mapping[str, numpy.ndarray]
        ``(m, n)``, or ``(m,)`` where a query has one value.
    right, vague : numpy.ndarray
        ``(m, n)`` bool: right answers, and documents of which it is not known.
    home : numpy.ndarray
        ``(n,)`` bool: documents of the queries' own set; the others hold nothing right but by accident.
    half, halves : numpy.ndarray
        ``(m,)`` and ``(n,)``: on which half a query and a document are.
    """

    direction: str
    kind: str
    order: np.ndarray
    features: Mapping[str, np.ndarray]
    right: np.ndarray
    vague: np.ndarray
    home: np.ndarray
    half: np.ndarray
    halves: np.ndarray


def galleries(task, side, rng):
    """Yield (query, its gallery, "there", "gone" or "far"): half with a right answer, half with none."""
    documents = np.flatnonzero(np.isin(task.halves, side))
    for query in np.flatnonzero(np.isin(task.half, side)):
        case = rng.choice(["there", "there", "gone", "far"])
        right = documents[task.right[query, documents]]
        if case == "there" and not len(right):
            case = "gone"
        pool = documents[~task.right[query, documents] & ~task.vague[query, documents]]
        own, other = pool[task.home[pool]], pool[~task.home[pool]]
        if case == "far":
            pool = other
        elif rng.random() < 0.5:
            pool = own
        if len(pool) < TOP:
            continue
        size = min(len(pool), int(np.exp(rng.uniform(np.log(TOP), np.log(1000)))))
        chosen = rng.choice(pool, size, replace=False)
        if case == "there":
            share = max(1, round(len(right) * size / max(1, len(own))))
            chosen = np.concatenate([chosen, rng.choice(right, min(share, len(right)), replace=False)])
        yield query, chosen, case


def hits(task, query, gallery, rng):
    """Return the features of the best documents of one gallery."""
    order = task.order[query, gallery]
    best = np.argsort(-order, kind="stable")[:TOP]
    best = best[np.isfinite(order[best])]
    rows = {
        name: value[query, gallery[best]] if value.ndim == 2 else np.full(len(best), value[query])
        for name, value in task.features.items()
    }
    if "cosine" in rows:
        sample = rng.choice(gallery, min(SAMPLE, len(gallery)), replace=False)
        seen = task.features["cosine"][query, sample]
        rows["own_z"] = (rows["cosine"] - seen.mean()) / max(seen.std(), 1e-3)
    rows["size"] = np.full(len(best), log_size(len(gallery)))
    rows["right"] = task.right[query, gallery[best]]
    return rows


def draw(tasks, direction, side, *, seed, rounds=2):
    """Return the hits of every task of a direction, one gallery a query and round, as one table."""
    rng = np.random.default_rng(seed)
    parts, number = [], 0
    for task in tasks.values():
        if task.direction != direction:
            continue
        for _ in range(rounds):
            for query, gallery, case in galleries(task, side, rng):
                rows = hits(task, query, gallery, rng)
                count = len(rows["right"])
                rows |= {
                    "search": np.full(count, number),
                    "case": np.full(count, case),
                    "kind": np.full(count, task.kind),
                }
                parts.append(rows)
                number += 1
    names = set.intersection(*(set(part) for part in parts))
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def area(scores, labels):
    """Return the area under the ROC curve: the chance that a right one scores higher than a wrong one."""
    order = np.argsort(scores, kind="stable")
    _, place, count = np.unique(scores[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    ranks = np.empty(len(scores))
    ranks[order] = (ends - (count - 1) / 2)[place]
    yes = labels.sum()
    return (ranks[labels].sum() - yes * (yes + 1) / 2) / max(1, yes * (len(labels) - yes))


def calibration_error(p, right, bins=15):
    """Return the expected calibration error over bins of equally many hits (Naeini, Cooper, Hauskrecht 2015)."""
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return sum(len(part) * abs(p[part].mean() - right[part].mean()) for part in parts) / len(p)


def measures(rows, p, cost):
    """Return, as a line, how good probabilities are: of hits, and of searches with something right and without."""
    right = rows["right"]
    loss = -np.where(right, np.log(p), np.log(1 - p)).mean()
    _, first, search = np.unique(rows["search"], return_index=True, return_inverse=True)
    best, found = np.zeros(len(first)), np.zeros(len(first), bool)
    np.maximum.at(best, search, p)
    np.logical_or.at(found, search, right)
    case = rows["case"][first]
    there = case == "there"
    limit = np.sort(best[there & found])[int(cost * there.sum())] if found.any() else 0.0
    told = []
    for name in ("gone", "far"):
        wrong = case == name
        if wrong.any():
            told.append(f"{name} AUC {area(best[there | wrong], there[there | wrong]):.3f}, ")
            told.append(f"nothing found {(best[wrong] < limit).mean():.3f}; ")
    return f"loss {loss:.4f}, ECE {calibration_error(p, right):.4f}, AUC {area(p, right):.3f}; " + "".join(told)


def cost_limit(tasks, direction, probability, cost):
    """Return the limit for the best hit that costs the kinds of queries `cost` on average, with all their documents."""
    best, share = [], []
    for task in tasks.values():
        if task.direction != direction or not task.right.any():
            continue
        documents, rng = np.flatnonzero(task.home), np.random.default_rng(0)
        answerable = np.flatnonzero(task.right[:, documents].any(1))
        own = []
        for query in answerable:
            rows = hits(task, query, documents[~task.vague[query, documents]], rng)
            if rows["right"].any():
                own.append(probability(rows).max())
        best += own
        share += [1 / len(answerable)] * len(own)
        print(f"    {task.kind}: {len(own) / len(answerable):.3f} of {len(answerable)} have a right hit among ten")
    order = np.argsort(best)
    lost = np.cumsum(np.array(share)[order]) / sum(t.direction == direction and t.right.any() for t in tasks.values())
    return float(np.array(best)[order][np.searchsorted(lost, cost)])
