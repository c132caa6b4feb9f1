"""Texts that say something of a picture, and what is stated in them: names, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kgretrieval.provenance.claims import is_credit
from kgretrieval.store.picture_rows import NamedHere
from kgretrieval.text.clean import fold
from kgretrieval.text.names import name_key
from kgretrieval.types import ClaimKind, EvidenceKind, Statement

KINDS: dict[str, ClaimKind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "date": "date",
    "quantity": "number",
}
NAMES: tuple[ClaimKind, ...] = ("person", "organisation", "place")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
#: Two texts tell of one thing where they share so many words, and such a share of those of the shorter one.
_SHARED, _SHARE = 3, 0.6
#: Letters from which on the beginning of a first name stands for it ("Alex" for "Alexander").
_SHORT_FORM = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """A name, a date or a number in a text; `entities` are what a name may mean, `value` what others mean."""

    kind: ClaimKind
    text: str
    start: int
    sentence: tuple[int, int] = (-1, -1)
    value: str = ""
    entities: frozenset[str] = frozenset()
    field: str = "caption"

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)

    @property
    def words(self) -> list[str]:
        """Return the words of a name without title, case and accents."""
        return name_key(self.text, "person" if self.kind == "person" else "place").split() or [fold(self.text)]


@dataclass(frozen=True)
class Told:
    """A text that says something of the picture, beside the one that is checked.

    Attributes
    ----------
    kind : str
        As in `ClaimEvidence`.
    text : str
        Its words; those of an article are its headline and its text.
    statement : Statement
        Where it stands; its `text` is replaced by the sentence that counts.
    stated : tuple of Stated
        What is stated in it, credits left out.
    around : tuple of Stated
        What the article around a caption states.
    keywords : tuple of str
        Names or words without a place in the text: the keywords of a file, the tags of an article.
    language : str
    archive : bool
        It says that the picture does not show the event itself.
    """

    kind: EvidenceKind
    text: str
    statement: Statement
    stated: tuple[Stated, ...] = ()
    around: tuple[Stated, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    archive: bool = False

    @cached_property
    def folded(self) -> str:
        """The words of the text with blanks around them, without case and accents."""
        return f" {' '.join(_WORD.findall(fold(self.text)))} "

    def of_kind(self, kind: ClaimKind) -> list[Stated]:
        """Return what it states of one kind."""
        return [one for one in self.stated if one.kind == kind]

    def quote(self, one: Stated | None) -> Statement:
        """Return the sentence in which something is stated as evidence."""
        said, names = self.statement, (one.text,) if one is not None else ()
        sentence = self.text
        if one is not None and one.sentence[0] >= 0 and one.field != "title":
            sentence = self.text[one.sentence[0] : one.sentence[1]]
        elif one is not None and one.field == "title":
            sentence = said.title
        return Statement(
            said.use, said.picture, said.article, sentence or said.title, said.date, said.source, said.title, names
        )


def stated_in(rows: Iterable[NamedHere], texts: dict[str, str]) -> tuple[Stated, ...]:
    """Return what the rows of one holder state, by its fields' texts; photographers and agencies are left out."""
    found = []
    for row in rows:
        kind = KINDS.get(row.type)
        text = texts.get(row.field, "")
        if kind is None or (row.field == "caption" and is_credit(text, row.start, row.start + len(row.text))):
            continue
        entities = frozenset({row.entity} - {""})
        sentence = (row.sentence_start, row.sentence_end)
        found.append(Stated(kind, row.text, row.start, sentence, row.value, entities, row.field))
    return tuple(found)


def same_name(one: Stated, other: Stated) -> bool:
    """Return whether two names are of the same, as far as their words and entities say."""
    if one.entities & other.entities:
        return True
    ours, theirs = one.words, other.words
    if ours == theirs:
        return True
    if _HAN.search(one.text) or _HAN.search(other.text):
        return False
    if "person" in (one.kind, other.kind):
        return one.kind == other.kind and _same_person(ours, theirs)
    # "Supreme Court" is in "US Supreme Court", but "York" is not in "New York".
    short, long = sorted((ours, theirs), key=len)
    return len(short) > 1 and f" {' '.join(short)} " in f" {' '.join(long)} "


def _same_person(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if ours[-1] != theirs[-1]:
        # "Messi" and "Lionel Messi" share their last word; "Kylian" and "Kylian Mbappe" the first one.
        short, long = sorted((ours, theirs), key=len)
        return len(short) == 1 and len(long) > 1 and short[0] == long[0] and len(short[0]) > _SHORT_FORM
    if len(ours) == 1 or len(theirs) == 1:
        return True
    first, second = ours[0], theirs[0]
    short_first, long_first = sorted((first, second), key=len)
    initial = len(short_first) == 1 or len(short_first) >= _SHORT_FORM
    return initial and long_first.startswith(short_first)


def related(one: Stated, other: Stated) -> bool:
    """Return whether two names share so much that they may be of the same: a word, or one within the other."""
    if same_name(one, other) or fold(one.text) in fold(other.text) or fold(other.text) in fold(one.text):
        return True
    return any(word in other.words for word in one.words if len(word) > _SHORT_FORM)


def stands_in(one: Stated, told: Told) -> bool:
    """Return whether a name is written in a text or among its keywords; a person's last name is enough in a keyword."""
    words = one.words
    if _HAN.search(one.text):
        return one.text in told.text or one.text in told.keywords
    if f" {' '.join(words)} " in told.folded:
        return True
    return any(_keyword_is(words, fold(keyword).split()) for keyword in told.keywords)


def topic_words(text: str, without: Iterable[Stated], stop: frozenset[str]) -> set[str]:
    """Return the words of a text that carry a topic, of Chinese its pairs of characters, without what is stated."""
    for one in without:
        text = text.replace(one.text, " ")
    words = [word for word in _WORD.findall(fold(text)) if word not in stop and not word.isdigit()]
    pairs = {word[at : at + 2] for word in words if _HAN.search(word) for at in range(len(word) - 1)}
    return {word for word in words if not _HAN.search(word) and len(word) > 1} | pairs


def one_matter(ours: set[str], theirs: set[str]) -> bool:
    """Return whether two texts tell of one thing: they share three words, and most of those of the shorter one.

    Two captions of one picture that share less may both be right: newspapers print a photograph of a court house below
    any verdict.
    """
    shared = len(ours & theirs)
    return shared >= _SHARED and shared >= _SHARE * min(len(ours), len(theirs))


def _keyword_is(words: Sequence[str], keyword: Sequence[str]) -> bool:
    return list(words) == list(keyword)
