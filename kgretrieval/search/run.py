"""The rankings of one question over one snapshot, fused for each kind of hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search import names as naming
from kgretrieval.search.filters import Mask, kind_mask
from kgretrieval.search.fuse import Fused, fuse, weights
from kgretrieval.search.names import Name
from kgretrieval.search.query import KINDS
from kgretrieval.search.rankings import Groups, Illustrations, Scored, article_words, nearest, within_reach, words
from kgretrieval.store.store import Store

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its words, their terms and the names in it; all empty for a picture alone.

    `only_names` says that no word of it stands outside a name.
    """

    text: str = ""
    groups: Groups = ()
    names: Sequence[Name] = ()
    only_names: bool = False


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a batch of questions: by space ``(m, d)``, and of the picture of a single one ``(1, d)``."""

    texts: dict[str, Vectors]
    image: Vectors | None = None


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
    """

    def __init__(self, store: Store, snapshot: Snapshot, passed: Mask, *, kind: str, depth: int) -> None:
        self._store = store
        self._snapshot = snapshot
        self._passed = passed
        self._depth = depth
        self._kinds = [k for k in KINDS if kind in ("", k) and (passed & kind_mask(snapshot.catalog, k)).any()]

    def answer(self, asked: Sequence[Asked], encoded: Encoded) -> list[list[Fused]]:
        """Return, for each question, the documents found, the best first."""
        found: list[list[Fused]] = [[] for _ in asked]
        for kind in self._kinds:
            mask = self._passed & kind_mask(self._snapshot.catalog, kind)
            by_vectors = self._vector_rankings(kind, mask, encoded, len(asked))
            for place, question in enumerate(asked):
                rankings = {name: lists[place] for name, lists in by_vectors.items()}
                rankings |= self._text_rankings(kind, mask, question)
                found[place] += fuse(rankings, weights(kind, only_names=question.only_names))
        return [sorted(fused, key=lambda f: (-f.score, f.document)) for fused in found]

    def _vector_rankings(self, kind: str, mask: Mask, encoded: Encoded, count: int) -> dict[str, list[Scored]]:
        found: dict[str, list[Scored]] = {}
        if encoded.texts:
            # An encoder without a space of its own for texts compares them in the one it shares with pictures.
            space = "text" if "text" in encoded.texts else "picture"
            found["reads_like"] = self._nearest(space, encoded.texts[space], mask, pixels=False)
            if kind == "picture":
                found["looks_like"] = self._nearest("picture", encoded.texts["picture"], mask, pixels=True)
        if encoded.image is not None:
            found |= {name: lists * count for name, lists in self._image_rankings(kind, mask, encoded.image).items()}
        return found

    def _image_rankings(self, kind: str, mask: Mask, image: Vectors) -> dict[str, list[Scored]]:
        if kind == "picture":
            return {"looks_like_image": self._nearest("picture", image, mask, pixels=True)}
        links = Illustrations(self._snapshot.catalog)
        alike = self._nearest("picture", image, links.pictures_of(mask), pixels=True)
        return {
            "reads_like_image": self._nearest("picture", image, mask, pixels=False),
            "its_picture_looks_like_image": [links.to_articles(within_reach(p), mask, self._depth) for p in alike],
        }

    def _text_rankings(self, kind: str, mask: Mask, question: Asked) -> dict[str, Scored]:
        found: dict[str, Scored] = {}
        if question.groups:
            found["words"] = words(self._snapshot, question.groups, mask, self._depth, kind)
            if kind == "picture":
                found["article_words"] = article_words(self._snapshot, question.groups, mask, self._depth)
        if question.names:
            catalog = self._snapshot.catalog
            found["names"] = naming.ranking(self._store, catalog, question.names, mask, self._depth)
        return found

    def _nearest(self, space: str, queries: Vectors, mask: Mask, *, pixels: bool) -> list[Scored]:
        return nearest(self._snapshot, space, queries, mask, self._depth, pixels=pixels)
