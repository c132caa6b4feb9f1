"""Whether a sentence asserts what one of its words says, negates it, hedges it, or has somebody deny it.

Triggers (`lexicon.py`) are looked for on the way from the word up to the root of the tree: at the word itself, and
at each word that governs it through a complement, a participle, a noun ("plans to") or a coordination.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgretrieval.extractors.open_relations import lexicon as lexicon
from kgretrieval.extractors.open_relations.view import View
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Modality

# What outweighs what: a denied plan is denied.
_RANK: dict[Modality, int] = {"asserted": 0, "possible": 1, "alleged": 2, "denied": 3}
_UP = frozenset({"xcomp", "ccomp", "advcl", "acl", "conj", "parataxis", "csubj", "csubj:pass", "obj", "obl", "nmod"})
_OPENING = lexicon.CONDITIONS | {"like"}
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")


@dataclass(slots=True)
class Reading:
    """What was gathered on the way up."""

    negated: bool = False
    modality: Modality = "asserted"

    def put(self, modality: Modality) -> None:
        """Take a modality if it outweighs what was found before."""
        if _RANK[modality] > _RANK[self.modality]:
            self.modality = modality


def modality_of(sentence: Sentence, tree: Tree, word: int) -> tuple[bool, Modality]:
    """Return whether what a word says is negated, and how the sentence puts it.

    Parameters
    ----------
    sentence : Sentence
    tree : Tree
        Of the same sentence.
    word : int
        The main word of a statement: a verb, what stands behind a copula, or a noun that says what somebody is.
    """
    return read_modality(View(sentence, tree), word)


def read_modality(view: View, word: int) -> tuple[bool, Modality]:
    """Return the same for a sentence that is indexed already."""
    reading = Reading()
    _read_local(view, word, word, reading)
    at = word
    for _ in range(len(view.lower)):
        head, label = view.tree.heads[at], view.label(at)
        if head < 0 or label not in _UP or not _step(view, at, head, label, word, reading):
            break
        at = head
    _read_frame(view, word, at, reading)
    return reading.negated, reading.modality


# At one word


def _read_local(view: View, at: int, word: int, reading: Reading) -> None:
    """Take in what stands beside a predicate: auxiliaries, adverbs, conditions, "no" in its arguments."""
    for i in view.below[at]:
        label, said = view.label(i), view.lower[i]
        reading.negated ^= _negates(view, i, at, label)
        if label in ("aux", "cop") and said in lexicon.MODALS and not _had(view, i, at):
            reading.put("possible")
        elif label in ("mark", "case"):
            _read_mark(view, i, at, reading)
        elif label in ("advmod", "amod"):
            _read_modifier(said, label, reading, own=at == word)


def _negates(view: View, i: int, at: int, label: str) -> bool:
    """Return whether a word beside a predicate negates it."""
    said = view.lower[i]
    if label in ("advmod", "cc:preconj", "det") and (said in lexicon.NOT or view.tree.lemmas[i] == "not"):
        return i < at + 3 and not _only(view, i)
    if label == "det":
        return said == "no" and not view.is_verb(at)
    if label == "advmod":
        return said in ("longer", "more") and _no_before(view, i)
    return label in ("nsubj", "nsubj:pass", "obj") and _nobody(view, i)


def _read_modifier(said: str, label: str, reading: Reading, *, own: bool) -> None:
    if said in lexicon.HEDGING and label == "advmod":
        reading.put("possible")
    elif said in (lexicon.ALLEGED_ADVERBS if label == "advmod" else lexicon.ALLEGED_ADJECTIVES if own else ()):
        reading.put("alleged")
    elif label == "amod" and own and said in lexicon.OPEN_ADJECTIVES:
        reading.put("possible")


def _read_mark(view: View, mark: int, at: int, reading: Reading) -> None:
    said, following = view.lower[mark], view.lower[mark + 1 : mark + 2]
    if said in ("without", "instead", "rather"):
        reading.negated ^= True
    elif said == "to":
        # "Blair to visit Rome", "in order to win": not yet.
        ahead = view.label(at) in ("root", "parataxis", "advcl", "ccomp") or view.is_announced(at)
        if ahead and view.is_verb(at) and not _outcome(view, at):
            reading.put("possible")
    elif view.label(mark) == "mark" and (said in _OPENING or (said, *following) in (("in", "case"), ("as", "if"))):
        reading.put("possible")


def _outcome(view: View, at: int) -> bool:
    """Return whether an infinitive says what came of it: "beat Leeds to win the cup"."""
    head = view.tree.heads[at]
    return view.label(at) == "advcl" and view.tree.lemmas[head] in ("beat", "defeat", "overcome", "go", "return")


def _only(view: View, i: int) -> bool:
    """Return whether "not" is that of "not only", "not just"."""
    return view.lower[i + 1 : i + 2] in (["only"], ["just"], ["least"])


def _no_before(view: View, i: int) -> bool:
    return i > 0 and (view.lower[i - 1] == "no" or (view.lower[i] == "more" and "no" in view.lower[max(i - 2, 0) : i]))


def _had(view: View, aux: int, at: int) -> bool:
    """Return whether "'d" is "had" ("he'd gone"), or "ca", "wo" stand for themselves."""
    return view.lower[aux] in ("'d", "’d") and view.sentence.parts[at] == "VBN"


def _nobody(view: View, argument: int) -> bool:
    """Return whether an argument says that there is none: "no deal", "nobody", "none of them"."""
    if view.lower[argument] in lexicon.NOBODY:
        return True
    return any(
        view.lower[i] in ("no", "neither") and view.label(i) in ("det", "det:predet") for i in view.below[argument]
    )


# One step up


def _step(view: View, at: int, head: int, label: str, word: int, reading: Reading) -> bool:
    """Take in what the head of a word says of it; return whether what is above the head bears on it, too."""
    lemma = view.tree.lemmas[head].lower()
    if label == "conj":
        return _coordinated(view, at, head, reading)
    if label in ("obj", "obl", "nmod"):
        return _argument_of(view, at, head, label, reading)
    if label in ("acl", "csubj", "csubj:pass") or (label in ("ccomp", "xcomp") and not _verbal(view, head)):
        return _of_noun(view, at, head, lemma, reading)
    if label == "parataxis":
        return False
    if label == "xcomp" or (label == "advcl" and _of_doing(view, at)):
        return _controlled(view, at, head, lemma, reading)
    if label == "ccomp":
        return _reported(view, at, head, lemma, reading)
    if label == "advcl" and view.child(at, *_SUBJECTS) < 0 and view.sentence.parts[at] == "VBG":
        # "is set to win, replacing Jones": as open as what it goes with.
        beside = Reading()
        _read_local(view, head, head, beside)
        reading.put(beside.modality)
        return view.label(head) in ("xcomp", "ccomp", "conj")
    return False


def _verbal(view: View, word: int) -> bool:
    return view.is_verb(word) or view.tree.parts[word] in ("VERB", "AUX", "ADJ")


def _of_doing(view: View, at: int) -> bool:
    """Return whether a clause is the participle of "accused of doing", "barred from doing"."""
    mark = view.child(at, "mark", "case")
    if view.child(at, *_SUBJECTS) >= 0:
        return False
    return (
        mark >= 0
        and view.lower[mark] in ("of", "from", "with", "against", "on", "about", "for")
        and view.lower[at].endswith("ing")
    )


def _coordinated(view: View, at: int, head: int, reading: Reading) -> bool:
    """Take what the first of coordinated predicates shares with the others: "may buy or sell"."""
    if view.child(at, *_SUBJECTS) < 0 and view.tree.parts[at] == view.tree.parts[head]:
        same_form = view.sentence.parts[at] == view.sentence.parts[head]
        bare = view.sentence.parts[at] in ("VB", "VBN", "VBG") or not view.is_verb(at)
        if same_form and bare and view.child(at, "aux", "cop") < 0:
            shared = Reading()
            _read_local(view, head, head, shared)
            reading.put(shared.modality)
            but = any(view.lower[i] in ("but", "yet") for i in view.children(at, ("cc",)))
            reading.negated ^= shared.negated and not but
    return view.label(head) in ("xcomp", "ccomp", "acl", "advcl", "conj")


def _argument_of(view: View, at: int, head: int, label: str, reading: Reading) -> bool:
    """Take in what a verb says of a noun that carries the statement: "denied claims", "a report of plans"."""
    if label == "nmod" or not view.is_verb(head):
        return False
    if view.tree.lemmas[head] in lexicon.DENYING and label == "obj":
        reading.put("denied")
    return False


def _of_noun(view: View, at: int, head: int, lemma: str, reading: Reading) -> bool:
    """Take in a noun or an adjective with a complement: "claims that", "plans to", "it is likely that"."""
    if view.label(at) == "acl" and view.child(at, "mark") < 0 and not _of_doing(view, at):
        return False
    if lemma in lexicon.CLAIM_NOUNS or (lemma == "report" and view.tree.parts[head] == "NOUN"):
        reading.put("alleged")
    elif lemma in lexicon.PLAN_NOUNS or lemma in lexicon.PLANNING or lemma in ("possible", "unclear", "doubtful"):
        reading.put("possible")
    elif lemma in ("impossible", "untrue", "false", "wrong"):
        reading.negated ^= True
    return view.label(head) in ("obj", "obl", "nmod")


def _controlled(view: View, at: int, head: int, lemma: str, reading: Reading) -> bool:
    """Take in a verb with an infinitive or a participle: "failed to", "hopes to", "denies doing", "accused of"."""
    own = Reading()
    _read_local(view, head, head, own)
    passive = view.is_passive(head)
    of_doing = _of_doing(view, at)
    reading.put(own.modality)
    if lemma in lexicon.DENYING:
        reading.put("denied" if not own.negated else "possible")
        return True
    reading.negated ^= own.negated
    if lemma in lexicon.NEGATING or (lemma in lexicon.PREVENTING and of_doing) or _ruled_out(view, head):
        reading.negated ^= True
    elif lemma in lexicon.ALLEGING and (passive or of_doing or lemma in ("claim", "allege", "purport")):
        reading.put("alleged")
    elif lemma in lexicon.PLANNING or lemma in lexicon.THINKING or (lemma == "go" and view.lower[head] == "going"):
        reading.put("possible")
    return True


def _ruled_out(view: View, head: int) -> bool:
    return view.tree.lemmas[head] == "rule" and "out" in view.lower[head + 1 : head + 3]


def _reported(view: View, at: int, head: int, lemma: str, reading: Reading) -> bool:
    """Take in a verb with a clause: neutral, a claim, an opinion, a denial."""
    own = Reading()
    _read_local(view, head, head, own)
    if lemma in lexicon.DENYING:
        reading.put("possible" if own.negated else "denied")
    elif lemma in lexicon.CLAIMING:
        reading.put("alleged")
    elif lemma in lexicon.THINKING or own.negated or (view.is_passive(head) and lemma in lexicon.ALLEGING):
        reading.put("possible")
    return False


def _read_frame(view: View, word: int, top: int, reading: Reading) -> None:
    """Take in what frames the whole clause: a question, or ", X claims" behind it."""
    if view.lower[0] in ("perhaps", "maybe"):
        reading.put("possible")
    for i in view.children(top, ("parataxis",)):
        if view.tree.lemmas[i] in lexicon.CLAIMING and i > top:
            reading.put("alleged")
        elif view.tree.lemmas[i] in ("believe", "think", "hope", "predict", "suspect") and i > top:
            reading.put("possible")
    last = len(view.lower) - 1
    while last > 0 and view.lower[last] in ('"', "''", "”", "'", "’", ")"):
        last -= 1
    if view.lower and view.lower[last] == "?" and not _beside_question(view, word):
        reading.put("possible")


def _beside_question(view: View, word: int) -> bool:
    """Return whether a word is no part of what its sentence asks: in a noun phrase, in a relative clause."""
    predicate = view.is_verb(word) or view.child(word, "cop") >= 0
    return not predicate or view.label(word) == "acl:relcl"
