"""Which names are compared at all: those that share a block and are alike in a way that `likeness` knows.

Blocks and likeness follow from two names' keys and kinds alone, so that a name that is new has the same neighbours
whenever it comes.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from kgretrieval.resolution.forms import (
    GENERATIONS,
    family,
    full_given_names,
    given_and_family,
    initials,
    is_given_name,
    plain_form,
    same_given_name,
    skeleton,
    surname_only,
    without_ending,
    words_in_full,
)

#: Letters of the names (or of the word that differs) from which one and two edits are taken for a slip.
ONE_EDIT, TWO_EDITS = 5, 8
#: Letters of a surname from which another transliteration is taken for it.
LONG_SURNAME = 8
_PARTNERS = {"short": "long", "long": "short", "letter": "begins", "begins": "letter"}


@lru_cache(maxsize=65536)
def blocks(key: str, kind: str) -> frozenset[str]:
    """Return the blocks of a name; two names can only be alike if one has a block that is `partner` of the other's.

    Parameters
    ----------
    key : str
    kind : str
        ``"person"`` or ``"other"``.
    """
    if kind == "person":
        found = _person_blocks(key)
    else:
        found = {f"plain:{without_ending(key)}", *_spelling_blocks(key)}
        if " " in key:
            found |= {f"long:{one}" for one in initials(key)}
        elif _could_be_acronym(key):
            found.add(f"short:{key}")
    return frozenset(f"{kind[0]}:{block}" for block in found)


def partner(block: str) -> str:
    """Return the block in which names stand that may be alike with those of this one.

    Long names are not compared for their surname or their initials: only with the short name that has no more.

    Examples
    --------
    >>> partner("o:short:un"), partner("o:long:un"), partner("p:given:tim cook")
    ('o:long:un', 'o:short:un', 'p:given:tim cook')
    """
    kind, way, rest = block.split(":", 2)
    return f"{kind}:{_PARTNERS.get(way, way)}:{rest}"


def likeness(one: str, other: str, kind: str) -> str:
    """Return in which way two different names of one kind are alike, ``""`` if in none.

    Returns
    -------
    str
        For people ``"surname"`` (one is the other's), ``"middle"`` (with and without middle names), ``"nickname"``,
        ``"initial"``, ``"generation"`` (one is a junior or senior); for others ``"acronym"``, ``"plain"`` (equal with
        short forms written out), ``"spaces"`` (equal without spaces), ``"ending"`` (equal without "Group", "FC"); for
        both ``"sound"`` (another transliteration), ``"slip"`` (letters differ).
    """
    return (_people if kind == "person" else _others)(one, other)


def is_short(key: str, kind: str) -> bool:
    """Say whether a name may stand for a longer one: a surname alone, an acronym."""
    return surname_only(key) if kind == "person" else _could_be_acronym(key)


def _person_blocks(key: str) -> set[str]:
    if surname_only(key):
        return {f"short:{_sound(key.rsplit(' ', 1)[-1])}"}
    (first, *_), _, _ = given_and_family(key)
    last = family(key)
    found = {f"long:{_sound(last)}", f"{'letter' if len(first) == 1 else 'begins'}:{first[0]} {last}"}
    return found | {f"given:{name} {last}" for name in full_given_names(first)} | _spelling_blocks(key)


def _sound(word: str) -> str:
    """Return how a surname sounds if it is long: Zelensky is Zelenskyy, but Martin is not Martyn."""
    return (skeleton(word) if len(word) >= LONG_SURNAME else "") or word


def _spelling_blocks(key: str) -> set[str]:
    found = {f"sound:{skeleton(key)}"} if skeleton(key) else set()
    words = key.split()
    if len(words) > 1:
        for i, word in enumerate(words):
            if len(word) >= ONE_EDIT and word.isalpha():
                found.add("slip:" + " ".join([*words[:i], f"{word[0]}*", *words[i + 1 :]]))
    return found


def _people(one: str, other: str) -> str:
    if surname_only(one) or surname_only(other):
        short, full = (one, other) if surname_only(one) else (other, one)
        return "surname" if not surname_only(full) and _ends_in(full, short) else ""
    given, last, generation = given_and_family(one)
    other_given, other_last, other_generation = given_and_family(other)
    if generation and other_generation and generation != other_generation:
        return ""
    if _run_together(given, last) or _run_together(other_given, other_last):
        return ""
    if family(one) == family(other):
        kind = _given_names(given, other_given)
        return "generation" if kind and generation != other_generation else kind or _spelling(one, other)
    return _spelling(one, other) if last != other_last and _agree(given[0], other_given[0]) else ""


def _run_together(given: tuple[str, ...], last: str) -> bool:
    """Say whether a name is those of two of one family: "Anna Smith Paul Smith", but not the same one twice."""
    place = given.index(last) if last in given else -1
    return place > 0 and given[place + 1 :] != given[:place]


def _ends_in(full: str, surname: str) -> bool:
    """Say whether a full name ends in a surname, its particles included, or in another transliteration of it."""
    words = full.split()[:-1] if given_and_family(full)[2] else full.split()
    own = surname.split()
    return _sound(words[-1]) == _sound(own[-1]) and words[-len(own) : -1] == own[:-1]


def _given_names(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    first, other_first = one[0], other[0]
    middle, other_middle = one[1:], other[1:]
    if middle and other_middle and not _same_middle(middle, other_middle):
        return ""
    if first == other_first:
        return "middle"
    if len(first) == 1 or len(other_first) == 1:
        return "initial" if first[0] == other_first[0] else ""
    return "nickname" if same_given_name(first, other_first) else ""


def _same_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether the middle names of the one are among the other's, as words or as initials."""
    pairs = [(one, other), (other, one)]
    return any(
        len(few) <= len(many)
        and all(any(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for b in many) for a in few)
        for few, many in pairs
    )


def _agree(one: str, other: str) -> bool:
    """Say whether two given names may be one: two different known ones are two people's."""
    return one == other or not (is_given_name(one) and is_given_name(other)) or same_given_name(one, other)


def _others(one: str, other: str) -> str:
    if plain_form(one) == plain_form(other):
        return "plain" if words_in_full(one) == words_in_full(other) else "spaces"
    if without_ending(one) == without_ending(other):
        return "ending"
    for short, long in ((one, other), (other, one)):
        if " " not in short and short in initials(long):
            return "acronym"
    return _spelling(one, other)


def _spelling(one: str, other: str) -> str:
    """Return ``"sound"`` or ``"slip"`` where two names may be one name in two spellings."""
    words, other_words = one.split(), other.split()
    if len(words) == len(other_words) > 1:
        differ = [(a, b) for a, b in zip(words, other_words, strict=True) if a != b]
        if any(_told_apart(a, b) for a, b in differ):
            return ""
        if skeleton(one) and skeleton(one) == skeleton(other):
            return "sound"
        if len(differ) == 1 and _slip(*differ[0]):
            return "slip"
        return ""
    return "sound" if skeleton(one) and skeleton(one) == skeleton(other) else ""


def _told_apart(one: str, other: str) -> bool:
    """Say whether two words differ on purpose: two given names, numbers, generations."""
    if {one, other} & GENERATIONS or not (one.isalpha() and other.isalpha()):
        return True
    return is_given_name(one) and is_given_name(other) and not same_given_name(one, other)


def _slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= TWO_EDITS else 1 if shorter >= ONE_EDIT else 0
    return one[0] == other[0] and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _could_be_acronym(key: str) -> bool:
    return 2 <= len(key) <= 6 and key.isascii() and key.isalpha()
