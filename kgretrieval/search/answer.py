"""`Searcher`: a question in, an `Answer` out, all of one generation of the collection."""

from __future__ import annotations

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
from kgretrieval.search.asking import Asker
from kgretrieval.search.filters import allowed_documents
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Outcome, Weighed, outcomes
from kgretrieval.search.notes import filter_notes, query_notes, score_notes
from kgretrieval.search.own_scores import calibrated, require_scores
from kgretrieval.search.query import understand
from kgretrieval.search.rankings import DEPTH
from kgretrieval.search.run import Asked, Encoded, Run
from kgretrieval.search.snippets import SnippetMaker
from kgretrieval.search.wanted import Wanted, wanted
from kgretrieval.store.hits import make_hit
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Answer, Hit

if TYPE_CHECKING:
    from PIL import Image

#: Questions whose vectors are compared with the collection at once.
_BATCH = 128


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
        self._analyser = analyser
        self._asker = Asker(store, encoder_loader, analyser)
        self._snapshot: Snapshot | None = None
        self._guard = threading.Lock()
        self._fitted: tuple[int, Calibration] | None = None

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
        (answer,) = self._answers([query], [text], asked_for, started, image)
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
        return iter(self._answers(given, texts, asked_for, started) if texts else [])

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
        with self._store.reading():
            snapshot = self._current()
            passed = allowed_documents(snapshot.catalog, wanted(kind=kind))
            run = Run(self._store, snapshot, passed, kind=kind, depth=depth)
            for first in range(0, len(texts), _BATCH):
                asked = [self._asker.asked(snapshot, text) for text in texts[first : first + _BATCH]]
                answers = run.answer(asked, self._asker.encoded(asked))
                found += [
                    [(snapshot.catalog.id(one.document), one) for one in by_kind.get(kind, ())] for by_kind in answers
                ]
        return found

    def _answers(
        self,
        queries: Sequence[str],
        texts: Sequence[str],
        asked_for: Wanted,
        started: float,
        image: str | Path | Image.Image | None = None,
    ) -> list[Answer]:
        answers: list[Answer] = []
        with self._store.reading():
            snapshot = self._current()
            passed = allowed_documents(snapshot.catalog, asked_for)
            run = Run(self._store, snapshot, passed, kind=asked_for.kind, depth=max(DEPTH, asked_for.k))
            filtered = filter_notes(snapshot, asked_for, passed)
            for first in range(0, len(texts), _BATCH):
                questions = [self._asker.asked(snapshot, text) for text in texts[first : first + _BATCH]]
                encoded = self._asker.encoded(questions, image)
                shown = self._outcomes(snapshot, run, asked_for, questions, encoded)
                for place, (question, outcome) in enumerate(zip(questions, shown, strict=True)):
                    notes = [*filtered, *_query_notes(snapshot, question, encoded, place)]
                    notes += score_notes(outcome, asked_for.min_score)
                    answer = self._answer(snapshot, queries[first + place], question, outcome.hits, notes)
                    now = time.perf_counter()
                    answers.append(_timed(answer, now - started))
                    started = now
        return answers

    def _outcomes(
        self, snapshot: Snapshot, run: Run, asked_for: Wanted, questions: Sequence[Asked], encoded: Encoded
    ) -> list[Outcome]:
        calibration = self._calibrated(snapshot)
        if asked_for.min_score and "picture" in run.compared:
            directions = {"text_to_picture"} if encoded.texts else set()
            directions |= {"picture_to_picture"} if encoded.image is not None else set()
            require_scores(calibration, directions, asked_for.min_score, self._store.manifest.encoder)
        found = run.answer(questions, encoded)
        return outcomes(snapshot, calibration, asked_for, run.compared, questions, encoded, found)

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

    def _calibrated(self, snapshot: Snapshot) -> Calibration:
        with self._guard:
            if self._fitted is None or self._fitted[0] != snapshot.generation:
                self._fitted = snapshot.generation, calibrated(self._store, snapshot)
            return self._fitted[1]

    def _current(self) -> Snapshot:
        """Return the snapshot of the generation that `reading` has pinned."""
        generation = self._store.generation
        with self._guard:
            if self._snapshot is None or self._snapshot.generation != generation:
                self._snapshot = open_snapshot(self._store)
            return self._snapshot


def _query_notes(snapshot: Snapshot, question: Asked, encoded: Encoded, place: int) -> list[str]:
    knows = any(rows[place].any() for rows in encoded.texts.values())
    return query_notes(snapshot, question.text, question.groups, encoder_knows=knows)


def _timed(answer: Answer, seconds: float) -> Answer:
    return replace(answer, seconds=seconds)


def _with_image(answer: Answer, image: str | Path | Image.Image | None) -> Answer:
    name = str(image) if isinstance(image, (str, Path)) else str(getattr(image, "filename", "") or "picture")
    return replace(answer, image=name) if image is not None else answer
