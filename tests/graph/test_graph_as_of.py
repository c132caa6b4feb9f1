"""The graph as it could have been known on a day."""

from contextlib import closing

import pytest
from hand_made import article, article_id, empty_store, entity_id, picture_id
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import UsageError
from kgretrieval.graph.export import export, load
from kgretrieval.graph.parts import make_parts
from kgretrieval.graph.view import build_graph
from kgretrieval.store.write import commit

VISIT = ("Angela Merkel", "visited", "Emmanuel Macron")
TEXTS = (
    "Angela Merkel visited Emmanuel Macron in Paris.",
    "Siemens builds in Berlin. Angela Merkel visited Emmanuel Macron.",
    "Olaf Scholz. Reuters. Ursula von der Leyen in Paris with Olaf Scholz.",
)
DAYS = ("2024-05-01", "2024-05-02", "2024-06-01", "")


def story(place, text, day, pictures):
    shown = (("x", "Berlin and Siemens."), ("y", ""))[:pictures]
    return article(f"story {place}", f"Story {place}", TEXTS[text], facts=(VISIT,), pictures=shown, date=DAYS[day])


@settings(max_examples=20, deadline=None)
@given(
    stories=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=5),
    as_of=st.sampled_from(["2024-05-01", "2024-05", "2024", "2023"]),
)
def test_it_is_the_graph_of_what_was_published_by_then(tmp_path_factory, stories, as_of):
    folder = tmp_path_factory.mktemp("as-of")
    bundles = [story(place, *rest) for place, rest in enumerate(stories)]
    known = [b for b in bundles if b.article.date and b.article.date[: len(as_of)] <= as_of]
    with closing(empty_store(folder / "all")) as everything, closing(empty_store(folder / "then")) as then:
        commit(everything, bundles)
        commit(then, known)
        assert make_parts(everything, as_of=as_of) == make_parts(then)


def test_a_fact_counts_what_was_published_by_then(news):
    edges = build_graph(news, as_of="2019-04").get_edge_data(entity_id("Angela Merkel"), entity_id("Emmanuel Macron"))
    (fact,) = [data for data in edges.values() if data["kind"] == "fact"]
    assert (fact["evidence"], fact["last_seen"]) == (1, "2019-04-30")
    entity = build_graph(news, as_of="2019-04").nodes[entity_id("Angela Merkel")]
    assert (entity["articles"], entity["mentions"]) == (1, 2)


def test_what_lies_around_a_node_is_joined_to_it_then(news):
    around = build_graph(news, around=["Siemens"], radius=2, as_of="2020")
    assert entity_id("Berlin") in around
    assert len(build_graph(news, around=["Siemens"], radius=2, as_of="2019-04")) == 0


def test_it_can_be_written(news, tmp_path):
    graph = load(export(news, tmp_path / "then.graphml", as_of="2019-04-30"))
    assert article_id("return") in graph
    assert article_id("summit") not in graph
    assert picture_id("campus") not in graph


def test_a_day_that_is_none(news):
    with pytest.raises(UsageError, match="which is no date"):
        build_graph(news, as_of="yesterday")
