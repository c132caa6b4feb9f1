"""What a name's spelling tells: given names and nicknames, initials, abbreviations, other transliterations.

Pure functions of name keys (`kgretrieval.text.names.name_key`): folded words with single spaces between them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

#: Words that initials of organisations leave out, as often as not.
SMALL_WORDS = frozenset(
    "of the and for in on at to de del der des die das und für du la le les el al y e a & von".split()
)
#: What follows a person's name and tells father from son.
GENERATIONS = frozenset("jr junior sr senior ii iii iv".split())
#: Words before a surname that belong to it.
PARTICLES = frozenset("van von der den de del della di da dos du la le el al bin ibn ben ter ten st mac mc o d".split())

#: Common short forms of words in names of organisations and places.
_SHORT_WORDS = {
    "man": "manchester", "utd": "united", "intl": "international", "int'l": "international", "govt": "government",
    "dept": "department", "natl": "national", "univ": "university", "assn": "association", "assoc": "association",
    "bros": "brothers", "mt": "mount", "ft": "fort", "min": "ministry", "&": "and", "comm": "commission",
    "organization": "organisation", "labor": "labour", "center": "centre", "defense": "defence", "theater": "theatre",
    "programme": "program", "saint": "st",
}  # fmt: skip
#: What a name of an organisation may end in without being another one.
_TAILS = (
    ("football", "club"), ("cricket", "club"), ("rugby", "club"), ("fc",), ("afc",), ("cfc",), ("rfc",), ("rufc",),
    ("cf",), ("sc",), ("group",), ("holdings",), ("holding",), ("company",), ("and", "co"), ("&", "co"),
)  # fmt: skip
#: Short names that everybody uses for one thing.
_ALIASES = {
    "us": "united states", "usa": "united states", "united states of america": "united states",
    "uk": "united kingdom", "un": "united nations", "united nations organisation": "united nations",
    "eu": "european union", "uae": "united arab emirates", "ussr": "soviet union", "nyc": "new york city",
    "peoples republic of china": "china", "people's republic of china": "china",
    "federal republic of germany": "germany",
    "russian federation": "russia", "republic of ireland": "irish republic",
    "republic of korea": "south korea", "nhs": "national health service", "imf": "international monetary fund",
    "nato": "north atlantic treaty organisation", "fbi": "federal bureau of investigation",
    "cia": "central intelligence agency", "wto": "world trade organisation", "who": "world health organisation",
    "gm": "general motors", "ge": "general electric", "bbc": "british broadcasting corporation",
}  # fmt: skip

#: Other ways to write one sound, applied from left to right; what two spellings share after them is a skeleton.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"c(?![eiyhz])", "k"),
        ("tsch|cz|ch", "c"),
        ("sch|sh", "x"),
        ("ph", "f"),
        ("kh|gh|q|ck", "k"),
        ("dh", "d"),
        ("th", "t"),
        ("w", "v"),
        ("iy|yy|ij|yj|ii|ey|ay", "y"),
        ("ou|oo", "u"),
        ("ae|ai|ei", "e"),
        ("oe", "o"),
        ("ue", "u"),
        ("ie|ee", "i"),
        ("y|j$", "i"),
        ("h(?=[^aeiou]|$)", ""),
        (r"(.)\1", r"\1"),
    )
)
_LETTERS = re.compile(r"\b(\w) (?=\w\b)")
_NOT_WORD = re.compile(r"[^\w]+")


@lru_cache(maxsize=65536)
def given_and_family(key: str) -> tuple[tuple[str, ...], str, str]:
    """Return the given names, the family name with its particles, and the generation ("jr") of a person's key.

    Examples
    --------
    >>> given_and_family("martin luther king jr"), given_and_family("ludwig van beethoven")
    ((('martin', 'luther'), 'king', 'jr'), (('ludwig',), 'van beethoven', ''))
    """
    words = key.split()
    generation = ""
    if len(words) > 2 and words[-1] in GENERATIONS:
        generation = {"junior": "jr", "senior": "sr"}.get(words[-1], words[-1])
        words = words[:-1]
    first = len(words) - 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    return tuple(words[:first]), " ".join(words[first:]), generation


def family(key: str) -> str:
    """Return the last word of a person's name, without the generation: what a surname alone has in common with it."""
    return given_and_family(key)[1].rsplit(" ", 1)[-1]


@lru_cache(maxsize=65536)
def surname_only(key: str) -> bool:
    """Say whether a person's key is a surname alone, with its particles: "merkel", "o brien", "van gogh"."""
    *before, _ = key.split()
    return all(word in PARTICLES for word in before)


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Map each given name to what it may be short for, and to itself."""
    text = (files("kgretrieval.resolution") / "nicknames.txt").read_text(encoding="utf-8")
    full: dict[str, set[str]] = {}
    for line in text.splitlines():
        name, *short = line.split()
        full.setdefault(name, set()).add(name)
        for nickname in short:
            full.setdefault(nickname, {nickname}).add(name)
    return {nickname: frozenset(names) for nickname, names in full.items()}


@cache
def _shortened() -> dict[str, frozenset[str]]:
    """Map each full given name to its nicknames."""
    found: dict[str, set[str]] = {}
    for nickname, names in _nicknames().items():
        for name in names - {nickname}:
            found.setdefault(name, set()).add(nickname)
    return {name: frozenset(short) for name, short in found.items()}


def is_given_name(word: str) -> bool:
    """Say whether the table of nicknames knows a word as a given name."""
    return word in _nicknames()


def full_given_names(word: str) -> frozenset[str]:
    """Return what a given name may be short for, and itself.

    Examples
    --------
    >>> sorted(full_given_names("jim"))
    ['james', 'jim']
    """
    return _nicknames().get(word, frozenset((word,)))


def same_given_name(one: str, other: str) -> bool:
    """Say whether two different given names can belong to one person: a nickname, or one with the same nicknames."""
    if full_given_names(one) & {other} or full_given_names(other) & {one}:
        return True
    shared = _shortened().get(one, frozenset()) & _shortened().get(other, frozenset())
    return bool(shared) and one[:3] == other[:3]


@lru_cache(maxsize=65536)
def initials(key: str) -> frozenset[str]:
    """Return the acronyms of a name of several words, with and without its small words: 2 to 6 letters.

    Examples
    --------
    >>> sorted(initials("department of trade and industry"))
    ['dotai', 'doti', 'dti']
    """
    words = _NOT_WORD.sub(" ", key).split()
    if len(words) < 2:
        return frozenset()
    long = [word for word in words if word not in SMALL_WORDS]
    found = {"".join(w[0] for w in words), "".join(w[0] for w in long), "".join(w[0] for w in words if w != "and")}
    return frozenset(one for one in found if 2 <= len(one) <= 6 and one.isascii() and one.isalpha())


@lru_cache(maxsize=65536)
def plain_form(key: str) -> str:
    """Return a name of an organisation, place or thing in full and without spaces: equal for common short forms.

    Examples
    --------
    >>> plain_form("man utd"), plain_form("time warner"), plain_form("us")
    ('manchesterunited', 'timewarner', 'unitedstates')
    """
    return _NOT_WORD.sub("", "".join(words_in_full(key)))


@lru_cache(maxsize=65536)
def without_ending(key: str) -> str:
    """Return the plain form without what a name of an organisation may end in ("FC", "Group").

    Examples
    --------
    >>> without_ending("arsenal football club"), without_ending("carlyle group"), without_ending("group")
    ('arsenal', 'carlyle', 'group')
    """
    words = list(words_in_full(key))
    for tail in _TAILS:
        if len(words) > len(tail) and tuple(words[-len(tail) :]) == tail:
            words = words[: -len(tail)]
            break
    return _NOT_WORD.sub("", "".join(words))


@lru_cache(maxsize=65536)
def words_in_full(key: str) -> tuple[str, ...]:
    """Return the words of a name with short forms written out and single letters put together.

    Examples
    --------
    >>> words_in_full("man utd"), words_in_full("u s senate"), words_in_full("un")
    (('manchester', 'united'), ('us', 'senate'), ('united', 'nations'))
    """
    key = _LETTERS.sub(r"\1", key)
    words = _ALIASES.get(key, key).split()
    return tuple(_SHORT_WORDS.get(word, word) for word in words) if len(words) > 1 else tuple(words)


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """Return how a name sounds, roughly: what other transliterations of it share, ``""`` for a short one.

    Examples
    --------
    >>> skeleton("volodymyr zelensky") == skeleton("volodymyr zelenskyy"), skeleton("al qaeda") == skeleton("al-qaida")
    (True, True)
    """
    letters = _NOT_WORD.sub("", key)
    if len(letters) < 6 or not letters.isascii() or not letters.isalpha():
        return ""
    for pattern, sound in _SOUNDS:
        letters = pattern.sub(sound, letters)
    return letters
