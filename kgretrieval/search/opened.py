"""What every question over a collection needs: the files of one generation, the filters, the rankings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kgretrieval.encoders.base import Encoder
from kgretrieval.encoders.calibration import Calibration
from kgretrieval.index.snapshot import Snapshot, open_snapshot
from kgretrieval.search.asking import Asker
from kgretrieval.search.compose import Composer
from kgretrieval.search.diverse import one_a_story
from kgretrieval.search.filters import Mask, allowed_documents, known_by
from kgretrieval.search.fold import Alike, folded
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Outcome, Weighed, outcomes
from kgretrieval.search.meant import with_entities
from kgretrieval.search.notes import filter_notes
from kgretrieval.search.own_scores import calibrated, require_scores
from kgretrieval.search.rankings import DEPTH
from kgretrieval.search.run import Asked, Encoded, Run
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser

if TYPE_CHECKING:
    from kgretrieval.graph.arrays import GraphArrays


@dataclass(frozen=True, slots=True)
class Ready:
    """What questions with the same filters share: `passed` may be hits, `known` may be learned from."""

    wanted: Wanted
    snapshot: Snapshot
    passed: Mask
    known: Mask | None
    depth: int
    run: Run
    composer: Composer
    notes: Sequence[str]


class Opened:
    """Holds open what questions are answered with, and brings it up to date with the collection.

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

    def _ready(self, asked_for: Wanted, *, but: str = "") -> Ready:
        """Return what every question with these filters needs; `but` is a document that is no hit."""
        snapshot = self._current()
        asked_for, named = with_entities(self._store, asked_for)
        passed = allowed_documents(self._store, snapshot.catalog, asked_for)
        notes = [*named, *filter_notes(self._store, snapshot, asked_for, passed)]
        passed[snapshot.catalog.ordinals([but])[0] if but else []] = False
        known = known_by(snapshot.catalog, asked_for.as_of) if asked_for.as_of else None
        depth = max(DEPTH, asked_for.k)
        run = Run(self._store, snapshot, passed, kind=asked_for.kind, depth=depth, known=known, graph=self._graph)
        composer = Composer(self._store, snapshot, self._analyser, asked_for, self._graph)
        return Ready(asked_for, snapshot, passed, known, depth, run, composer, notes)

    def _found(self, ready: Ready, questions: Sequence[Asked], encoded: Encoded) -> list[tuple[Outcome, Alike]]:
        """Return the hits of each question and what was folded into them."""
        wish, snapshot = ready.wanted, ready.snapshot
        calibration = self._calibrated(snapshot)
        if wish.min_score and "picture" in ready.run.compared:
            directions = {"text_to_picture"} if encoded.texts else set()
            directions |= {"picture_to_picture"} if encoded.image is not None else set()
            require_scores(calibration, directions, wish.min_score, self._store.manifest.encoder)
        found = ready.run.answer(questions, encoded)
        alike = [self._fold(snapshot, by_kind) if wish.fold else {} for by_kind in found]
        spread = self._spread(ready)
        shown = outcomes(snapshot, calibration, wish, ready.run.compared, questions, encoded, found, spread)
        return list(zip(shown, alike, strict=True))

    def _spread(self, ready: Ready) -> Callable[[Sequence[Weighed]], list[Weighed]] | None:
        return partial(one_a_story, self._store, ready.snapshot.catalog) if ready.wanted.diverse else None

    def _fold(self, snapshot: Snapshot, by_kind: dict[str, list[Fused]]) -> Alike:
        """Leave of near copies among the documents found the first ones, and return the others."""
        alike: Alike = {}
        for kind in by_kind:
            by_kind[kind], others = folded(self._store, snapshot.catalog, kind, by_kind[kind])
            alike |= others
        return alike

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
