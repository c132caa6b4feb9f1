"""Nearness in the graph: what NetworkX finds by going over everything, found nearby."""

import networkx as nx
import numpy as np
import pytest
from hand_made import article_id, entity_id, picture_id
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import UsageError
from kgretrieval.graph.array_build import changed, empty_arrays
from kgretrieval.graph.contributions import Contributions
from kgretrieval.graph.opening import open_arrays
from kgretrieval.graph.pagerank import personalised_pagerank
from kgretrieval.graph.segments import ILLUSTRATES, encode


def arrays_of(pairs, count):
    """The arrays of a graph of pictures and articles; an edge weighs 1.5."""
    codes = encode([f"a:{node:012x}" for node in range(count)])
    ends = np.array(sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]}), dtype=np.int64).reshape(-1, 2)
    none = np.empty(0, dtype=np.int32)
    read = Contributions(
        edges=codes[ends],
        edge_kinds=np.full(len(ends), ILLUSTRATES, dtype=np.int32),
        edge_counts=np.ones(len(ends), dtype=np.int32),
        holders=np.empty(0, dtype=np.uint64),
        pairs=np.empty((0, 2), dtype=np.uint64),
        pair_kinds=none,
        pair_counts=none,
        documents=codes,
        digests=np.zeros((count, 2), dtype=np.uint64),
    )
    return changed(empty_arrays(), read, codes)


def graph_of(arrays, nodes=None):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(arrays)))
    found = arrays.edges(np.arange(len(arrays)))
    for owner, other, weight in zip(found.owners.tolist(), found.others.tolist(), found.weights.tolist(), strict=True):
        if nodes is None or (nodes[owner] and nodes[other]):
            known = graph.get_edge_data(owner, other, {"weight": 0.0})["weight"]
            graph.add_edge(owner, other, weight=known + weight / 2)
    return graph


PAIRS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=50)


@settings(max_examples=20, deadline=None)
@given(pairs=PAIRS, seeds=st.dictionaries(st.integers(0, 14), st.sampled_from([0.5, 1.0, 3.0]), min_size=1, max_size=3))
def test_it_is_that_of_networkx(pairs, seeds):
    arrays = arrays_of(pairs, 15)
    # A walk that cannot go on stays where it is; NetworkX sends it back to a seed.
    seeds = {node: share for node, share in seeds.items() if arrays.strengths[node]}
    if not seeds:
        return
    nodes, scores = personalised_pagerank(arrays, seeds, effort=10**6)
    exact = nx.pagerank(graph_of(arrays), personalization=seeds, tol=1e-12, max_iter=1000)
    found = dict.fromkeys(exact, 0.0) | dict(zip(nodes.tolist(), scores.tolist(), strict=True))
    assert found == pytest.approx(exact, abs=1e-6)


def test_little_effort_finds_the_nearest():
    rng = np.random.default_rng(0)
    weights = (np.arange(3000) + 5.0) ** -0.6
    arrays = arrays_of(rng.choice(3000, size=(15_000, 2), p=weights / weights.sum()).tolist(), 3000)
    graph = graph_of(arrays)
    shares = []
    for seed in rng.choice(np.flatnonzero(arrays.strengths > 0), 8).tolist():
        exact = nx.pagerank(graph, personalization={seed: 1}, tol=1e-12, max_iter=1000)
        best = sorted(exact, key=lambda node: -exact[node])[:20]
        shares.append(len(set(best) & set(personalised_pagerank(arrays, [seed], effort=3000)[0][:20].tolist())) / 20)
    assert np.mean(shares) >= 0.95


def test_a_hub_is_not_walked_through():
    star = [(0, leaf) for leaf in range(1, 5000)] + [(1, 5000), (2, 5000)]
    nodes, _ = personalised_pagerank(arrays_of(star, 5001), [5000], effort=1000)
    assert set(nodes.tolist()) == {5000, 0, 1, 2}


def test_the_order_does_not_hang_on_how_the_arrays_grew():
    codes_first = arrays_of([(0, 1), (0, 2), (0, 3)], 4)
    nodes, scores = personalised_pagerank(codes_first, [0])
    assert nodes.tolist() == [0, 1, 2, 3]
    assert scores[1] == scores[2] == scores[3]


def test_a_person_is_nearest_to_whom_she_met(news):
    arrays = open_arrays(news)
    nodes, _ = personalised_pagerank(arrays, [arrays.node(entity_id("Angela Merkel"))])
    assert [arrays.id(node) for node in nodes[:2]] == [entity_id("Angela Merkel"), entity_id("Emmanuel Macron")]
    assert arrays.node(picture_id("campus")) not in nodes


def test_only_what_is_allowed_is_walked_through(news):
    arrays = open_arrays(news)
    allowed = np.ones(len(arrays), dtype=bool)
    allowed[arrays.node(article_id("works"))] = False
    seed = arrays.node(entity_id("Ursula von der Leyen"))
    assert arrays.nodes([article_id("works")])[0] in personalised_pagerank(arrays, [seed])[0]
    assert personalised_pagerank(arrays, [seed], allowed=allowed)[0].tolist() == [seed]
    nodes, _ = personalised_pagerank(arrays, [arrays.node(entity_id("Angela Merkel"))], kinds=["mentions"])
    assert arrays.node(picture_id("handshake")) not in nodes


def test_seeds_that_are_not_there_count_for_nothing(news):
    arrays = open_arrays(news)
    assert len(personalised_pagerank(arrays, [-1])[0]) == 0
    seed = arrays.node(entity_id("Berlin"))
    with_none = personalised_pagerank(arrays, {-1: 2.0, seed: 1.0})
    np.testing.assert_array_equal(with_none[1], personalised_pagerank(arrays, [seed])[1])


@pytest.mark.parametrize(
    ("seeds", "options"), [([0], {"alpha": 1.0}), ([0], {"epsilon": 0.0}), ({0: -1.0}, {}), ([99], {})]
)
def test_questions_that_make_no_sense(news, seeds, options):
    with pytest.raises(UsageError):
        personalised_pagerank(open_arrays(news), seeds, **options)
