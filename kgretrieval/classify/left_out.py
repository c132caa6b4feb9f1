"""Why a model gave a label: the words without which it would have scored another way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kgretrieval.classify.base import Item, Model, Reason


def left_out(
    model: Model, item: Item, label: int, spans: Sequence[tuple[int, int]], *, most: int
) -> tuple[Reason, ...]:
    """Return how much the score of a label falls when a stretch is cut out of the text, the strongest first.

    This is occlusion (M. D. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014),
    exact but a pass of the model for every stretch tried.

    Parameters
    ----------
    model : Model
    item : Item
    label : int
    spans : sequence of (int, int)
        The stretches to try, (start, end) in the text.
    most : int
        How many to return; those without which the score stays the same are left out.
    """
    texts = [item.text, *(item.text[:start] + item.text[end:] for start, end in spans)]
    scores = model.scores([Item(text, item.language, item.picture) for text in texts])[:, label]
    weights = scores[0] - scores[1:]
    order = np.lexsort(([start for start, _ in spans], -np.abs(weights)))[:most]
    found = []
    for i in order.tolist():
        start, end = spans[i]
        found.append(Reason(item.text[start:end], start, end, float(weights[i])))
    return tuple(reason for reason in found if reason.weight)
