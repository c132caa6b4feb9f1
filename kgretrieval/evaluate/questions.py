"""Questions and documents in words: taken into a collection made for the occasion, and searched as a user would."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from kgretrieval.encoders.base import Encoder
from kgretrieval.evaluate.figures import Ranked
from kgretrieval.evaluate.layouts import Questions
from kgretrieval.evaluate.trec import TrecRun, ranks_in_run
from kgretrieval.search.fuse import Fused
from kgretrieval.store.ids import make_id
from kgretrieval.types import Article, Progress

#: What is shown of a search: the name here, and that of the ranking in it ("" for all of them fused).
RANKINGS = {"lexical": "words", "dense": "reads_like", "fused": ""}
#: Documents that a ranking holds: as many as TREC's runs have.
DEPTH = 1000


def rank_questions(
    encoder: Encoder, asked: Questions, *, progress: Callable[[Progress], None] | None = None
) -> list[Ranked]:
    """Return the rankings `RANKINGS` of each question.

    A question has no language of its own; the documents' is guessed, as an ingest guesses it.
    """
    from kgretrieval import extractors
    from kgretrieval.collection.handle import new_manifest
    from kgretrieval.ingest.pipeline import ingest
    from kgretrieval.ingest.workers import Workers
    from kgretrieval.search.answer import Searcher
    from kgretrieval.store.store import create_store
    from kgretrieval.text.analysis import Analyser

    analyser = Analyser.default()
    names = {make_id("a", key): key for key in asked.documents}
    with tempfile.TemporaryDirectory(prefix="kg-evaluate-") as folder:
        store = create_store(Path(folder) / "collection", new_manifest(encoder))
        try:
            workers = Workers(encoder, extractors.load(), analyser)
            ingest(store, _articles(asked), lambda: workers, progress=_of(progress, "documents", len(names)))
            searcher = Searcher(store, lambda: encoder, analyser)
            found = searcher.rank_many(asked.questions.values(), kind="article", depth=DEPTH)
        finally:
            store.close()
    queries = tuple(asked.questions)
    runs = {name: _run(queries, found, names, ranking) for name, ranking in RANKINGS.items()}
    groups = np.arange(len(queries))
    return [
        Ranked(name, queries, ranks_in_run(asked.judgements, run, pool=len(names)), groups, asked.judgements, run)
        for name, run in runs.items()
    ]


def _articles(asked: Questions) -> Iterable[Article]:
    from kgretrieval.text.language import guess_language

    for key, text in asked.documents.items():
        yield Article(key=key, title="", text=text, language=guess_language(text))


def _run(
    queries: Sequence[str], found: Sequence[Sequence[tuple[str, Fused]]], names: dict[str, str], ranking: str
) -> TrecRun:
    """Return one ranking of a search, or with "" the fused one, in the form of a run."""
    if not ranking:
        return {q: [(names[i], fused.score) for i, fused in own] for q, own in zip(queries, found, strict=True)}
    run = {}
    for query, own in zip(queries, found, strict=True):
        shares = [
            (share.rank, names[i], share.score) for i, one in own for share in one.found_by if share.ranking == ranking
        ]
        run[query] = [(name, score) for _, name, score in sorted(shares)]
    return run


def _of(progress: Callable[[Progress], None] | None, stage: str, total: int) -> Callable[[Progress], None] | None:
    return None if progress is None else lambda seen: progress(Progress(stage, seen.done, total))
