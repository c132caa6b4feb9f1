"""GraphML: the same bytes from rows as from a graph, the quick reader and where it gives way to NetworkX."""

import subprocess
import sys

import networkx as nx
import pytest
from networkx.utils import graphs_equal

from kgretrieval.errors import UnreadableError
from kgretrieval.graph.export import export, load
from kgretrieval.graph.graphml_reader import OtherError, read_own
from kgretrieval.graph.view import build_graph


@pytest.fixture
def file(news, tmp_path):
    return export(news, tmp_path / "news.graphml")


def test_a_collection_gives_the_same_file_as_its_graph(news, file, tmp_path):
    assert export(build_graph(news), tmp_path / "graph.graphml").read_bytes() == file.read_bytes()


def test_networkx_is_not_needed_to_write(news, tmp_path):
    news.close()
    code = f"""
import sys
from pathlib import Path
from kgretrieval.graph.export import export
from kgretrieval.store.store import open_store
export(open_store(Path({str(news.location)!r})), {str(tmp_path / "news.graphml")!r})
assert "networkx" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_our_own_files_are_read_without_a_reader_of_xml(news, file):
    assert graphs_equal(read_own(file), build_graph(news))


def test_keys_are_declared_in_the_order_in_which_they_come(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("n", a="x", b=True, c=1, d=0.5)
    graph.add_node("m", c="now a text")
    graph.add_edge("n", "m", "k", a=1)
    text = export(graph, tmp_path / "mixed.graphml").read_text(encoding="utf-8")
    declared = [line.split('"')[7] for line in text.splitlines() if line.startswith("<key")]
    assert declared == ["string", "boolean", "long", "double", "string", "long"]
    assert graphs_equal(load(tmp_path / "mixed.graphml"), graph)


CHANGES = {
    "a comment": lambda text: text.replace("<edge ", "<!-- by hand --><edge ", 1),
    "other quotes": lambda text: text.replace('edgedefault="directed"', "edgedefault='directed'"),
    "line ends of Windows": lambda text: text.replace("</node>\n", "</node>\r\n"),
    "an entity by number": lambda text: text.replace("Siemens", "&#83;iemens"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_others_changed_is_read_by_networkx(file, change):
    graph = load(file)
    text = file.read_text(encoding="utf-8")
    changed = CHANGES[change](text)
    assert changed != text
    file.write_text(changed, encoding="utf-8", newline="")
    with pytest.raises(OtherError):
        read_own(file)
    assert graphs_equal(load(file), graph)


@pytest.mark.parametrize("cut", [100, 2000, -12, -30])
def test_half_a_file_is_said_to_be_none(file, cut):
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(UnreadableError):
        load(file)


def test_a_graph_without_edges_and_one_without_nodes(tmp_path):
    graph = nx.MultiDiGraph()
    export(graph, tmp_path / "empty.graphml")
    assert graphs_equal(read_own(tmp_path / "empty.graphml"), graph)
    graph.add_node("a:1", kind="article", label="")
    export(graph, tmp_path / "lonely.graphml")
    assert graphs_equal(read_own(tmp_path / "lonely.graphml"), graph)
