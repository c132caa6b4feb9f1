"""`Asker`: from what a person types to what the rankings run over, words and vectors."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.encoders.base import Encoder
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.names import named_in
from kgretrieval.search.run import Asked, Encoded
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold

if TYPE_CHECKING:
    from PIL import Image

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

    def asked(self, snapshot: Snapshot, text: str) -> Asked:
        """Return what is asked for in words, as `understand` returns them; inside the store's `reading`."""
        if not text:
            return Asked()
        languages = [language for language in snapshot.catalog.languages if language]
        groups = tuple(self._analyser.query_terms(text, languages))

        def frequency(word: str) -> int:
            if fold(word) in self._stop:
                return 0
            terms = {term for group in self._analyser.query_terms(word, languages) for term in group}
            return max(map(snapshot.lexical.document_frequency, terms), default=0)

        names = named_in(self._store, text, frequency)
        covered = {group for name in names for group in self._analyser.query_terms(name.text, languages)}
        only_names = bool(names) and covered.issuperset(groups)
        return Asked(text, groups, names, only_names=only_names, known=self._known(text))

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
        vectors = {s: encoder.encode_texts(texts, space=s) for s in encoder.spaces} if any(texts) else {}
        if image is None:
            return Encoded(vectors)
        from kgretrieval.pictures.decode import open_picture
        from kgretrieval.pictures.phash import perceptual_hash

        picture = open_picture(image, edge=encoder.picture_size)
        return Encoded(vectors, encoder.encode_pictures([picture]), perceptual_hash(picture))

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
