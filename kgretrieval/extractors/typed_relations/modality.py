"""Whether a sentence asserts a typed relation, denies it, hedges it, or says that it is over.

A simple version that looks at the words around the one that speaks of the relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kgretrieval.extractors.typed_relations.arguments import Argument
from kgretrieval.extractors.typed_relations.features import Reading
from kgretrieval.types import Modality

_NOT = frozenset("not n't n’t never neither nor without cannot nobody".split())
_DENIED = frozenset(
    "deny denies denied denying denial reject rejects rejected rejecting refuted refutes untrue".split()
)
_ALLEGED = frozenset(
    "alleged allegedly allege alleges alleging accused accuse accuses accusing reportedly rumoured rumored rumour "
    "rumours suspected suspicion supposedly purportedly claim claims claimed claiming allegation allegations "
    "charged".split()
)
_POSSIBLE = frozenset(
    "may might could would will 'll ’ll shall should can if whether unless expected likely unlikely possible possibly "
    "perhaps probably potential prospective would-be plans planned planning hopes hoped hoping intends wants wanted "
    "future proposed tipped considering wish wishes seeking favourite contender candidate bid".split()
)
_OVER = frozenset(
    "former formerly ex previously ex-chief ex-boss ex-head ex-wife ex-husband ex-president ex-member left leave "
    "leaves leaving quit quits resigned resign resigns resigning sacked fired ousted retired stepped departed "
    "departing outgoing divorced divorce estranged separated".split()
)
# What begins another clause: what stands before it says nothing of what comes after.
_BREAKS = frozenset({";", ":", "but", "while", "although", "though", "who", "which", "because", "-", "–", "—", '"'})
_SCOPE = 5
_AHEAD = 6


def modality_of(
    reading: Reading, subject: Argument, found: Argument, trigger: int, *, passing: bool
) -> tuple[bool, Modality]:
    """Return whether the relation between two arguments is negated, and how it is put.

    Parameters
    ----------
    reading : Reading
    subject, found : Argument
    trigger : int
        The word that speaks of the relation, -1 where none does.
    passing : bool
        Whether the relation can be over: "former" then negates it.
    """
    words = reading.words
    first, second = (subject, found) if subject.first < found.first else (found, subject)
    scope = [words[i] for i in _scope(reading, first, second, trigger)]
    # "Critics claim that he founded it" puts the founding in doubt, "critics claim its founder lied" does not.
    said = trigger >= 0 and reading.sentence.parts[trigger][:1] == "V"
    ahead = words[_clause_start(words, first.first, _AHEAD) : first.first] if said else []
    negated = _negates(scope) or (passing and _over(words, first, trigger, turned=first is found))
    if _denies(scope, ahead, words[second.last : second.last + 4]):
        return negated, "denied"
    if any(word in _ALLEGED for word in (*scope, *ahead[-4:])):
        return negated, "alleged"
    if _hedged(scope) or any(word in {"if", "whether", "unless"} for word in ahead):
        return negated, "possible"
    return negated, "asserted"


def _scope(reading: Reading, first: Argument, second: Argument, trigger: int) -> Iterable[int]:
    """Return the words that bear on the trigger: before it in its clause, and between the arguments."""
    inside = reading.inside
    if trigger < 0 or first.last <= trigger < second.first:
        end = trigger + 1 if trigger >= 0 else second.first
        start = max(_clause_start(reading.words, end, 12), first.last)
        # A comma ends what a negation reaches only behind the words right before the trigger.
        return [i for i in range(start, second.first) if inside[i] < 0]
    start = _clause_start(reading.words, trigger, _SCOPE)
    near = range(start, trigger + 1) if trigger < first.first else range(second.last, trigger)
    return [i for i in (*near, *range(first.last, second.first)) if inside[i] < 0]


def _clause_start(words: Sequence[str], end: int, most: int) -> int:
    start = end
    while start > 0 and end - start < most and words[start - 1] not in _BREAKS:
        start -= 1
    return start


def _over(words: Sequence[str], first: Argument, trigger: int, *, turned: bool) -> bool:
    """Return whether a word before the trigger, or "former" before "Apple boss Tim Cook", says that it is over."""
    near = words[max(trigger - 3, 0) : trigger + 1] if trigger >= 0 else []
    ahead = words[max(first.first - 1, 0) : first.first] if turned else []
    return any(word in _OVER for word in (*near, *ahead))


def _negates(scope: Sequence[str]) -> bool:
    for i, word in enumerate(scope):
        following = scope[i + 1] if i + 1 < len(scope) else ""
        if (word in _NOT and following not in {"only", "just"}) or (word == "no" and following == "longer"):
            return True
    return False


def _denies(scope: Sequence[str], ahead: Sequence[str], behind: Sequence[str]) -> bool:
    if any(word in _DENIED for word in (*scope, *ahead)):
        return True
    return any(word in _DENIED and before in {"was", "were", "been", "is"} for before, word in pairwise(behind))


def _hedged(scope: Sequence[str]) -> bool:
    if any(word in _POSSIBLE for word in scope):
        return True
    return any((a, b) in {("set", "to"), ("due", "to"), ("about", "to"), ("in", "talks")} for a, b in pairwise(scope))
