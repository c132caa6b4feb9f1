"""`Searcher`: a question in, an `Answer` out, all of one generation of the collection."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.errors import UsageError
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import allowed_documents
from kgretrieval.search.fold import Alike
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Outcome, Weighed
from kgretrieval.search.notes import query_notes, score_notes
from kgretrieval.search.opened import Opened
from kgretrieval.search.parse import Parsed, as_it_stands, parse
from kgretrieval.search.rankings import DEPTH
from kgretrieval.search.run import Asked, Encoded, Run
from kgretrieval.search.wanted import Wanted, wanted
from kgretrieval.store.read import documents, full_id
from kgretrieval.types import Answer

if TYPE_CHECKING:
    from PIL import Image


#: Questions whose vectors are compared with the collection at once.
_BATCH = 128


class Searcher(Opened):
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
            - ``topic``: a tag that was not given as a name, or a label of the scheme "topic"; ``sentiment``: a label of
              that scheme; ``labels``: pairs such as ``"section=sport"``, all of which must hold;
            - ``mentions``: names or ids of entities, all of which a hit must mention; ``towards``: how it sounds
              towards them; ``has_picture``: no articles without one;
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

    def like(self, identifier: str, **asked: Any) -> Answer:
        """Find what is like a node of the graph.

        Parameters
        ----------
        identifier : str
            The id of an article or a picture (the hits are like it, without itself), of an entity (the answer's
            `entities` are like it) or of a fact (its `facts` share a subject, an object or a predicate with it); any
            unambiguous prefix.
        **asked
            As in `search`; for entities and facts only ``k`` and ``as_of``.

        Raises
        ------
        NotFoundError
            If there is no such node.
        UsageError
            If it is something else, or a filter makes no sense.
        """
        started = time.perf_counter()
        asked_for = wanted(**asked)
        with self._store.reading():
            full = full_id(self._store, identifier)
            if full.startswith(("a:", "p:")):
                answer = self._like_document(full, asked_for)
            else:
                from kgretrieval.search.like_knowledge import like_knowledge

                snapshot = self._current()
                answer = like_knowledge(self._store, snapshot.catalog, self._graph, full, asked_for)
        return replace(answer, like=full, seconds=time.perf_counter() - started)

    def _like_document(self, full: str, asked_for: Wanted) -> Answer:
        from kgretrieval.search.like import alike_enough, like_article, looks_of

        kind = "article" if full.startswith("a:") else "picture"
        if kind == "article" and (asked_for.kind == "picture" or asked_for.min_score is not None):
            raise UsageError(
                "what is like an article are articles, and not by calibrated scores; leave kind (--kind) "
                "and min_score out"
            )
        ready = self._ready(replace(asked_for, kind=asked_for.kind or kind), but=full)
        (ordinal,) = ready.snapshot.catalog.ordinals([full]).tolist()
        outcome, alike, notes = Outcome((), {}), Alike(), list(ready.notes)
        if kind == "article":
            found = like_article(
                self._store, ready.snapshot, self._graph(), ordinal, ready.passed, ready.depth, ready.known
            )
            by_kind = {"article": found}
            alike = self._fold(ready.snapshot, by_kind) if asked_for.fold else {}
            spread = self._spread(ready) or list
            hits = spread([Weighed(fused, None) for fused in by_kind["article"]])
            outcome = Outcome(tuple(hits[: asked_for.k]), {}, alike_enough(hits))
        elif looks := looks_of(self._store, ready.snapshot, ordinal):
            ((outcome, alike),) = self._found(ready, [Asked()], looks)
            notes += score_notes(outcome, asked_for.min_score)
        title = documents(self._store, [full])[full].title
        return ready.composer.answer(title, Asked(), outcome, alike, notes)

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
            ready = self._ready(asked_for)
            for first in range(0, len(read), _BATCH):
                questions = [self._asker.asked(ready.snapshot, one) for one in read[first : first + _BATCH]]
                encoded = self._asker.encoded(questions, image)
                found = self._found(ready, questions, encoded)
                for place, (question, (outcome, alike)) in enumerate(zip(questions, found, strict=True)):
                    notes = [
                        *ready.notes,
                        *question.notes,
                        *_query_notes(ready.snapshot, question, encoded, place, outcome),
                    ]
                    notes += score_notes(outcome, asked_for.min_score)
                    answer = ready.composer.answer(queries[first + place], question, outcome, alike, notes)
                    now = time.perf_counter()
                    answers.append(replace(answer, seconds=now - started))
                    started = now
        return answers


def _query_notes(snapshot: Snapshot, question: Asked, encoded: Encoded, place: int, outcome: Outcome) -> list[str]:
    knows = any(rows[place].any() for rows in encoded.texts.values())
    read = any(found.ranking == "fragment" for hit in outcome.hits for found in hit.fused.found_by)
    return query_notes(snapshot, question.text, question.groups, encoder_knows=knows, in_pictures=read)


def _with_image(answer: Answer, image: str | Path | Image.Image | None) -> Answer:
    name = str(image) if isinstance(image, (str, Path)) else str(getattr(image, "filename", "") or "picture")
    return replace(answer, image=name) if image is not None else answer
