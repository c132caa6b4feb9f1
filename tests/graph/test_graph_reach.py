"""What lies around a node, and the way from one to another."""

from itertools import pairwise

import networkx as nx
import numpy as np
from hand_made import article_id, entity_id, picture_id
from hypothesis import given, settings
from hypothesis import strategies as st
from test_graph_pagerank import arrays_of, graph_of

from kgretrieval.graph.opening import open_arrays
from kgretrieval.graph.reach import neighbourhood, nodes_around, way_to

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25)


@settings(max_examples=25, deadline=None)
@given(pairs=PAIRS, centre=st.integers(0, 11), radius=st.integers(0, 3))
def test_a_neighbourhood_is_that_of_networkx(pairs, centre, radius):
    arrays = arrays_of(pairs, 12)
    ours = neighbourhood(arrays, [centre], radius=radius)
    theirs = nx.ego_graph(graph_of(arrays), centre, radius=radius)
    assert ours.nodes.tolist() == sorted(theirs)
    ends = zip(ours.nodes[ours.edges.owners].tolist(), ours.edges.others.tolist(), strict=True)
    assert {frozenset(pair) for pair in ends} == {frozenset(pair) for pair in theirs.edges}
    steps = nx.single_source_shortest_path_length(theirs, centre)
    assert dict(zip(ours.nodes.tolist(), ours.distances.tolist(), strict=True)) == steps


@settings(max_examples=25, deadline=None)
@given(pairs=PAIRS, start=st.integers(0, 11), end=st.integers(0, 11))
def test_a_way_is_found_exactly_when_there_is_one_of_three_steps(pairs, start, end):
    arrays = arrays_of(pairs, 12)
    way = [arrays.node(node) for node, _ in way_to(arrays, [start], end)]
    reached, steps = nodes_around(arrays, [start], radius=3)
    if end not in reached:
        assert way == []
        return
    assert (way[0], way[-1]) == (start, end)
    assert len(way) - 1 >= steps[reached.tolist().index(end)]
    assert all(other in arrays.edges(np.array([one])).others for one, other in pairwise(way))


def test_the_way_says_how_each_node_is_reached(news):
    arrays = open_arrays(news)
    seed, crowd = arrays.node(entity_id("Angela Merkel")), arrays.node(picture_id("crowd"))
    assert way_to(arrays, [seed], crowd) == [
        (entity_id("Angela Merkel"), ""),
        (article_id("summit"), "mentions"),
        (picture_id("crowd"), "illustrates"),
    ] or way_to(arrays, [seed], crowd)[1] == (article_id("return"), "mentions")
    assert way_to(arrays, [seed], arrays.node(picture_id("handshake")))[1:] == [(picture_id("handshake"), "shows")]
    assert way_to(arrays, [-1], crowd) == way_to(arrays, [seed], -1) == []
    assert way_to(arrays, [seed, crowd], crowd) == [(picture_id("crowd"), "")]


def test_a_way_through_what_is_not_allowed_is_none(news):
    arrays = open_arrays(news)
    allowed = np.ones(len(arrays), dtype=bool)
    allowed[arrays.nodes([article_id("summit"), article_id("return")])] = False
    seed, crowd = arrays.node(entity_id("Angela Merkel")), arrays.node(picture_id("crowd"))
    assert way_to(arrays, [seed], crowd, allowed=allowed) == []


def test_shared_facts_are_nearer_than_a_shared_sentence(news):
    arrays = open_arrays(news)
    way = way_to(arrays, [arrays.node(entity_id("Angela Merkel"))], arrays.node(entity_id("Emmanuel Macron")))
    assert [kind for _, kind in way] == ["", "fact"]
