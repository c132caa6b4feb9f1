"""How the documents found are spread: by kind, source, time, language, labels, and by who is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from kgretrieval.index.catalog import Catalog
from kgretrieval.store.knowledge import entities, entities_of
from kgretrieval.store.label_search import holding_labels
from kgretrieval.store.store import Store
from kgretrieval.types import Facet

#: Values of a facet that are shown.
MOST = 10
_TYPES = ("person", "organisation", "place")


def facets(store: Store, catalog: Catalog, documents: Sequence[int]) -> tuple[Facet, ...]:
    """Return how many of these documents have each value, the most frequent values first; what is empty is left out.

    A search counts the documents that any of its rankings found (at most `kgretrieval.search.rankings.DEPTH` each) and
    that are likely by themselves.

    The counts of "kind" add up to the number of documents. Articles count for the entities that they mention, and
    pictures for those that their captions and tags do.
    """
    places = np.array(documents, dtype=np.int64)
    kinds = np.where(places < catalog.articles, "article", "picture").tolist()
    dates = [day.decode() for day in catalog.dates[places].tolist()]
    by_name = {
        "kind": Counter(kinds),
        "source": Counter(catalog.sources[i] for i in catalog.source[places].tolist()),
        "year": Counter(day[:4] for day in dates),
        "month": Counter(day[:7] for day in dates if len(day) >= 7),
        "language": Counter(catalog.languages[i] for i in catalog.language[places].tolist()),
        **_labels(store, [catalog.id(i) for i in documents]),
        **_entities(store, [catalog.id(i) for i in documents]),
    }
    made = (_facet(name, counts) for name, counts in by_name.items())
    return tuple(facet for facet in made if facet.values)


def _facet(name: str, counts: Counter[str]) -> Facet:
    known = [(value, count) for value, count in counts.items() if value]
    return Facet(name, tuple(sorted(known, key=lambda pair: (-pair[1], pair[0]))[:MOST]))


def _labels(store: Store, documents: Iterable[str]) -> dict[str, Counter[str]]:
    """Count, by scheme, the documents of which each label holds."""
    found: dict[str, Counter[str]] = {}
    for labels in holding_labels(store, documents).values():
        for label in labels:
            found.setdefault(label.scheme, Counter())[label.value] += 1
    return {scheme: found[scheme] for scheme in sorted(found)}


def _entities(store: Store, documents: Iterable[str]) -> dict[str, Counter[str]]:
    """Count, by type, the documents that mention each entity."""
    count = Counter(entity for _, entity, _ in entities_of(store, documents))
    found: dict[str, Counter[str]] = {name: Counter() for name in _TYPES}
    known = entities(store, count)
    names = Counter(entity.name for entity in known.values())
    for entity in known.values():
        if entity.type in found:
            # Namesakes stay apart.
            label = entity.name if names[entity.name] == 1 else f"{entity.name} ({entity.id})"
            found[entity.type][label] = count[entity.id]
    return found
