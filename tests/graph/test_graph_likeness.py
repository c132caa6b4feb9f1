"""Why a picture hangs on an entity: its caption, its article, or that it looks like the others."""

import networkx as nx
import numpy as np
import pytest
from hand_made import article, empty_store, entity_id, lone_picture, picture_id
from networkx.utils import graphs_equal

from kgretrieval.graph.digest import graph_hash
from kgretrieval.graph.neighbours import entity_card
from kgretrieval.graph.view import build_graph
from kgretrieval.store.records import VectorRow
from kgretrieval.store.write import commit

MERKEL = entity_id("Angela Merkel")


def looking(bundle, *row):
    """The same bundle with this vector for its (only) picture."""
    unit = np.array(row, dtype=np.float32) / np.linalg.norm(row)
    bundle.vectors = [v for v in bundle.vectors if v.field != "pixels"]
    bundle.vectors.append(VectorRow("picture", bundle.uses[0].picture, "pixels", 0, unit))
    return bundle


def photos(name="Angela Merkel", count=3, far=(0.1, 1, 0, 0)):
    known = [looking(lone_picture(f"photo{i}", f"{name} speaks."), 1, 0.05 * i, 0, 0) for i in range(count)]
    near = looking(lone_picture("near"), 1, 0.1, 0, 0)
    named = looking(article("news", f"{name} speaks", pictures=(("press", ""),)), 1, 0.02, 0, 0)
    return [*known, near, looking(lone_picture("far"), *far), named]


@pytest.fixture
def store(tmp_path):
    made = empty_store(tmp_path / "likeness")
    yield made
    made.close()


def reasons(store):
    edges = build_graph(store).edges(data=True)
    return {(u, v): d["reason"] for u, v, d in edges if d["kind"] == "shows"}


def test_each_picture_has_its_reason(store):
    commit(store, photos())
    assert reasons(store) == {
        **{(picture_id(f"photo{i}"), MERKEL): "caption names it" for i in range(3)},
        (picture_id("press"), MERKEL): "headline of its article names it",
        (picture_id("near"), MERKEL): "looks like its other pictures",
    }
    pictures = entity_card(store, "Angela Merkel").pictures
    assert [(p.id, p.reason) for p in pictures][3:] == [
        (picture_id("press"), "headline of its article names it"),
        (picture_id("near"), "looks like its other pictures"),
    ]
    assert {p.reason for p in pictures[:3]} == {"caption names it"}
    assert entity_card(store, "Angela Merkel").articles[0].reason == ""


def test_two_photos_are_too_few_and_organisations_have_no_looks(store):
    commit(store, photos(count=2))
    assert "looks like its other pictures" not in reasons(store).values()
    commit(store, photos("Siemens"))
    assert "looks like its other pictures" not in reasons(store).values()


def test_a_likeness_is_part_of_every_neighbourhood_but_not_of_the_hash(store, tmp_path):
    commit(store, photos())
    whole = build_graph(store)
    assert (picture_id("near"), MERKEL) in {(u, v) for u, v, _ in whole.edges}
    for centre in whole:
        near = nx.ego_graph(whole.to_undirected(as_view=True), centre, radius=1)
        assert graphs_equal(build_graph(store, around=[centre]), whole.subgraph(near).copy()), centre
    other = empty_store(tmp_path / "other")
    commit(other, photos(far=(1, 0.1, 0, 0)))
    assert reasons(other) != reasons(store)
    assert graph_hash(other) == graph_hash(store)
    other.close()


def test_a_picture_that_cannot_be_read_does_no_harm(store):
    bundles = photos()
    for bundle in bundles[:2]:
        bundle.vectors = []
    commit(store, bundles)
    assert "looks like its other pictures" not in reasons(store).values()
