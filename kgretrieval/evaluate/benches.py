"""What is measured on: texts with pictures, or questions with documents; each ranks with any encoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from kgretrieval import encoders
from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import UsageError
from kgretrieval.evaluate.figures import PAIR_MEASURES, QUESTION_MEASURES, Ranked
from kgretrieval.evaluate.layouts import Questions, kind_of, read_pairs, read_questions
from kgretrieval.evaluate.measures import Recall
from kgretrieval.evaluate.pairs import PICTURE_TO_TEXT, TEXT_TO_PICTURE, Pairs, Places
from kgretrieval.evaluate.questions import rank_questions
from kgretrieval.evaluate.ranking import Best, rank_right
from kgretrieval.evaluate.report import System
from kgretrieval.evaluate.vectors import Embedded, embed, stored
from kgretrieval.store.store import open_store
from kgretrieval.types import Progress, Skipped

Report = Callable[[Progress], None]


class PairBench:
    """Texts and pictures; a collection brings vectors of its own."""

    measures = PAIR_MEASURES
    recall: Recall = "any"

    def __init__(self, pairs: Pairs, data: Mapping[str, str | int], own: tuple[System, Embedded] | None = None) -> None:
        self.pairs = pairs
        self.data = dict(data)
        self.own = own
        self.skipped: tuple[Skipped, ...] = ()

    def rank(self, model: str | None, *, depth: int, progress: Report | None) -> tuple[System, list[Ranked]]:
        """Rank pictures for texts and texts for pictures, by a model or by the collection's own vectors."""
        if model is None and self.own is not None:
            system, embedded = self.own
        else:
            encoder = _encoder(model)
            embedded, unreadable = embed(encoder, self.pairs, progress=progress)
            embedded = self._leave_out(unreadable, embedded)
            system = System(encoder.name, encoder.weights_hash)
        return system, [self._direction(name, embedded, depth) for name in (TEXT_TO_PICTURE, PICTURE_TO_TEXT)]

    def limit(self, count: int, *, seed: int) -> None:
        """Go on with this many pictures, drawn at random, and their texts."""
        if count < len(self.pairs.paths):
            self._keep(*self.pairs.draw(count, seed=seed))
        self.data["limit"] = count

    def meet(self, other: PairBench) -> None:
        """Keep what both have, in one order, so that both can be asked the same.

        Raises
        ------
        UsageError
            If that is nothing.
        """
        mine, theirs = self.pairs, other.pairs
        pictures = sorted(set(mine.picture_ids) & set(theirs.picture_ids))
        texts = sorted(set(mine.text_ids) & set(theirs.text_ids))
        for bench in (self, other):
            place = {i: n for n, i in enumerate(bench.pairs.picture_ids)}
            said = {i: n for n, i in enumerate(bench.pairs.text_ids)}
            bench._keep(np.array([place[i] for i in pictures], np.int64), np.array([said[i] for i in texts], np.int64))
        if not len(self.pairs.right):
            raise UsageError(
                "the two collections have no article with its picture in common; compare two of the same archive"
            )
        # What is right is what the first one says.
        other.pairs = self.pairs

    def _leave_out(self, unreadable: Mapping[int, Skipped], embedded: Embedded) -> Embedded:
        self.skipped += tuple(unreadable.values())
        pictures, texts = self.pairs.apart_from(np.array(sorted(unreadable), dtype=np.int64))
        self._keep(pictures, texts)
        return embedded.take(pictures, texts)

    def _keep(self, pictures: Places, texts: Places) -> None:
        self.pairs = self.pairs.take(pictures, texts)
        if self.own is not None:
            self.own = self.own[0], self.own[1].take(pictures, texts)

    def _direction(self, name: str, embedded: Embedded, depth: int) -> Ranked:
        side = self.pairs.side(name)
        texts_ask = name == TEXT_TO_PICTURE
        queries = (embedded.texts if texts_ask else embedded.pictures)[side.asked]
        pool = embedded.pictures if texts_ask else embedded.texts
        right, best = rank_right(queries, pool, side.right, depth=depth)
        run = _run(side.query_ids, side.pool_ids, best) if depth else {}
        return Ranked(name, side.query_ids, right, side.groups, side.judgements(), run)


class QuestionBench:
    """Questions, and documents in words: the rankings of words and of meaning, and the two fused as a search does."""

    measures = QUESTION_MEASURES
    recall: Recall = "all"

    def __init__(self, asked: Questions, data: Mapping[str, str | int]) -> None:
        self.asked = asked
        self.data = dict(data)
        self.skipped: tuple[Skipped, ...] = ()

    def rank(self, model: str | None, *, depth: int, progress: Report | None) -> tuple[System, list[Ranked]]:
        """Take the documents into a collection in a temporary folder and ask the questions."""
        encoder = _encoder(model)
        ranked = rank_questions(encoder, self.asked, progress=progress)
        return System(encoder.name, encoder.weights_hash), ranked

    def limit(self, count: int, *, seed: int) -> None:
        """Go on with this many questions, drawn at random; the documents stay."""
        chosen = np.sort(np.random.default_rng(seed).permutation(len(self.asked.questions))[:count])
        names = [name for n, name in enumerate(self.asked.questions) if n in set(chosen.tolist())]
        questions = {name: self.asked.questions[name] for name in names}
        judgements = {name: self.asked.judgements[name] for name in names}
        self.asked = replace(self.asked, questions=questions, judgements=judgements)
        self.data["limit"] = count


Bench = PairBench | QuestionBench


def open_bench(folder: Path, *, split: str | None = None, field: str | None = None) -> Bench:
    """Return what is in a folder: a collection, texts with pictures, or questions with documents.

    Raises
    ------
    UsageError
        If a split or a field is named where there is none.
    """
    kind = kind_of(folder)
    if kind == "pairs":
        pairs, split, field = read_pairs(folder, split=split, field=field)
        return PairBench(pairs, {"path": str(folder), "split": split, "field": field})
    if split or field:
        raise UsageError(
            f"{folder} has no {'split' if split else 'field'} to choose; leave --{'split' if split else 'field'} out"
        )
    if kind == "questions":
        return QuestionBench(read_questions(folder), {"path": str(folder)})
    return collection_bench(folder)


def collection_bench(folder: Path) -> PairBench:
    """Return the articles and photos of a collection, with its own vectors."""
    store = open_store(folder)
    try:
        pairs, embedded = stored(store)
        system = System(store.manifest.encoder, store.manifest.weights_hash, collection=str(folder))
    finally:
        store.close()
    return PairBench(pairs, {"path": str(folder)}, (system, embedded))


def _encoder(name: str | None) -> Encoder:
    return encoders.load(name or encoders.DEFAULT)


def _run(query_ids: tuple[str, ...], pool_ids: tuple[str, ...], best: Best) -> dict[str, list[tuple[str, float]]]:
    return {
        query: [(pool_ids[i], s) for i, s in zip(items, scores, strict=True) if s > -np.inf]
        for query, items, scores in zip(query_ids, best.items.tolist(), best.scores.tolist(), strict=True)
    }
