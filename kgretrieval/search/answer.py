"""`Searcher`: a question in, an `Answer` out, all of one generation of the collection."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.encoders.base import Encoder
from kgretrieval.encoders.calibration import Calibration
from kgretrieval.errors import UsageError
from kgretrieval.index.snapshot import Snapshot, open_snapshot
from kgretrieval.search.around import entities_around, facts_around
from kgretrieval.search.filters import allowed_documents
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Weighed, outcomes
from kgretrieval.search.names import named_in
from kgretrieval.search.notes import filter_notes, query_notes, score_notes
from kgretrieval.search.own_scores import calibrated, require_scores
from kgretrieval.search.query import Wanted, understand, wanted
from kgretrieval.search.rankings import DEPTH
from kgretrieval.search.run import Asked, Encoded, Run
from kgretrieval.search.snippets import SnippetMaker
from kgretrieval.store.hits import make_hit
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold
from kgretrieval.types import Answer, Hit

if TYPE_CHECKING:
    from PIL import Image

#: Questions whose vectors are compared with the collection at once.
_BATCH = 128
_WORD = re.compile(r"[^\W_]+")


class Searcher:
    """Answers questions over a collection; threads may share it.

    Parameters
    ----------
    store : Store
        The collection, open for reading or writing.
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
        self._snapshot: Snapshot | None = None
        self._guard = threading.Lock()
        self._fitted: tuple[int, Calibration] | None = None
        self._stop = {fold(word) for words in analyser.config.get("stop_words", {}).values() for word in words}

    def search(
        self,
        query: str = "",
        *,
        image: str | Path | Image.Image | None = None,
        kind: str | None = None,
        k: int = 10,
        since: str = "",
        until: str = "",
        source: str = "",
        language: str = "",
        min_score: float | None = None,
    ) -> Answer:
        """Find articles and pictures by words, by a picture, or by both.

        Parameters
        ----------
        query : str
            Words; may be empty if there is an image.
        image : path or PIL.Image.Image, optional
            A picture to search with.
        kind : str, optional
            ``"article"`` or ``"picture"``.
        k : int
            How many hits at most.
        since, until : str
            ISO dates of any precision, both inclusive. What has no date is then left out.
        source : str
            A source's name in any case, or the end of its host name.
        language : str
            A language's code.
        min_score : float, optional
            The lowest probability of a hit, 0 to 1; 0 shows everything. By default, what is found only in a way
            that found nothing convincing is left out.

        Raises
        ------
        UsageError
            If there is nothing to search for, a filter makes no sense, or there is a `min_score` where the
            encoder's scores are not calibrated.
        NotFoundError
            If there is no file `image`.
        PictureError
            If `image` is no picture.
        ModelError
            If the encoder cannot be had, or its weights are not those of the collection.
        """
        started = time.perf_counter()
        asked_for = wanted(
            kind=kind, k=k, since=since, until=until, source=source, language=language, min_score=min_score
        )
        text = understand(query)
        if not text and image is None:
            raise UsageError("the query is empty; give some words, or a picture with image= (--image)")
        encoded = self._encode([text] if text else [], image)
        (answer,) = self._answers([query], [text], encoded, asked_for, started)
        return _with_image(answer, image)

    def search_many(self, queries: Iterable[str], **filters: Any) -> Iterator[Answer]:
        """Answer many questions in words over one and the same state of the collection; filters as in `search`.

        All are answered before the first answer is given.
        """
        started = time.perf_counter()
        asked_for = wanted(**filters)
        given = list(queries)
        texts = [understand(query) for query in given]
        if not all(texts):
            raise UsageError(f"query {texts.index('') + 1} is empty; leave it out")
        return iter(self._answers(given, texts, self._encode(texts, None), asked_for, started) if texts else [])

    def rank_many(self, queries: Iterable[str], *, kind: str, depth: int = DEPTH) -> list[list[tuple[str, Fused]]]:
        """Return the ids of what each question finds with what each ranking gave, the best first.

        The documents are not read, so this is quick for thousands of ranks; to measure the search, not to show it.

        Parameters
        ----------
        queries : iterable of str
            Questions in words.
        kind : str
            ``"article"`` or ``"picture"``.
        depth : int
            How many documents each ranking holds.
        """
        texts = [understand(query) for query in queries]
        found: list[list[tuple[str, Fused]]] = []
        encoded = self._encode(texts, None)
        with self._store.reading():
            snapshot = self._current()
            passed = allowed_documents(snapshot.catalog, wanted(kind=kind))
            run = Run(self._store, snapshot, passed, kind=kind, depth=depth)
            for first in range(0, len(texts), _BATCH):
                part = slice(first, first + _BATCH)
                asked = [self._asked(snapshot, text) for text in texts[part]]
                answers = run.answer(asked, _cut(encoded, part))
                found += [
                    [(snapshot.catalog.id(one.document), one) for one in by_kind.get(kind, ())] for by_kind in answers
                ]
        return found

    def _answers(
        self, queries: Sequence[str], texts: Sequence[str], encoded: Encoded, asked_for: Wanted, started: float
    ) -> list[Answer]:
        answers: list[Answer] = []
        with self._store.reading():
            snapshot = self._current()
            passed = allowed_documents(snapshot.catalog, asked_for)
            calibration = self._calibrated(snapshot)
            run = Run(self._store, snapshot, passed, kind=asked_for.kind, depth=max(DEPTH, asked_for.k))
            if asked_for.min_score and "picture" in run.compared:
                directions = {"text_to_picture"} if encoded.texts else set()
                directions |= {"picture_to_picture"} if encoded.image is not None else set()
                require_scores(calibration, directions, asked_for.min_score, self._store.manifest.encoder)
            filtered = filter_notes(snapshot, asked_for, passed)
            for first in range(0, len(texts), _BATCH):
                part = slice(first, first + _BATCH)
                questions = [self._asked(snapshot, text) for text in texts[part]]
                vectors = _cut(encoded, part)
                found = run.answer(questions, vectors)
                shown = outcomes(snapshot, calibration, asked_for, run.compared, questions, vectors, found)
                for place, (question, outcome) in enumerate(zip(questions, shown, strict=True)):
                    notes = [*filtered, *self._notes(snapshot, question, encoded, first + place)]
                    notes += score_notes(outcome, asked_for.min_score)
                    answer = self._answer(snapshot, queries[first + place], question, outcome.hits, notes)
                    now = time.perf_counter()
                    answers.append(_timed(answer, now - started))
                    started = now
        return answers

    def _answer(
        self, snapshot: Snapshot, query: str, question: Asked, found: Sequence[Weighed], notes: Sequence[str]
    ) -> Answer:
        hits = self._hits(snapshot, question, found)
        ids = [hit.id for hit in hits]
        shown = entities_around(self._store, question.names, ids)
        return Answer(
            query=query.strip(),
            hits=hits,
            entities=shown,
            facts=facts_around(self._store, shown, question.names, ids) if shown else (),
            notes=tuple(notes),
            generation=snapshot.generation,
        )

    def _hits(self, snapshot: Snapshot, question: Asked, found: Sequence[Weighed]) -> tuple[Hit, ...]:
        ids = [snapshot.catalog.id(hit.fused.document) for hit in found]
        read = documents(self._store, ids)
        linked = {a for d in read.values() for a in d.articles} - set(read)
        articles = {**read, **documents(self._store, sorted(linked))}
        maker = SnippetMaker(self._analyser, question.groups)
        return tuple(
            make_hit(
                read[identifier],
                rank=rank,
                score=hit.fused.score,
                probability=hit.probability,
                snippet=maker.snippet(read[identifier], articles),
                found_by=hit.fused.found_by,
            )
            for rank, (identifier, hit) in enumerate(zip(ids, found, strict=True), start=1)
        )

    def _asked(self, snapshot: Snapshot, text: str) -> Asked:
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

    def _known(self, text: str) -> float:
        """Return which share of the words, stop words aside, the encoder knows: 1.0 where it cannot tell."""
        words = _WORD.findall(text)
        share = getattr(self._own_encoder(), "known", None)
        return share([word for word in words if fold(word) not in self._stop] or words) if share else 1.0

    def _calibrated(self, snapshot: Snapshot) -> Calibration:
        with self._guard:
            if self._fitted is None or self._fitted[0] != snapshot.generation:
                self._fitted = snapshot.generation, calibrated(self._store, snapshot)
            return self._fitted[1]

    def _notes(self, snapshot: Snapshot, question: Asked, encoded: Encoded, place: int) -> list[str]:
        knows = any(rows[place].any() for rows in encoded.texts.values())
        return query_notes(snapshot, question.text, question.groups, encoder_knows=knows)

    def _current(self) -> Snapshot:
        """Return the snapshot of the generation that `reading` has pinned."""
        generation = self._store.generation
        with self._guard:
            if self._snapshot is None or self._snapshot.generation != generation:
                self._snapshot = open_snapshot(self._store)
            return self._snapshot

    def _encode(self, texts: Sequence[str], image: str | Path | Image.Image | None) -> Encoded:
        encoder = self._own_encoder()
        vectors = {s: encoder.encode_texts(texts, space=s) for s in encoder.spaces} if texts else {}
        if image is None:
            return Encoded(vectors)
        from kgretrieval.pictures.decode import open_picture
        from kgretrieval.pictures.phash import perceptual_hash

        picture = open_picture(image, edge=encoder.picture_size)
        return Encoded(vectors, encoder.encode_pictures([picture]), perceptual_hash(picture))

    def _own_encoder(self) -> Encoder:
        with self._guard:
            if self._encoder is None:
                encoder = self._load()
                self._store.manifest.require_weights(encoder.weights_hash)
                self._encoder = encoder
            return self._encoder


def _cut(encoded: Encoded, part: slice) -> Encoded:
    return replace(encoded, texts={space: rows[part] for space, rows in encoded.texts.items()})


def _timed(answer: Answer, seconds: float) -> Answer:
    return replace(answer, seconds=seconds)


def _with_image(answer: Answer, image: str | Path | Image.Image | None) -> Answer:
    name = str(image) if isinstance(image, (str, Path)) else str(getattr(image, "filename", "") or "picture")
    return replace(answer, image=name) if image is not None else answer
