"""What the labels of the data sets are to us."""

from __future__ import annotations

from kgretrieval.types import EntityType

#: Labels of CoNLL-2003, GermEval 2014 (as adjectives: -deriv; in a compound: -part) and CLUENER.
TYPES: dict[str, EntityType] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "MISC": "misc",
    "OTH": "misc",
    **dict.fromkeys(("PERderiv", "ORGderiv", "LOCderiv", "OTHderiv"), "misc"),
    **dict.fromkeys(("PERpart", "ORGpart", "LOCpart", "OTHpart"), "misc"),
    "name": "person",
    **dict.fromkeys(("company", "government", "organization"), "organisation"),
    **dict.fromkeys(("address", "scene"), "place"),
    **dict.fromkeys(("book", "game", "movie"), "product"),
    "position": "misc",
}
#: Labels of what is no name: a word that holds one ("EU-weit"), an office ("mayor").
NO_NAMES = frozenset({"PERpart", "ORGpart", "LOCpart", "OTHpart", "position"})
#: Labels of persons.
PERSON = frozenset({"PER", "name"})
