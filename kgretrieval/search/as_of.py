"""What could have been known on a day: documents dated up to then, and the entities and counts that they support."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.filters import Mask, known_by
from kgretrieval.store.knowledge import documents_of
from kgretrieval.store.store import Store
from kgretrieval.types import Entity


@dataclass(frozen=True, slots=True)
class Known:
    """The state of knowledge on a day; of the empty day everything is known.

    Attributes
    ----------
    day : str
        An ISO date of any precision, its end included.
    documents : numpy.ndarray, optional
        ``(n,)`` bool over the catalog, None where everything is known.
    """

    day: str
    catalog: Catalog
    documents: Mask | None

    @classmethod
    def by(cls, catalog: Catalog, day: str) -> Known:
        """Return what was known at the end of a day, month or year; ``""`` stands for now."""
        return cls(day, catalog, known_by(catalog, day) if day else None)

    def only(self, ids: Iterable[str]) -> set[str]:
        """Return those of these documents that were known."""
        wanted = list(ids)
        if self.documents is None:
            return set(wanted)
        ordinals = self.catalog.ordinals(wanted)
        held = (ordinals >= 0) & self.documents[np.maximum(ordinals, 0)] if len(self.catalog) else ordinals >= 0
        return {identifier for identifier, known in zip(wanted, held.tolist(), strict=True) if known}

    def entities(self, store: Store, known: Mapping[str, Entity]) -> dict[str, Entity]:
        """Return these entities as they were known: with the counts of then, without those that nothing mentioned."""
        if self.documents is None:
            return dict(known)
        rows = documents_of(store, known)
        there = self.only({document for _, document, *_ in rows})
        counts = {identifier: [0, 0, 0] for identifier in known}
        for identifier, document, mentions, *_ in rows:
            if document in there:
                counts[identifier][0 if document.startswith("a:") else 1] += 1
                counts[identifier][2] += mentions
        return {
            i: replace(entity, articles=counts[i][0], pictures=counts[i][1], mentions=counts[i][2])
            for i, entity in known.items()
            if counts[i][2]
        }
