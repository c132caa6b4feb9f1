"""The rankings of one question over one snapshot, fused for each kind of hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask, kind_mask
from kgretrieval.search.fragments import holding_fragments
from kgretrieval.search.fuse import Fused, QueryType, fuse, weights
from kgretrieval.search.graph_ranking import Walked, walk
from kgretrieval.search.names import Name
from kgretrieval.search.rankings import (
    Groups,
    Illustrations,
    Scored,
    article_words,
    best_of_both,
    nearest,
    within_reach,
    words,
)
from kgretrieval.search.wanted import KINDS
from kgretrieval.store.search_rows import picture_hashes
from kgretrieval.store.store import Store
from kgretrieval.types import Understanding

Vectors = npt.NDArray[np.float32]

#: How many of the nearest pictures are looked at for copies.
_COPIES = 50
#: Likeness of two perceptual hashes from which on they are of one photograph: 8 of 64 bits may differ. Of 1.1 million
#: pairs of different Flickr8k photographs none came nearer than 10.
SAME = 1.0 - 8 / 64
#: What the likeness to a question with persons for names counts beside that to the question as it stands
#: (`kgretrieval.search.soften` has the figures).
SOFT = 0.85


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, understood: its words, their terms, the names in it; all empty for a picture alone.

    Attributes
    ----------
    text : str
        Its words, spelt as they were taken.
    groups, weights : sequences
        The variants of each word, and what each counts.
    names : sequence of Name
        From left to right.
    only_names : bool
        No word of it stands outside a name, or its only word is one that the collection writes as part of names.
    known : float
        Which share of its words the encoder knows.
    turned : sequence of (str, float)
        Texts whose vectors are added to that of the question so many times.
    unlike : sequence of str
        What its pictures must not look like.
    within : numpy.ndarray, optional
        ``(n,)`` bool: the documents that hold its phrases and nothing of what it leaves out.
    notes : sequence of str
        What a person should know of how it was understood.
    fragments : sequence of str
        Letters to be looked for in the text of pictures, wherever words begin and end there.
    """

    text: str = ""
    groups: Groups = ()
    weights: Sequence[float] = ()
    names: Sequence[Name] = ()
    only_names: bool = False
    known: float = 1.0
    turned: Sequence[tuple[str, float]] = ()
    unlike: Sequence[str] = ()
    within: Mask | None = None
    notes: Sequence[str] = ()
    understood: Understanding = field(default_factory=Understanding)
    fragments: Sequence[str] = ()

    @property
    def type(self) -> QueryType:
        """Return what kind of a question it is."""
        if self.only_names:
            return "names"
        return "names and words" if self.names else "words"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a batch of questions: by space ``(m, d)``, and of the picture of a single one ``(1, d)``.

    `softened` has those of the questions with persons for names, ``(m, d)`` in the space "picture", a row of zeros for
    a question without names. `phash` is the perceptual hash of the picture.
    """

    texts: dict[str, Vectors]
    image: Vectors | None = None
    phash: int = 0
    softened: Vectors | None = None


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
    graph : callable, optional
        Returns the arrays of the graph, which only questions with names need; without them names find nothing.

    Attributes
    ----------
    compared : Mapping[str, int]
        How many documents of each kind there are to compare; a kind that has none is not there.
    """

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        passed: Mask,
        *,
        kind: str,
        depth: int,
        known: Mask | None = None,
        graph: Callable[[], GraphArrays] | None = None,
    ) -> None:
        self._store = store
        self._graph = graph
        self._known = known
        self._snapshot = snapshot
        self._passed = passed
        self._depth = depth
        counts = {k: int((passed & kind_mask(snapshot.catalog, k)).sum()) for k in KINDS if kind in ("", k)}
        self.compared: Mapping[str, int] = {k: count for k, count in counts.items() if count}

    def answer(self, asked: Sequence[Asked], encoded: Encoded) -> list[dict[str, list[Fused]]]:
        """Return, for each question, the documents found by kind, the best first."""
        found: list[dict[str, list[Fused]]] = [{} for _ in asked]
        walked = [self._walk(question) for question in asked]
        for kind in self.compared:
            mask = self._passed & kind_mask(self._snapshot.catalog, kind)
            by_vectors = self._vector_rankings(kind, mask, encoded, asked)
            for place, question in enumerate(asked):
                own = mask if question.within is None else mask & question.within
                rankings = {name: lists[place] for name, lists in by_vectors.items()}
                rankings |= self._text_rankings(kind, own, question)
                near = walked[place]
                if near is not None:
                    both = near.among(own, self._depth)
                    rankings |= {"names": both.named, "graph": both.near}
                found[place][kind] = fuse(rankings, weights(kind, question.type))
        return found

    def _vector_rankings(
        self, kind: str, mask: Mask, encoded: Encoded, asked: Sequence[Asked]
    ) -> dict[str, list[Scored]]:
        found: dict[str, list[Scored]] = {}
        if encoded.texts:
            # An encoder without a space of its own for texts compares them in the one it shares with pictures.
            space = "text" if "text" in encoded.texts else "picture"
            found["reads_like"] = self._nearest(space, encoded.texts[space], mask, asked, pixels=False)
            if kind == "picture":
                found["looks_like"] = self._looks(encoded, mask, asked)
        if encoded.image is not None:
            (question,) = asked
            own = mask if question.within is None else mask & question.within
            by_image = self._image_rankings(kind, own, encoded.image, encoded.phash)
            found |= {name: [ranking] for name, ranking in by_image.items()}
        return found

    def _looks(self, encoded: Encoded, mask: Mask, asked: Sequence[Asked]) -> list[Scored]:
        """Return the pictures that look like each question, as it stands or with persons for names."""
        plain = encoded.texts["picture"]
        if encoded.softened is None or not encoded.softened.any():
            return self._nearest("picture", plain, mask, asked, pixels=True)
        both = np.concatenate([plain, encoded.softened])
        found = self._nearest("picture", both, mask, [*asked, *asked], pixels=True)
        pairs = zip(found[: len(asked)], found[len(asked) :], strict=True)
        return [
            best_of_both(one, [(document, SOFT * score) for document, score in other], self._depth)
            for one, other in pairs
        ]

    def _image_rankings(self, kind: str, mask: Mask, image: Vectors, phash: int) -> dict[str, Scored]:
        if kind == "picture":
            (alike,) = self._all_nearest("picture", image, mask, pixels=True)
            return {"looks_like_image": alike, "same_image": self._same(alike, phash)}
        links = Illustrations(self._snapshot.catalog)
        (alike,) = self._all_nearest("picture", image, links.pictures_of(mask), pixels=True)
        (headlines,) = self._all_nearest("picture", image, mask, pixels=False)
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
            asked = question.groups, question.weights
            found["words"] = words(self._snapshot, *asked, mask, self._depth, kind)
            if kind == "picture":
                found["article_words"] = article_words(self._snapshot, *asked, mask, self._depth, self._known)
        if kind == "picture" and question.fragments:
            catalog = self._snapshot.catalog
            found["fragment"] = holding_fragments(self._store, catalog, question.fragments, mask, self._depth)
        return found

    def _walk(self, question: Asked) -> Walked | None:
        """Return where the walks from what a question names come to, None where it names nothing."""
        if not question.names or self._graph is None:
            return None
        return walk(self._graph(), self._snapshot.catalog, question.names, self._known)

    def _nearest(
        self, space: str, queries: Vectors, mask: Mask, asked: Sequence[Asked], *, pixels: bool
    ) -> list[Scored]:
        """Return the nearest documents of each question, of those that it allows; all that allow all at once."""
        free = [place for place, question in enumerate(asked) if question.within is None]
        found: dict[int, Scored] = {}
        if free:
            found = dict(zip(free, self._all_nearest(space, queries[free], mask, pixels=pixels), strict=True))
        for place, question in enumerate(asked):
            if question.within is not None:
                own = mask & question.within
                (found[place],) = self._all_nearest(space, queries[place : place + 1], own, pixels=pixels)
        return [found[place] for place in range(len(asked))]

    def _all_nearest(self, space: str, queries: Vectors, mask: Mask, *, pixels: bool) -> list[Scored]:
        return nearest(self._snapshot, space, queries, mask, self._depth, pixels=pixels)
