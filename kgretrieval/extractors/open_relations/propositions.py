"""Predicates of a tree with their subjects and arguments, before they are put into words.

In the manner of A. White et al., "Universal Decompositional Semantics on Universal Dependencies" (EMNLP 2016; their
PredPatt), and L. Del Corro and R. Gemulla, "ClausIE: clause-based open information extraction" (WWW 2013): a clause is
a predicate with what depends on it; subjects are resolved through relative clauses, coordination and control.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgretrieval.extractors.open_relations.view import NOMINAL, View

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
OBLIQUES = frozenset({"obl", "obl:agent"})
# Verbs whose object does not act in their infinitive: "used force to win".
_OWN_CONTROL = frozenset("promise vow pledge threaten use take spend have make need do pay".split())
_DUMMIES = frozenset({"it", "there"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The head word of a subject, and how it was found."""

    head: int
    how: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """A predicate with the head words of its arguments.

    `word` is the verb, or the noun or adjective behind a copula; `chain` the verbs that govern it with the same
    subject, the outermost first ("agreed" for "agreed to buy").
    """

    word: int
    subject: Subject
    chain: tuple[int, ...]
    copular: bool
    passive: bool
    object: int
    indirect: int
    agent: int
    obliques: tuple[int, ...]
    complement: int
    predicative: int


def propositions(view: View) -> Iterator[Proposition]:
    """Yield what the verbs and the copulas of a sentence say, in the order of their words."""
    for word in range(len(view.lower)):
        copular = view.is_copular(word)
        if copular or view.is_verb(word):
            subject = subject_of(view, word)
            if subject is not None and subject.head != word:
                yield _proposition(view, word, subject, copular=copular)


def _proposition(view: View, word: int, subject: Subject, *, copular: bool) -> Proposition:
    passive = not copular and view.is_passive(word)
    obliques = view.children(word, OBLIQUES | {"nmod"} if copular else OBLIQUES)
    agent = _agent(view, word, obliques) if passive else -1
    found = view.child(word, "obj")
    if found >= 0 and view.is_relative(found) and view.label(word) == "acl:relcl":
        found = view.tree.heads[word] if view.child(word, "xcomp") < 0 else -1
    elif found < 0 and not copular and not passive and subject.how == "own" and view.label(word) == "acl:relcl":
        found = _gap(view, word)
    return Proposition(
        word=word,
        subject=subject,
        chain=chain_of(view, word),
        copular=copular,
        passive=passive,
        object=found if found != subject.head else -1,
        indirect=view.child(word, "iobj"),
        agent=agent,
        obliques=tuple(i for i in obliques if i != agent and i > word and view.case(i)),
        complement=view.child(word, "ccomp"),
        predicative=_predicative(view, word),
    )


def _agent(view: View, word: int, obliques: list[int]) -> int:
    for i in obliques:
        by = [view.lower[c] for c in view.case(i)] == ["by"] and view.tree.parts[i] in ("NOUN", "PROPN", "PRON")
        if by and view.role(word, i) in ("", "ARG0", "ARG1", "ARG2", "ARG3"):
            return i
    return -1


def _gap(view: View, verb: int) -> int:
    """Return what a relative clause without a pronoun is about: "the man Blair met"."""
    head = view.tree.heads[verb]
    pronoun = any(view.is_relative(i) or view.lower[i] in ("where", "when", "why") for i in view.below[verb])
    bare = view.child(verb, "ccomp", "xcomp", "obl") < 0
    return head if bare and not pronoun and view.role(verb, head) in ("ARG1", "ARG2") else -1


def _predicative(view: View, word: int) -> int:
    """Return the noun behind "become", "was named", "remains"."""
    for i in view.children(word, ("xcomp",)):
        if view.tree.parts[i] in NOMINAL and view.child(i, "cop", "mark", "case") < 0:
            return i
    return -1


def subject_of(view: View, word: int) -> Subject | None:
    """Return the subject of a predicate, its own or a shared one; None where there is none that means something."""
    how = ""
    for _ in range(len(view.lower)):
        own = _own_subject(view, word)
        if own >= 0:
            return _meant(view, word, own, how)
        head, label = view.tree.heads[word], view.label(word)
        if head < 0 or view.child(word, "csubj", "expl") >= 0:
            return None
        if label in ("acl", "acl:relcl"):
            return _of_participle(view, word, head, how)
        if label == "xcomp":
            found = view.child(head, "obj", "iobj")
            if found >= 0 and view.tree.lemmas[head] not in _OWN_CONTROL:
                return None if view.is_relative(found) else Subject(found, "object control")
        addressed = _addressed(view, head) if label in ("xcomp", "advcl") and view.sentence.parts[word] == "VB" else -1
        if addressed >= 0:
            return Subject(addressed, "object control")
        if (
            label != "xcomp"
            and not (label == "conj" and _predicate(view, head))
            and not (label == "advcl" and _without_subject(view, word))
        ):
            return None
        how = how or _SHARED[label]
        word = head
    return None


def _addressed(view: View, verb: int) -> int:
    """Return who is called upon: "called on the government to act", "appealed to voters to stay"."""
    cases = _APPEALS.get(view.tree.lemmas[verb], ())
    return next((i for i in view.children(verb, OBLIQUES) if view.text(view.case(i)).lower() in cases), -1)


_APPEALS = {"call": ("on", "upon", "for"), "appeal": ("to",), "wait": ("for",), "arrange": ("for",), "plead": ("with",)}
_SHARED = {"xcomp": "control", "conj": "conj", "advcl": "adverbial"}


def _meant(view: View, word: int, own: int, how: str) -> Subject | None:
    """Return what a subject means: a relative pronoun what it refers to, a dummy nothing."""
    clause = view.child(word, "expl", "ccomp", "csubj") >= 0
    if view.lower[own] == "there" or (view.lower[own] in _DUMMIES and clause):
        return None
    if view.is_relative(own):
        head = _antecedent(view, word)
        return Subject(head, how or "relative") if head >= 0 else None
    return Subject(own, how or "own")


def _of_participle(view: View, word: int, head: int, how: str) -> Subject | None:
    """Return the noun that a participle, or the infinitive of a headline, says something of."""
    if view.is_announced(word):
        return Subject(head, how or "own")
    if view.label(word) == "acl:relcl" and any(view.is_relative(i) for i in view.below[word]):
        return None
    participle = view.sentence.parts[word] in ("VBN", "VBG", "VBD") and view.child(word, "mark", "aux") < 0
    return Subject(head, how or "participle") if participle and view.tree.parts[head] in NOMINAL else None


def _own_subject(view: View, word: int) -> int:
    found = view.children(word, SUBJECTS)
    named = [i for i in found if view.names[i] is not None]
    return (named or found or [-1])[-1]


def _antecedent(view: View, word: int) -> int:
    """Return what a relative pronoun at this verb means: what its clause, or the first of the coordinated, hangs on."""
    while view.label(word) in ("conj", "xcomp") and view.tree.heads[word] >= 0:
        word = view.tree.heads[word]
    if view.label(word) not in ("acl:relcl", "acl"):
        return -1
    head = view.tree.heads[word]
    return head if view.tree.parts[head] in NOMINAL else -1


def _predicate(view: View, word: int) -> bool:
    return view.is_verb(word) or view.is_copular(word)


def _without_subject(view: View, word: int) -> bool:
    """Return whether an adverbial clause is a participle or an infinitive."""
    if view.child(word, "aux", "cop") >= 0 and view.sentence.parts[word] not in ("VBG", "VBN"):
        return False
    return view.sentence.parts[word] in ("VBG", "VBN", "VB")


def chain_of(view: View, word: int) -> tuple[int, ...]:
    """Return the predicates that govern a verb with the same subject, the outermost first."""
    found: list[int] = []
    while True:
        head, label = view.tree.heads[word], view.label(word)
        if label == "conj" and view.label(head) == "xcomp" and _own_subject(view, word) < 0:
            word = head
            continue
        if label != "xcomp" or _own_subject(view, word) >= 0:
            return tuple(reversed(found))
        if view.child(head, "obj", "iobj") >= 0 and view.tree.lemmas[head] not in _OWN_CONTROL:
            return tuple(reversed(found))
        found.append(head)
        word = head
