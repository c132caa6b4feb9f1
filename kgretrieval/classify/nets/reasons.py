"""Why a net gave a label: the words without which it would have scored another way."""

from __future__ import annotations

from kgretrieval.classify.base import Floats
from kgretrieval.classify.nets.tokens import Span, Words

#: So many words for each reason wanted are tried by leaving them out, and so many in any case.
_TRIED = 4
_ALWAYS = 40


def likely(read: Words, slopes: Floats, *, most: int) -> list[Span]:
    """Return the places of the words that are worth leaving out, to see what they did.

    A pass for every word is dear in a long text; gradient times input (A. Shrikumar et al., "Learning Important
    Features Through Propagating Activation Differences", ICML 2017) needs one for all, and tells nearly as well.

    Parameters
    ----------
    read : Words
    slopes : array of float32
        ``(words,)``: gradient times input of each.
    most : int
        How many reasons are wanted.
    """
    able = [i for i, form in enumerate(read.forms) if any(letter.isalnum() for letter in form)]
    strongest = sorted(able, key=lambda i: (-abs(float(slopes[i])), i))[: max(_ALWAYS, _TRIED * most)]
    return [read.spans[i] for i in strongest]
