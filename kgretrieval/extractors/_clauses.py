"""What the verbs of a sentence say: subject, verb group, object, from chunks and parts of speech.

In the manner of Fader, Soderland and Etzioni, "Identifying Relations for Open Information Extraction" (EMNLP
2011): a relation is a verb group with its preposition, its arguments are the noun phrases around it. Subjects
are also found across relative clauses, insertions and coordinated verbs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgretrieval.extractors._analysis import Sentence
from kgretrieval.extractors._phrases import Phrase, VerbGroup, name_at, verb_group

_SAYING = frozenset(
    "said says say saying told tells announced announces believes believed thinks thought claimed claims added adds "
    "argued argues warned warns reported reports confirmed confirms insisted insists estimated suggests "
    "suggested".split()
)
_OF_VERBS = frozenset("in at on into to against by near over with".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december year years month months week weeks day days today yesterday tomorrow morning "
    "evening night weekend".split()
)
_CLAUSE_ENDS = frozenset({"VP", "REL", "SBAR", "STOP", "OPEN", "CLOSE"})


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (exclusive) that fill a place in a relation, with their head word."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A relation in words; `kind` names the pattern that found it, `far` counts words from subject to verb."""

    subject: Span
    predicate: str
    object: Span
    kind: str
    negated: bool = False
    far: int = 0


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb group at its place among the phrases, with its subject."""

    place: int
    group: VerbGroup
    subject: Span | None


class VerbReader:
    """Reads the verbs of one sentence, whose phrases are `parts`."""

    def __init__(self, sentence: Sentence, parts: Sequence[Phrase]) -> None:
        self._sentence = sentence
        self._parts = parts
        self._kinds = [part.kind for part in parts]
        self._verbs: list[_Verb] = []

    def clauses(self) -> Iterator[Clause]:
        """Yield the relations that the verbs state."""
        for place, phrase in enumerate(self._parts):
            if phrase.kind == "VP":
                group = verb_group(self._sentence, phrase)
                verb = _Verb(place, group, self._subject(place, group))
                self._verbs.append(verb)
                if verb.subject is not None and group.predicate:
                    yield from self._statements(verb, verb.subject)

    # Subjects

    def _subject(self, place: int, group: VerbGroup) -> Span | None:
        left = place - 1
        while left >= 0 and self._kinds[left] in {"ADVP", "OTHER"}:
            left -= 1
        if left < 0:
            return None if group.finite else self._opening_subject(place)
        kind = self._kinds[left]
        if kind == "REL":
            return self._referent(left)
        if kind in {"CC", "COMMA"}:
            return self._subject_across(left, group)
        if kind == "NP" and not group.infinitive:
            return self._subject_ending_at(left, finite=group.finite)
        if kind == "CLOSE":
            return self._subject_ending_at(self._back_to(left, "OPEN") - 1, finite=True)
        if not group.finite and self._verbs:
            return self._verbs[-1].subject
        return None

    def _back_to(self, place: int, kind: str) -> int:
        while place >= 0 and self._kinds[place] != kind:
            place -= 1
        return place

    def _referent(self, relative: int) -> Span | None:
        """Return what "which", "who" or "that" refers to: the noun phrase before it."""
        left = relative - 1
        while left >= 0 and self._kinds[left] in {"COMMA", "PP", "QUOTE"}:
            left -= 1
        while left >= 2 and self._kinds[left - 2 : left] == ["NP", "PP"] and self._time(left):
            # "signed a law on Friday that": the law, not Friday.
            left -= 2
        return self._span(left, left) if left >= 0 and self._kinds[left] == "NP" else None

    def _time(self, place: int) -> bool:
        head = self._parts[place].head
        return self._sentence.words[head].lower() in _TIMES or self._sentence.parts[head] == "CD"

    def _subject_ending_at(self, place: int, *, finite: bool) -> Span | None:
        """Return the noun phrase at `place` with those it belongs to ("protesters in Berlin", "Tom and Ann")."""
        if place < 0 or self._kinds[place] != "NP":
            return None
        first = place
        while finite and first >= 2 and self._kinds[first - 2 : first] == ["NP", "PP"]:
            first -= 2
        if first < place and first and self._kinds[first - 1] in {"VP", "PP"}:
            # The chain hangs on the verb before it: only its last phrase is the subject.
            first = place
        elif finite and first == place and first and self._kinds[first - 1] == "PP":
            return None
        first = self._first_conjunct(first)
        return self._span(first, place)

    def _first_conjunct(self, place: int) -> int:
        """Return where "A, B and C" begins that ends at `place`, if it opens its clause: else B may be an object."""
        first = place
        conjoined = False
        while first >= 2 and self._kinds[first - 2] == "NP" and self._kinds[first - 1] in {"CC", "COMMA"}:
            conjoined = conjoined or self._kinds[first - 1] == "CC"
            first -= 2
        while conjoined and first >= 2 and self._kinds[first - 2 : first] == ["NP", "PP"]:
            # "The capsule with Tom and Ann": the capsule.
            first -= 2
        opening = first == 0 or self._kinds[first - 1] in {"STOP", "QUOTE", "SBAR"}
        return first if conjoined and opening else place

    def _subject_across(self, left: int, group: VerbGroup) -> Span | None:
        """Return the subject of a verb behind a comma or a conjunction."""
        last = self._verbs[-1] if self._verbs else None
        if self._kinds[left] == "CC" or not group.finite:
            if last is not None:
                return last.subject
            return self._subject_ending_at(left - 1, finite=False)
        opened = self._back_to(left - 1, "COMMA")
        inserted = self._subject_ending_at(opened - 1, finite=True) if opened > 0 else None
        if inserted is not None:
            name = self._span(left - 1, left - 1)
            if opened == left - 2 and self._named(name) and not self._named(inserted):
                # "The chief executive of Tesla, Elon Musk, bought": the name says who.
                return name
            return inserted
        return last.subject if last is not None and last.place > opened else None

    def _named(self, span: Span) -> bool:
        return name_at(self._sentence, span.head) >= 0

    def _opening_subject(self, place: int) -> Span | None:
        """Return the subject of a sentence that opens with a participle: "Speaking in Rome, Merkel said"."""
        for i in range(place + 1, len(self._parts) - 1):
            if self._kinds[i] == "VP":
                return None
            if self._kinds[i : i + 2] == ["COMMA", "NP"]:
                return self._span(i + 1, i + 1)
        return None

    def _span(self, first: int, last: int) -> Span:
        return Span(self._parts[first].first, self._parts[last].last, self._parts[first].head)

    # Objects

    def _statements(self, verb: _Verb, subject: Span) -> Iterator[Clause]:
        group = verb.group
        far = max(self._parts[verb.place].first - subject.last, 0)
        end = self._clause_end(verb.place)
        right = verb.place + 1
        while right < end and self._kinds[right] in {"ADVP", "QUOTE"}:
            right += 1
        if group.verb in _SAYING and not group.passive:
            said = self._said(verb.place + 1) or self._said_before(subject)
            if said is not None:
                yield Clause(subject, group.predicate, said, "say", group.negated, far)
                return
        adjuncts = list(self._adjuncts(right, end))
        direct: Span | None = None
        if right < end and self._kinds[right] in {"NP", "ADJP"}:
            last = self._last_conjunct(right, end)
            adjuncts = list(self._adjuncts(last + 1, end))
            direct = self._span(right, last)
            kind = "copula" if group.copula else self._kinds[right].lower()
            found = self._with_adjuncts(direct, adjuncts)
            yield Clause(subject, group.predicate, found, kind, group.negated, far)
        for i, (words, span) in enumerate(adjuncts):
            if i == 0 and direct is None:
                kind = "prep"
            elif self._belongs_to_verb(words, span, direct if i == 0 else None):
                kind = "adjunct"
            else:
                continue
            found = self._with_adjuncts(span, adjuncts[i + 1 :])
            yield Clause(subject, f"{group.predicate} {words}", found, kind, group.negated, far)

    def _belongs_to_verb(self, preposition: str, span: Span, direct: Span | None) -> bool:
        """Return whether a prepositional phrase behind others says where or with whom something was done.

        Only a name is worth a relation of its own. One right behind a named direct object belongs to that, as in "the
        Louvre in Paris", unless the name is a person's.
        """
        if not self._named(span) or preposition not in _OF_VERBS:
            return False
        owner = -1 if direct is None else name_at(self._sentence, direct.head)
        return owner < 0 or self._sentence.names[owner].type == "person"

    @staticmethod
    def _with_adjuncts(span: Span, adjuncts: Sequence[tuple[str, Span]]) -> Span:
        """Return a span with the prepositional phrases that follow it word for word."""
        for words, adjunct in adjuncts:
            if adjunct.first - len(words.split()) == span.last:
                span = replace(span, last=adjunct.last)
        return span

    def _clause_end(self, place: int) -> int:
        """Return the place of the phrase that ends what belongs to the verb at `place`."""
        for i in range(place + 1, len(self._parts)):
            kind = self._kinds[i]
            if kind in _CLAUSE_ENDS:
                return i
            if kind == "CC" and self._kinds[i + 1 : i + 2] not in (["NP"], ["ADJP"]):
                return i
            if kind == "COMMA" and not self._list_goes_on(i):
                return i
        return len(self._parts)

    def _list_goes_on(self, comma: int) -> bool:
        """Return whether a comma stands in "A, B and C"."""
        for i in range(comma + 1, len(self._parts)):
            if self._kinds[i] == "CC":
                return self._kinds[i + 1 : i + 2] == ["NP"] and self._kinds[i + 2 : i + 3] != ["VP"]
            if self._kinds[i] not in {"NP", "COMMA"}:
                return False
        return False

    def _last_conjunct(self, place: int, end: int) -> int:
        last = place
        while last + 2 < end and self._kinds[last + 1] in {"CC", "COMMA"}:
            if self._kinds[last + 2] != self._kinds[place] or self._kinds[last + 3 : last + 4] == ["VP"]:
                break
            last += 2
        return last

    def _adjuncts(self, place: int, end: int) -> Iterator[tuple[str, Span]]:
        """Yield the preposition and the noun phrase of each prepositional phrase behind a verb."""
        i = place
        while i + 1 < end:
            if self._kinds[i : i + 2] == ["PP", "NP"]:
                last = self._last_conjunct(i + 1, end)
                words = self._sentence.words[self._parts[i].first : self._parts[i].last]
                yield " ".join(words).lower(), self._span(i + 1, last)
                i = last
            i += 1

    def _said(self, first: int) -> Span | None:
        """Return the clause that somebody said, if one follows; its head is its verb, so that it is about nobody."""
        while self._kinds[first : first + 2] == ["PP", "NP"] and self._kinds[first + 2 : first + 3] != ["VP"]:
            # "said on Friday that", "told in Berlin how"
            first += 2
        while first < len(self._parts) and self._kinds[first] in {"SBAR", "QUOTE", "COMMA", "STOP"}:
            first += 1
        for i in range(first, len(self._parts)):
            if self._kinds[i] == "VP" and verb_group(self._sentence, self._parts[i]).finite:
                last = len(self._parts) - 1
                while last > i and self._kinds[last] in {"STOP", "QUOTE"}:
                    last -= 1
                return Span(self._parts[first].first, self._parts[last].last, self._parts[i].head)
            if self._kinds[i] in {"STOP", "REL"}:
                return None
        return None

    def _said_before(self, subject: Span) -> Span | None:
        """Return what stands before ", Merkel said"."""
        first = next((i for i, kind in enumerate(self._kinds) if kind not in {"QUOTE", "STOP", "CC"}), 0)
        verb = next((v for v in self._verbs[:-1] if v.group.finite and v.subject is not None), None)
        before = subject.first - 1
        while before > 0 and self._sentence.words[before] in {",", '"', "''", "”", "’", "'"}:
            before -= 1
        if verb is None or before == subject.first - 1 or self._parts[verb.place].last > before + 1:
            return None
        return Span(self._parts[first].first, before + 1, self._parts[verb.place].head)
