"""Pictures that look like those whose captions name a person.

The threshold was chosen on the train part of newsimages25 (7,376 photos, 113 persons with three or more) by
``benchmarks/likeness.py``: headlines that name a person stood for captions, half of the person's photos for the known
ones. At 0.92 ten of ten photos found belong to articles that name the person (95 % interval from 0.72), at 0.90
eighteen of 24, at 0.85 forty-six of 99. It finds little: at 0.92 1.9 % of the other half. Of organisations three of
eight are right at 0.92, so they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.sightings import LIKENESS, Sighting
from kgretrieval.store import graph_rows
from kgretrieval.store.knowledge import entity_types
from kgretrieval.store.store import Store

#: The cosine to the centroid from which on a picture is said to look alike, and from how many pictures it is made.
ALIKE, LEAST = 0.92, 3
#: Persons compared at once.
_CHUNK = 256


def alike(store: Store, seen: Mapping[tuple[str, str], Sighting]) -> dict[tuple[str, str], Sighting]:
    """Return the pictures that look like the others of a person, keyed by (picture, entity).

    Pictures that name the person themselves, or whose articles do, are left out.

    Parameters
    ----------
    store : Store
    seen : mapping
        What pictures are said to show for other reasons, from `in_pictures`.
    """
    known = _references(store, seen)
    if not known:
        return {}
    pictures, vectors = _pixels(store)
    places = {picture: place for place, picture in enumerate(pictures)}
    found: dict[tuple[str, str], Sighting] = {}
    entities = sorted(known)
    for start in range(0, len(entities), _CHUNK):
        chunk = entities[start : start + _CHUNK]
        centroids = np.stack([_centroid(vectors, known[e], places) for e in chunk])
        scores = centroids @ vectors.T
        for i, j in np.argwhere(scores >= ALIKE):
            key = (pictures[j], chunk[i])
            if key not in seen:
                found[key] = Sighting(0, round(float(scores[i, j]), 4), LIKENESS, False)
    return found


def likenesses(store: Store) -> set[tuple[str, str]]:
    """Return (picture, entity) of what looks like the others of a person, also where its article says the name."""
    return set(alike(store, {pair: Sighting(1, 1.0, "caption", False) for pair in graph_rows.captioned(store)}))


def _references(store: Store, seen: Mapping[tuple[str, str], Sighting]) -> dict[str, list[str]]:
    """Return the pictures whose captions name a person, by person, where there are enough."""
    groups: dict[str, list[str]] = {}
    for (picture, entity), sighting in seen.items():
        if sighting.origin == "caption":
            groups.setdefault(entity, []).append(picture)
    enough = {entity: sorted(group) for entity, group in groups.items() if len(group) >= LEAST}
    types = entity_types(store) if enough else {}
    return {entity: group for entity, group in enough.items() if types.get(entity) == "person"}


def _pixels(store: Store) -> tuple[list[str], npt.NDArray[np.float32]]:
    """Return all pictures that have a vector, and ``(n, width)`` float32 rows of unit length."""
    rows = graph_rows.pixel_rows(store)
    pictures = sorted(rows)
    vectors = store.vectors["picture"].rows()[[rows[picture] for picture in pictures]].astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return pictures, vectors / np.maximum(lengths, 1e-9)


def _centroid(
    vectors: npt.NDArray[np.float32], pictures: Iterable[str], places: Mapping[str, int]
) -> npt.NDArray[np.float32]:
    rows = vectors[[places[picture] for picture in pictures if picture in places]]
    # Fewer vectors than captions where a file could not be read: then nothing looks alike.
    if len(rows) < LEAST:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    centre = rows.mean(axis=0)
    return np.asarray(centre / max(float(np.linalg.norm(centre)), 1e-9), dtype=np.float32)
