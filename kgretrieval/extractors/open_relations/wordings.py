"""What sentences state in their own words and at full length, as benchmarks of open relations want it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgretrieval.extractors.open_relations.arguments import members
from kgretrieval.extractors.open_relations.nouns import descriptions
from kgretrieval.extractors.open_relations.propositions import SUBJECTS, Proposition, propositions
from kgretrieval.extractors.open_relations.view import View
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence

_GROUP = frozenset({"aux", "aux:pass", "cop", "compound:prt", "advmod", "mark"})
_LEFT_OUT = frozenset(
    {"punct", "cc", "mark", "conj", "parataxis", "aux", "aux:pass", "cop", "expl", "compound:prt", "discourse"}
)
_NEGATIONS = frozenset({"not", "n't", "never", "no"})
_MARGIN = frozenset({",", ";", ":", "--", "-", ".", "``", "''", '"', "(", ")", "-LRB-", "-RRB-"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement in the words of its sentence; `kind` and `how` as in a `Statement`, `word` its main word."""

    kind: str
    how: str
    word: int
    subject: str
    relation: str
    object: str
    far: int = 0


def wordings(sentence: Sentence, tree: Tree) -> list[Wording]:
    """Return what a sentence states, once each."""
    return read_wordings(View(sentence, tree))


def read_wordings(view: View) -> list[Wording]:
    """Return the same for a sentence that is indexed already."""
    found: dict[tuple[str, str, str], Wording] = {}
    for one in (*_of_verbs(view), *_of_nouns(view)):
        if one.subject and one.relation and (one.object or one.kind != "opening"):
            found.setdefault((one.subject, one.relation, one.object), one)
    return list(found.values())


def _of_verbs(view: View) -> Iterator[Wording]:
    for found in propositions(view):
        word = found.word
        group = _group(view, found)
        arguments = _arguments(view, found)
        inside = set(group) | {found.subject.head}
        first = next((c for c in arguments if c not in inside), -1)
        case = _leading_case(view, found, first)
        relation = view.text(sorted({*group, *case}))
        rest = [view.text(_trimmed(view, [i for i in _phrase(view, a) if i not in case])) for a in arguments]
        copular = view.text(_trimmed(view, _predicate_phrase(view, word))) if found.copular else ""
        opening = not arguments and any(view.is_verb(i) for i in view.children(word, ("xcomp",)))
        kind = (
            "opening"
            if opening
            else "copula"
            if found.copular
            else "object"
            if found.object >= 0
            else "oblique"
            if case
            else "other"
        )
        for head in members(view, found.subject.head):
            subject = view.text(_trimmed(view, _phrase(view, head, found.subject.head, word)))
            far = max(word - found.subject.head, 0)
            yield Wording(
                kind, found.subject.how, word, subject, relation, " ".join(t for t in (copular, *rest) if t), far
            )


def _group(view: View, found: Proposition) -> list[int]:
    """Return the words of a verb with its auxiliaries, its governing verbs and what stands between."""
    words: set[int] = set()
    for i, verb in enumerate((*found.chain, found.word)):
        if not (found.copular and verb == found.word):
            words.add(verb)
        for c in view.below[verb]:
            label = view.label(c)
            if label == "mark" and i == 0 and view.lower[c] != "to":
                continue
            if label == "mark" and not found.chain:
                continue
            if label == "advmod" and not (view.lower[c] in _NEGATIONS or (c < verb and c == verb - 1)):
                continue
            if label in _GROUP and not view.is_relative(c):
                words.add(c)
    return sorted(words)


def _arguments(view: View, found: Proposition) -> list[int]:
    """Return the head words of what follows the predicate or stands around it, in the order in which they are told."""
    word = found.word
    if found.copular:
        return [i for i in view.below[word] if view.label(i) in ("advcl", "obl") and not view.is_relative(i)]
    behind = [i for i in view.below[word] if i > word and _argument(view, i, word)]
    if found.object >= 0 and found.object not in behind:
        behind.insert(0, found.object)
    before = [
        i for i in view.below[word] if i < word and view.label(i) in ("obl", "obl:unmarked") and not view.is_relative(i)
    ]
    return [*behind, *before]


def _argument(view: View, i: int, word: int) -> bool:
    label = view.label(i)
    if label in _LEFT_OUT or label in SUBJECTS:
        return False
    return not (label == "xcomp" and view.is_verb(i)) and label != "advmod"


def _leading_case(view: View, found: Proposition, first: int) -> list[int]:
    if first < 0 or found.copular or first < found.word or view.label(first) not in ("obl", "obl:agent"):
        return []
    return view.case(first)


def _phrase(view: View, head: int, top: int = -1, verb: int = -1) -> list[int]:
    """Return the words of an argument, without the clauses behind it and without what it is coordinated with."""
    without = [i for i in view.below[head] if view.label(i) in ("acl:relcl", "parataxis", "cop", "punct") or i == verb]
    if top >= 0:
        without += [i for i in view.below[head] if view.label(i) in ("conj", "cc", "appos", "acl", "case")]
    gone = {j for i in without for j in view.descendants(i)}
    return [i for i in view.descendants(head) if i not in gone]


def _predicate_phrase(view: View, word: int) -> list[int]:
    """Return the words of what stands behind a copula."""
    labels = (*SUBJECTS, "cop", "aux", "mark", "advcl", "parataxis", "acl:relcl", "csubj", "expl", "obl", "cc", "punct")
    without = [i for i in view.below[word] if view.label(i) in labels or (view.label(i) == "conj" and _clause(view, i))]
    gone = {j for i in without for j in view.descendants(i)}
    return [i for i in view.descendants(word) if i not in gone and view.lower[i] not in _NEGATIONS]


def _clause(view: View, i: int) -> bool:
    return view.is_verb(i) or view.child(i, "cop", *SUBJECTS) >= 0


def _trimmed(view: View, words: list[int]) -> list[int]:
    """Return words without punctuation at their ends."""
    while words and view.sentence.words[words[0]] in _MARGIN:
        words = words[1:]
    while words and view.sentence.words[words[-1]] in _MARGIN:
        words = words[:-1]
    return words


def _of_nouns(view: View) -> Iterator[Wording]:
    for found in descriptions(view):
        relation = found.predicate.replace("be ", "is ", 1) if found.predicate != "be" else "is"
        subject = view.text(range(found.subject.first, found.subject.last))
        yield Wording(
            found.kind, "noun", found.word, subject, relation, view.text(range(found.object.first, found.object.last))
        )
