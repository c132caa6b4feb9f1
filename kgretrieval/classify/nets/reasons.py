"""Why a net gave a label: the words without which it would have scored another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.classify.base import Floats, Item, Reason
from kgretrieval.classify.nets.tokens import read_words

if TYPE_CHECKING:
    from kgretrieval.classify.base import Model

#: So many words for each reason wanted are tried by leaving them out; the gradient chooses them in longer texts.
_TRIED = 4
_ALWAYS = 40


def left_out(model: Model, item: Item, label: int, slopes: Floats, *, most: int) -> tuple[Reason, ...]:
    """Return how much the score of a label falls when a word is cut out of the text, for the strongest words.

    Occlusion (M. D. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014) is exact
    but needs a pass a word; gradient times input (A. Shrikumar et al., "Learning Important Features Through
    Propagating Activation Differences", ICML 2017) needs one for all, and so picks the words of long texts to try.

    Parameters
    ----------
    model : Model
    item : Item
    label : int
    slopes : array of float32
        ``(words,)``: gradient times input of each word of the text.
    most : int
    """
    read = read_words(item.text, item.language)
    able = [i for i, form in enumerate(read.forms) if any(letter.isalnum() for letter in form)]
    strongest = sorted(able, key=lambda i: (-abs(float(slopes[i])), i))[: max(_ALWAYS, _TRIED * most)]
    spans = [read.spans[i] for i in strongest]
    texts = [item.text, *(item.text[:start] + item.text[end:] for start, end in spans)]
    scores = model.scores([Item(text, item.language, item.picture) for text in texts])[:, label]
    weights = scores[0] - scores[1:]
    order = np.lexsort(([start for start, _ in spans], -np.abs(weights)))[:most]
    found = []
    for i in order.tolist():
        start, end = spans[i]
        found.append(Reason(item.text[start:end], start, end, float(weights[i])))
    return tuple(reason for reason in found if reason.weight)
