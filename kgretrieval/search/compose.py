"""From the documents that a question finds to an `Answer`: hits with what is known of them, and what is around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.around import entities_around, facts_around
from kgretrieval.search.as_of import Known
from kgretrieval.search.diverse import story_of
from kgretrieval.search.facets import facets
from kgretrieval.search.fold import Alike, flat
from kgretrieval.search.likely import Outcome, Weighed
from kgretrieval.search.run import Asked
from kgretrieval.search.snippets import SnippetMaker
from kgretrieval.search.wanted import Wanted
from kgretrieval.store.hits import make_hit
from kgretrieval.store.label_search import holding_labels
from kgretrieval.store.read import documents
from kgretrieval.store.reading_rows import with_readings
from kgretrieval.store.search_rows import picture_paths
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import stories_of
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Answer, Document, Explanation, Hit

if TYPE_CHECKING:
    from kgretrieval.graph.arrays import GraphArrays


class Composer:
    """Makes the answers to questions that want the same.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    snapshot : Snapshot
        What was searched.
    analyser : Analyser
        The collection's.
    wanted : Wanted
    arrays : callable
        Returns the graph of the same generation; called where hits are explained.
    """

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        analyser: Analyser,
        wanted: Wanted,
        arrays: Callable[[], GraphArrays],
    ) -> None:
        self._store, self._snapshot, self._analyser, self._wanted = store, snapshot, analyser, wanted
        self._arrays = arrays
        self._catalog = snapshot.catalog
        self._known = Known.by(snapshot.catalog, wanted.as_of)

    def answer(self, query: str, question: Asked, outcome: Outcome, alike: Alike, notes: Iterable[str]) -> Answer:
        """Return the answer to one question; `alike` holds what was folded into its hits."""
        hits = self._hits(question, outcome.hits, alike)
        ids = [hit.id for hit in hits]
        shown = entities_around(self._store, question.names, ids, self._known)
        facts = facts_around(self._store, shown, question.names, ids, self._known) if shown else ()
        spread = facets(self._store, self._catalog, flat(alike, outcome.likely)) if self._wanted.facets else ()
        return Answer(
            query=query.strip(),
            hits=hits,
            entities=shown,
            facts=facts,
            notes=tuple(notes),
            generation=self._snapshot.generation,
            facets=spread,
            as_of=self._wanted.as_of,
            understood=question.understood,
        )

    def _hits(self, question: Asked, found: Sequence[Weighed], alike: Alike) -> tuple[Hit, ...]:
        ids = [self._catalog.id(hit.fused.document) for hit in found]
        read = with_readings(self._store, documents(self._store, ids, as_of=self._wanted.as_of))
        linked = {a for d in read.values() for a in d.articles} - set(read)
        articles = {**read, **documents(self._store, sorted(linked))}
        photos = picture_paths(self._store, (d.pictures[0] for d in read.values() if d.pictures))
        why = self._explained(question, [read[i] for i in ids]) if self._wanted.explain else {}
        held = {i: [i] if d.kind == "article" else d.articles for i, d in read.items()}
        of = stories_of(self._store, sorted({a for own in held.values() for a in own}))
        stories = {i: story_of(own, of) for i, own in held.items()}
        labels = holding_labels(self._store, ids)
        maker = SnippetMaker(self._analyser, question.groups, question.fragments)
        return tuple(
            make_hit(
                read[identifier],
                rank=rank,
                score=hit.fused.score,
                probability=hit.probability,
                snippet=maker.snippet(read[identifier], articles),
                found_by=hit.fused.found_by,
                photo=_photo(read[identifier], photos),
                alike=tuple(self._catalog.id(other) for other in alike.get(hit.fused.document, ())),
                story=stories[identifier],
                labels=labels.get(identifier, ()),
                explanation=why.get(identifier),
            )
            for rank, (identifier, hit) in enumerate(zip(ids, found, strict=True), start=1)
        )

    def _explained(self, question: Asked, shown: Sequence[Document]) -> dict[str, Explanation]:
        from kgretrieval.search.explain import Explainer

        explainer = Explainer(self._store, self._snapshot, self._analyser, self._arrays, question, self._known)
        return explainer.explain(shown)


def _photo(document: Document, paths: Mapping[str, str]) -> str:
    return paths.get(document.pictures[0], "") if document.pictures else ""
