"""A sentence with its tree, indexed for reading: children, spans, names, semantic roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagging.analysis import Name, Sentence

PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "EX"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
QUOTES = frozenset({'"', "``", "''", "“", "”", "'", "`", "‘", "’"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (exclusive) of a sentence, with their head word."""

    first: int
    last: int
    head: int


class View:
    """What is asked of a tree again and again.

    Attributes
    ----------
    sentence : Sentence
    tree : Tree
    lower : list of str
        The words in lower case.
    below : list of list of int
        The children of each word, in order.
    """

    def __init__(self, sentence: Sentence, tree: Tree) -> None:
        self.sentence = sentence
        self.tree = tree
        self.lower = [word.lower() for word in sentence.words]
        self.below: list[list[int]] = [[] for _ in sentence.words]
        for i, head in enumerate(tree.heads):
            if head >= 0:
                self.below[head].append(i)

    @cached_property
    def names(self) -> list[Name | None]:
        """The name that covers each word."""
        found: list[Name | None] = [None] * len(self.sentence.words)
        for name in self.sentence.names:
            for i in range(name.first, name.last):
                found[i] = name
        return found

    @cached_property
    def roles(self) -> dict[int, dict[int, str]]:
        """For each predicate its arguments' head words with their labels."""
        return {p.word: {head: label for label, _, _, head in p.roles} for p in self.tree.predicates}

    @cached_property
    def is_whole(self) -> bool:
        """Whether the sentence ends as sentences do; headlines, which leave words out, do not."""
        return self.sentence.words[-1] in _ENDS

    def is_copular(self, word: int) -> bool:
        """Return whether a word is what somebody or something is said to be; a clause behind "is that" is not."""
        return self.child(word, "cop") >= 0 and not self.is_verb(word)

    def label(self, word: int) -> str:
        """Return the relation of a word to its head."""
        return self.tree.labels[word]

    def role(self, predicate: int, word: int) -> str:
        """Return the semantic role of a word at a predicate, ``""`` where none is known."""
        return self.roles.get(predicate, {}).get(word, "")

    def children(self, word: int, labels: Collection[str]) -> list[int]:
        """Return the children that stand in one of these relations."""
        return [i for i in self.below[word] if self.tree.labels[i] in labels]

    def child(self, word: int, *labels: str) -> int:
        """Return the first child that stands in one of these relations, -1 where there is none."""
        return next((i for i in self.below[word] if self.tree.labels[i] in labels), -1)

    def descendants(self, word: int, without: Collection[int] = ()) -> list[int]:
        """Return a word and all below it, in order, but not what is below the words in `without`."""
        found, open_ = [], [word]
        while open_:
            i = open_.pop()
            found.append(i)
            open_.extend(c for c in self.below[i] if c not in without)
        return sorted(found)

    def is_verb(self, word: int) -> bool:
        """Return whether a word is a verb that says what happens: no auxiliary, no copula."""
        return self.tree.parts[word] == "VERB" and self.tree.labels[word] not in (
            "aux",
            "aux:pass",
            "cop",
            "case",
            "mark",
        )

    def is_passive(self, word: int) -> bool:
        """Return whether a verb is in the passive voice, or is a past participle behind a noun."""
        auxiliary = self.child(word, "aux:pass")
        if auxiliary >= 0:
            return self.tree.lemmas[auxiliary] in ("be", "get", "become")
        if self.child(word, "nsubj:pass") >= 0 and self.sentence.parts[word] in ("VBN", "VBD", "JJ"):
            # Without an auxiliary that is a headline's way; in a whole sentence it is the parser's mistake.
            return not self.is_whole and self.child(word, "obj") < 0 and self.child(word, "aux") < 0
        if self.tree.labels[word] in ("acl", "advcl"):
            mark = self.child(word, "aux", "mark")
            bare = mark < 0 or self.lower[mark] in _STATE_MARKS
            past = self.sentence.parts[word] == "VBN" or (self.sentence.parts[word] == "VBD" and mark < 0)
            return past and bare and self.child(word, "nsubj") < 0
        return self.tree.labels[word] == "xcomp" and self.sentence.parts[word] in ("VBN", "VBD")

    def is_announced(self, word: int) -> bool:
        """Return whether a verb is the infinitive of a headline without a finite verb: "Ford to buy Volvo"."""
        head = self.tree.heads[word]
        if self.tree.labels[word] != "acl" or self.tree.labels[head] != "root" or self.names[head] is None:
            return False
        return self.child(head, "cop") < 0 and self.child(word, "mark") == head + 1

    def is_pronoun(self, word: int) -> bool:
        """Return whether a word stands for another one."""
        return self.names[word] is None and (
            self.tree.parts[word] == "PRON" or self.sentence.parts[word] in PRONOUN_TAGS
        )

    def is_relative(self, word: int) -> bool:
        """Return whether a word is a relative pronoun."""
        return self.lower[word] in _RELATIVES and self.names[word] is None

    def is_hyphen(self, word: int) -> bool:
        """Return whether a word is a hyphen without blanks around it."""
        spans = self.sentence.spans
        if self.sentence.words[word] not in ("-", "–", "/") or not 0 < word < len(spans) - 1:
            return False
        return spans[word - 1][1] == spans[word][0] and spans[word][1] == spans[word + 1][0]

    def case(self, word: int) -> list[int]:
        """Return the words of the preposition before a word: "in", "because of"."""
        found: list[int] = []
        for i in self.below[word]:
            if self.tree.labels[i] == "case" and i < word:
                found += [i, *self.children(i, ("fixed",))]
        return sorted(found)

    def text(self, words: Collection[int]) -> str:
        """Return words of the sentence with blanks between."""
        return " ".join(self.sentence.words[i] for i in words)


_ENDS = frozenset({".", "!", "?", '"', "”", "''", "’", "'", ":", ";", "...", "…"})
_STATE_MARKS = frozenset({"when", "if", "once", "as", "although", "though", "while"})
