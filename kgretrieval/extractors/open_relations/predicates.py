"""Predicates in one form each: "has met with" and "meeting with" are both "meet with"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kgretrieval.extractors.open_relations import lexicon as lexicon
from kgretrieval.extractors.open_relations.propositions import Proposition
from kgretrieval.extractors.open_relations.view import NOMINAL, View

# Verbs that add when, not what: "went on to win", "began to sell".
_PHASES = frozenset("go come manage continue proceed help".split())


def predicate_of(view: View, found: Proposition) -> str:
    """Return the normalised predicate without prepositions: "meet", "agree to buy", "be based", "be keen"."""
    words = []
    for outer, inner in pairwise((*found.chain, found.word)):
        if not _left_out(view, outer):
            words += [*_base(view, outer), *_marks(view, inner)]
    gerund = bool(words) and view.sentence.parts[found.word] == "VBG" and not found.copular
    words += [view.lower[found.word], *_particles(view, found.word)] if gerund else _base(view, found.word)
    return " ".join(words)


def active_of(view: View, word: int) -> str:
    """Return the predicate of a verb in the active voice, for "founded by" turned round."""
    return " ".join([view.tree.lemmas[word].lower(), *_particles(view, word)])


def _base(view: View, word: int) -> list[str]:
    if view.is_copular(word):
        return ["be"] if view.tree.parts[word] in NOMINAL else ["be", view.lower[word]]
    if view.label(word) == "xcomp" and view.sentence.parts[word] in ("VBN", "VBD") and view.child(word, "aux:pass") < 0:
        return [view.lower[word], *_particles(view, word)]
    if view.is_passive(word):
        return ["be", view.lower[word], *_particles(view, word)]
    return [view.tree.lemmas[word].lower(), *_particles(view, word)]


def _particles(view: View, word: int) -> list[str]:
    found = [i for i in view.children(word, ("compound:prt",)) if i > word]
    return [view.lower[i] for i in found if i == word + 1 or view.lower[i + 1 : i + 2] != ["to"]]


def _marks(view: View, word: int) -> Sequence[str]:
    return [view.lower[i] for i in view.children(word, ("mark",)) if i < word][-1:]


def _left_out(view: View, word: int) -> bool:
    """Return whether a governing predicate is said by negation and modality alone: "failed to", "is expected to"."""
    lemma = view.tree.lemmas[word].lower()
    if lemma in lexicon.NEGATING or lemma in _PHASES:
        return True
    return lemma in lexicon.RAISING and (view.is_passive(word) or not view.is_verb(word) or lemma in _BARE)


_BARE = frozenset("seem appear happen tend need have ought go".split())
