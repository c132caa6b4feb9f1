"""What the other pairs of a sentence say of a pair: one mother has one husband, "he" is the man named before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.typed_relations.arguments import NAMES
from kgretrieval.extractors.typed_relations.pairs import Candidates

Floats = npt.NDArray[np.float64]

#: How many numbers the second stage sees of a pair and a predicate.
FACTS = 12
_LEAST = 1e-4


def logit(probability: Floats) -> Floats:
    """Return log odds, those of 0.0001 at least and of 0.9999 at most."""
    kept = np.clip(probability, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def context(found: Candidates, local: Floats) -> Floats:
    """Return (pairs, predicates, `FACTS`) what the second stage sees.

    Parameters
    ----------
    found : Candidates
    local : array of float64
        (pairs, predicates) probabilities of the first stage, 0 where a predicate is not allowed.
    """
    arguments = found.reading.arguments
    subjects = np.array([arguments[i].chain for i, _ in found.pairs])
    objects = np.array([arguments[j].chain for _, j in found.pairs])
    same_subject = subjects[:, None] == subjects
    same_object = objects[:, None] == objects
    mates = same_subject & same_object
    np.fill_diagonal(mates, False)
    has_mates = mates.any(1)[:, None]
    best_mate = np.where(has_mates, _most(mates, local), local)
    count = np.maximum(mates.sum(1), 1)[:, None]
    mean_mate = np.where(has_mates, mates @ local / count, local)
    other_object = _most(same_subject & ~same_object, local)
    other_subject = _most(same_object & ~same_subject, local)
    turned = _most((subjects[:, None] == objects) & (objects[:, None] == subjects), local)
    ranked = np.sort(local, 1)
    best, second = ranked[:, -1:], ranked[:, -2:-1]
    other_predicate = np.where(local >= best, second, best)
    named = np.array([[arguments[i].kind in NAMES, arguments[j].kind in NAMES] for i, j in found.pairs], np.float64)
    out = np.empty((*local.shape, FACTS))
    for place, fact in enumerate(
        (
            logit(local),
            local,
            logit(best_mate),
            np.broadcast_to(has_mates, local.shape),
            logit(mean_mate),
            other_object,
            other_subject,
            other_subject > local,
            other_object > local,
            turned,
            logit(other_predicate),
        )
    ):
        out[:, :, place] = fact
    out[:, :, 11] = named[:, :1] + 2 * named[:, 1:]
    return out


def _most(mask: npt.NDArray[np.bool_], local: Floats) -> Floats:
    """Return (pairs, predicates) the largest probability among the pairs of each row of a mask; 0 without any."""
    out = np.zeros_like(local)
    for row, own in enumerate(mask):
        if own.any():
            out[row] = local[own].max(0)
    return out
