"""Files that other programs read, and that read back as the same graph."""

import csv
import json
import sys
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from networkx.utils import graphs_equal

from kgretrieval.errors import KgError, NotFoundError, UnreadableError, UsageError
from kgretrieval.graph.export import FORMATS, export, load
from kgretrieval.graph.schema import EDGES, NODES, clean, edge_key
from kgretrieval.graph.view import build_graph

#: Everything that Python calls text but lone surrogates, which no file in UTF-8 can hold; what is difficult often.
ODD = st.sampled_from(
    ["", " ", "\n", "\r", "\t a\r\nb ", "]]>", "<b>&amp;</b>", '"', "=1+1", "\x00\x1b", "\ufffe", "é👍", "北京"]
)
TEXTS = st.one_of(ODD, st.text(st.characters(exclude_categories=["Cs"])), st.just("long " * 20000))
VALUES = {
    str: TEXTS,
    int: st.integers(-(2**31), 2**31),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
}


def attributes(schema):
    """Return attributes as nodes or edges of one kind have them."""

    def of(kind):
        values = {name: VALUES[t] for name, t in schema[kind].items() if name != "kind"}
        return st.fixed_dictionaries({"kind": st.just(kind), **values})

    return st.sampled_from(sorted(schema)).flatmap(of)


@st.composite
def graphs(draw):
    graph = nx.MultiDiGraph()
    ids = [f"{'aep'[i % 3]}:{i:012x}" for i in range(draw(st.integers(1, 5)))]
    graph.add_nodes_from((node, draw(attributes(NODES))) for node in ids)
    for place, (one, other) in enumerate(draw(st.lists(st.tuples(*[st.sampled_from(ids)] * 2), max_size=5))):
        graph.add_edge(one, other, edge_key("m", one, f"x:{place}"), **draw(attributes(EDGES)))
    return graph


def cleaned(graph):
    copy = graph.copy()
    for data in [*(d for _, d in copy.nodes(data=True)), *(d for *_, d in copy.edges(data=True))]:
        data.update({k: clean(v) for k, v in data.items() if isinstance(v, str)})
    return copy


def same(one, other):
    """Equal nodes, edges, keys and attributes; and not 1 for 1.0 or True."""
    rows = zip(rows_of(one), rows_of(other), strict=True)
    return graphs_equal(one, other) and all(
        {k: type(v) for k, v in a.items()} == {k: type(v) for k, v in b.items()} for a, b in rows
    )


def ordered(graph):
    """The same graph with its nodes and edges in order: tables for each kind know no other."""
    copy = nx.MultiDiGraph()
    copy.add_nodes_from(sorted(graph.nodes(data=True), key=lambda node: node[0]))
    copy.add_edges_from(sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]))
    return copy


def rows_of(graph):
    return [*(d for _, d in graph.nodes(data=True)), *(d for *_, d in graph.edges(data=True))]


ENDS = (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@LAW
@given(graph=graphs())
@example(graph=nx.MultiDiGraph())
def test_json_reads_back_exactly(tmp_path_factory, graph):
    file = export(graph, tmp_path_factory.mktemp("json") / "news.json")
    assert same(load(file), graph)
    with file.open(encoding="utf-8") as text:
        assert same(nx.node_link_graph(json.load(text), edges="edges"), graph)


@LAW
@given(graph=graphs())
@example(graph=nx.MultiDiGraph())
def test_graphml_reads_back_but_for_what_xml_cannot_hold(tmp_path_factory, graph):
    file = export(graph, tmp_path_factory.mktemp("graphml") / "news.graphml")
    assert same(load(file), cleaned(graph))
    by_networkx = nx.read_graphml(file, force_multigraph=True)
    by_networkx.graph.clear()
    assert same(by_networkx, cleaned(graph))


def test_networkx_writes_the_same_graphml(news, tmp_path):
    graph = build_graph(news)
    nx.write_graphml(graph, tmp_path / "theirs.graphml")
    assert same(load(tmp_path / "theirs.graphml"), load(export(graph, tmp_path / "ours.graphml")))


def test_odd_ids_and_names_do_no_harm(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_edge("<a>\x00", 'b"&', "k\n\x1b", **{"<n>": "v", "n": True, "m": 1})
    (edge,) = load(export(graph, tmp_path / "odd.graphml")).edges(keys=True, data=True)
    assert edge == ("<a>", 'b"&', "k\n", {"<n>": "v", "n": True, "m": 1})


@LAW
@given(graph=graphs())
@example(graph=nx.MultiDiGraph())
def test_gexf_reads_back_but_for_what_xml_cannot_hold(tmp_path_factory, graph):
    file = export(graph, tmp_path_factory.mktemp("gexf") / "news.gexf")
    assert same(load(file), cleaned(graph))


@LAW
@given(graph=graphs())
@example(graph=nx.MultiDiGraph())
def test_csv_reads_back(tmp_path_factory, graph):
    file = export(graph, tmp_path_factory.mktemp("csv") / "news.csv")
    assert same(load(file), graph)


@LAW
@given(graph=graphs())
def test_turtle_reads_back_but_for_what_xml_cannot_hold(tmp_path_factory, graph):
    file = export(graph, tmp_path_factory.mktemp("ttl") / "news.ttl")
    assert same(load(file), ordered(cleaned(graph)))


@LAW
@given(graph=graphs())
@example(graph=nx.MultiDiGraph([("a:1", "e:1", "m:1")]))
def test_the_tables_for_neo4j_read_back(tmp_path_factory, graph):
    folder = export(graph, tmp_path_factory.mktemp("neo4j") / "tables", format="neo4j")
    assert same(load(folder), ordered(graph))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_collection_reads_back_as_its_graph(news, tmp_path, ending):
    file = export(news, tmp_path / f"news.{ending}")
    assert same(load(file), build_graph(news))
    assert load(file).graph == {}


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_graph_gives_the_same_file(news, tmp_path, ending):
    one, other = (export(news, tmp_path / f"{name}.{ending}") for name in "ab")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_ids_in_xml_are_unique_names(news, tmp_path, ending):
    tree = ET.parse(export(news, tmp_path / f"news.{ending}"))
    ids = [e.get("id") for e in tree.iter() if e.tag.endswith(("}edge", "}node"))]
    assert len(set(ids)) == len(ids) > 20


def test_gephi_sees_labels_and_weights(news, tmp_path):
    tree = ET.parse(export(news, tmp_path / "news.gexf"))
    labels = {e.get("label") for e in tree.iter() if e.tag.endswith("}node")}
    weights = {e.get("weight") for e in tree.iter() if e.tag.endswith("}edge")}
    assert "Angela Merkel" in labels
    assert weights == {None, "1", "3"}


def test_csv_makes_two_tables_that_belong_together(news, tmp_path):
    export(news, tmp_path / "news.csv")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["news.edges.csv", "news.nodes.csv"]
    with (tmp_path / "news.nodes.csv").open(newline="", encoding="utf-8") as text:
        nodes = {row["id"]: row for row in csv.DictReader(text)}
    with (tmp_path / "news.edges.csv").open(newline="", encoding="utf-8") as text:
        edges = list(csv.DictReader(text))
    assert {e[end] for e in edges for end in ("source", "target")} <= set(nodes)
    assert len(edges) == build_graph(news).number_of_edges()


def test_any_name_of_the_tables_loads_both(news, tmp_path):
    export(news, tmp_path / "news.csv")
    whole = build_graph(news)
    assert all(same(load(tmp_path / f"news{part}.csv"), whole) for part in ("", ".nodes", ".edges"))


def test_a_graph_with_measures_of_ones_own(news, tmp_path):
    graph = build_graph(news)
    nx.set_node_attributes(graph, nx.degree_centrality(graph), "centrality")
    for ending in ("graphml", "gexf", "json"):
        assert same(load(export(graph, tmp_path / f"own.{ending}")), graph)


def test_the_format_can_be_given(news, tmp_path):
    file = export(news, tmp_path / "news.xml", format="graphml")
    assert same(load(file, format="graphml"), build_graph(news))
    assert same(load(export(news, tmp_path / "NEWS.GraphML")), build_graph(news))


@pytest.mark.parametrize("name", ["news.pdf", "file", "news.graphml.gz"])
def test_an_unknown_ending_names_the_known_ones(news, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.graphml, \.gexf, \.json, \.ttl, \.csv"):
        export(news, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_missing_folder_is_said(news, tmp_path):
    with pytest.raises(NotFoundError, match="no folder"):
        export(news, tmp_path / "nowhere" / "news.graphml")
    with pytest.raises(NotFoundError, match="no file"):
        load(tmp_path / "news.graphml")
    with pytest.raises(NotFoundError, match=r"news\.nodes\.csv"):
        load(tmp_path / "news.csv")
    (tmp_path / "x.json").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        export(news, tmp_path / "x.json")


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json", "ttl"])
@pytest.mark.parametrize(
    "content", [b"", b"no graph", b"<graphml/>", b"{}", b"[1]", b"\xff\xfe\x00", b'{"nodes": [1], "edges": []}']
)
def test_a_file_that_is_no_graph_is_said_in_one_line(tmp_path, ending, content):
    (tmp_path / f"odd.{ending}").write_bytes(content)
    with pytest.raises(UnreadableError, match="export it again") as caught:
        load(tmp_path / f"odd.{ending}")
    assert "\n" not in str(caught.value)


def test_what_no_file_can_hold_is_refused_before_anything_is_written(news, tmp_path):
    graph = build_graph(news)
    for value in ([1], None, {"a": 1}):
        graph.nodes[next(iter(graph))]["extra"] = value
        with pytest.raises(UsageError, match=r"'extra' of a:\w+ is a"):
            export(graph, tmp_path / "x.graphml")
    with pytest.raises(UsageError, match="DiGraph"):
        export(nx.DiGraph([(1, 2)]), tmp_path / "x.graphml")
    assert not [p for p in tmp_path.iterdir() if p.is_file()]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_failed_export_leaves_the_old_file(news, tmp_path, ending):
    old = export(news, tmp_path / f"news.{ending}").read_bytes()
    graph = build_graph(news)
    graph.add_edge("a:1", "e:1", "m:1", kind="mentions", source="taken", huge="\ud800")
    before = sorted(p.name for p in tmp_path.iterdir())
    if ending in {"json", "csv"}:
        with pytest.raises(UsageError, match="'source'"):
            export(graph, tmp_path / f"news.{ending}")
        assert load(tmp_path / f"news.{ending}").number_of_nodes() == build_graph(news).number_of_nodes()
        assert (tmp_path / ("news.nodes.csv" if ending == "csv" else "news.json")).read_bytes() == old
    else:
        assert load(export(graph, tmp_path / f"news.{ending}")).edges["a:1", "e:1", "m:1"]["huge"] == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_neo4j_gets_typed_headers_and_labels(news, tmp_path):
    folder = export(news, tmp_path / "tables", format="neo4j")
    headers = {file.name: file.read_text(encoding="utf-8").splitlines()[0] for file in folder.iterdir()}
    assert set(headers) == {
        *(f"nodes.{kind}.csv" for kind in ("article", "entity", "picture")),
        *(f"relationships.{kind}.csv" for kind in ("co_mention", "fact", "illustrates", "mentions", "shows")),
    }
    assert headers["nodes.entity.csv"].startswith("id:ID,kind:string,label:string,type:string")
    assert headers["nodes.entity.csv"].endswith(",:LABEL")
    assert headers["relationships.fact.csv"].startswith(":START_ID,:END_ID,key:string,kind:string,predicate:string,neg")
    for typed in ("negated:boolean", "sources:long", "independent:long", "confidence:double", "modality:string"):
        assert f",{typed}," in headers["relationships.fact.csv"]
    with (folder / "nodes.entity.csv").open(encoding="utf-8", newline="") as text:
        assert {row[":LABEL"] for row in csv.DictReader(text)} == {
            "Entity;Person",
            "Entity;Place",
            "Entity;Organisation",
        }


def test_neo4j_tables_replace_only_their_own(news, tmp_path):
    folder = export(news, tmp_path / "tables", format="neo4j")
    (folder / "nodes.old.csv").write_text("id:ID\n", encoding="utf-8")
    assert same(load(export(news, folder, format="neo4j")), build_graph(news))
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="other files"):
        export(news, folder, format="neo4j")
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    with pytest.raises(UsageError, match="'a:b'"):
        export(nx.MultiDiGraph([("x", "y", {"a:b": 1})]), tmp_path / "odd", format="neo4j")


def test_turtle_states_plainly_only_what_is_asserted(news, tmp_path):
    triples = rdflib.Graph().parse(export(news, tmp_path / "news.ttl"), format="turtle")
    word = rdflib.Namespace("urn:kgretrieval:vocabulary:")
    facts = set(triples.subjects(word.kind, rdflib.Literal("fact")))
    plain = {s for s in facts if tuple(triples.value(s, end) for end in ENDS) in triples}
    assert {bool(triples.value(s, word.negated).toPython()) for s in plain} == {False}
    assert len(plain) == len(facts) - 1
    assert all((s, rdflib.PROV.wasDerivedFrom, None) in triples for s in facts)
    people = set(triples.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Person")))
    assert len(people) == 4


def test_without_rdflib_one_line_says_what_to_install(news, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(KgError, match=r'RDF needs rdflib: pip install "kgretrieval\[rdf\]"'):
        export(news, tmp_path / "news.ttl")
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []
