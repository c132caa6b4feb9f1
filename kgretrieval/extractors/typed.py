"""Relations of a closed list between two mentions of one sentence: who works for whom, was born where, owns what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.parsing.trees import Tree
from kgretrieval.extractors.tagger import readable, trim
from kgretrieval.extractors.tagging.analysis import Sentence
from kgretrieval.extractors.typed_relations.arguments import Argument, arguments_of
from kgretrieval.extractors.typed_relations.features import Reading
from kgretrieval.extractors.typed_relations.model import Model
from kgretrieval.extractors.typed_relations.pairs import Candidates, candidates
from kgretrieval.extractors.typed_relations.predicates import PREDICATE_NAMES
from kgretrieval.extractors.typed_relations.stated import Stated, stated
from kgretrieval.extractors.typed_relations.weights import read_model, read_relations_card
from kgretrieval.types import Relation, TextPart

#: Changes with the rules; the versions of the weights and of the parser are added to it.
_RULES = "1"


class Typed:
    """Extractor of typed relations, on the names of the tagger and the trees of the parser.

    Parameters
    ----------
    parser : Parser
        What it has read is not read again.

    Attributes
    ----------
    name, version, gives, needs
        As `kgretrieval.extractors.base.Extractor` has them.
    """

    name = "typed"
    gives: frozenset[Kind] = frozenset({"relations"})
    needs: frozenset[Kind] = frozenset({"names"})

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._card = read_relations_card()
        self.version = f"{_RULES}-{self._card.version}+parser-{parser.version}"
        self._model: Model | None = None

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the typed relations in the English texts of each document.

        Subjects and objects are names, dates, or pronouns ("he", "its"); what a pronoun means is for another
        extractor to say. The confidence is a probability.

        Examples
        --------
        >>> from kgretrieval.extractors.parsing.parser import Parser
        >>> from kgretrieval.extractors.tagger import Tagger
        >>> part = TextPart("text", "Marie Curie, born in Warsaw, was married to Pierre Curie.")
        >>> [found] = Typed(Parser(Tagger())).extract([[part]])
        >>> [(r.subject, r.predicate, r.object) for r in found.relations]
        [('Marie Curie', 'born in', 'Warsaw'), ('Marie Curie', 'married to', 'Pierre Curie')]
        """
        parts = [[part for part in fields if readable(part)] for fields in documents]
        trees = self._parser.trees([part.text for fields in parts for part in fields])
        found = iter(self._read([sentence for sentences in trees for sentence in sentences]))
        sizes = iter([len(sentences) for sentences in trees])
        return [
            Extraction(
                relations=tuple(
                    relation
                    for part in fields
                    for _ in range(next(sizes))
                    for relation in _relations(part, *next(found))
                )
            )
            for fields in parts
        ]

    def _read(self, sentences: Sequence[tuple[Sentence, Tree]]) -> list[tuple[Sentence, list[Stated]]]:
        """Return each sentence with what it states."""
        read = [_candidates(sentence, tree) for sentence, tree in sentences]
        asked = [found for found in read if found is not None]
        if asked and self._model is None:
            self._model = read_model()
        probabilities = iter(self._model.probabilities(asked) if self._model is not None else ())
        least = np.array([self._card.thresholds[name] for name in PREDICATE_NAMES])
        return [
            (sentence, [] if found is None else stated(found, next(probabilities), least))
            for (sentence, _), found in zip(sentences, read, strict=True)
        ]


def _candidates(sentence: Sentence, tree: Tree) -> Candidates | None:
    arguments = arguments_of(sentence)
    found = candidates(Reading(sentence, tree, arguments)) if len(arguments) > 1 else None
    return found if found is not None and found.pairs else None


def _relations(part: TextPart, sentence: Sentence, statements: Sequence[Stated]) -> Iterator[Relation]:
    for one in statements:
        first, last = _place(part.text, sentence, one.subject)
        object_first, object_last = _place(part.text, sentence, one.object)
        if first < last and object_first < object_last:
            yield Relation(
                field=part.field,
                start=sentence.spans[0][0],
                end=sentence.spans[-1][1],
                subject=part.text[first:last],
                subject_start=first,
                subject_end=last,
                subject_head=_head(sentence, one.subject, first, last),
                predicate=one.predicate.name,
                object=part.text[object_first:object_last],
                object_start=object_first,
                object_end=object_last,
                object_head=_head(sentence, one.object, object_first, object_last),
                extractor=Typed.name,
                confidence=one.probability,
                negated=one.negated,
                modality=one.modality,
                typed=True,
                predicate_start=sentence.spans[one.trigger][0] if one.trigger >= 0 else -1,
            )


def _place(text: str, sentence: Sentence, argument: Argument) -> tuple[int, int]:
    return trim(text, sentence.spans[argument.first][0], sentence.spans[argument.last - 1][1])


def _head(sentence: Sentence, argument: Argument, first: int, last: int) -> int:
    start = sentence.spans[argument.head][0]
    return start if first <= start < last else first
