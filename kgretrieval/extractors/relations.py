"""What sentences state: subject, predicate, object, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.open_relations.attribution import read_attribution
from kgretrieval.extractors.open_relations.confidence import THRESHOLD, confidence
from kgretrieval.extractors.open_relations.statements import Statement, read_statements
from kgretrieval.extractors.open_relations.view import Span, View
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagger import readable, trim
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.types import Relation, TextPart

#: Changes with the rules; the versions of the parser and of the tagger are added to it.
_VERSION = "2.1"
_INDEFINITE = frozenset("a an no any some every each another".split())
_BASED = "-based"


class Relations:
    """Extractor of open relations, on the trees of `parser`.

    A predicate has one form ("meet with" for "has met with"), arguments are as short as they can be said. Negation,
    modality and source are told apart (`Relation.negated`, `modality`, `attributed_to`).

    Parameters
    ----------
    parser : Parser

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it.
    """

    name = "relations"
    gives: frozenset[Kind] = frozenset({"relations"})
    needs: frozenset[Kind] = frozenset({"names"})

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.version = f"{_VERSION}+parser-{parser.version}"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the relations in the English texts of each document, those that are likely to be right.

        One argument at least is a name, a pronoun or a short form ("the company"); what the last two mean is for
        another extractor to say.

        Examples
        --------
        >>> from kgretrieval.extractors.tagger import Tagger
        >>> part = TextPart("text", "Angela Merkel will meet Emmanuel Macron in Paris on Friday.")
        >>> [found] = Relations(Parser(Tagger())).extract([[part]])
        >>> [(r.subject, r.predicate, r.object, r.modality) for r in found.relations]
        [('Angela Merkel', 'meet', 'Emmanuel Macron', 'possible')]
        """
        parts = [[part for part in fields if readable(part)] for fields in documents]
        trees = iter(self._parser.trees([part.text for fields in parts for part in fields]))
        return [
            Extraction(relations=tuple(r for part in fields for one in next(trees) for r in _relations(part, *one)))
            for fields in parts
        ]


def _relations(part: TextPart, sentence: Sentence, tree: Tree) -> Iterator[Relation]:
    view = View(sentence, tree)
    headline = part.field == "title"
    for statement in read_statements(view):
        sure = confidence(view, statement, headline=headline)
        if sure >= THRESHOLD and (_may_mean(view, statement.subject) or _may_mean(view, statement.object)):
            yield from _relation(part, view, statement, sure)


def _may_mean(view: View, span: Span) -> bool:
    """Return whether an argument can mean an entity: a name, a pronoun, or a short form such as "the company"."""
    if view.names[span.head] is not None or view.is_pronoun(span.head):
        return True
    return any(
        view.label(i) in ("det", "nmod:poss") and view.lower[i] not in _INDEFINITE for i in view.below[span.head]
    )


def _relation(part: TextPart, view: View, statement: Statement, sure: float) -> Iterator[Relation]:
    text, sentence = part.text, view.sentence
    first, last = _place(text, sentence, statement.subject)
    object_first, object_last = _place(text, sentence, statement.object)
    if first >= last or object_first >= object_last:
        return
    source = read_attribution(view, statement.word)
    if source is not None and source.first < statement.subject.last and statement.subject.first < source.last:
        source = None
    source_first, source_last = _place(text, sentence, source) if source else (0, 0)
    yield Relation(
        field=part.field,
        start=sentence.spans[0][0],
        end=sentence.spans[-1][1],
        subject=text[first:last],
        subject_start=first,
        subject_end=last,
        subject_head=_head(sentence, statement.subject, first, last),
        predicate=statement.predicate,
        object=text[object_first:object_last],
        object_start=object_first,
        object_end=object_last,
        object_head=_head(sentence, statement.object, object_first, object_last),
        extractor=Relations.name,
        confidence=sure,
        negated=statement.negated,
        modality=statement.modality,
        attributed_to=text[source_first:source_last],
        attributed_head=_head(sentence, source, source_first, source_last) if source else -1,
        predicate_start=sentence.spans[statement.word][0],
    )


def _place(text: str, sentence: Sentence, span: Span) -> tuple[int, int]:
    first, last = trim(text, sentence.spans[span.first][0], sentence.spans[span.last - 1][1])
    return first, last - len(_BASED) if text[first:last].lower().endswith(_BASED) else last


def _head(sentence: Sentence, span: Span, first: int, last: int) -> int:
    start = sentence.spans[span.head][0]
    return start if first <= start < last else first
