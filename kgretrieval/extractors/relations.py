"""What sentences state: subject, predicate, object, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgretrieval.extractors._analysis import Sentence
from kgretrieval.extractors._clauses import Clause, Span, VerbReader
from kgretrieval.extractors._confidence import confidence
from kgretrieval.extractors._nouns import NounReader, describe
from kgretrieval.extractors._phrases import is_pronoun, name_at, phrases
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.tagger import Tagger, readable, trim
from kgretrieval.types import Relation, TextPart

#: Changes with the rules; the tagger's version is added to it.
_VERSION = "1"
# Parts of speech of what is no object, whatever the chunker says.
_NO_OBJECTS = frozenset({"IN", "TO", "RB", "RP", "CC", "MD", "POS"})
_BE = frozenset({"is", "was", "are", "were", "became", "becomes"})


class Relations:
    """Extractor of open relations, on the tags of `tagger`.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it.
    """

    name = "relations"
    gives: frozenset[Kind] = frozenset({"relations"})
    needs: frozenset[Kind] = frozenset({"names"})

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self.version = f"{_VERSION}+tagger-{tagger.version}"

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the relations in the English texts of each document, none with a pronoun.

        Examples
        --------
        >>> from kgretrieval.extractors.tagger import Tagger
        >>> part = TextPart("text", "Angela Merkel met Emmanuel Macron in Paris on Friday.")
        >>> [found] = Relations(Tagger()).extract([[part]])
        >>> [(r.subject, r.predicate, r.object) for r in found.relations][0]
        ('Angela Merkel', 'met', 'Emmanuel Macron in Paris on Friday')
        """
        parts = [[part for part in fields if readable(part)] for fields in documents]
        analyses = iter(self._tagger.analyse([part.text for fields in parts for part in fields]))
        return [
            Extraction(relations=tuple(r for part in fields for s in next(analyses) for r in _relations(part, s)))
            for fields in parts
        ]


def clauses_of(sentence: Sentence, *, pronouns: bool = False) -> list[tuple[Clause, float]]:
    """Return what a tagged sentence states, each with its confidence; with `pronouns`, also of "he" and "it"."""
    parts = phrases(sentence)
    found = [*VerbReader(sentence, parts).clauses(), *NounReader(sentence, parts).clauses()]
    found = [describe(sentence, c) if c.kind == "copula" and c.predicate in _BE else c for c in found]
    found = [apart for clause in found for apart in _apart(sentence, clause)]
    kept = [clause for clause in found if _sound(sentence, clause, pronouns=pronouns)]
    places = {(c.subject, c.predicate, c.object): c for c in reversed(kept)}
    return [(clause, confidence(sentence, clause)) for clause in reversed(places.values())]


def _sound(sentence: Sentence, clause: Clause, *, pronouns: bool) -> bool:
    subject, found = clause.subject, clause.object
    if subject.first < found.last and found.first < subject.last:
        return False
    if clause.kind != "say" and sentence.parts[found.head] in _NO_OBJECTS:
        return False
    if pronouns:
        return True
    stand_ins = is_pronoun(sentence, subject.first, subject.last) or is_pronoun(sentence, found.first, found.last)
    return not stand_ins and sentence.parts[subject.first] != "PRP$"


def _apart(sentence: Sentence, clause: Clause) -> Iterator[Clause]:
    """Yield one clause for each of coordinated names: "Merkel and Macron met" states two things."""
    for subject in _conjuncts(sentence, clause.subject):
        for found in _conjuncts(sentence, clause.object) if clause.kind != "say" else [clause.object]:
            yield replace(clause, subject=subject, object=found)


def _conjuncts(sentence: Sentence, span: Span) -> list[Span]:
    """Return the members of "A, B and C" where each ends in a name, else the whole span."""
    if name_at(sentence, span.head) < 0:
        return [span]
    members, first, conjoined = [], span.first, False
    for i in range(span.first, span.last + 1):
        part = sentence.parts[i] if i < span.last else ","
        if part in {"CC", ","} and (i == span.last or name_at(sentence, i) < 0):
            conjoined = conjoined or part == "CC"
            if i > first:
                members.append(Span(first, i, i - 1))
            first = i + 1
    names = all(name_at(sentence, member.head) >= 0 for member in members)
    return members if conjoined and names and len(members) > 1 else [span]


def _relations(part: TextPart, sentence: Sentence) -> Iterator[Relation]:
    text = part.text
    start, end = sentence.spans[0][0], sentence.spans[-1][1]
    for clause, sure in clauses_of(sentence):
        first, last = _place(text, sentence, clause.subject)
        object_first, object_last = _place(text, sentence, clause.object)
        if first < last and object_first < object_last:
            yield Relation(
                field=part.field,
                start=start,
                end=end,
                subject=text[first:last],
                subject_start=first,
                subject_end=last,
                subject_head=_head(sentence, clause.subject, first, last),
                predicate=clause.predicate,
                object=text[object_first:object_last],
                object_start=object_first,
                object_end=object_last,
                object_head=_head(sentence, clause.object, object_first, object_last),
                extractor=Relations.name,
                confidence=sure,
                negated=clause.negated,
            )


def _place(text: str, sentence: Sentence, span: Span) -> tuple[int, int]:
    return trim(text, sentence.spans[span.first][0], sentence.spans[span.last - 1][1])


def _head(sentence: Sentence, span: Span, first: int, last: int) -> int:
    start = sentence.spans[span.head][0]
    return start if first <= start < last else first
