"""GEXF by NetworkX, with what its reader loses put right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.graph.schema import clean

if TYPE_CHECKING:
    import networkx


def write_gexf(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write GEXF 1.2, without the date on which it was written: the same graph gives the same file."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(_cleaned(graph))
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
    for name in ("node_default", "edge_default", "mode"):
        graph.graph.pop(name, None)
    return graph


def _cleaned(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """Return the graph itself, or a copy without characters that XML cannot hold where it has some."""
    if all(clean(v) == v for row in _attributes(graph) for v in row.values() if isinstance(v, str)):
        return graph
    copy = graph.copy()
    for row in _attributes(copy):
        row.update({name: clean(v) for name, v in row.items() if isinstance(v, str)})
    return copy


def _attributes(graph: networkx.MultiDiGraph) -> list[dict[str, Any]]:
    return [*(d for _, d in graph.nodes(data=True)), *(d for _, _, d in graph.edges(data=True))]
