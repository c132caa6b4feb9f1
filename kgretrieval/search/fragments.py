"""Parts of words in the text of pictures: half a number plate, words on a banner that were read as one.

The words of what was read are counted like those of any text. This ranking is for what no word of the collection is:
letters and digits in their order, wherever blanks and hyphens stand (`kgretrieval.text.fragments`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.filters import Mask
from kgretrieval.search.rankings import Scored
from kgretrieval.store.reading_rows import reading_holds
from kgretrieval.store.store import Store
from kgretrieval.text.fragments import letters

#: What is shorter stands in too many texts by chance; digits do so less often.
_LEAST, _LEAST_WITH_DIGITS = 4, 3
#: Several words as one, all of them known: "the war" stands in "somethewarm", twelve letters stand nowhere by chance.
_LEAST_OF_KNOWN = 8


def fragments_of(words: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the stretches of letters to look for: words that the collection does not have, and all words as one.

    Parameters
    ----------
    words : str
        Of the question.
    is_known : callable
        Whether a word of the collection is written so; what is one is found as a word.
    """
    asked = [(word, bare) for word in words.split() if (bare := letters(word))]
    strange = [bare for word, bare in asked if not is_known(word)]
    whole = "".join(bare for _, bare in asked)
    found = [bare for bare in strange if _is_telling(bare)]
    if len(asked) > 1 and (len(whole) >= _LEAST_OF_KNOWN or (strange and _is_telling(whole))):
        found.append(whole)
    return tuple(dict.fromkeys(found))


def holding_fragments(store: Store, catalog: Catalog, wanted: Sequence[str], passed: Mask, depth: int) -> Scored:
    """Return the pictures whose text holds one of these stretches, each with its share in the longest of them.

    Of two with the same share the one with the shorter text comes first.
    """
    longest = max(map(len, wanted), default=1)
    best: dict[str, tuple[float, int]] = {}
    for fragment in wanted:
        for picture, length in reading_holds(store, fragment):
            best[picture] = max(best.get(picture, (0.0, 0)), (len(fragment) / longest, -length))
    ids = sorted(best, key=lambda picture: (*(-value for value in best[picture]), picture))
    ordinals = catalog.ordinals(ids).tolist()
    kept = [(o, best[picture][0]) for o, picture in zip(ordinals, ids, strict=True) if o >= 0 and passed[o]]
    return kept[:depth]


def _is_telling(fragment: str) -> bool:
    return len(fragment) >= (_LEAST_WITH_DIGITS if any(map(str.isdigit, fragment)) else _LEAST)
