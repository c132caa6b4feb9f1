"""Who says what a sentence states: "X said that", "according to X", ", X said", "X:" in headlines."""

from __future__ import annotations

from kgretrieval.extractors.open_relations import lexicon as lexicon
from kgretrieval.extractors.open_relations.arguments import minimal
from kgretrieval.extractors.open_relations.view import Span, View
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Sentence

_UP = frozenset(
    {
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "acl:relcl",
        "conj",
        "parataxis",
        "appos",
        "nsubj",
        "obj",
        "obl",
        "nmod",
        "nmod:desc",
        "nsubj:pass",
    }
)
_REPORTING = lexicon.SAYING | lexicon.CLAIMING | lexicon.THINKING | lexicon.DENYING
_CLAIMS = lexicon.CLAIM_NOUNS | {"report", "statement", "announcement", "warning", "news"}
#: More words than this before a colon are no speaker.
_LONGEST_SPEAKER = 5


def attribution_of(sentence: Sentence, tree: Tree, word: int) -> Span | None:
    """Return who says what a word says, None where the writer does.

    Parameters
    ----------
    sentence : Sentence
    tree : Tree
        Of the same sentence.
    word : int
        The main word of a statement.
    """
    return read_attribution(View(sentence, tree), word)


def read_attribution(view: View, word: int) -> Span | None:
    """Return the same for a sentence that is indexed already."""
    at = word
    for _ in range(len(view.lower)):
        source = _beside(view, at)
        if source >= 0:
            return minimal(view, source)
        head, label = view.tree.heads[at], view.label(at)
        if head < 0 or label not in _UP:
            break
        if label == "ccomp" or (label in ("xcomp", "advcl") and view.tree.lemmas[head] in lexicon.DENYING):
            source = _speaker(view, head, at)
            if source >= 0:
                return minimal(view, source)
        at = head
    return _before_colon(view, word)


def _beside(view: View, at: int) -> int:
    """Return who is named beside a clause: ", X said" or "according to X"."""
    for i in view.below[at]:
        if view.label(i) == "parataxis" and i > at and view.tree.lemmas[i] in _REPORTING:
            source = view.child(i, "nsubj")
            if source >= 0 and not view.is_relative(source):
                return source
        if view.label(i) in ("obl", "nmod", "advcl") and _according(view, i):
            return i
    return -1


def _according(view: View, i: int) -> bool:
    return any(view.lower[c] == "according" for c in view.below[i]) or view.lower[max(i - 1, 0)] == "according"


def _speaker(view: View, verb: int, clause: int) -> int:
    """Return the subject of a verb that reports a clause."""
    if view.tree.lemmas[verb] not in _REPORTING:
        return -1
    at = verb
    for _ in range(4):
        source = min(view.children(at, ("nsubj",)), key=lambda i: abs(i - verb), default=-1)
        if source >= 0 and source != clause:
            return -1 if view.lower[source] in ("it", "there") or view.is_relative(source) else source
        if view.label(at) not in ("conj", "xcomp"):
            break
        at = view.tree.heads[at]
    if view.label(verb) == "acl:relcl" and view.child(verb, "nsubj") < 0:
        return view.tree.heads[verb]
    return -1


def _before_colon(view: View, word: int) -> Span | None:
    """Return the name before the colon of a headline: "Blair: Britain backs Turkey"."""
    words = view.sentence.words
    if words and words[-1] in (".", "!", '"', "”"):
        return None
    for name in view.sentence.names[:1]:
        end = name.last
        if (
            end < min(word, _LONGEST_SPEAKER)
            and words[end] == ":"
            and name.first == 0
            and name.type in ("person", "organisation")
        ):
            return Span(name.first, name.last, name.last - 1)
    return None
