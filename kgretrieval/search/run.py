"""The rankings of one question over one snapshot, fused for each kind of hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search import names as naming
from kgretrieval.search.filters import Mask, kind_mask
from kgretrieval.search.fuse import Fused, fuse, weights
from kgretrieval.search.names import Name
from kgretrieval.search.rankings import (
    Groups,
    Illustrations,
    Scored,
    article_words,
    nearest,
    within_reach,
    words,
)
from kgretrieval.search.wanted import KINDS
from kgretrieval.store.search_rows import picture_hashes
from kgretrieval.store.store import Store

Vectors = npt.NDArray[np.float32]

#: How many of the nearest pictures are looked at for copies.
_COPIES = 50
#: Likeness of two perceptual hashes from which on they are of one photograph: 8 of 64 bits may differ. Of 1.1 million
#: pairs of different Flickr8k photographs none came nearer than 10.
SAME = 1.0 - 8 / 64


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its words, their terms and the names in it; all empty for a picture alone.

    `only_names` says that no word of it stands outside a name, `known` which share of its words the encoder knows.
    """

    text: str = ""
    groups: Groups = ()
    names: Sequence[Name] = ()
    only_names: bool = False
    known: float = 1.0


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a batch of questions: by space ``(m, d)``, and of the picture of a single one ``(1, d)``.

    `phash` is that picture's perceptual hash.
    """

    texts: dict[str, Vectors]
    image: Vectors | None = None
    phash: int = 0


class Run:
    """One set of filters over one snapshot.

    Parameters
    ----------
    store : Store
        Inside the `reading` that the snapshot belongs to.
    passed : numpy.ndarray
        ``(n,)`` bool over the documents of the catalog.
    kind : str
        ``""`` for both.
    depth : int
        How many documents a ranking holds.
    known : numpy.ndarray, optional
        ``(n,)`` bool: the documents from which anything may be learned, where these are not all (as of a day).

    Attributes
    ----------
    compared : Mapping[str, int]
        How many documents of each kind there are to compare; a kind that has none is not there.
    """

    def __init__(
        self, store: Store, snapshot: Snapshot, passed: Mask, *, kind: str, depth: int, known: Mask | None = None
    ) -> None:
        self._store = store
        self._known = known
        self._snapshot = snapshot
        self._passed = passed
        self._depth = depth
        counts = {k: int((passed & kind_mask(snapshot.catalog, k)).sum()) for k in KINDS if kind in ("", k)}
        self.compared: Mapping[str, int] = {k: count for k, count in counts.items() if count}

    def answer(self, asked: Sequence[Asked], encoded: Encoded) -> list[dict[str, list[Fused]]]:
        """Return, for each question, the documents found by kind, the best first."""
        found: list[dict[str, list[Fused]]] = [{} for _ in asked]
        for kind in self.compared:
            mask = self._passed & kind_mask(self._snapshot.catalog, kind)
            by_vectors = self._vector_rankings(kind, mask, encoded, len(asked))
            for place, question in enumerate(asked):
                rankings = {name: lists[place] for name, lists in by_vectors.items()}
                rankings |= self._text_rankings(kind, mask, question)
                found[place][kind] = fuse(rankings, weights(kind, only_names=question.only_names))
        return found

    def _vector_rankings(self, kind: str, mask: Mask, encoded: Encoded, count: int) -> dict[str, list[Scored]]:
        found: dict[str, list[Scored]] = {}
        if encoded.texts:
            # An encoder without a space of its own for texts compares them in the one it shares with pictures.
            space = "text" if "text" in encoded.texts else "picture"
            found["reads_like"] = self._nearest(space, encoded.texts[space], mask, pixels=False)
            if kind == "picture":
                found["looks_like"] = self._nearest("picture", encoded.texts["picture"], mask, pixels=True)
        if encoded.image is not None:
            by_image = self._image_rankings(kind, mask, encoded.image, encoded.phash)
            found |= {name: [ranking] * count for name, ranking in by_image.items()}
        return found

    def _image_rankings(self, kind: str, mask: Mask, image: Vectors, phash: int) -> dict[str, Scored]:
        if kind == "picture":
            (alike,) = self._nearest("picture", image, mask, pixels=True)
            return {"looks_like_image": alike, "same_image": self._same(alike, phash)}
        links = Illustrations(self._snapshot.catalog)
        (alike,) = self._nearest("picture", image, links.pictures_of(mask), pixels=True)
        (headlines,) = self._nearest("picture", image, mask, pixels=False)
        return {
            "reads_like_image": headlines,
            "its_picture_looks_like_image": links.to_articles(within_reach(alike), mask, self._depth),
            "its_picture_is_image": links.to_articles(self._same(alike, phash), mask, self._depth),
        }

    def _same(self, alike: Scored, phash: int) -> Scored:
        """Return those of the nearest pictures that are the query's picture or a near copy of it, by their hashes."""
        from kgretrieval.pictures.phash import distance

        near = [document for document, _ in alike[:_COPIES]]
        ids = {self._snapshot.catalog.id(document): document for document in near}
        place = {document: position for position, document in enumerate(near)}
        hashes = picture_hashes(self._store, ids)
        scored = [(ids[i], 1.0 - distance(phash, seen) / 64) for i, seen in hashes.items()]
        return sorted((s for s in scored if s[1] >= SAME), key=lambda s: (-s[1], place[s[0]]))

    def _text_rankings(self, kind: str, mask: Mask, question: Asked) -> dict[str, Scored]:
        found: dict[str, Scored] = {}
        if question.groups:
            found["words"] = words(self._snapshot, question.groups, mask, self._depth, kind)
            if kind == "picture":
                found["article_words"] = article_words(self._snapshot, question.groups, mask, self._depth, self._known)
        if question.names:
            catalog = self._snapshot.catalog
            found["names"] = naming.ranking(self._store, catalog, question.names, mask, self._depth)
        return found

    def _nearest(self, space: str, queries: Vectors, mask: Mask, *, pixels: bool) -> list[Scored]:
        return nearest(self._snapshot, space, queries, mask, self._depth, pixels=pixels)
