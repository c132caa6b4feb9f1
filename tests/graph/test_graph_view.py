"""What stands in the graph, and what stands around a node."""

import networkx as nx
import pytest
from hand_made import article, article_id, empty_store, entity_id, lone_picture, picture_id
from networkx.utils import graphs_equal

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.schema import EDGES, NODES
from kgretrieval.graph.view import build_graph
from kgretrieval.store.write import commit

MERKEL, MACRON, SIEMENS, BERLIN = map(entity_id, ("Angela Merkel", "Emmanuel Macron", "Siemens", "Berlin"))


def edges(graph, kind, source=None):
    rows = graph.edges(data=True)
    return {(u, v): d for u, v, d in rows if d["kind"] == kind and source in {None, u}}


def test_everything_has_the_attributes_of_its_kind_with_their_types(news):
    graph = build_graph(news)
    rows = [(NODES, d) for _, d in graph.nodes(data=True)] + [(EDGES, d) for *_, d in graph.edges(data=True)]
    for schema, data in rows:
        assert {name: type(value) for name, value in data.items()} == schema[data["kind"]]
    # Stories are made when an ingest ends; tests/stories has graphs with some.
    assert {d["kind"] for _, d in rows} == (set(NODES) | set(EDGES)) - {"story", "part_of"}


def test_keys_are_unique_in_the_whole_graph_and_in_order(news):
    graph = build_graph(news)
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    assert all(" " not in key and len(key) < 30 for key in keys)
    assert list(graph.nodes) == sorted(graph.nodes)


def test_an_article_mentions_with_count_and_origin(news):
    found = edges(build_graph(news), "mentions")
    assert found[article_id("works"), SIEMENS]["mentions"] == 3
    assert found[article_id("works"), entity_id("Ursula von der Leyen")]["origin"] == "tag"
    assert found[article_id("works"), SIEMENS]["origin"] == "article"


def test_an_articles_mentions_agree_with_the_entitys_count(news):
    graph = build_graph(news)
    mentioned = [v for _, v in edges(graph, "mentions")]
    assert all(mentioned.count(n) == d["articles"] for n, d in graph.nodes(data=True) if d["kind"] == "entity")


def test_a_caption_says_what_a_picture_shows_and_its_article_hints(news):
    found = edges(build_graph(news), "shows", picture_id("handshake"))
    caption, hint = found[picture_id("handshake"), MERKEL], found[picture_id("handshake"), SIEMENS]
    assert (caption["origin"], caption["confidence"], caption["article"]) == ("caption", 0.9, "")
    assert (hint["origin"], hint["confidence"], hint["article"]) == ("article", 0.45, article_id("summit"))


def test_a_headline_is_the_better_hint(news):
    found = edges(build_graph(news), "shows", picture_id("crowd"))
    assert found[picture_id("crowd"), MERKEL]["article"] == article_id("return")
    assert found[picture_id("crowd"), MERKEL]["confidence"] == pytest.approx(0.675)
    assert found[picture_id("crowd"), MACRON]["confidence"] == pytest.approx(0.45)


def test_a_fact_carries_its_first_evidence(news):
    fact = edges(build_graph(news), "fact")[MERKEL, MACRON]
    assert (fact["predicate"], fact["negated"], fact["evidence"]) == ("visited", False, 2)
    assert (fact["article"], fact["date"], fact["news_source"]) == (article_id("return"), "2019-04-30", "AFP")
    assert fact["sentence"] == "Angela Merkel visited Emmanuel Macron."
    assert (fact["first_seen"], fact["last_seen"]) == ("2019-04-30", "2019-05-01")
    assert len(fact["relations"].split(";")) == 2


def test_a_negated_fact_says_so_and_one_without_an_entity_as_object_is_no_edge(news):
    found = edges(build_graph(news), "fact")
    assert found[entity_id("Olaf Scholz"), SIEMENS]["negated"] is True
    assert {d["predicate"] for d in found.values()} == {"visited", "visit", "builds"}


def test_co_mentions_count_sentences_and_quote_the_first(news):
    found = edges(build_graph(news), "co_mention")
    together = found[tuple(sorted((MERKEL, MACRON)))]
    assert (together["weight"], together["article"]) == (3, article_id("return"))
    assert together["sentence"] == "Angela Merkel visited Emmanuel Macron."
    assert not any(entity_id("Ursula von der Leyen") in pair for pair in found)


def test_co_mentions_can_be_left_out(news):
    whole, stated = build_graph(news), build_graph(news, co_mentions=False)
    assert not edges(stated, "co_mention")
    assert whole.number_of_edges() - stated.number_of_edges() == len(edges(whole, "co_mention"))


def test_a_list_of_names_joins_nobody(tmp_path):
    types = {f"Person{chr(65 + i)} Long": "person" for i in range(26)} | {f"Place{i} X": "place" for i in range(9)}
    store = empty_store(tmp_path / "news")
    commit(store, [article("index", "Names", ", ".join(types) + ".", types=types)])
    assert len(edges(build_graph(store), "mentions")) == 35
    assert not edges(build_graph(store), "co_mention")
    assert not edges(build_graph(store, around=["Place1 X"]), "co_mention")
    store.close()


def test_a_picture_used_twice_in_an_article_is_one_edge(tmp_path):
    store = empty_store(tmp_path / "news")
    bundle = article("twice", "Paris", pictures=(("one", "By day."),))
    again = article("twice", "Paris", pictures=(("one", "By night."),), folder="other")
    bundle.uses += again.uses
    commit(store, [bundle])
    (edge,) = edges(build_graph(store), "illustrates").values()
    assert edge["caption"] == "By day.\nBy night."
    store.close()


def test_a_picture_without_words_is_called_by_its_file(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, [lone_picture("dsc_1", folder="/far/away")])
    assert build_graph(store).nodes[picture_id("dsc_1")]["label"] == "dsc_1.jpg"
    store.close()


def test_what_xml_cannot_hold_is_dropped(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, [article("odd", "Paris\x00\x0b \ufffe👍")])
    assert build_graph(store).nodes[article_id("odd")]["label"] == "Paris 👍"
    store.close()


@pytest.mark.parametrize("radius", [0, 1, 2, 3])
@pytest.mark.parametrize("co_mentions", [True, False])
def test_a_neighbourhood_is_the_part_of_the_whole_graph(news, radius, co_mentions):
    whole = build_graph(news, co_mentions=co_mentions)
    for centre in whole:
        near = nx.ego_graph(whole.to_undirected(as_view=True), centre, radius=radius)
        part = build_graph(news, around=[centre], radius=radius, co_mentions=co_mentions)
        assert graphs_equal(part, whole.subgraph(near).copy()), centre


def test_around_takes_names_and_prefixes_of_ids(news):
    by_name = build_graph(news, around=["merkel", article_id("works")[:9]])
    assert graphs_equal(by_name, build_graph(news, around=[MERKEL, article_id("works")]))


def test_around_what_is_not_there(news):
    with pytest.raises(NotFoundError, match="did you mean Angela Merkel"):
        build_graph(news, around=["Angela Merkle"])
    with pytest.raises(NotFoundError, match="a:123"):
        build_graph(news, around=["a:123"])
    with pytest.raises(UsageError, match="no node"):
        build_graph(news, around=["f:12"])
    with pytest.raises(UsageError, match="radius"):
        build_graph(news, radius=-1)


def test_an_empty_collection_is_an_empty_graph(tmp_path):
    store = empty_store(tmp_path / "news")
    assert len(build_graph(store)) == 0
    store.close()


def test_networkx_can_make_a_table_of_the_edges(news):
    graph = build_graph(news)
    taken = {name for *_, data in graph.edges(data=True) for name in data}
    assert not taken & {"source", "target", "key", "id"}
