"""Recalls on the parts for choosing."""

import numpy as np

TOPS = (1, 5, 10)


def recalls(queries, answers, right):
    """Shares of queries of which one of the right answers is among the best, in per cent."""
    best = (queries @ answers.T).topk(min(max(TOPS), len(answers)), 1).indices.numpy()
    hit = np.array([[a in right[q] for a in row] for q, row in enumerate(best)])
    return [round(100 * float(hit[:, :k].any(1).mean()), 1) for k in TOPS]


def summary(name, domain, texts, pictures):
    """The recalls of a set both ways and their sum; of sports100 the share of the pictures that are given their own name among the hundred."""
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
