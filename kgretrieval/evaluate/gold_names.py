"""Mentions that are given as those of ECB+, joined within their document: what an extractor would hand on.

Names go by their key, with surnames as `kgretrieval.resolution.document` takes them; what is described ("the
vessel") by its head word; a pronoun goes with what stands before it and fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.evaluate.ecbplus import GoldDocument, GoldMention
from kgretrieval.text.clean import fold
from kgretrieval.text.names import name_key
from kgretrieval.types import EntityType

_LEADING = frozenset(
    "a an the this that these those his her its their our my your some any all both each two three four five in at on "
    "of from to near off outside inside around over under by for with up down into between across another one more "
    "`` ' '' \" .".split()
)
_CUTS = frozenset("of in at on from who which that , with for to near where whose and by ( : off between".split())
_BEHIND_NAMES = _CUTS - {"of", "and", "for"}
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves we us our".split())
_WHO = frozenset("who whom whose".split())
_WHICH = frozenset("which that where there".split())
_I = frozenset("i me my myself i'm".split())
_PRONOUNS = _HE | _SHE | _IT | _THEY | _WHO | _WHICH | _I
_PEOPLE: tuple[EntityType, ...] = ("person", "misc")


@dataclass(frozen=True, slots=True)
class Joined:
    """One thing within a document: what it goes by, whether that is a name, its type, and the mentions that mean it."""

    document: str
    key: str
    is_name: bool
    type: EntityType
    mentions: tuple[GoldMention, ...]
    forms: tuple[str, ...]


def join_document(document: GoldDocument) -> list[Joined]:
    """Join the mentions of a document."""
    common = {token for token in document.tokens[document.start :] if token.islower()}
    keyed: dict[str, tuple[str, bool]] = {}
    for mention in document.mentions:
        if not _is_pronoun(document, mention):
            keyed[mention.id] = _key(document, mention, common)
    _full_names(document.mentions, keyed)
    _pronouns(document, keyed)
    groups: dict[tuple[str, bool], list[GoldMention]] = {}
    for mention in document.mentions:
        groups.setdefault(keyed[mention.id], []).append(mention)
    return [_joined(document, key, is_name, own) for (key, is_name), own in groups.items()]


def words_of(document: GoldDocument, mention: GoldMention) -> list[str]:
    """Return the words of a mention without what leads to it ("in the Gulf of Aden")."""
    words = [document.tokens[i] for i in mention.tokens]
    while len(words) > 1 and words[0].lower() in _LEADING:
        words = words[1:]
    while len(words) > 1 and words[-1] in {"'s", "’s", "'", ".", ","}:
        words = words[:-1]
    return words


def _is_pronoun(document: GoldDocument, mention: GoldMention) -> bool:
    return len(mention.tokens) == 1 and document.tokens[mention.tokens[0]].lower() in _PRONOUNS


def _key(document: GoldDocument, mention: GoldMention, common: set[str]) -> tuple[str, bool]:
    """Return what a mention goes by, and whether that is a name."""
    words = words_of(document, mention)
    if mention.type == "date":
        return fold(" ".join(words)), False
    head = _head(words)
    if _is_name(head, common):
        kind = "organisation" if mention.type in {"misc", "product"} else mention.type
        return name_key(_name_in(words), kind) or fold(head), True
    return fold(head), False


def _head(words: Sequence[str]) -> str:
    """Return the head of a noun phrase: the last word before what is said of it, after what owns it."""
    own = [i for i, word in enumerate(words[:-1]) if word in {"'s", "’s"}]
    words = words[own[-1] + 1 :] if own else words
    cut = next((i for i, word in enumerate(words) if i > 0 and word.lower() in _CUTS), len(words))
    return words[cut - 1]


def _name_in(words: Sequence[str]) -> str:
    """Return the name alone: from the first capital on, up to what is said of it."""
    first = next(i for i, word in enumerate(words) if word[:1].isupper())
    cut = next((i for i in range(first + 1, len(words)) if words[i].lower() in _BEHIND_NAMES), len(words))
    return " ".join(words[first:cut])


def _is_name(head: str, common: set[str]) -> bool:
    return head[:1].isupper() and head.lower() not in common


def _full_names(mentions: Iterable[GoldMention], keyed: dict[str, tuple[str, bool]]) -> None:
    """Let a word alone mean the only longer name of this document that ends in it (of people) or holds it."""
    people = {m.id for m in mentions if m.type == "person"}
    full = sorted({key for key, is_name in keyed.values() if is_name and " " in key})
    for own, (key, is_name) in list(keyed.items()):
        if not is_name or " " in key:
            continue
        ends = [one for one in full if one.split()[-1] == key] if own in people else []
        holds = [one for one in full if key in one.split()]
        found = ends or holds
        if len(found) == 1:
            keyed[own] = (found[0], True)


def _pronouns(document: GoldDocument, keyed: dict[str, tuple[str, bool]]) -> None:
    """Let each pronoun go with the last mention before it that fits; "he" and "she" rather with a name."""
    before: list[GoldMention] = []
    for mention in document.mentions:
        if mention.id in keyed:
            before.append(mention)
            continue
        word = document.tokens[mention.tokens[0]].lower()
        found = _antecedent(word, mention, before, keyed)
        keyed[mention.id] = keyed[found.id] if found else (f"{word} {mention.id}", False)
        before.append(mention)


def _antecedent(
    word: str, mention: GoldMention, before: Sequence[GoldMention], keyed: Mapping[str, tuple[str, bool]]
) -> GoldMention | None:
    if word in _WHO | _WHICH:
        near = [m for m in before if m.sentence == mention.sentence and 0 < mention.tokens[0] - m.tokens[-1] <= 4]
        return near[-1] if near else None
    if word in _HE | _SHE | _I:
        fitting = [m for m in before if m.type in _PEOPLE and not _plural(keyed[m.id][0])]
    elif word in _THEY:
        fitting = [m for m in before if m.type == "organisation" or _plural(keyed[m.id][0])]
    else:
        fitting = [m for m in before if m.type not in _PEOPLE and m.type != "date"]
    named = [m for m in fitting if keyed[m.id][1]] if word in _HE | _SHE else []
    chosen = named or fitting
    return chosen[-1] if chosen else None


def _plural(key: str) -> bool:
    return key.endswith("s") and not key.endswith("ss")


def _joined(document: GoldDocument, key: str, is_name: bool, own: Sequence[GoldMention]) -> Joined:
    types = [m.type for m in own]
    kind = max(sorted(set(types)), key=types.count)
    forms = tuple(" ".join(words_of(document, m)) for m in own if not _is_pronoun(document, m))
    return Joined(document.id, key, is_name, kind, tuple(own), forms or (key,))
