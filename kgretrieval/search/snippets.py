"""The sentence of a hit that answers the query, with the words that matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kgretrieval.text.analysis import Analyser
from kgretrieval.text.fragments import stretches
from kgretrieval.text.sentences import sentence_spans
from kgretrieval.types import Document, Field, Snippet

#: Characters of a text in which a sentence is looked for: what stands later opens no article.
_MOST_TEXT = 20_000


class SnippetMaker:
    """Chooses sentences for one query.

    Parameters
    ----------
    analyser : Analyser
        The collection's.
    groups : sequence
        The variants of each query word, as `Analyser.query_terms` gives them.
    fragments : sequence of str
        Stretches of letters that were looked for in the text of pictures (`kgretrieval.search.fragments`).
    """

    def __init__(self, analyser: Analyser, groups: Sequence[tuple[str, ...]], fragments: Sequence[str] = ()) -> None:
        self._analyser = analyser
        self._fragments = fragments
        self._word_of = {term: place for place, group in reversed(list(enumerate(groups))) for term in group}

    def snippet(self, document: Document, articles: Mapping[str, Document]) -> Snippet | None:
        """Return the sentence with the most different words of the query, the earliest among equals.

        A picture's captions are looked at before the text in it, both before the articles it illustrates (`articles`,
        by id). Where no word matches it is the caption or the first sentence, without marks; None where there is no
        text at all.
        """
        own, letters = self._best(_parts(document)), self._fragment(document)
        if letters is not None and (own is None or (own.field == "reading" and _marked(letters) > _marked(own))):
            return letters
        if own is not None:
            return own
        for identifier in document.articles:
            if identifier in articles:
                lent = self._best(_parts(articles[identifier]))
                if lent is not None:
                    return lent
        return _lead(document)

    def _fragment(self, document: Document) -> Snippet | None:
        """Return the line of the text in a picture that holds the longest of the stretches looked for."""
        lines = document.reading.lines if document.reading else ()
        for wanted in sorted(self._fragments, key=len, reverse=True):
            for line in lines:
                if marks := stretches(line.text, wanted):
                    return Snippet(line.text, "reading", tuple(marks))
            # It may go over several lines.
            if document.reading and (marks := stretches(document.reading.text, wanted)):
                return Snippet(document.reading.text, "reading", tuple(marks))
        return None

    def _best(self, parts: Iterable[tuple[Field, str, str]]) -> Snippet | None:
        best: tuple[int, Snippet | None] = (0, None)
        if self._word_of:
            for field, text, language in parts:
                best = max(best, self._best_sentence(field, text, language), key=lambda pair: pair[0])
        return best[1]

    def _best_sentence(self, field: Field, text: str, language: str) -> tuple[int, Snippet | None]:
        spans = self._analyser.term_spans(text, language)
        hits = [(self._word_of[term], start, end) for term, start, end in spans if term in self._word_of]
        if not hits:
            return 0, None
        best = (0, 0, 0)
        for start, end in _sentences(field, text, language):
            different = len({word for word, first, last in hits if start <= first and last <= end})
            if different > best[0]:
                best = (different, start, end)
        different, start, end = best
        if not different:
            return 0, None
        marks = _joined((first - start, last - start) for _, first, last in hits if start <= first and last <= end)
        return different, Snippet(text[start:end], field, marks)


def _parts(document: Document) -> list[tuple[Field, str, str]]:
    """Return the texts of a document, with their languages, as they are preferred: a headline is seen anyway."""
    language = document.language
    if document.kind == "article":
        return [("text", document.text[:_MOST_TEXT], language), ("title", document.title, language)]
    parts: list[tuple[Field, str, str]] = [("caption", caption, language) for caption in document.captions]
    if document.reading is not None:
        parts.append(("reading", document.reading.text, document.reading.language))
    return parts


def _marked(snippet: Snippet) -> int:
    return sum(end - start for start, end in snippet.marks)


def _lead(document: Document) -> Snippet | None:
    if document.kind == "picture":
        return Snippet(document.captions[0], "caption") if document.captions else None
    spans = sentence_spans(document.text[:2000], document.language)
    if spans:
        start, end = spans[0]
        return Snippet(document.text[start:end], "text")
    return Snippet(document.title, "title") if document.title else None


def _sentences(field: Field, text: str, language: str) -> list[tuple[int, int]]:
    return [(0, len(text))] if field == "title" else sentence_spans(text, language)


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans in order, those that overlap (bigrams of Chinese) as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
