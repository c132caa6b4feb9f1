"""What sentences state, in short: minimal arguments and predicates in one form, as the graph holds them.

After K. Gashteovski, R. Gemulla and L. Del Corro, "MinIE: Minimizing Facts in Open Information Extraction" (EMNLP
2017): negation, modality and source are kept beside a statement, not in its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgretrieval.extractors.open_relations import lexicon as lexicon
from kgretrieval.extractors.open_relations.arguments import is_measure, is_time, members, minimal, phrases
from kgretrieval.extractors.open_relations.modality import read_modality
from kgretrieval.extractors.open_relations.nouns import Description, concerned, described, descriptions
from kgretrieval.extractors.open_relations.predicates import active_of, predicate_of
from kgretrieval.extractors.open_relations.propositions import Proposition, propositions
from kgretrieval.extractors.open_relations.view import NOMINAL, Span, View
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Modality

# Prepositions whose phrase is an argument; behind others ("despite", "after") stands a circumstance.
_CASES = frozenset({"out of", "away from", "up to", "ahead of", "on behalf of"}) | frozenset(
    "to with for in at on from against into of over by as about onto towards toward under near alongside among out "
    "behind off".split()
)
# Roles that make no relation: times, manners, reasons, connectives.
_CIRCUMSTANCES = frozenset("ARGM-TMP ARGM-ADV ARGM-DIS ARGM-MNR ARGM-CAU ARGM-PRP ARGM-EXT ARGM-MOD".split())
_NAMING = frozenset(
    "name appoint elect call make crown declare consider vote deem dub nickname label brand judge rate rank nominate "
    "choose pick select".split()
)
# Verbs that say nothing without where to: "put the outcome beyond doubt".
_PLACING = frozenset({"put", "place", "set", "bring", "lay"})
_BECOMING = frozenset("become remain stay".split())
_SPEECH = lexicon.SAYING | lexicon.CLAIMING | lexicon.THINKING
_SPEECH_CASES = frozenset({"to", "with", "about", "against", "of", "for"})
# Verbs whose object is told to do something: "urged Parliament to approve".
_ADDRESSING = frozenset("urge ask order accuse warn advise instruct beg sue invite persuade convince name call".split())
# Verbs that make others act: without them a statement says something else.
_CAUSING = frozenset("make let have get help".split())
# Verbs that say little without their object, and little with one whose infinitive is left out: "has no wish to".
_LIGHT = frozenset("have do make take give get put use".split())
_EMPTY_OBJECTS = frozenset(
    "lot way one thing part kind sort number bit some way anything something everything nothing".split()
)
_EMPTY_HEADS = frozenset("all some many most both each few several none others more less much".split())
#: More words than this are no short phrase.
_LONGEST_OBJECT = 10
_LONGEST_INNER = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation in short. `kind` names what in the tree stated it, `how` where its subject stood."""

    kind: str
    how: str
    word: int
    subject: Span
    predicate: str
    object: Span
    negated: bool = False
    modality: Modality = "asserted"


def statements(sentence: Sentence, tree: Tree) -> list[Statement]:
    """Return what a sentence states, once each, in the order of the words that say it."""
    return read_statements(View(sentence, tree))


def read_statements(view: View) -> list[Statement]:
    """Return the same for a sentence that is indexed already."""
    if not view.lower:
        return []
    found: dict[tuple[Span, str, Span], Statement] = {}
    modalities: dict[int, tuple[bool, Modality]] = {}
    for statement in (*_of_verbs(view), *_of_nouns(view)):
        if _sound(view, statement):
            if statement.word not in modalities:
                modalities[statement.word] = read_modality(view, statement.word)
            negated, modality = modalities[statement.word]
            key = (statement.subject, statement.predicate, statement.object)
            found.setdefault(key, replace(statement, negated=negated, modality=modality))
    return sorted(found.values(), key=lambda s: (s.word, s.subject.first, s.object.first))


def _of_nouns(view: View) -> Iterator[Statement]:
    for found in descriptions(view):
        yield _statement(found, "noun")


def _statement(found: Description, how: str) -> Statement:
    return Statement(found.kind, how, found.word, found.subject, found.predicate, found.object)


def _of_verbs(view: View) -> Iterator[Statement]:
    for found in propositions(view):
        for subject in _subjects(view, found):
            yield from _copular(view, found, subject) if found.copular else _verbal(view, found, subject)


def _subjects(view: View, found: Proposition) -> list[Span]:
    """Return the subjects of a proposition; a relative clause or a participle says something of the last in a list."""
    if found.subject.how in ("relative", "participle"):
        before = [i for i in members(view, found.subject.head) if i < found.word]
        return [minimal(view, before[-1] if before else found.subject.head)]
    return phrases(view, found.subject.head)


def _copular(view: View, found: Proposition, subject: Span) -> Iterator[Statement]:
    word, how = found.word, found.subject.how
    verb = predicate_of(view, found)
    if view.tree.parts[word] == "ADJ":
        if "enough" not in view.lower[word : word + 2]:
            yield from _oblique(view, found, subject, verb, "adjective")
    elif view.case(word):
        if view.names[word] is not None:
            case = view.text(view.case(word)).lower()
            yield Statement("be in", how, word, subject, f"{verb} {case}", minimal(view, word))
    elif view.tree.parts[word] in ("NOUN", "PROPN") and not _cut_short(view, word):
        for head in members(view, word):
            yield from (_statement(d, how) for d in described(view, "copula", subject, head, verb))


def _cut_short(view: View, noun: int) -> bool:
    """Return whether a noun says little without what its phrase leaves out: "the only firm with a network"."""
    span = minimal(view, noun)
    left_out = [i for i in view.children(noun, ("nmod", "acl", "acl:relcl")) if i >= span.last]
    left_out += [i for i in view.children(noun, ("obl",)) if i >= span.last and view.text(view.case(i)).lower() == "of"]
    named = any(view.names[i] is not None for i in left_out)
    return view.names[noun] is None and span.last - span.first == 1 and bool(left_out) and not named


def _verbal(view: View, found: Proposition, subject: Span) -> Iterator[Statement]:
    word, how = found.word, found.subject.how
    if _perhaps_passive(view, word):
        return
    if any(view.tree.lemmas[i] in _CAUSING and view.is_verb(i) for i in found.chain):
        return
    verb = predicate_of(view, found)
    if found.agent >= 0 and not view.children(word, ("xcomp",)):
        for head in members(view, found.agent):
            if not is_time(view, head) and not is_measure(view, head):
                if found.chain:
                    yield Statement("agent", how, word, subject, f"{verb} by", minimal(view, head))
                else:
                    yield Statement("agent", how, word, minimal(view, head), active_of(view, word), subject)
    if (
        found.predicative >= 0
        and view.tree.lemmas[word] in (_NAMING if found.passive else _BECOMING)
        and found.object < 0
    ):
        for head in members(view, found.predicative):
            yield from (_statement(d, how) for d in described(view, "become", subject, head, verb))
    if found.object >= 0:
        yield from _direct(view, found, subject, verb)
    elif not view.children(word, ("xcomp", "ccomp")) and (found.passive or view.tree.lemmas[word] not in _LIGHT):
        yield from _oblique(view, found, subject, verb, "oblique")


def _perhaps_passive(view: View, verb: int) -> bool:
    """Return whether a verb of a headline may be in either voice: "Wenger handed war chest", "Owen set for role"."""
    if view.is_whole or view.sentence.parts[verb] not in ("VBD", "VBN"):
        return False
    return view.child(verb, "aux", "aux:pass") < 0 and view.label(verb) in ("root", "parataxis", "conj")


def _direct(view: View, found: Proposition, subject: Span, verb: str) -> Iterator[Statement]:
    """Yield a verb with its object, and with the object and what follows that: "sign deal with"."""
    kind = "passive object" if found.passive else "object"
    if found.predicative < 0 and not _opens(view, found):
        concern = concerned(view, found.object)
        if concern is not None and concern[0].count(" ") <= _LONGEST_INNER and view.child(found.object, "conj") < 0:
            for head in members(view, concern[1]):
                other = minimal(view, head)
                yield Statement("concern", found.subject.how, found.word, subject, f"{verb} {concern[0]}", other)
        else:
            for other in phrases(view, found.object):
                yield Statement(kind, found.subject.how, found.word, subject, verb, other)
    inner = minimal(view, found.object)
    single = view.child(found.object, "conj") < 0 and not view.is_pronoun(found.object)
    if single and inner.last - inner.first <= _LONGEST_INNER and found.object > found.word:
        words = " ".join(
            w if view.names[i] is not None or w.isupper() else w.lower()
            for i, w in enumerate(view.sentence.words[inner.first : inner.last], start=inner.first)
        )
        yield from _oblique(view, found, subject, f"{verb} {words}", "object and oblique")
        if found.indirect >= 0:
            yield Statement(
                "indirect", found.subject.how, found.word, subject, f"{verb} {words} to", minimal(view, found.indirect)
            )


def _opens(view: View, found: Proposition) -> bool:
    """Return whether what follows the object is what matters: "told the BBC that", "wants Britain to"."""
    lemma = view.tree.lemmas[found.word]
    if lemma in _PLACING and found.obliques:
        return True
    if lemma in _LIGHT and any(view.lower[i] == "to" for i in _marks_of_infinitives(view, found.object)):
        return True
    if "what" in (view.lower[i] for i in (view.tree.heads[found.word], *view.below[found.word]) if i >= 0):
        return True
    clause = any(view.is_verb(i) or view.child(i, "cop") >= 0 for i in view.children(found.word, ("xcomp", "ccomp")))
    return (
        lemma in ("tell", "believe", "think", "say", "expect", "go", "come")
        or (lemma in _SPEECH and found.complement >= 0)
        or (clause and lemma not in _ADDRESSING)
    )


def _marks_of_infinitives(view: View, noun: int) -> list[int]:
    """Return the words that begin the clauses behind a noun, if the noun itself is no name."""
    clauses = view.children(noun, ("acl",)) if view.names[noun] is None else []
    return [i for clause in clauses for i in view.children(clause, ("mark",))]


def _oblique(view: View, found: Proposition, subject: Span, verb: str, kind: str) -> Iterator[Statement]:
    for i in found.obliques:
        case = view.text(view.case(i)).lower()
        role = view.role(found.word, i)
        if case not in _CASES or role in _CIRCUMSTANCES or is_time(view, i):
            continue
        if role in ("ARGM-LOC", "ARGM-DIR") or (case in ("in", "at", "on") and not role.startswith("ARG")):
            # A place makes a relation only where it is all that is said, and has a name.
            if view.names[i] is None or kind == "object and oblique" or view.tree.lemmas[found.word] in _SPEECH:
                continue
        elif is_measure(view, i):
            continue
        if kind == "object and oblique" and view.names[i] is None:
            continue
        if view.tree.lemmas[found.word] in _SPEECH and case not in _SPEECH_CASES:
            continue
        for other in phrases(view, i):
            yield Statement(kind, found.subject.how, found.word, subject, f"{verb} {case}", other)


def _sound(view: View, found: Statement) -> bool:
    """Return whether both arguments can be read alone."""
    subject, other = found.subject, found.object
    if subject.first < other.last and other.first < subject.last:
        return False
    if other.last - other.first > _LONGEST_OBJECT or subject.last - subject.first > _LONGEST_OBJECT:
        return False
    return all(_argument(view, span) for span in (subject, other)) and not is_time(view, other.head)


def _argument(view: View, span: Span) -> bool:
    head = span.head
    if view.names[head] is not None:
        return True
    if view.sentence.parts[span.first] in ("WRB", "WDT", "WP", "WP$"):
        return False
    if view.is_relative(head) or view.sentence.parts[head] in ("WP", "WDT", "EX"):
        return False
    if view.lower[head] in lexicon.NOBODY:
        return False
    if view.is_pronoun(head):
        return view.lower[head] not in _EMPTY_OBJECTS
    if span.last - span.first == 1 and (
        view.tree.parts[head] == "NUM" or view.lower[head] in _EMPTY_OBJECTS or view.lower[head] in _EMPTY_HEADS
    ):
        return False
    return view.tree.parts[head] in NOMINAL or "-" in view.sentence.words[head]
