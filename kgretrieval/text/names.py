"""Names to keys: two spellings of one name have one key."""

from __future__ import annotations

import re
from functools import lru_cache

from kgretrieval.text.clean import fold
from kgretrieval.types import EntityType

#: Forms of address and offices that newspapers put before a name. Those that belong to a name
#: ("Pope Francis", "King Charles", "Saint Helena") are not among them.
TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president chancellor minister premier senator sen
    congressman congresswoman rep governor gov mayor judge justice secretary ambassador general gen colonel col
    captain capt lieutenant lt sergeant sgt major maj admiral commander coach herr frau""".split()
)

COMPANY_FORMS = frozenset("inc incorporated corp corporation co ltd limited plc llc lp ag gmbh se sa nv spa kg".split())

_POSSESSIVE = re.compile(r"['’]s?$")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_NOT_WORD = re.compile(r"[^\w&+]+|_+")


@lru_cache(maxsize=65536)
def name_key(name: str, kind: EntityType) -> str:
    """Return what all spellings of a name share: ``"Dr. Angela MERKEL"`` and ``"angela merkel"`` agree.

    Case, accents, punctuation, the dots of initials, a leading article, forms of address (of people) and
    company forms (of organisations) are dropped. ``""`` for what is no name: no letter, or a single one.

    Examples
    --------
    >>> name_key("The U.N.", "organisation"), name_key("Mr. Tim Cook", "person"), name_key("Apple Inc.", "organisation")
    ('un', 'tim cook', 'apple')
    """
    folded = _POSSESSIVE.sub("", fold(name).strip())
    folded = _INITIALS.sub(lambda match: match.group().replace(".", ""), folded)
    words = _NOT_WORD.sub(" ", folded).split()
    if kind == "person":
        while len(words) > 1 and words[0] in TITLES:
            words = words[1:]
    else:
        words = words[1:] if len(words) > 1 and words[0] == "the" else words
        while len(words) > 1 and words[-1] in COMPANY_FORMS:
            words = words[:-1]
    key = " ".join(words)
    letters = sum(c.isalpha() for c in key)
    return key if letters > 1 or (letters == 1 and not key.isascii()) else ""
