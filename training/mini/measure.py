"""Recalls on the parts for choosing."""

import numpy as np
import torch
from common import RUN
from deep import CHUNK
from torch.nn import functional as F  # noqa: N812

TOPS = (1, 5, 10)


def recalls(queries, answers, right):
    """Shares of queries of which one of the right answers is among the best, in per cent."""
    best = (queries @ answers.T).topk(min(max(TOPS), len(answers)), 1).indices.numpy()
    hit = np.array([[a in right[q] for a in row] for q, row in enumerate(best)])
    return [round(100 * float(hit[:, :k].any(1).mean()), 1) for k in TOPS]


def summary(name, domain, texts, pictures):
    """The recalls of a set both ways and their sum; of sports100 how many pictures are given their own name."""
    if name == "sports":
        first = {}
        for number, text in enumerate(domain.flat):
            first.setdefault(text, number)
        names = list(first.values())
        best = (pictures @ texts[names].T).argmax(1).tolist()
        return round(
            100
            * float(
                np.mean(
                    [domain.flat[names[b]] == domain.flat[own[0]] for b, own in zip(best, domain.texts, strict=True)]
                )
            ),
            1,
        )
    forward = recalls(texts, pictures, [{int(i)} for i in domain.owners()])
    backward = recalls(pictures, texts, [set(own) for own in domain.texts])
    return {"to picture": forward, "to text": backward, "sum": round(sum(forward) + sum(backward), 1)}


def stored(path, rows):
    """A function that reads some rows of an array on disk."""
    return lambda: torch.from_numpy(np.load(path, mmap_mode="r")[rows])


def pictures(domain, head, engine=None):
    """Vectors of pictures, each the mean of what it and its mirror image give; without `engine` as published."""
    vectors = []
    for view in ("plain", "flip"):
        if engine is None:
            pooled = domain.load("lite2", view)
        else:
            path = RUN / f"{domain.name}.{view}.deep.npy"
            loads = [stored(path, domain.chosen[at : at + CHUNK]) for at in range(0, len(domain), CHUNK)]
            pooled = engine.forward(loads, grad=False)[0]
        vectors.append(head(pooled))
    return F.normalize(sum(vectors))
