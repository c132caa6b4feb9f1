"""Names of persons, organisations, places and other things in English text."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from kgretrieval.extractors._analysis import Name, Reader, Sentence, split
from kgretrieval.extractors._weights import read_card
from kgretrieval.extractors.base import Extraction, Kind
from kgretrieval.extractors.pronouns import PRONOUNS
from kgretrieval.types import Mention, Origin, TextPart

#: Texts remembered, so that what is built on the tags does not compute them again; about four batches of an ingest.
REMEMBERED = 2048

_EDGES = " \t\n\r\"'`‘’“”„«»,;:.!?()[]{}<>|*_#@-–—/\\…•"
_POSSESSIVES = ("'s", "’s", "'S", "’S")
# "Inc.", "U.S.", "Jr.": the full stop belongs to the word.
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_SHORT_WORDS = frozenset("inc co corp ltd jr sr bros st no plc llc etc dr mr mrs gov sen rep gen".split())


class Tagger:
    """Extractor of named entities.

    Attributes
    ----------
    name, version : str
        As `kgretrieval.extractors.base.Extractor` has it; the version changes with the weights.
    """

    name = "tagger"
    gives: frozenset[Kind] = frozenset({"names"})
    needs: frozenset[Kind] = frozenset()

    def __init__(self) -> None:
        self._card = read_card()
        self.version = self._card.version
        self._reader: Reader | None = None
        self._known: OrderedDict[str, tuple[Sentence, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def analyse(self, texts: Sequence[str]) -> list[tuple[Sentence, ...]]:
        """Return the tagged sentences of English texts, in order; texts seen lately are not read again."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
            new = [text for text in dict.fromkeys(texts) if text not in found]
            if new:
                found.update(zip(new, self._read(new), strict=True))
            for text in new:
                self._known[text] = found[text]
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [found[text] for text in texts]

    def _read(self, texts: Sequence[str]) -> Iterator[tuple[Sentence, ...]]:
        untagged = [split(text) for text in texts]
        if self._reader is None and any(untagged):
            self._reader = Reader(self._card)
        every = [sentence for sentences in untagged for sentence in sentences]
        tagged = iter(self._reader.read(every) if self._reader else [])
        for sentences in untagged:
            yield tuple(next(tagged) for _ in sentences)

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the names in the English texts of each document; in other languages and in tags there are none.

        Examples
        --------
        >>> text = "Angela Merkel met Emmanuel Macron in Paris on Friday."
        >>> [found] = Tagger().extract([[TextPart("text", text)]])
        >>> [(mention.text, mention.type) for mention in found.mentions]
        [('Angela Merkel', 'person'), ('Emmanuel Macron', 'person'), ('Paris', 'place')]
        """
        parts = [[part for part in fields if readable(part)] for fields in documents]
        analyses = iter(self.analyse([part.text for fields in parts for part in fields]))
        return [
            Extraction(mentions=tuple(mention for part in fields for mention in _mentions(part, next(analyses))))
            for fields in parts
        ]


def readable(part: TextPart) -> bool:
    """Return whether a part is running text in a language the tagger knows."""
    return part.field != "tags" and part.language.partition("-")[0] == "en"


def _mentions(part: TextPart, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    origin: Origin = "caption" if part.field == "caption" else "article"
    for sentence in sentences:
        for name in sentence.names:
            start, end = trim(part.text, *name_span(sentence, name))
            text = part.text[start:end]
            if any(map(str.isalnum, text)) and text.lower() not in PRONOUNS:
                yield Mention(part.field, start, end, text, name.type, origin, "tagger", name.confidence)


def name_span(sentence: Sentence, name: Name) -> tuple[int, int]:
    """Return the (start, end) of a name in the text."""
    return sentence.spans[name.first][0], sentence.spans[name.last - 1][1]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without punctuation at its edges and without a possessive ending."""
    before = (-1, -1)
    while before != (start, end):
        before = start, end
        while start < end and text[start] in _EDGES:
            start += 1
        while start < end and text[end - 1] in _EDGES and not _abbreviated(text[start:end]):
            end -= 1
        if text[start:end].endswith(_POSSESSIVES):
            end -= 2
    if _INITIALS.fullmatch(text, start, end) and text[end : end + 1] == ".":
        end += 1
    return start, end


def _abbreviated(text: str) -> bool:
    """Return whether the full stop at the end belongs to the last word: "U.S.", "Inc.", "George W."."""
    word = text.rpartition(" ")[2]
    bare = word.rstrip(".")
    return word.endswith(".") and (len(bare) == 1 or "." in bare or bare.lower() in _SHORT_WORDS)
