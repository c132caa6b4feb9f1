"""Names of persons, organisations, places and other things in English, German and Chinese text."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from kgretrieval.extractors.base import Extraction, Kind, origin_of
from kgretrieval.extractors.pronouns import PRONOUNS
from kgretrieval.extractors.tagging.agreement import agree
from kgretrieval.extractors.tagging.analysis import Name, Reader, Sentence, split
from kgretrieval.extractors.tagging.labels import NO_NAMES
from kgretrieval.extractors.tagging.weights import LANGUAGES, read_card
from kgretrieval.types import Mention, TextPart

#: Texts remembered, so that what is built on the tags does not compute them again; about four batches of an ingest.
REMEMBERED = 2048

_EDGES = " \t\n\r\"'`‘’“”„«»,;:.!?()[]{}<>|*_#@-–—/\\…•，。；：！？、（）《》〈〉「」『』【】·"
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
        self._cards = {language: read_card(language) for language in LANGUAGES}
        self.version = "+".join(dict.fromkeys(card.version for card in self._cards.values()))
        self._readers: dict[str, Reader] = {}
        self._known: OrderedDict[tuple[str, str], tuple[Sentence, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def analyse(self, texts: Sequence[str], language: str = "en") -> list[tuple[Sentence, ...]]:
        """Return the tagged sentences of texts of one language, in order; texts seen lately are not read again.

        Parameters
        ----------
        texts : sequence of str
        language : str
            ``"en"``, ``"de"`` or ``"zh"``; parts of speech and chunks are there in English only.
        """
        with self._lock:
            known = self._known
            found = {text: known[language, text] for text in texts if (language, text) in known}
            new = [text for text in dict.fromkeys(texts) if text not in found]
            if new:
                found.update(zip(new, self._read(new, language), strict=True))
            for text in new:
                known[language, text] = found[text]
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        return [found[text] for text in texts]

    def tag(self, documents: Sequence[Sequence[Sequence[str]]], language: str = "en") -> list[tuple[Sentence, ...]]:
        """Return documents that are given as words, tagged; the span of a word is its place in the sentence."""
        untagged = [[Sentence(tuple(w), tuple((i, i + 1) for i in range(len(w)))) for w in d] for d in documents]
        with self._lock:
            return list(self._tagged(untagged, language))

    def _read(self, texts: Sequence[str], language: str = "en") -> Iterator[tuple[Sentence, ...]]:
        return self._tagged([split(text, language) for text in texts], language)

    def _tagged(self, documents: Sequence[Sequence[Sentence]], language: str) -> Iterator[tuple[Sentence, ...]]:
        every = [sentence for sentences in documents for sentence in sentences]
        if every and language not in self._readers:
            self._readers[language] = Reader(self._cards[language])
        tagged = iter(self._readers[language].read(every) if every else [])
        for sentences in documents:
            yield agree([next(tagged) for _ in sentences])

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the names in the English, German and Chinese texts of each document; in tags there are none.

        Examples
        --------
        >>> text = "Angela Merkel met Emmanuel Macron in Paris on Friday."
        >>> [found] = Tagger().extract([[TextPart("text", text)]])
        >>> [(mention.text, mention.type) for mention in found.mentions]
        [('Angela Merkel', 'person'), ('Emmanuel Macron', 'person'), ('Paris', 'place')]
        """
        texts: dict[str, list[str]] = {}
        for part in (part for fields in documents for part in fields):
            if part.field != "tags" and language_of(part) in LANGUAGES:
                texts.setdefault(language_of(part), []).append(part.text)
        analyses = {language: iter(self.analyse(own, language)) for language, own in texts.items()}
        return [
            Extraction(
                mentions=tuple(
                    mention
                    for part in fields
                    if part.field != "tags" and language_of(part) in LANGUAGES
                    for mention in _mentions(part, next(analyses[language_of(part)]))
                )
            )
            for fields in documents
        ]


def language_of(part: TextPart) -> str:
    """Return the language of a part without its country: ``"en"`` of ``"en-GB"``."""
    return part.language.partition("-")[0]


def readable(part: TextPart) -> bool:
    """Return whether a part is running text in English, which all extractors read."""
    return part.field != "tags" and language_of(part) == "en"


def _mentions(part: TextPart, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    origin = origin_of(part.field)
    for sentence in sentences:
        for name in sentence.names:
            if name.label in NO_NAMES:
                continue
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
