"""Who did what to whom, when and where: the semantic roles of English sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.trees import Predicate, Tree
from kgretrieval.extractors.tagger import readable, trim
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Frame, Role, TextPart

#: Changes with the rules; the parser's version is added to it.
_VERSION = "1"
_VERBS, _EVENT_NOUNS = frozenset({"VERB"}), frozenset({"NOUN"})
# Of the arguments of nouns that are less sure, fewer than half are right on srl_ewt's dev part.
_LEAST_NOUN = 0.5
# Marks of how a sentence is built, not of what happens in it.
_LEFT_OUT = frozenset({"ARGM-LVB", "ARGM-CXN", "ARGM-REC", "C-V"})


class Roles:
    """Extractor of semantic roles, on the trees of a `Parser`.

    Verbs are predicates, and nouns that name an event with somebody or something in it; auxiliaries and forms of "be"
    are not. Labels are PropBank's: ARG0 acts, ARG1 is acted on, ARGM-TMP says when, ARGM-LOC where.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.
    """

    name = "roles"
    gives: frozenset[Kind] = frozenset({"frames"})
    needs: frozenset[Kind] = frozenset()

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.version = f"{_VERSION}+parser-{parser.version}"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the frames in the English texts of each document.

        Examples
        --------
        >>> from kgretrieval.extractors.tagger import Tagger
        >>> part = TextPart("text", "The company fired its chief executive on Monday.")
        >>> [found] = Roles(Parser(Tagger())).extract([[part]])
        >>> [frame] = found.frames
        >>> frame.lemma, [(role.label, part.text[role.start : role.end]) for role in frame.roles]
        ('fire', [('ARG0', 'The company'), ('ARG1', 'its chief executive'), ('ARGM-TMP', 'on Monday')])
        """
        parts = [[part for part in fields if readable(part)] for fields in documents]
        trees = iter(self._parser.trees([part.text for fields in parts for part in fields]))
        return [
            Extraction(frames=tuple(frame for part in fields for one in next(trees) for frame in _frames(part, *one)))
            for fields in parts
        ]


def _frames(part: TextPart, sentence: Sentence, tree: Tree) -> Iterator[Frame]:
    for predicate in tree.predicates:
        roles = tuple(_roles(part, sentence, predicate))
        if roles and _happens(tree, predicate):
            start, end = sentence.spans[predicate.word]
            yield Frame(
                field=part.field,
                start=sentence.spans[0][0],
                end=sentence.spans[-1][1],
                lemma=_lemma(tree, predicate.word),
                predicate_start=start,
                predicate_end=end,
                roles=roles,
                extractor=Roles.name,
                confidence=predicate.confidence,
            )


def _happens(tree: Tree, predicate: Predicate) -> bool:
    """Return whether a predicate says what happens: a verb, or surely a noun with who does it or what it is done to."""
    part, label = tree.parts[predicate.word], tree.labels[predicate.word]
    if part in _EVENT_NOUNS:
        sure = predicate.confidence >= _LEAST_NOUN
        return sure and any(role in ("ARG0", "ARG1") for role, *_ in predicate.roles)
    return part in _VERBS and label not in ("cop", "aux", "aux:pass")


def _lemma(tree: Tree, word: int) -> str:
    """Return the base form of a predicate with its particle: "set up"."""
    particles = [
        tree.lemmas[i]
        for i, head in enumerate(tree.heads)
        if head == word and tree.labels[i] == "compound:prt" and i > word
    ]
    return " ".join([tree.lemmas[word], *particles])


def _roles(part: TextPart, sentence: Sentence, predicate: Predicate) -> Iterator[Role]:
    for label, first, last, head in predicate.roles:
        start, end = trim(part.text, sentence.spans[first][0], sentence.spans[last - 1][1])
        if label not in _LEFT_OUT and start < end:
            place = sentence.spans[head][0]
            yield Role(label, start, end, place if start <= place < end else start)
