"""GraphML, written line by line: NetworkX's own writers need twice the time or all of it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kgretrieval.graph.schema import clean

if TYPE_CHECKING:
    import networkx

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""

#: From (node or edge, attribute, GraphML's type) to the id of its declaration.
_Keys = dict[tuple[str, str, str], str]


def write_graphml(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write GraphML as NetworkX would: every attribute declared with its type, the keys of edges as their ids."""
    keys = _keys(graph)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write(_HEAD)
        for (scope, name, kind), identifier in keys.items():
            out.write(f'<key id="{identifier}" for="{scope}" attr.name={_quoted(name)} attr.type="{kind}"/>\n')
        out.write('<graph edgedefault="directed">\n')
        for node, data in graph.nodes(data=True):
            out.write(f"<node id={_quoted(node)}>{_data(keys, 'node', data)}</node>\n")
        for source, target, key, data in graph.edges(keys=True, data=True):
            ends = f"source={_quoted(source)} target={_quoted(target)} id={_quoted(key)}"
            out.write(f"<edge {ends}>{_data(keys, 'edge', data)}</edge>\n")
        out.write("</graph>\n</graphml>\n")


def read_graphml(file: Path) -> networkx.MultiDiGraph:
    """Read GraphML; ids of edges stay text."""
    import networkx

    graph = networkx.read_graphml(file, edge_key_type=str, force_multigraph=True)
    for name in ("node_default", "edge_default"):
        graph.graph.pop(name, None)
    return graph


def _keys(graph: networkx.MultiDiGraph) -> _Keys:
    rows = [("node", (d for _, d in graph.nodes(data=True))), ("edge", (d for _, _, d in graph.edges(data=True)))]
    used = dict.fromkeys(key for scope, data in rows for key in _used(scope, data))
    return {key: f"d{place}" for place, key in enumerate(used)}


def _used(scope: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for data in rows:
        for name, value in data.items():
            yield scope, name, _type(value)


def _data(keys: _Keys, scope: str, data: Mapping[str, Any]) -> str:
    cells = ((keys[scope, name, _type(value)], _text(value)) for name, value in data.items())
    return "".join(f'<data key="{key}">{text}</data>' for key, text in cells)


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "string"


def _text(value: object) -> str:
    if isinstance(value, str):
        # A carriage return that is not escaped is read as a line feed (XML 1.0, section 2.11).
        return escape(clean(value), {"\r": "&#13;"})
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(value: object) -> str:
    return quoteattr(clean(str(value)))
