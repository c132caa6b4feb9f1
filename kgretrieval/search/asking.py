"""`Asker`: from what a person types to what the rankings run over, words and vectors."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.base import Encoder
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask
from kgretrieval.search.fragments import fragments_of
from kgretrieval.search.holding import holding_all, holding_any
from kgretrieval.search.names import Name, named_in
from kgretrieval.search.parse import Parsed, Part
from kgretrieval.search.run import Asked, Encoded, Vectors
from kgretrieval.search.soften import softened
from kgretrieval.store.reading_rows import reads_any
from kgretrieval.store.search_rows import named_with
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold
from kgretrieval.types import Understanding

if TYPE_CHECKING:
    from PIL import Image

Vector = npt.NDArray[np.float32]

#: The most words that `word*` stands for.
MOST_BEGUN = 50
#: How much of what is left out is taken away from what pictures are to look like. Flickr8k (validation part), one word
#: of the captions without another: precision of the first ten 0.34 without this, 0.40 with 0.4 to 0.5, 0.33 with 1.0;
#: 35 % and 17 % of them show what is left out. Leaving out the nearest ones to it instead gave 0.38 at best.
UNLIKE = 0.5
#: A single word is looked up as a name is, its looks counting little, where this share of a sample of the documents
#: that hold it have it within a name.
OF_NAMES = 0.8
OF_NAMES_SAMPLE = 50

_WORD = re.compile(r"[^\W_]+")


class Asker:
    """Understands questions and encodes them; threads may share it.

    Parameters
    ----------
    store : Store
        The collection.
    encoder_loader : callable
        Returns the collection's encoder; called at the first question.
    analyser : Analyser
        As the collection's words were counted.
    """

    def __init__(self, store: Store, encoder_loader: Callable[[], Encoder], analyser: Analyser) -> None:
        self._store = store
        self._load = encoder_loader
        self._analyser = analyser
        self._encoder: Encoder | None = None
        self._guard = threading.Lock()
        self._stop = {fold(word) for words in analyser.config.get("stop_words", {}).values() for word in words}

    def asked(self, snapshot: Snapshot, parsed: Parsed, *, names: bool = True) -> Asked:
        """Return a question, understood; inside the store's `reading`. Without `names` it has none."""
        languages = [language for language in snapshot.catalog.languages if language]
        within = self._within(snapshot, parsed, languages)
        if not parsed.parts:
            return Asked(unlike=parsed.excluded, within=within, understood=Understanding(excluded=parsed.excluded))
        begun = {part: self._begun(snapshot, part.text, languages) for part in parsed.parts if part.prefix}
        words = asked = " ".join(part.text for part in parsed.parts if not part.prefix)
        frequency = partial(self._frequency, snapshot, languages)
        named: list[Name] = []
        if names:
            words, named = named_in(self._store, words, frequency, self._is_strange)
        weights = self._weights(words, parsed, begun, languages)
        covered = {group for name in named for group in self._analyser.query_terms(name.text, languages)}
        only_names = covered.issuperset(weights) if named else names and self._is_of_names(snapshot, words, weights)
        text = " ".join(filter(None, [words, *(terms[0] if terms else part.text for part, terms in begun.items())]))
        weighted = [(part.text, part.weight) for part in parsed.parts if part.weight != 1.0]
        understood = Understanding(
            names=tuple(name.linked() for name in named),
            phrases=parsed.phrases,
            excluded=parsed.excluded,
            weights=tuple(weighted),
            looks_like="" if only_names else softened(self._store, text, named),
        )
        return Asked(
            text,
            tuple(weights),
            tuple(weights.values()),
            named,
            only_names=only_names,
            known=self._known(text),
            turned=tuple((part, weight - 1.0) for part, weight in weighted),
            unlike=parsed.excluded,
            within=within,
            notes=_notes(parsed, begun, within),
            understood=understood,
            fragments=self._fragments(snapshot, asked, languages),
        )

    def _fragments(self, snapshot: Snapshot, words: str, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the letters to look for in the text of pictures, nothing where none was read."""

        def is_word(word: str) -> bool:
            return fold(word) in self._stop or self._frequency(snapshot, languages, word) > 0

        return fragments_of(words, is_word) if reads_any(self._store) else ()

    def _frequency(self, snapshot: Snapshot, languages: Sequence[str], word: str) -> int:
        """Return in how many documents a word occurs in any form, 0 for a stop word."""
        if fold(word) in self._stop:
            return 0
        terms = {term for group in self._analyser.query_terms(word, languages) for term in group}
        return max(map(snapshot.lexical.document_frequency, terms), default=0)

    def _is_of_names(self, snapshot: Snapshot, word: str, weights: Mapping[tuple[str, ...], float]) -> bool:
        """Return whether a question is one word that the collection writes as part of names ("smith") nearly always."""
        if len(weights) != 1 or not word.isalpha():
            return False
        rows, _ = snapshot.lexical.search(list(weights), OF_NAMES_SAMPLE)
        holding = {snapshot.catalog.id(i) for i in snapshot.catalog.lexical[rows].tolist() if i >= 0}
        return bool(holding) and len(named_with(self._store, word, holding)) >= OF_NAMES * len(holding)

    def _is_strange(self, word: str) -> bool:
        """Return whether the encoder does not know a word, or cannot tell; stop words are known to everybody."""
        known = getattr(self.encoder(), "known", None)
        return fold(word) not in self._stop and (known is None or known([word]) == 0.0)

    def _weights(
        self, words: str, parsed: Parsed, begun: Mapping[Part, tuple[str, ...]], languages: Sequence[str]
    ) -> dict[tuple[str, ...], float]:
        """Return the variants of each word, and what each counts."""
        weights = dict.fromkeys(self._analyser.query_terms(words, languages) if words else (), 1.0)
        for part in parsed.parts:
            if part.weight != 1.0 and not part.prefix:
                own = self._analyser.query_terms(part.text, languages)
                weights |= {group: part.weight for group in own if group in weights}
        return weights | {terms: part.weight for part, terms in begun.items() if terms}

    def _begun(self, snapshot: Snapshot, prefix: str, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the terms of words that begin so, the most frequent first."""
        beginning, shorter = self._analyser.prefix_variants(prefix, languages)
        found = [*snapshot.lexical.prefix_terms(beginning, MOST_BEGUN), *shorter]
        holding = {term: snapshot.lexical.document_frequency(term) for term in found}
        kept = [term for term in holding if holding[term]]
        return tuple(sorted(kept, key=lambda term: (-holding[term], term))[:MOST_BEGUN])

    def _within(self, snapshot: Snapshot, parsed: Parsed, languages: Sequence[str]) -> Mask | None:
        """Return the documents that hold the phrases and nothing of what is left out, None for all of them."""
        if not parsed.phrases and not parsed.excluded:
            return None
        passed = holding_all(snapshot, (self._analyser.phrase(text, languages) for text in parsed.phrases))
        excluded = [self._analyser.phrase(text, languages) for text in parsed.excluded]
        return passed & ~holding_any(self._store, snapshot, self._analyser, excluded)

    def encoded(self, questions: Sequence[Asked], image: str | Path | Image.Image | None = None) -> Encoded:
        """Return the vectors of questions; `image` is the picture of a single one, whose words may be empty.

        Raises
        ------
        NotFoundError
            If there is no file `image`.
        PictureError
            If `image` is no picture.
        ModelError
            If the encoder cannot be had, or its weights are not those of the collection.
        """
        encoder = self.encoder()
        texts = [question.text for question in questions]
        vectors: dict[str, Vectors] = {}
        softened: Vectors | None = None
        if any(texts):
            vectors = {s: _turned(encoder, questions, texts, s) for s in encoder.spaces if s != "picture"}
            soft = [question.understood.looks_like for question in questions]
            # One call for both: what an encoder does for a text more is little beside what it does for a first one.
            both = _turned(encoder, [*questions, *questions], texts + soft, "picture")
            vectors["picture"] = both[: len(texts)]
            softened = both[len(texts) :] if any(soft) else None
        if image is None:
            return Encoded(vectors, softened=softened)
        from kgretrieval.pictures.decode import open_picture
        from kgretrieval.pictures.phash import perceptual_hash

        picture = open_picture(image, edge=encoder.picture_size)
        return Encoded(vectors, encoder.encode_pictures([picture]), perceptual_hash(picture), softened)

    def encoder(self) -> Encoder:
        """Return the collection's encoder."""
        with self._guard:
            if self._encoder is None:
                encoder = self._load()
                self._store.manifest.require_weights(encoder.weights_hash)
                self._encoder = encoder
            return self._encoder

    def _known(self, text: str) -> float:
        """Return which share of the words, stop words aside, the encoder knows: 1.0 where it cannot tell."""
        words = _WORD.findall(text)
        share = getattr(self.encoder(), "known", None)
        return share([word for word in words if fold(word) not in self._stop] or words) if share else 1.0


def _turned(encoder: Encoder, questions: Sequence[Asked], texts: Sequence[str], space: str) -> Vectors:
    """Return the vectors of texts of questions, with what these weigh added and what they leave out taken away.

    An empty text has a row of zeros.
    """
    told = [place for place, text in enumerate(texts) if text]
    found = encoder.encode_texts([texts[place] for place in told], space=space)
    vectors = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
    for place, vector in zip(told, found, strict=True):
        question = questions[place]
        moved = [*question.turned, *((text, -UNLIKE) for text in question.unlike if space == "picture")]
        vectors[place] = _moved(encoder, vector, moved, space)
    return vectors


def _moved(encoder: Encoder, vector: Vector, moved: Sequence[tuple[str, float]], space: str) -> Vector:
    """Return a unit vector with others added so many times, at length one again."""
    if not moved or not vector.any():
        return vector
    others = encoder.encode_texts([text for text, _ in moved], space=space)
    total: Vector = vector + np.array([times for _, times in moved], dtype=np.float32) @ others
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length else vector


def _notes(parsed: Parsed, begun: Mapping[Part, tuple[str, ...]], within: Mask | None) -> tuple[str, ...]:
    """Say which part of a question leads nowhere."""
    notes = [f"no word begins with {part.text!r}" for part, terms in begun.items() if not terms]
    if parsed.phrases and within is not None and not within.any():
        phrases = " and ".join(f'"{phrase}"' for phrase in parsed.phrases)
        notes.append(f"nothing holds {phrases} as it stands; without the quotation marks its words are enough")
    return tuple(notes)
