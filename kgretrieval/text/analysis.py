"""Texts and queries to the terms that are counted and looked up, the same way for both.

A term is a word without markup, case and accents, reduced to its stem by NLTK's Snowball stemmer
(Porter, "Snowball: A language for stemming algorithms", 2001); runs of Han characters give their
bigrams, since Chinese sets no blanks between words. Stop words are dropped, but a line made of
nothing else keeps them all: the headline "To be or not to be" and the query "to be or not to be"
find each other, while the words cost no room in the body of every article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kgretrieval.errors import CollectionError
from kgretrieval.text import nltk_data
from kgretrieval.text._markup import MarkupPlaces
from kgretrieval.text._placed import Placer
from kgretrieval.text._stop_words import STOP_WORDS
from kgretrieval.text._words import bigrams, words
from kgretrieval.text.clean import fold, visible_pieces
from kgretrieval.text.language import guess_language
from kgretrieval.text.nltk_leaf import nltk_leaf

_VERSION = 1
_STEMMERS = {"en": "EnglishStemmer", "de": "GermanStemmer"}
# What words end in that the stemmers take off; a prefix may cut an ending anywhere.
_ENDINGS = {
    "en": ("ations", "ities", "ments", "nesses", "ingly", "edly", "ively", "isms", "ists", "ers", "ies"),
    "de": ("ungen", "heiten", "keiten", "ische", "ern", "em", "es"),
}
_LINE = re.compile(r"[^\n\r]+")
_CACHE = 1 << 17

TermSpan = tuple[str, int, int]
#: The words of a phrase: the place of each, counted in words and Han characters, and its variants. A stop word has
#: no entry but takes its place.
Phrase = tuple[tuple[int, tuple[str, ...]], ...]


class Analyser:
    """Turns texts and queries into terms as its config says.

    Parameters
    ----------
    config : Mapping[str, Any]
        What `config` of an earlier analyser held; it survives JSON. A collection stores it, so
        that queries are always analysed as the articles were, whatever is installed later.

    Raises
    ------
    CollectionError
        If the config asks for what is not here, naming what to install.

    Examples
    --------
    >>> Analyser.default().terms("<p>The elections of Zürich</p>", "en")
    ['elect', 'zurich']
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        if config.get("version") != _VERSION:
            raise CollectionError(
                f"the text analysis of this collection has version {config.get('version')!r}, this program knows "
                f"{_VERSION}: open it with the release of kgretrieval that made it, or ingest again"
            )
        self.config: dict[str, Any] = dict(config)
        self._stop = {language: frozenset(map(fold, words)) for language, words in config["stop_words"].items()}
        self._wordnet = _wordnet(config["lemmas"])
        self._stemmers = {language: _stemmer(name) for language, name in config["stemmers"].items()}
        self._term = lru_cache(maxsize=_CACHE)(self._analyse_word)
        self._placer = Placer(self._analyse_word)

    def __reduce__(self) -> tuple[type[Analyser], tuple[dict[str, Any]]]:
        return type(self), (self.config,)

    @classmethod
    def default(cls) -> Analyser:
        """Return the best analyser for a new collection on this machine.

        NLTK's stop words take the place of the built-in ones, and WordNet's lemmas come before
        the English stemmer ("mice" is found by "mouse"), where NLTK's data is installed.
        """
        wordnet = nltk_data.WordNet.installed()
        return cls(
            {
                "version": _VERSION,
                "stemmers": dict(_STEMMERS),
                "stop_words": {key: list(words) for key, words in {**STOP_WORDS, **nltk_data.stop_words()}.items()},
                "lemmas": {"wordnet": wordnet.digest} if wordnet else {},
            }
        )

    def terms(self, text: str, language: str) -> list[str]:
        """Return the terms of `text` in order, repeated as often as they occur."""
        return self.placed_terms(text, language)[0]

    def placed_terms(self, text: str, language: str) -> tuple[list[str], list[int]]:
        """Return the terms of `text` in order and the position of each.

        Positions count words, stop words too, and Han characters; a blank line counts as many.

        Examples
        --------
        >>> Analyser.default().placed_terms("The president of France", "en")
        (['presid', 'franc'], [1, 3])
        """
        return self._placer.placed_terms("".join(piece.text for piece in visible_pieces(text)), language)

    def term_spans(self, text: str, language: str) -> list[TermSpan]:
        """Return ``(term, start, end)`` for every term; the offsets count in `text` as it was given.

        The bigrams of Chinese overlap. Where markup stands inside a word it lies within the span.
        """
        pieces = visible_pieces(text)
        seen = text if all(piece.exact for piece in pieces) else "".join(piece.text for piece in pieces)
        found: list[TermSpan] = []
        for line in _LINE.finditer(seen):
            found.extend(self._line_terms(seen, line.start(), line.end(), language))
        if seen is text:
            return found
        place = MarkupPlaces(pieces)
        return [(term, place.start(start), place.end(end)) for term, start, end in found]

    def query_terms(self, text: str, languages: Sequence[str]) -> list[tuple[str, ...]]:
        """Return one group of variants for each word of a query: its stems in each of `languages`.

        A word is left out where the language that the query seems to be in, or else every one of
        `languages`, has it as a stop word; if that leaves nothing, all words are kept.
        """
        languages = list(dict.fromkeys(languages)) or ["en"]
        guessed = guess_language(text, default="")
        judges = [guessed] if guessed in languages else languages
        groups: dict[tuple[str, ...], bool] = {}
        for kind, word, _, _ in words(text, 0, len(text)):
            if kind == "han":
                groups.update(dict.fromkeys(((gram,) for gram, _, _ in bigrams(word, 0)), True))
                continue
            group = tuple(dict.fromkeys(self._term(word, language)[0] for language in languages))
            groups[group] = groups.get(group, False) or not all(self._term(word, judge)[1] for judge in judges)
        return [group for group, content in groups.items() if content] or list(groups)

    def phrase(self, text: str, languages: Sequence[str]) -> Phrase:
        """Return the words of a phrase and where each stands in it, for `LexicalIndex.phrase_rows`.

        Stop words are left out as `query_terms` leaves them out, but the words around them keep their distance:
        "president of France" is found in "the president of France" and in "president in France", not in "president
        France".

        Examples
        --------
        >>> Analyser.default().phrase("president of France", ["en"])
        ((0, ('presid',)), (2, ('franc',)))
        """
        languages = list(dict.fromkeys(languages)) or ["en"]
        guessed = guess_language(text, default="")
        judges = [guessed] if guessed in languages else languages
        place = 0
        found: list[tuple[int, tuple[str, ...], bool]] = []
        for kind, word, start, _ in words(text, 0, len(text)):
            if kind == "han":
                found.extend((place + at - start, (gram,), True) for gram, at, _ in bigrams(word, start))
                place += len(word)
                continue
            content = not all(self._term(word, judge)[1] for judge in judges)
            variants = tuple(dict.fromkeys(self._term(word, language)[0] for language in languages))
            found.append((place, variants, content))
            place += 1
        kept = [(at, variants) for at, variants, content in found if content]
        return tuple(kept or [(at, variants) for at, variants, _ in found])

    def prefix_variants(self, prefix: str, languages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Return how terms begin that words with `prefix` become, and the terms that are shorter than it.

        Terms are stems, so "electio" is the beginning of no term, though "election" begins with it: what the stemmers
        make of the prefix with the usual endings comes beside it.

        Parameters
        ----------
        prefix : str
            The beginning of a word, without the asterisk.
        languages : Sequence[str]
            Those of the collection.

        Returns
        -------
        beginning : str
            For `LexicalIndex.prefix_terms`.
        terms : tuple of str
            Terms that do not begin with `beginning`.

        Examples
        --------
        >>> Analyser.default().prefix_variants("Electio", ["en"])
        ('electio', ('elect',))
        """
        beginning = fold(prefix)
        terms: set[str] = set()
        for language in languages or ["en"]:
            tails = {ending[cut:] for ending in _ENDINGS.get(language, ()) for cut in range(len(ending) + 1)} | {""}
            terms.update(self._analyse_word(beginning + tail, language)[0] for tail in tails)
        return beginning, tuple(sorted(term for term in terms if not term.startswith(beginning)))

    def _line_terms(self, text: str, start: int, end: int, language: str) -> list[TermSpan]:
        content: list[TermSpan] = []
        stopped: list[TermSpan] = []
        for kind, word, first, last in words(text, start, end):
            if kind == "han":
                content.extend(bigrams(word, first))
                continue
            term, is_stop = self._term(word, language)
            (stopped if is_stop else content).append((term, first, last))
        return content or stopped

    def _analyse_word(self, word: str, language: str) -> tuple[str, bool]:
        """Return the term of a word, and whether it is a stop word."""
        # Latin words within Chinese are English more often than not.
        language = "en" if language == "zh" else language
        bare = fold(word)
        if bare in self._stop.get(language, ()):
            return bare, True
        if bare.isdecimal():
            return bare, False
        if language == "en" and self._wordnet is not None:
            bare = self._wordnet.lemma(bare)
        stemmer = self._stemmers.get(language)
        return (str(stemmer.stem(bare)) if stemmer is not None else bare) or bare, False


def _stemmer(name: str) -> Any:
    if name not in _STEMMERS.values():
        raise CollectionError(f"this collection stems words with {name!r}, which this program does not know: update it")
    return getattr(nltk_leaf("nltk.stem.snowball"), name)()


def _wordnet(lemmas: Mapping[str, str]) -> nltk_data.WordNet | None:
    """Return the WordNet that a config names, or None where it names none."""
    if "wordnet" not in lemmas:
        return None
    wordnet = nltk_data.WordNet.installed()
    if wordnet is None:
        raise CollectionError(
            "this collection was made with WordNet's lemmas, which are not installed here: "
            "run python -m nltk.downloader wordnet, or ingest again without it"
        )
    if wordnet.digest != lemmas["wordnet"]:
        raise CollectionError(
            f"this collection was made with another release of WordNet ({lemmas['wordnet']}) than is installed here "
            f"({wordnet.digest}): install that one, or ingest again"
        )
    return wordnet
