"""GraphML and GEXF, by NetworkX, with what its readers lose put right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx


def write_graphml(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write GraphML, edge by edge; the keys of edges are their ids."""
    from networkx.readwrite.graphml import write_graphml_lxml

    write_graphml_lxml(graph, str(file), prettyprint=False)


def read_graphml(file: Path) -> networkx.MultiDiGraph:
    """Read GraphML; ids of edges stay text."""
    import networkx

    graph = networkx.read_graphml(file, edge_key_type=str, force_multigraph=True)
    _forget_defaults(graph)
    return graph


def write_gexf(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write GEXF 1.2, without the date on which it was written: the same graph gives the same file."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(graph)
    writer.xml[0].attrib.pop("lastmodifieddate", None)
    with file.open("wb") as stream:
        writer.write(stream)


def read_gexf(file: Path) -> networkx.MultiDiGraph:
    """Read GEXF; keys and whole weights come back as they were."""
    from networkx.readwrite.gexf import GEXFReader

    reader = GEXFReader(version="1.2draft")
    # Else a graph without parallel edges becomes a DiGraph, which has no keys.
    reader.simple_graph = False
    graph = reader(file)
    for _, _, data in graph.edges(data=True):
        data.pop("id", None)
        if data.get("kind") == "co_mention":
            data["weight"] = int(data["weight"])
    _forget_defaults(graph)
    return graph


def _forget_defaults(graph: networkx.MultiDiGraph) -> None:
    for name in ("node_default", "edge_default", "mode"):
        graph.graph.pop(name, None)
