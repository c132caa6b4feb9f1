"""What noun phrases say without a verb: "Apple CEO Tim Cook", "Tim Cook, chief executive of Apple"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgretrieval.extractors._analysis import Name, Sentence
from kgretrieval.extractors._clauses import Clause, Span
from kgretrieval.extractors._phrases import Phrase, name_at

_COURTESY = frozenset("mr mrs ms miss dr sir dame lord lady st mr. mrs. ms. dr. st.".split())
_PAST = frozenset({"former", "ex", "then", "late"})
_ARTICLES = frozenset({"a", "an", "the"})
_BASED = re.compile(r"(.+)-based", re.IGNORECASE)
_COMMON = ("NN", "NNS")
#: More words than this before a name are no title.
_LONGEST_TITLE = 5


class NounReader:
    """Reads the noun phrases of one sentence, whose phrases are `parts`."""

    def __init__(self, sentence: Sentence, parts: Sequence[Phrase]) -> None:
        self._sentence = sentence
        self._parts = parts
        self._kinds = [part.kind for part in parts]

    def clauses(self) -> Iterator[Clause]:
        """Yield what titles, owners and appositions state."""
        for place, phrase in enumerate(self._parts):
            if phrase.kind == "NP":
                yield from self._inside(phrase)
                yield from self._apposition(place)

    # Inside one phrase

    def _inside(self, phrase: Phrase) -> Iterator[Clause]:
        inside = [n for n in self._sentence.names if phrase.first <= n.first and n.last <= phrase.last]
        for i, name in enumerate(inside):
            before = inside[i - 1] if i else None
            if name.type == "person":
                yield from self._titled(phrase, before, name)
            yield from self._based(phrase, name)

    def _titled(self, phrase: Phrase, before: Name | None, name: Name) -> Iterator[Clause]:
        first = before.last if before else phrase.first
        owned = first < name.first and self._sentence.parts[first] == "POS"
        first += owned
        title = self._title(first, name.first)
        if title is None:
            return
        subject = _span(name)
        nationality = before is not None and before.type == "misc" and not owned
        if before is not None and not nationality:
            past = before.first - 1
            former = phrase.first <= past and self._sentence.words[past].lower() in _PAST
            role = lower_words(self._sentence.words[title[0] : title[1]])
            yield Clause(subject, f"is {'former ' if former else ''}{role} of", _span(before), "title")
        else:
            start = before.first if before is not None else title[0]
            yield Clause(subject, "is", Span(start, title[1], title[1] - 1), "title")

    def _title(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the words of a title without its article, None where they are no title."""
        words, parts = self._sentence.words, self._sentence.parts
        while first < last and words[first].lower() in _ARTICLES:
            first += 1
        if not 0 < last - first <= _LONGEST_TITLE or words[last - 1].lower() in _COURTESY:
            return None
        allowed = all(parts[i].startswith(("NN", "JJ", "VBN")) or "-" in words[i] for i in range(first, last))
        return (first, last) if allowed and parts[last - 1].startswith("NN") else None

    def _based(self, phrase: Phrase, name: Name) -> Iterator[Clause]:
        """Yield "is based in" from "Berlin-based Zalando"."""
        for i in range(max(phrase.first, name.first - 3), name.first):
            if _BASED.fullmatch(self._sentence.words[i]):
                yield Clause(_span(name), "is based in", Span(i, i + 1, i), "based")

    # Two phrases side by side

    def _apposition(self, place: int) -> Iterator[Clause]:
        if self._kinds[place + 1 : place + 3] != ["COMMA", "NP"] or self._in_list(place):
            return
        first, second = self._parts[place], self._parts[place + 2]
        end = place + 2
        while self._kinds[end + 1 : end + 3] == ["PP", "NP"]:
            end += 2
        if self._kinds[end + 1 : end + 2] not in ([], ["COMMA"], ["STOP"], ["CLOSE"]):
            return
        if self._is_name(first) and self._describes(second):
            yield self._described(Span(first.first, first.last, first.head), second.first, self._parts[end].last)
        elif end == place + 2 and self._is_name(second) and self._describes(first) and self._sentence.names:
            start = place
            while start >= 2 and self._kinds[start - 2 : start] == ["NP", "PP"]:
                start -= 2
            if self._describes(self._parts[start]):
                subject = Span(second.first, second.last, second.head)
                yield self._described(subject, self._parts[start].first, first.last)

    def _in_list(self, place: int) -> bool:
        """Return whether the phrases at `place` and after the comma are members of a list."""
        behind = place + 3
        while self._kinds[behind : behind + 2] in (["PP", "NP"], ["COMMA", "NP"]):
            behind += 2
        listed = self._kinds[behind : behind + 1] == ["CC"] or self._kinds[behind : behind + 2] == ["COMMA", "CC"]
        return listed or (place > 0 and self._kinds[place - 1] == "CC")

    def _is_name(self, phrase: Phrase) -> bool:
        """Return whether a phrase ends in a person, organisation or place."""
        found = name_at(self._sentence, phrase.last - 1)
        return found >= 0 and self._sentence.names[found].type != "misc"

    def _describes(self, phrase: Phrase) -> bool:
        """Return whether a phrase is about a common noun: "chief executive of Apple", no name and no date."""
        return (
            self._sentence.parts[phrase.head] in _COMMON
            and name_at(self._sentence, phrase.head) < 0
            and self._sentence.parts[phrase.first] not in {"CD", "PRP$", "PRP"}
        )

    def _described(self, subject: Span, first: int, last: int) -> Clause:
        return describe(self._sentence, Clause(subject, "is", Span(first, last, last - 1), "apposition"))


def _span(name: Name) -> Span:
    return Span(name.first, name.last, name.last - 1)


def lower_words(words: Sequence[str]) -> str:
    """Return words in lower case, but "CEO" and "US" as they are."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)


def describe(sentence: Sentence, clause: Clause) -> Clause:
    """Move a role into the predicate: from (Cook, is, the head of Apple) to (Cook, is head of, Apple).

    Only where a name follows the first preposition of the object; other clauses are returned as they are.
    """
    words, parts = sentence.words, sentence.parts
    span = clause.object
    cut = next((i for i in range(span.first + 1, span.last - 1) if parts[i] in {"IN", "TO"}), -1)
    first = span.first + (words[span.first].lower() in _ARTICLES)
    if cut <= first or any(name_at(sentence, i) >= 0 or parts[i] in {"CC", ",", "PRP$"} for i in range(first, cut)):
        return clause
    start = cut + 1 + (words[cut + 1].lower() in _ARTICLES)
    found = name_at(sentence, start)
    if found < 0:
        return clause
    role = lower_words(words[first : cut + 1])
    head = min(sentence.names[found].last, span.last) - 1
    predicate = f"{clause.predicate} {role}"
    return Clause(clause.subject, predicate, Span(start, span.last, head), clause.kind, clause.negated, clause.far)
