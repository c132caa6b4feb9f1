"""Why a document is a hit: the words of the query in it, the names, and the way to it through the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.reach import way_to
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.as_of import Known
from kgretrieval.search.run import Asked
from kgretrieval.search.walks import walkable
from kgretrieval.store.knowledge import entities, entities_of
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Document, Entity, Explanation, MatchedEntity, MatchedTerm, Waypoint


class Explainer:
    """Explains the hits of one question.

    Parameters
    ----------
    store : Store
        Inside its `reading`.
    snapshot : Snapshot
        What was searched.
    analyser : Analyser
        The collection's.
    arrays : callable
        Returns the graph of the same generation; called where the question names something.
    question : Asked
    known : Known
    """

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        analyser: Analyser,
        arrays: Callable[[], GraphArrays],
        question: Asked,
        known: Known,
    ) -> None:
        self._store, self._snapshot, self._analyser = store, snapshot, analyser
        self._arrays, self._question, self._known = arrays, question, known
        self._languages = [language for language in snapshot.catalog.languages if language] or ["en"]
        self._asked = self._forms(question.text, self._languages)

    def explain(self, shown: Sequence[Document]) -> dict[str, Explanation]:
        """Return why each of these documents is a hit, by its id."""
        named = {entity.id for name in self._question.names for entity in name.entities}
        mentions: dict[str, dict[str, int]] = {}
        for document, entity, count in entities_of(self._store, [d.id for d in shown]) if named else ():
            mentions.setdefault(document, {})[entity] = count
        ways = {d.id: self._way(sorted(named), d.id) for d in shown} if named else {}
        on_ways = {i for way in ways.values() for i, _ in way if i.startswith("e:")}
        known = entities(self._store, named | on_ways)
        passed = {i for way in ways.values() for i, _ in way if not i.startswith("e:")}
        titles = {i: d.title for i, d in documents(self._store, sorted(passed), as_of=self._known.day).items()}
        return {
            d.id: Explanation(
                terms=self._terms(d),
                entities=self._entities(mentions.get(d.id, {}), named, ways.get(d.id, []), known),
                path=tuple(
                    Waypoint(i, known[i].name if i in known else titles.get(i, ""), e) for i, e in ways.get(d.id, ())
                ),
            )
            for d in shown
        }

    def _terms(self, document: Document) -> tuple[MatchedTerm, ...]:
        """Return the words of the query that a document holds, the one that counts most first."""
        (ordinal,) = self._snapshot.catalog.ordinals([document.id]).tolist()
        rows = np.flatnonzero(self._snapshot.catalog.lexical == ordinal).tolist()
        groups = self._question.groups
        scored = [
            self._snapshot.lexical.score_terms(groups, row, weights=self._question.weights or None) for row in rows
        ]
        best = max(scored, key=lambda parts: sum(score for _, score in parts), default=[])
        texts = "\n".join((document.title, document.text, *document.captions, *document.tags))
        found = self._forms(texts, [document.language or self._languages[0]])
        if document.reading is not None:
            found = {**self._forms(document.reading.text, [document.reading.language]), **found}
        group_of = {term: group for group in groups for term in group}
        terms = [
            MatchedTerm(
                next((self._asked[t] for t in group_of.get(term, (term,)) if t in self._asked), term),
                found.get(term, term),
                round(score, 6),
            )
            for term, score in best
        ]
        return tuple(sorted(terms, key=lambda term: (-term.score, term.asked)))

    def _forms(self, text: str, languages: Sequence[str]) -> dict[str, str]:
        """Return how each term is written where it first stands in a text."""
        forms: dict[str, str] = {}
        for language in languages:
            for term, start, end in self._analyser.term_spans(text, language):
                forms.setdefault(term, text[start:end])
        return forms

    def _way(self, seeds: Sequence[str], document: str) -> list[tuple[str, str]]:
        arrays = self._arrays()
        allowed, kinds = walkable(arrays, self._known.catalog, self._known.documents)
        return way_to(arrays, arrays.nodes(seeds).tolist(), arrays.node(document), allowed=allowed, kinds=kinds)

    def _entities(
        self,
        mentions: Mapping[str, int],
        named: set[str],
        way: Sequence[tuple[str, str]],
        known: Mapping[str, Entity],
    ) -> tuple[MatchedEntity, ...]:
        """Return what the query names and the document mentions, then what else leads from there to it."""
        held = sorted(i for i in named if i in mentions and i in known)
        found = [MatchedEntity(i, known[i].name, "named", mentions[i]) for i in held]
        found.sort(key=lambda one: -one.mentions)
        near = [i for i, _ in way if i in known and i not in named]
        return (*found, *(MatchedEntity(i, known[i].name, "near", mentions.get(i, 0)) for i in near))
