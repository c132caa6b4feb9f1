"""What the parser says of a sentence: a dependency tree, lemmas and semantic roles of its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that says what happens, with its arguments: (PropBank's label, first word, last word exclusive, head)."""

    word: int
    roles: tuple[tuple[str, int, int, int], ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of a `Sentence`, in its order, in the manner of Universal Dependencies (version 2, basic trees).

    Attributes
    ----------
    heads : tuple of int
        Position of each word's head, -1 for the root; always one tree with one root.
    labels : tuple of str
        Relation of each word to its head ("nsubj", "obl", ...), subtypes as in English EWT ("nsubj:pass").
    parts : tuple of str
        Universal parts of speech ("NOUN", "PROPN", "VERB", ...).
    lemmas : tuple of str
        Base forms in lower case, names as written.
    predicates : tuple of Predicate
        In the order of their words.
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    parts: tuple[str, ...]
    lemmas: tuple[str, ...]
    predicates: tuple[Predicate, ...] = ()
