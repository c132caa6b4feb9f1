"""`Searcher`: a question in, an `Answer` out, all of one generation of the collection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.encoders.base import Encoder
from kgretrieval.encoders.calibration import Calibration
from kgretrieval.errors import UsageError
from kgretrieval.index.snapshot import Snapshot, open_snapshot
from kgretrieval.search.asking import Asker
from kgretrieval.search.compose import Composer
from kgretrieval.search.filters import allowed_documents, known_by
from kgretrieval.search.fold import Alike, folded
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Outcome, outcomes
from kgretrieval.search.meant import with_entities
from kgretrieval.search.notes import filter_notes, query_notes, score_notes
from kgretrieval.search.own_scores import calibrated, require_scores
from kgretrieval.search.parse import Parsed, as_it_stands, parse
from kgretrieval.search.rankings import DEPTH
from kgretrieval.search.run import Asked, Encoded, Run
from kgretrieval.search.wanted import Wanted, wanted
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Answer

if TYPE_CHECKING:
    from PIL import Image

    from kgretrieval.graph.arrays import GraphArrays

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
        self._arrays: GraphArrays | None = None
        self._fitted: tuple[int, Calibration] | None = None

    def search(
        self,
        query: str = "",
        *,
        image: str | Path | Image.Image | None = None,
        exclude: Sequence[str] = (),
        **asked: Any,
    ) -> Answer:
        """Find articles and pictures by words, by a picture, or by both.

        Parameters
        ----------
        query : str
            Words; may be empty if there is an image. Phrases in quotation marks must occur, ``-word`` must not,
            ``word^2`` counts twice, ``word*`` is the beginning of words (`kgretrieval.search.parse`).
        image : path or PIL.Image.Image, optional
            A picture to search with.
        exclude : sequence of str
            Words and phrases that no hit may hold; pictures must not look like them either.
        **asked
            What the answer is to hold:

            - ``kind`` ("article" or "picture"); ``k`` (10), how many hits at most;
            - ``since``, ``until``: ISO dates of any precision, both inclusive; what has no date is then left out;
            - ``as_of``: an ISO date; hits, names and facts as they could have been known at its end;
            - ``source``: a source's name in any case, or the end of its host name; ``language``: its code;
            - ``topic``: a tag that was not given as a name; ``mentions``: names or ids of entities, all of which a hit
              must mention; ``has_picture``: no articles without one;
            - ``min_score``: the lowest probability of a hit, 0 to 1; 0 shows everything. By default, what is found only
              in a way that found nothing convincing is left out;
            - ``fold`` (True): near copies are one hit, with the others in its `alike`;
            - ``diverse``: one hit a story first; ``facets``: counts over everything found that is likely enough;
              ``explain``: why each hit is one.

        Raises
        ------
        UsageError
            If there is nothing to search for, a filter makes no sense, or there is a `min_score` where the
            encoder's scores are not calibrated.
        NotFoundError
            If there is no file `image`, or nobody is called as in `mentions`.
        PictureError
            If `image` is no picture.
        ModelError
            If the encoder cannot be had, or its weights are not those of the collection.
        """
        started = time.perf_counter()
        asked_for = wanted(**asked)
        parsed = parse(query, exclude)
        if not parsed.parts and image is None:
            beside = " but for what it leaves out" if parsed.excluded else ""
            raise UsageError(f"the query is empty{beside}; give some words, or a picture with image= (--image)")
        (answer,) = self._answers([query], [parsed], asked_for, started, image)
        return _with_image(answer, image)

    def search_many(self, queries: Iterable[str], *, exclude: Sequence[str] = (), **filters: Any) -> Iterator[Answer]:
        """Answer many questions in words over one and the same state of the collection; filters as in `search`.

        All are answered before the first answer is given.
        """
        started = time.perf_counter()
        asked_for = wanted(**filters)
        given = list(queries)
        read = [parse(query, exclude) for query in given]
        for place, parsed in enumerate(read, start=1):
            if not parsed.parts:
                raise UsageError(f"query {place} is empty; leave it out")
        return iter(self._answers(given, read, asked_for, started) if read else [])

    def rank_many(
        self, queries: Iterable[str], *, kind: str, depth: int = DEPTH, graph: bool = True
    ) -> list[list[tuple[str, Fused]]]:
        """Return the ids of what each question finds with what each ranking gave, the best first.

        The documents are not read, so this is quick for thousands of ranks; to measure the search, not to show it.

        Parameters
        ----------
        queries : iterable of str
            Questions in words, taken as they stand: quotation marks and hyphens mean nothing.
        kind : str
            ``"article"`` or ``"picture"``.
        depth : int
            How many documents each ranking holds.
        graph : bool
            Whether the names in a question are looked up; without them it is words and looks alone.
        """
        read = [as_it_stands(query) for query in queries]
        found: list[list[tuple[str, Fused]]] = []
        with self._store.reading():
            snapshot = self._current()
            passed = allowed_documents(self._store, snapshot.catalog, wanted(kind=kind))
            run = Run(self._store, snapshot, passed, kind=kind, depth=depth, graph=self._graph)
            for first in range(0, len(read), _BATCH):
                asked = [self._asker.asked(snapshot, one, names=graph) for one in read[first : first + _BATCH]]
                answers = run.answer(asked, self._asker.encoded(asked))
                found += [
                    [(snapshot.catalog.id(one.document), one) for one in by_kind.get(kind, ())] for by_kind in answers
                ]
        return found

    def _answers(
        self,
        queries: Sequence[str],
        read: Sequence[Parsed],
        asked_for: Wanted,
        started: float,
        image: str | Path | Image.Image | None = None,
    ) -> list[Answer]:
        answers: list[Answer] = []
        with self._store.reading():
            snapshot = self._current()
            asked_for, named = with_entities(self._store, asked_for)
            passed = allowed_documents(self._store, snapshot.catalog, asked_for)
            known = known_by(snapshot.catalog, asked_for.as_of) if asked_for.as_of else None
            depth = max(DEPTH, asked_for.k)
            run = Run(self._store, snapshot, passed, kind=asked_for.kind, depth=depth, known=known, graph=self._graph)
            filtered = [*named, *filter_notes(self._store, snapshot, asked_for, passed)]
            composer = Composer(self._store, snapshot, self._analyser, asked_for, self._graph)
            for first in range(0, len(read), _BATCH):
                questions = [self._asker.asked(snapshot, one) for one in read[first : first + _BATCH]]
                encoded = self._asker.encoded(questions, image)
                found = run.answer(questions, encoded)
                alike = [self._fold(snapshot, by_kind) if asked_for.fold else {} for by_kind in found]
                shown = self._outcomes(snapshot, run, asked_for, questions, encoded, found)
                for place, (question, outcome) in enumerate(zip(questions, shown, strict=True)):
                    notes = [*filtered, *question.notes, *_query_notes(snapshot, question, encoded, place)]
                    notes += score_notes(outcome, asked_for.min_score)
                    answer = composer.answer(queries[first + place], question, outcome, alike[place], notes)
                    now = time.perf_counter()
                    answers.append(replace(answer, seconds=now - started))
                    started = now
        return answers

    def _fold(self, snapshot: Snapshot, by_kind: dict[str, list[Fused]]) -> Alike:
        """Leave of near copies among the documents found the first ones, and return the others."""
        alike: Alike = {}
        for kind in by_kind:
            by_kind[kind], others = folded(self._store, snapshot.catalog, kind, by_kind[kind])
            alike |= others
        return alike

    def _outcomes(
        self,
        snapshot: Snapshot,
        run: Run,
        asked_for: Wanted,
        questions: Sequence[Asked],
        encoded: Encoded,
        found: Sequence[Mapping[str, Sequence[Fused]]],
    ) -> list[Outcome]:
        calibration = self._calibrated(snapshot)
        if asked_for.min_score and "picture" in run.compared:
            directions = {"text_to_picture"} if encoded.texts else set()
            directions |= {"picture_to_picture"} if encoded.image is not None else set()
            require_scores(calibration, directions, asked_for.min_score, self._store.manifest.encoder)
        return outcomes(snapshot, calibration, asked_for, run.compared, questions, encoded, found)

    def _calibrated(self, snapshot: Snapshot) -> Calibration:
        with self._guard:
            if self._fitted is None or self._fitted[0] != snapshot.generation:
                self._fitted = snapshot.generation, calibrated(self._store, snapshot)
            return self._fitted[1]

    def _graph(self) -> GraphArrays:
        """Return the graph of the generation that `reading` has pinned."""
        with self._guard:
            if self._arrays is None or self._arrays.generation != self._store.generation:
                from kgretrieval.graph.opening import open_arrays

                self._arrays = open_arrays(self._store)
            return self._arrays

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


def _with_image(answer: Answer, image: str | Path | Image.Image | None) -> Answer:
    name = str(image) if isinstance(image, (str, Path)) else str(getattr(image, "filename", "") or "picture")
    return replace(answer, image=name) if image is not None else answer
