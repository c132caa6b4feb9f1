"""Documents that hold a phrase, and those that a question leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask
from kgretrieval.search.rankings import Illustrations
from kgretrieval.store.read import titles
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser, Phrase


def holding(snapshot: Snapshot, phrase: Phrase) -> Mask:
    """Return ``(n,)`` bool: the articles that hold a phrase, and the pictures by their captions and tags."""
    found = np.zeros(len(snapshot.catalog), dtype=np.bool_)
    documents = snapshot.catalog.lexical[snapshot.lexical.phrase_rows(phrase)]
    found[documents[documents >= 0]] = True
    return found


def holding_all(snapshot: Snapshot, phrases: Iterable[Phrase]) -> Mask:
    """Return ``(n,)`` bool: what holds every phrase; a picture may hold it by an article that it illustrates."""
    links = Illustrations(snapshot.catalog)
    passed = np.ones(len(snapshot.catalog), dtype=np.bool_)
    for phrase in phrases:
        found = holding(snapshot, phrase)
        passed &= found | links.pictures_of(found)
    return passed


def holding_any(store: Store, snapshot: Snapshot, analyser: Analyser, phrases: Sequence[Phrase]) -> Mask:
    """Return ``(n,)`` bool: what holds one of these phrases; a picture may hold it by the title of an article.

    A word somewhere in a long article does not say that its picture shows it.
    """
    catalog = snapshot.catalog
    links = Illustrations(catalog)
    left_out = np.zeros(len(catalog), dtype=np.bool_)
    for phrase in phrases:
        found = holding(snapshot, phrase)
        left_out |= found
        illustrated = found & links.articles_with(np.ones(len(catalog), dtype=np.bool_))
        illustrated[catalog.articles :] = False
        ordinals = np.flatnonzero(illustrated)
        told = titles(store, (catalog.id(o) for o in ordinals.tolist()))
        titled = np.zeros(len(catalog), dtype=np.bool_)
        titled[[o for o in ordinals.tolist() if _holds(analyser, *told[catalog.id(o)], phrase)]] = True
        left_out |= links.pictures_of(titled)
    return left_out


def _holds(analyser: Analyser, text: str, language: str, phrase: Phrase) -> bool:
    """Return whether a short text holds a phrase."""
    places: dict[str, set[int]] = {}
    for place, variants in analyser.phrase(text, [language]):
        for term in variants:
            places.setdefault(term, set()).add(place)
    starts: set[int] | None = None
    for place, variants in phrase:
        own = {at - place for term in variants for at in places.get(term, ())}
        starts = own if starts is None else starts & own
    return bool(starts)
