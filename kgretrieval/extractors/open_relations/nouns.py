"""What noun phrases say without a verb: "Apple CEO Tim Cook", "Tim Cook, chief executive of Apple", "Berlin-based"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgretrieval.extractors.open_relations.arguments import is_time, members, minimal
from kgretrieval.extractors.open_relations.view import Span, View
from kgretrieval.extractors.tagging.analysis import Name

_COURTESY = frozenset("mr mrs ms miss dr sir dame lord lady st mr. mrs. ms. dr. st. baroness".split())
_PAST = frozenset({"former", "ex", "then", "late", "ex-"})
_ARTICLES = frozenset({"a", "an", "the"})
_BASED = re.compile(r"(.+)-based", re.IGNORECASE)
_JOINTS = frozenset({"&", "-", "/", "+"})
_GENITIVES = frozenset({"'s", "’s", "'", "’"})
# Prepositions behind a role that say whose or where: "chief executive of", "professor at".
_ROLE_CASES = frozenset("of at for in to on with from against by".split())
# What somebody can be of a country or a town; "UK star" is no star of the UK.
_OFFICES = frozenset(
    "president minister premier chancellor coach captain manager king queen prince princess leader chief head governor "
    "mayor ambassador secretary commissioner senator boss chairman chairwoman foreign spokesman spokeswoman "
    "spokesperson skipper envoy consul mp governor-general judge striker midfielder defender goalkeeper keeper "
    "winger".split()
)
#: More words than this before a name are no title.
_LONGEST_TITLE = 5


@dataclass(frozen=True, slots=True)
class Description:
    """That `subject` is something: (Cook, "be chief executive of", Apple). `word` is the noun that says what."""

    kind: str
    word: int
    subject: Span
    predicate: str
    object: Span


def descriptions(view: View) -> Iterator[Description]:
    """Yield what titles, owners and appositions state."""
    for name in view.sentence.names:
        if name.type == "person":
            yield from _titled(view, name)
        yield from _based(view, name)
    for word, label in enumerate(view.tree.labels):
        if label == "appos":
            yield from _apposition(view, view.tree.heads[word], word)


def described(view: View, kind: str, subject: Span, noun: int, verb: str = "be") -> Iterator[Description]:
    """Yield what a noun says of a subject: of its roles the one with the name first, else the noun as it is."""
    found = _role_of(view, noun)
    if found is not None:
        role, owner = found
        for member in members(view, owner):
            if view.names[member] is None:
                continue
            yield Description(kind, noun, subject, f"{verb} {role}", minimal(view, member))
    else:
        yield Description(kind, noun, subject, verb, minimal(view, noun))


def _role_of(view: View, noun: int) -> tuple[str, int] | None:
    """Return a role with its preposition, and the head of the name that it is a role of: ("president of", France)."""
    if view.tree.parts[noun] != "NOUN" or view.names[noun] is not None:
        return None
    found = concerned(view, noun)
    if found is not None or view.child(noun, "nmod") >= 0:
        return found
    for i in view.children(noun, ("compound",)):
        name = view.names[i]
        office = name and (name.type == "organisation" or (name.type == "place" and view.lower[noun] in _OFFICES))
        if name is not None and office and name.last <= noun:
            return lower_words([*view.sentence.words[name.last : noun + 1], "of"]), i
    return None


def concerned(view: View, noun: int) -> tuple[str, int] | None:
    """Return a common noun with its preposition, and the name behind that or before it that it concerns.

    ("deal with", Nokia) from "the deal with Nokia", ("offer of", Nokia) from "Nokia's offer".
    """
    if view.names[noun] is not None or view.is_pronoun(noun):
        return None
    before = [i for i in view.below[noun] if i < noun]
    first = min([noun, *(view.descendants(i)[0] for i in before if _narrows(view, i))])
    for i in view.children(noun, ("nmod",)):
        case = view.case(i)
        if view.names[i] is not None and case[:1] == [noun + 1] and view.lower[case[0]] in _ROLE_CASES:
            return lower_words([*view.sentence.words[first : noun + 1], *(view.lower[c] for c in case)]), i
    for i in before:
        name = view.names[i]
        if view.label(i) == "nmod:poss" and name is not None and view.child(noun, "nmod") < 0:
            start = name.last + (view.lower[name.last] in _GENITIVES)
            if start <= noun and first >= min(name.first, start):
                return lower_words([*view.sentence.words[start : noun + 1], "of"]), i
    return None


def _narrows(view: View, i: int) -> bool:
    return view.label(i) in ("compound", "amod") and view.names[i] is None


def _titled(view: View, name: Name) -> Iterator[Description]:
    """Yield what the words right before a person's name say: "French president", "Apple's chief executive"."""
    subject = Span(name.first, name.last, name.first)
    before = next((n for n in reversed(view.sentence.names) if n.last <= name.first), None)
    reach = name.first
    while reach > 0 and _in_title(view, reach - 1):
        reach -= 1
    first = max(reach, before.last if before else 0)
    owned = before is not None and before.last == first - 1 and view.lower[first - 1] in _GENITIVES
    if view.lower[first : first + 1] and view.lower[first] in _GENITIVES:
        first, owned = first + 1, True
    while first < name.first and view.lower[first] in _ARTICLES:
        first += 1
    if not _is_title(view, first, name.first):
        return
    if first > 0 and (view.sentence.parts[first - 1] == "PRP$" or view.lower[first - 1] in _JOINTS):
        # "his co-star": whose, must be said; "R & B star": the title is longer.
        return
    role = lower_words(view.sentence.words[first : name.first])
    noun = name.first - 1
    if not _connected(view, noun, name) or _begins_earlier(view, first, noun):
        return
    beside = before is not None and before.last in (first, first - 1 if owned else first)
    if before is None or not beside:
        yield Description("title", noun, subject, "be", Span(first, name.first, noun))
    elif not owned and (before.type == "misc" or (before.type == "place" and view.lower[noun] not in _OFFICES)):
        yield Description("title", noun, subject, "be", Span(before.first, name.first, noun))
    elif before.type != "person" or owned:
        former = before.first > 0 and view.lower[before.first - 1] in _PAST
        owner = Span(before.first, before.last, before.last - 1)
        yield Description("title", noun, subject, f"be {'former ' if former else ''}{role} of", owner)


def _connected(view: View, noun: int, name: Name) -> bool:
    """Return whether a noun and the name behind it hang together in the tree."""
    inside = range(name.first, name.last)
    return view.tree.heads[noun] in inside or any(view.tree.heads[i] == noun for i in inside)


def _begins_earlier(view: View, first: int, noun: int) -> bool:
    """Return whether a word in front that is in no name belongs to a title, too."""
    i = first - 1
    return i >= 0 and view.names[i] is None and view.tree.heads[i] in range(first, noun + 1) and _narrows(view, i)


def _in_title(view: View, i: int) -> bool:
    part = view.sentence.parts[i]
    return part.startswith(("NN", "JJ")) or part in ("POS", "VBN") or "-" in view.sentence.words[i]


def _is_title(view: View, first: int, last: int) -> bool:
    if not 0 < last - first <= _LONGEST_TITLE or view.lower[last - 1] in _COURTESY:
        return False
    parts = view.sentence.parts
    if view.tree.parts[last - 1] not in ("NOUN", "PROPN", "ADJ") or len(view.lower[last - 1]) == 1:
        return False
    return parts[last - 1] in ("NN", "NNP") and "POS" not in parts[first:last]


def _based(view: View, name: Name) -> Iterator[Description]:
    """Yield "be based in" from "Berlin-based Zalando"."""
    for i in range(max(0, name.first - 3), name.first):
        if _BASED.fullmatch(view.sentence.words[i]) and view.tree.heads[i] >= i:
            first = i
            while first > 0 and view.tree.heads[first - 1] == i and view.sentence.words[first - 1][:1].isupper():
                first -= 1
            subject = Span(name.first, name.last, name.last - 1)
            yield Description("based", i, subject, "be based in", Span(first, i + 1, i))


def _apposition(view: View, head: int, word: int) -> Iterator[Description]:
    if view.child(head, "conj") >= 0 or view.child(word, "cop", "nsubj", "case") >= 0:
        # "A, B and C": the parser takes lists for appositions at times.
        return
    for named, noun in ((head, word), (word, head)):
        name = view.names[named]
        if name is not None and name.type != "misc" and _describes(view, noun):
            yield from described(view, "apposition", minimal(view, named), noun)
            return


def _describes(view: View, noun: int) -> bool:
    """Return whether a word is a common noun that says what something is: no name, no number, no time."""
    counted = view.child(noun, "nummod") >= 0
    return view.tree.parts[noun] == "NOUN" and view.names[noun] is None and not is_time(view, noun) and not counted


def lower_words(words: Sequence[str]) -> str:
    """Return words in lower case, but "CEO" and "US" as they are."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)
