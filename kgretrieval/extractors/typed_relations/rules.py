"""What a statement of each predicate needs beside a high probability.

The classifier learnt from passages chosen for the relations they state; in news most pairs state none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from kgretrieval.extractors.typed_relations.arguments import NAMES, Argument
from kgretrieval.extractors.typed_relations.features import NEAR, Reading, path_between
from kgretrieval.extractors.typed_relations.words import CONTINENTS, is_country, is_nationality, is_party

#: Classes of words that speak of each predicate.
SPEAKS_OF: Mapping[str, frozenset[str]] = {
    "based in": frozenset({"base"}),
    "born in": frozenset({"birth"}),
    "chief executive of": frozenset({"chief"}),
    "child of": frozenset({"child", "parent"}),
    "date founded": frozenset({"found"}),
    "date of birth": frozenset({"birth"}),
    "date of death": frozenset({"death"}),
    "educated at": frozenset({"study"}),
    "founded": frozenset({"found"}),
    "killed": frozenset({"kill"}),
    "lives in": frozenset({"live"}),
    "located in": frozenset(),
    "married to": frozenset({"spouse"}),
    "nationality": frozenset(),
    "political affiliation": frozenset({"party", "work", "chief"}),
    "subsidiary of": frozenset({"own"}),
    "works for": frozenset({"work", "chief"}),
}
# Not "boss": that of a football club runs no company.
_CHIEF = frozenset({"ceo", "co-ceo"})
_CHIEF_PAIRS = frozenset({("chief", "executive"), ("managing", "director"), ("chief", "exec")})
# "British movie Vera Drake", "Australian group James Hardie": no person's nationality, whatever the tagger says.
_NO_PERSONS = frozenset(
    "film movie drama book novel song album single show series play band group company firm giant bank team side club "
    "paper magazine newspaper retailer carmaker airline brand".split()
)
# Verbs that say little of their own; those that deny, hedge or report what hangs on them (`modality_of` hears these).
_LIGHT = frozenset({"be", "have", "become", "do", "get", "serve", "work", "join", "name", "appoint", "remain"})
_FRAMING = frozenset(
    "deny reject accuse allege claim charge suspect expect plan hope intend want tip set report believe rumour".split()
)
# "Labour Minister": no party.
_OFFICES = frozenset({"minister", "ministry", "secretary", "department", "market"})
_QUOTES = frozenset({'"', "``", "''", "“", "”"})
_YEAR = re.compile(r"\d{4}")
_FURTHEST = 20


def trigger_of(reading: Reading, predicate: str, subject: Argument, found: Argument) -> int:
    """Return the word that speaks of the relation: the last one between the arguments, else the nearest; -1: none."""
    classes = SPEAKS_OF[predicate]
    first, second = (subject, found) if subject.first < found.first else (found, subject)
    words = reading.words
    # "Set a target" founds nothing.
    spots = [
        i for i, name in reading.spots if name in classes and (words[i] != "set" or words[i + 1 : i + 2] == ["up"])
    ]
    between = [i for i in spots if first.last <= i < second.first]
    if between:
        return between[-1]
    ahead = [i for i in spots if first.first - NEAR <= i < first.first]
    behind = [i for i in spots if second.last <= i < second.last + NEAR]
    return ahead[-1] if ahead else behind[0] if behind else -1


class Pair:
    """A likely relation as the rules see it."""

    def __init__(self, reading: Reading, subject: int, found: int, trigger: int) -> None:
        arguments = reading.arguments
        self.reading, self.trigger = reading, trigger
        self.subject, self.object = arguments[subject], arguments[found]
        forward = self.subject.first < self.object.first
        self.first, self.second = (self.subject, self.object) if forward else (self.object, self.subject)
        self.gap = range(self.first.last, self.second.first)
        start, end = reading.roots[subject], reading.roots[found]
        up, down = path_between(reading.tree.heads, start, end)
        self.path = [*up, *down]
        self.ends = {start, end}

    def words(self) -> list[str]:
        """Return the words between the arguments."""
        return [self.reading.words[i] for i in self.gap]

    def text(self, argument: Argument) -> str:
        """Return the words of an argument."""
        return " ".join(self.reading.words[argument.first : argument.last])

    def bare(self) -> str:
        """Return the words between the arguments without articles."""
        return " ".join(word for word in self.words() if word not in {"the", "a", "an"})

    def attached(self) -> bool:
        """Return whether one argument hangs on the other."""
        return len(self.path) == 2

    def linked(self) -> bool:
        """Return whether the tree joins the arguments through the word that speaks of the relation."""
        heads = self.reading.tree.heads
        on_path = set(self.path)
        return self.trigger >= 0 and (self.trigger in on_path or heads[self.trigger] in on_path)

    def other_verbs(self, predicate: str) -> bool:
        """Return whether a verb that speaks of something else joins the arguments."""
        tree, classes = self.reading.tree, SPEAKS_OF[predicate]
        own = {i for i, name in self.reading.spots if name in classes}
        return any(
            tree.parts[i] == "VERB" and i not in own and tree.lemmas[i] not in _LIGHT | _FRAMING
            for i in self.path
            if i not in self.ends
        )


def plausible(reading: Reading, predicate: str, subject: int, found: int, trigger: int) -> bool:
    """Return whether a likely relation between two arguments (by their positions) is stated."""
    pair = Pair(reading, subject, found, trigger)
    if len(pair.gap) > _FURTHEST or any(word in _QUOTES or word == ";" for word in pair.words()):
        return False
    return _RULES.get(predicate, _spoken)(pair, predicate)


def _spoken(pair: Pair, predicate: str) -> bool:
    return pair.linked() and not pair.other_verbs(predicate)


def _chief(pair: Pair, predicate: str) -> bool:
    if pair.trigger < 0:
        return False
    near = pair.reading.words[max(pair.trigger - 2, 0) : pair.trigger + 2]
    named = not _CHIEF.isdisjoint(near) or not _CHIEF_PAIRS.isdisjoint(pairwise(near))
    return named and _spoken(pair, predicate)


def _dated(pair: Pair, predicate: str) -> bool:
    """Return whether the date has a year: nobody is said to be born on 5 May alone."""
    words = pair.reading.sentence.words[pair.object.first : pair.object.last]
    return any(_YEAR.search(word) for word in words) and _spoken(pair, predicate)


def _lives(pair: Pair, predicate: str) -> bool:
    return pair.reading.words[pair.object.first - 1] != "from" and _spoken(pair, predicate)


def _nationality(pair: Pair, predicate: str) -> bool:
    if not is_nationality(pair.reading.words[pair.object.head]):
        return False
    # "British actor Clive Owen"; "Owen, a British actor"; "he is British".
    if pair.object is pair.first:
        nouns = all(pair.reading.sentence.parts[i][:1] in {"N", "J", "C"} for i in pair.gap)
        named = pair.subject.kind == "person" and _NO_PERSONS.isdisjoint(pair.words())
        return named and nouns and 0 < len(pair.gap) <= 4
    return len(pair.gap) <= 6 and not pair.other_verbs(predicate) and _sole(pair)


def _sole(pair: Pair) -> bool:
    """Return whether a form of "be", a comma or a bracket stands between, and no other argument."""
    inside = pair.reading.inside
    words = pair.words()
    return all(inside[i] < 0 for i in pair.gap) and bool({"is", "was", "are", "were", ",", "(", "'s"} & set(words))


def _party(pair: Pair, predicate: str) -> bool:
    words, last = pair.reading.words, pair.object.last
    if not is_party(words[pair.object.first : last]) or len(pair.gap) > 10:
        return False
    if words[last : last + 1] and words[last] in _OFFICES:
        return False
    if not pair.gap:
        return pair.subject is pair.first
    return (pair.linked() or len(pair.gap) <= 2) and not pair.other_verbs(predicate)


def _works(pair: Pair, predicate: str) -> bool:
    if is_party(pair.reading.words[pair.object.first : pair.object.last]):
        return False
    if pair.bare() in ("of", "at", "from", "with", ", of", ", from", "'s", "’s"):
        return True
    return _spoken(pair, predicate) and len(pair.gap) <= 14


def _based(pair: Pair, predicate: str) -> bool:
    words = pair.reading.words
    if pair.trigger >= 0:
        return words[pair.trigger + 1 : pair.trigger + 2] != ["on"] and _spoken(pair, predicate)
    if pair.subject.kind not in NAMES:
        return False
    return pair.bare() in ("'s", "’s", "-based", "of", ",", "(") and pair.attached() and not _listed(pair)


def _located(pair: Pair, predicate: str) -> bool:
    subject, found = pair.text(pair.subject), pair.text(pair.object)
    if subject in CONTINENTS or (is_country(subject) and found not in CONTINENTS):
        return False
    if pair.subject is pair.first:
        joined = pair.bare() in (",", "in", "(", ", in", "of")
    else:
        joined = pair.bare() in ("'s", "’s")
    return joined and pair.attached() and not _listed(pair)


def _listed(pair: Pair) -> bool:
    """Return whether the two are members of a list: another name follows with "and" or a comma, or comes before."""
    words, inside, last = pair.reading.words, pair.reading.inside, pair.second.last
    if pair.words() != [","]:
        return False
    behind = last + 2 if words[last + 1 : last + 2] == ["the"] else last + 1
    follows = behind < len(words) and words[last] in {"and", ",", "or"} and inside[behind] >= 0
    first = pair.first.first
    precedes = first >= 2 and words[first - 1] in {",", "and"} and inside[first - 2] >= 0
    return follows or precedes


_RULES: Mapping[str, Callable[[Pair, str], bool]] = {
    "chief executive of": _chief,
    "nationality": _nationality,
    "political affiliation": _party,
    "works for": _works,
    "based in": _based,
    "located in": _located,
    "lives in": _lives,
    "date founded": _dated,
    "date of birth": _dated,
}
