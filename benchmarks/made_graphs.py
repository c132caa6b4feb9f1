"""Graphs of any size for benchmarks: with a power law, and like those of news collections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgretrieval.graph.array_build import changed, empty_arrays
from kgretrieval.graph.arrays import GraphArrays
from kgretrieval.graph.contributions import Contributions
from kgretrieval.graph.schema import EDGES, NODES
from kgretrieval.graph.segments import CO_MENTION, ILLUSTRATES, MENTIONS, encode

if TYPE_CHECKING:
    import networkx

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Edges:
    """Edges between nodes 0, 1, …, each once; the first `documents` nodes are articles, the others entities."""

    name: str
    nodes: int
    documents: int
    ends: Numbers
    counts: Numbers

    def codes(self) -> npt.NDArray[np.uint64]:
        """Return the id of each node as a number."""
        ids = [f"{'a' if node < self.documents else 'e'}:{node:012x}" for node in range(self.nodes)]
        return encode(ids)

    def arrays(self) -> GraphArrays:
        """Return the graph as arrays."""
        codes, none = self.codes(), np.empty(0, dtype=np.int32)
        between = self.ends[:, 0] < self.documents
        documents = codes[: self.documents] if self.documents else codes
        kinds = np.where(between, MENTIONS, CO_MENTION if self.documents else ILLUSTRATES).astype(np.int32)
        read = Contributions(
            edges=codes[self.ends],
            edge_kinds=kinds,
            edge_counts=self.counts.astype(np.int32),
            holders=np.empty(0, dtype=np.uint64),
            pairs=np.empty((0, 2), dtype=np.uint64),
            pair_kinds=none,
            pair_counts=none,
            documents=documents,
            digests=np.zeros((len(documents), 2), dtype=np.uint64),
        )
        return changed(empty_arrays(), read, documents)

    def more(self, count: int) -> Contributions:
        """Return what so many new articles add, each with a dozen entities of the graph."""
        rng = np.random.default_rng(2)
        codes = self.codes()
        documents = encode([f"a:{(1 << 40) + place:012x}" for place in range(count)])
        pairs = np.unique(np.stack([np.repeat(np.arange(count), 12), rng.choice(self.ends[:, 1], 12 * count)]), axis=1)
        none = np.empty(0, dtype=np.int32)
        return Contributions(
            edges=np.stack([documents[pairs[0]], codes[pairs[1]]], axis=1),
            edge_kinds=np.full(pairs.shape[1], MENTIONS, dtype=np.int32),
            edge_counts=np.ones(pairs.shape[1], dtype=np.int32),
            holders=np.empty(0, dtype=np.uint64),
            pairs=np.empty((0, 2), dtype=np.uint64),
            pair_kinds=none,
            pair_counts=none,
            documents=documents,
            digests=np.zeros((count, 2), dtype=np.uint64),
        )

    def networkx(self, arrays: GraphArrays) -> networkx.Graph:
        """Return the same graph, nodes by number and with the weights that the arrays give the edges."""
        import networkx

        found = arrays.edges(np.arange(len(arrays)))
        once = np.flatnonzero(found.owners < found.others)
        graph = networkx.Graph()
        graph.add_nodes_from(range(len(arrays)))
        columns = (found.owners[once], found.others[once], found.weights[once])
        graph.add_weighted_edges_from(zip(*(column.tolist() for column in columns), strict=True))
        return graph


def power_law(edges: int, *, exponent: float = 2.5, seed: int = 0) -> Edges:
    """Return a random graph whose degrees follow a power law (F. Chung and L. Lu, 2002), on average 10 edges a node."""
    rng = np.random.default_rng(seed)
    nodes = edges // 5
    expected = (np.arange(nodes) + 10.0) ** (-1.0 / (exponent - 1.0))
    drawn = rng.choice(nodes, size=(2, int(1.1 * edges)), p=expected / expected.sum())
    return _once("power law", rng, nodes, 0, drawn, edges)


def collection_like(edges: int, *, seed: int = 0) -> Edges:
    """Return articles that mention entities: most of them those of their topic, some those that everybody names.

    An article has about 12 edges; names follow Zipf's law, so that the first stands in a good part of all articles.
    """
    rng = np.random.default_rng(seed)
    documents, entities = edges // 12, edges // 16
    topics = max(1, entities // 15)
    topic = rng.integers(0, topics, size=documents)
    drawn = rng.integers(0, documents, size=int(1.3 * edges))
    own = topic[drawn] * 15 + rng.choice(15, size=len(drawn), p=_zipf(15))
    common = rng.permutation(entities)[rng.choice(entities, size=len(drawn), p=_zipf(entities))]
    named = documents + np.where(rng.random(len(drawn)) < 0.6, np.minimum(own, entities - 1), common)
    return _once("collection", rng, documents + entities, documents, np.stack([drawn, named]), edges)


def news_graph(edges: int, *, seed: int = 0) -> networkx.MultiDiGraph:
    """Return a graph with the attributes that `Collection.to_networkx` gives: names, co-mentions and facts."""
    import networkx

    rng = np.random.default_rng(seed)
    graph = networkx.MultiDiGraph()
    articles, entities = [f"a:{i:012x}" for i in range(edges // 12)], [f"e:{i:012x}" for i in range(edges // 16)]
    graph.add_nodes_from((node, _article(place)) for place, node in enumerate(articles))
    graph.add_nodes_from((node, _entity(place)) for place, node in enumerate(entities))
    shares = rng.random(edges)
    draws = zip(*(rng.integers(0, edges // 16, size=edges).tolist() for _ in range(3)), strict=True)
    for place, (share, (one, other, article)) in enumerate(zip(shares.tolist(), draws, strict=True)):
        said_in = articles[article]
        if share < 0.6:
            graph.add_edge(said_in, entities[one], f"m:{place:012x}", **_mention(place))
        elif share < 0.9:
            graph.add_edge(entities[one], entities[other], f"c:{place:012x}", **_together(said_in, place))
        else:
            graph.add_edge(entities[one], entities[other], f"f:{place:012x}", **_fact(said_in, place))
    return graph


def _article(place: int) -> dict[str, object]:
    texts = (f"The title of article {place} as a paper would print it", "2024-05-01", "The Daily Paper", "en")
    return dict(zip(NODES["article"], ("article", *texts, f"https://example.org/news/{place}", ""), strict=True))


def _entity(place: int) -> dict[str, object]:
    values = ("entity", f"Name {place}", "person", "Another Name; N.", 3, 2, 1, False, "")
    return dict(zip(NODES["entity"], values, strict=True))


def _mention(place: int) -> dict[str, object]:
    return dict(
        zip(EDGES["mentions"], ("mentions", 1 + place % 5, round(place % 997 / 997, 4), "article"), strict=True)
    )


def _together(article: str, place: int) -> dict[str, object]:
    sentence = f"Two names are said in sentence {place}, which is about as long as those that a reporter writes."
    return dict(zip(EDGES["co_mention"], ("co_mention", 1 + place % 3, article, sentence), strict=True))


def _fact(article: str, place: int) -> dict[str, object]:
    known = ("fact", "chief executive of", False, "asserted", True, 0.87, 1, 1, 1, "2024-05-01", "2024-05-01", "", "")
    sentence = f"Sentence {place} says that somebody is the chief executive of a company."
    values = (*known, False, False, article, sentence, "2024-05-01", "The Daily Paper", f"r:{place:012x}")
    return dict(zip(EDGES["fact"], values, strict=True))


def _zipf(count: int) -> npt.NDArray[np.float64]:
    share = 1.0 / np.arange(1, count + 1)
    return np.asarray(share / share.sum())


def _once(name: str, rng: np.random.Generator, nodes: int, documents: int, drawn: Numbers, edges: int) -> Edges:
    low, high = np.minimum(*drawn), np.maximum(*drawn)
    keys = np.unique(low[low != high] * nodes + high[low != high])
    keys = np.sort(rng.permutation(keys)[:edges])
    ends = np.stack([keys // nodes, keys % nodes], axis=1)
    return Edges(name, nodes, documents, ends, rng.geometric(0.6, size=len(ends)))
