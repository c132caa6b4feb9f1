"""What is like an article or a picture that the collection has.

Articles by three rankings: the words they share (the cosine of TF-IDF vectors, over the articles that BM25 finds by the
weightiest words), the nearest passage to the mean of the article's own, and walks in the graph over the names they
share. Their scores add up. On ECB+ (train and dev part, 772 articles, the others on the same event are right) the mean
average precision is 0.934 by words alone, 0.821 by passages, 0.828 by names and 0.934 in all; of articles on the same
topic it is 0.895, 0.859, 0.823 and 0.908. Fused by ranks the three are worse than words alone (0.928).

Pictures by how they look, as a search by picture does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt

import numpy as np

from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.pagerank import personalised_pagerank
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.filters import Mask, kind_mask
from kgretrieval.search.fuse import Fused
from kgretrieval.search.likely import Weighed
from kgretrieval.search.rankings import Scored, nearest
from kgretrieval.search.rankings import words as by_words
from kgretrieval.search.run import Encoded
from kgretrieval.search.walks import walkable
from kgretrieval.store.search_rows import picture_hashes, texts_with_term, word_counts
from kgretrieval.store.store import Store
from kgretrieval.types import Found

#: What the score of each ranking counts: cosines, and walks relative to the best one.
WEIGHTS: Mapping[str, float] = {"shares_words": 1.0, "reads_like": 0.1, "shares_names": 0.05}
#: Words of an article that others are looked for by: with more, what is found changes little.
_WORDS = 80
#: Which part of the best score is worth counting.
_ENOUGH = 0.25
#: Edges of the graph that are walked along.
_EFFORT = 20_000


def like_article(
    store: Store, snapshot: Snapshot, arrays: GraphArrays, article: int, passed: Mask, depth: int, known: Mask | None
) -> list[Fused]:
    """Return the articles like one of the collection, the best first.

    Parameters
    ----------
    article : int
        Its ordinal in the catalog.
    passed : numpy.ndarray
        ``(n,)`` bool: what may be returned, the article itself not among it.
    depth : int
        How many articles each ranking holds.
    known : numpy.ndarray, optional
        ``(n,)`` bool: the documents that walks may go through, where these are not all.
    """
    mask = passed & kind_mask(snapshot.catalog, "article")
    rankings = {
        "shares_words": _by_words(store, snapshot, article, mask, depth),
        "reads_like": _by_meaning(store, snapshot, article, mask, depth),
        "shares_names": _by_names(snapshot, arrays, article, mask, depth, known),
    }
    found: dict[int, list[Found]] = {}
    for name, ranking in rankings.items():
        for rank, (document, score) in enumerate(ranking, start=1):
            share = round(WEIGHTS[name] * max(0.0, score), 6)
            found.setdefault(document, []).append(Found(name, rank, score, share))
    fused = [Fused(document, sum(f.share for f in own), tuple(own)) for document, own in found.items()]
    return sorted(fused, key=lambda f: (-f.score, f.document))


def alike_enough(found: Sequence[Weighed]) -> tuple[int, ...]:
    """Return those documents that are at least a quarter as like as the best one."""
    best = max((hit.fused.score for hit in found), default=0.0)
    return tuple(hit.fused.document for hit in found if hit.fused.score >= _ENOUGH * best)


def looks_of(store: Store, snapshot: Snapshot, picture: int) -> Encoded | None:
    """Return what a picture of the collection looks like, as a question; None where it could not be read."""
    catalog = snapshot.catalog
    rows = np.flatnonzero((catalog.vectors["picture"] == picture) & catalog.pixels["picture"])
    if not len(rows):
        return None
    vector = store.vectors["picture"].rows()[rows[:1]].astype(np.float32)
    identifier = catalog.id(picture)
    return Encoded({}, vector, picture_hashes(store, [identifier]).get(identifier, 0))


def _by_words(store: Store, snapshot: Snapshot, article: int, mask: Mask, depth: int) -> Scored:
    """Return the articles that share the weightiest words, by the cosine of all words."""
    catalog, lexical = snapshot.catalog, snapshot.lexical
    own_id = catalog.id(article)
    own = word_counts(store, [own_id]).get(own_id, {})
    frequency = texts_with_term(store, own)
    weight = {i: (1.0 + log(n)) * _rarity(frequency[i][1], lexical.documents) for i, n in own.items() if i in frequency}
    weighty = sorted(weight, key=lambda i: (-weight[i] * _rarity(frequency[i][1], lexical.documents), frequency[i][0]))
    chosen = weighty[:_WORDS]
    groups, shares = [(frequency[i][0],) for i in chosen], [weight[i] for i in chosen]
    near = [document for document, _ in by_words(snapshot, groups, shares, mask, depth, "article")]
    ids = {catalog.id(document): document for document in near}
    counts = word_counts(store, ids)
    holding = texts_with_term(store, {i for held in counts.values() for i in held})
    vectors = {i: _vector(held, holding, lexical.documents) for i, held in counts.items()}
    mine = _vector(own, frequency, lexical.documents)
    scored = [(ids[i], round(sum(w * mine.get(term, 0.0) for term, w in v.items()), 6)) for i, v in vectors.items()]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _vector(counts: Mapping[int, int], holding: Mapping[int, tuple[str, int]], documents: int) -> dict[int, float]:
    weights = {i: (1.0 + log(n)) * _rarity(holding[i][1], documents) for i, n in counts.items() if i in holding}
    length = sqrt(sum(w * w for w in weights.values())) or 1.0
    return {i: w / length for i, w in weights.items()}


def _rarity(held_by: int, documents: int) -> float:
    return log(max(documents, 2) / max(1, held_by)) if held_by < documents else 0.0


def _by_meaning(store: Store, snapshot: Snapshot, article: int, mask: Mask, depth: int) -> Scored:
    space = "text" if "text" in snapshot.catalog.vectors else "picture"
    rows = np.flatnonzero(snapshot.catalog.vectors[space] == article)
    if not len(rows):
        return []
    mean = store.vectors[space].rows()[rows].astype(np.float32).mean(axis=0)
    query = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    (found,) = nearest(snapshot, space, query[None], mask, depth, pixels=False)
    return found


def _by_names(
    snapshot: Snapshot, arrays: GraphArrays, article: int, mask: Mask, depth: int, known: Mask | None
) -> Scored:
    """Return the articles where walks from this one come by, as parts of how often they do at the best one."""
    catalog = snapshot.catalog
    seed = arrays.node(catalog.id(article))
    if seed < 0:
        return []
    allowed, kinds = walkable(arrays, catalog, known)
    nodes, scores = personalised_pagerank(arrays, [seed], effort=_EFFORT, allowed=allowed, kinds=kinds)
    ordinals = catalog.ordinals(arrays.ids(nodes).astype(str).tolist())
    there = np.flatnonzero((ordinals >= 0) & mask[np.maximum(ordinals, 0)])[:depth]
    best = float(scores[there[0]]) if len(there) else 1.0
    return [(int(ordinals[i]), round(float(scores[i]) / best, 6)) for i in there]
