"""The drawn graph: the same every time, legible, honest about what it leaves out."""

import re
from xml.etree import ElementTree

import networkx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from kgretrieval.present.layout import layout
from kgretrieval.present.svg import graph_svg

SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def drawings(draw):
    count = draw(st.integers(1, 25))
    ends = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(ends, ends).filter(lambda e: e[0] != e[1]), max_size=40 if count > 1 else 0))
    wide = draw(st.lists(st.integers(20, 150), min_size=count, max_size=count))
    return np.array([(w, 34.0) for w in wide]), np.array(edges, dtype=np.intp).reshape(-1, 2)


def star(leaves: int = 5) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    graph.add_node("e:0", kind="entity", label="NASA", type="organisation")
    for n in range(1, leaves + 1):
        graph.add_node(f"e:{n}", kind="entity", label=f"Name {n}", type="person")
        graph.add_edge("e:0", f"e:{n}", kind="fact", predicate="employ", sentence="NASA employs.", negated=False)
    return graph


@settings(max_examples=25, deadline=None)
@given(drawings())
def test_nodes_stay_on_the_page_and_come_out_the_same(drawing):
    boxes, edges = drawing
    places = layout(boxes, edges, width=1500.0, height=1200.0)
    assert np.isfinite(places).all()
    assert (places - boxes / 2 >= 0).all()
    assert (places + boxes / 2 <= [1500, 1200]).all()
    np.testing.assert_array_equal(places, layout(boxes, edges, width=1500.0, height=1200.0))


#: A row that is full of small boxes, and a wide one that is pushed along it.
FULL_ROW = (np.array([[20.0, 34.0]] * 16 + [[112.0, 34.0]]), np.array([[0, 1], [0, 3], [1, 2]]))


@settings(max_examples=25, deadline=None)
@example(FULL_ROW)
@given(drawings())
def test_no_two_names_cover_each_other_where_there_is_room(drawing):
    boxes, edges = drawing
    edge = max(250.0, (boxes.prod(axis=1).sum() * 4) ** 0.5)
    places = layout(boxes, edges, width=edge, height=edge)
    gap = np.abs(places[:, None] - places[None, :]) - (boxes[:, None] + boxes[None, :]) / 2
    covering = (gap < -0.5).all(axis=2) & ~np.eye(len(boxes), dtype=bool)
    assert not covering.any()


def test_neighbours_are_nearer_than_strangers():
    edges = np.array([(0, n) for n in range(1, 6)] + [(6, n) for n in range(7, 12)], dtype=np.intp)
    places = layout(np.full((12, 2), 10.0), edges, width=1000.0, height=1000.0)
    away = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    assert away[0, 1:6].mean() < 0.7 * away[0, 7:12].mean()


def test_no_nodes_no_places():
    assert layout(np.zeros((0, 2)), np.zeros((0, 2), dtype=np.intp), width=100, height=100).shape == (0, 2)


def test_the_order_of_nodes_and_edges_does_not_matter():
    graph = star()
    turned = networkx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    assert graph_svg(turned) == graph_svg(graph)


def test_names_predicates_and_sentences_are_there():
    read = ElementTree.fromstring(graph_svg(star()))
    names = [e.text for e in read.iter(f"{SVG}text")]
    notes = [e.text for e in read.iter(f"{SVG}title")]
    assert {"NASA", "Name 1", "employ", "organisation", "person"} <= set(names)
    assert "employ: NASA employs." in notes


def test_kinds_of_edges_look_different():
    graph = star(1)
    graph.add_node("a:1", kind="article", label="Launch", date="1999")
    graph.add_edge("a:1", "e:0", kind="mentions")
    graph.add_node("e:x", kind="entity", label="Mir", type="misc")
    graph.add_edge("e:0", "e:x", kind="co_mention", weight=2, sentence="NASA and Mir.")
    svg = graph_svg(graph)
    assert len(re.findall('class="kg-line kg-fact"', svg)) == 1
    assert len(re.findall('class="kg-line kg-dots"', svg)) == 1
    assert len(re.findall('class="kg-line" d', svg)) == 1
    assert svg.count("<polygon") == 1


def test_a_fact_hides_a_mere_co_mention_and_facts_both_ways_are_two_lines():
    graph = star(1)
    graph.add_edge("e:1", "e:0", kind="co_mention", weight=1, sentence="")
    assert graph_svg(graph).count("<path") == 1
    graph.add_edge("e:1", "e:0", kind="fact", predicate="leave", sentence="", negated=True)
    svg = graph_svg(graph)
    assert svg.count("<path") == 2
    assert ">not leave</text>" in svg


def test_what_is_left_out_is_said():
    svg = graph_svg(star(20), most=6)
    assert svg.count("<circle") == 6 + 2
    assert "15 more nodes not drawn" in svg
    assert ">NASA</text>" in svg


def test_hostile_labels_are_escaped_and_long_ones_cut():
    graph = networkx.MultiDiGraph()
    graph.add_node("e:0", kind="entity", label='<script>"&\x00 ' + "名" * 60, type='x" onload="y')
    svg = graph_svg(graph, title='a"b<')
    assert "<script" not in svg
    assert "onload" not in svg.replace("&quot; onload=&quot;", "")
    assert "…" in svg
    assert ElementTree.fromstring(svg).get("aria-label") == 'a"b<'


def test_pictures_are_small_photos_or_squares(tmp_path):
    file = tmp_path / "photo.png"
    Image.new("RGB", (60, 40), "green").save(file)
    graph = networkx.MultiDiGraph()
    graph.add_node("p:1", kind="picture", label="One", path=str(file))
    graph.add_node("p:2", kind="picture", label="Two", path=str(tmp_path / "gone.png"))
    assert graph_svg(graph).count("<image") == 1
    assert "<image" not in graph_svg(graph, pictures=False)


@pytest.mark.parametrize("graph", [networkx.MultiDiGraph(), star(0)])
def test_a_graph_without_edges_can_be_drawn(graph):
    assert ElementTree.fromstring(graph_svg(graph)).tag == f"{SVG}svg"


def test_a_drawing_survives_loops_and_missing_attributes():
    graph = networkx.MultiDiGraph()
    graph.add_edge("x", "x", kind="fact")
    graph.add_edge("x", "y")
    assert graph_svg(graph).count("<path") == 1
