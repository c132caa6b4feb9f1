"""The graph as a file: GraphML, GEXF, JSON, CSV, Turtle, or as tables for Neo4j's bulk import."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.graph import gexf, graphml, neo4j, rdf, tables
from kgretrieval.graph.parts import make_parts
from kgretrieval.graph.periods import checked_date
from kgretrieval.graph.schema import is_scalar
from kgretrieval.graph.view import build_graph
from kgretrieval.store.store import Store

if TYPE_CHECKING:
    import networkx

    Writer = Callable[[networkx.MultiDiGraph, Path], None]
    Reader = Callable[[Path], networkx.MultiDiGraph]

_WRITERS: dict[str, Writer] = {
    "graphml": graphml.write_graphml,
    "gexf": gexf.write_gexf,
    "json": tables.write_json,
    "ttl": rdf.write_rdf,
}
_READERS: dict[str, Reader] = {
    "graphml": graphml.read_graphml,
    "gexf": gexf.read_gexf,
    "json": tables.read_json,
    "ttl": rdf.read_rdf,
}
#: Those that a file's ending names, and a folder of tables, which must be asked for.
FORMATS = (*_WRITERS, "csv")
FOLDERS = ("neo4j",)


def export(
    graph: Store | networkx.MultiDiGraph, file: str | Path, *, format: str | None = None, as_of: str = ""
) -> Path:
    """Write the graph to a file that appears complete or not at all.

    What is written reads back as the same graph, with `load` or with NetworkX's own readers (GEXF as NetworkX
    reads it has weights as floats, and a number of each edge as its attribute `id`). JSON is NetworkX's
    node-link form. CSV makes two tables, ``NAME.nodes.csv`` and ``NAME.edges.csv``. Turtle needs rdflib.

    Parameters
    ----------
    graph : Store or networkx.MultiDiGraph
        A collection, of which everything is written, or what `build_graph` returned.
    file : path-like
        Its ending says the format: .graphml, .gexf, .json, .csv or .ttl. A folder for the format "neo4j".
    format : str, optional
        The format, whatever the ending: one of them without the dot, or "neo4j".
    as_of : str
        Of a collection the graph as it could have been known on a day, see `build_graph`.

    Returns
    -------
    Path
        The file, of CSV the table of nodes.

    Raises
    ------
    UsageError
        If the format is unknown, or the graph holds what no file can.
    NotFoundError
        If the folder does not exist.
    KgError
        If rdflib is needed and not installed.
    """
    path = Path(file)
    kind = _format(path, format)
    if path.is_dir() and kind not in FOLDERS:
        raise UsageError(f"{path} is a folder; name a file such as {path / 'news'}.{kind}")
    if not path.parent.is_dir():
        raise NotFoundError(f"there is no folder {path.parent}; make it first, or write elsewhere")
    if isinstance(graph, Store) and kind == "graphml":
        # From the rows, without a NetworkX object.
        parts = make_parts(graph, as_of=checked_date("as_of", as_of))
        _write({path: lambda file: graphml.write_rows(parts.nodes, parts.edges, file)})
        return path
    whole = build_graph(graph, as_of=as_of) if isinstance(graph, Store) else graph
    _check(whole)
    if kind == "neo4j":
        neo4j.write_neo4j(whole, path)
        return path
    if kind == "csv":
        nodes, edges = tables.csv_names(path)
        _write({nodes: partial(tables.write_nodes, whole), edges: partial(tables.write_edges, whole)})
        return nodes
    _write({path: partial(_WRITERS[kind], whole)})
    return path


def load(file: str | Path, *, format: str | None = None) -> networkx.MultiDiGraph:
    """Read a graph that `export` wrote; of CSV either table or the name given to `export`.

    Raises
    ------
    NotFoundError
        If there is no such file.
    UsageError
        If the format is unknown.
    UnreadableError
        If the file is damaged or something else.
    """
    path = Path(file)
    kind = _format(path, format or ("neo4j" if path.is_dir() and not path.suffix else None))
    wanted = tables.csv_names(path) if kind == "csv" else (path,)
    missing = [p for p in wanted if not (p.is_dir() if kind in FOLDERS else p.is_file())]
    if missing:
        raise NotFoundError(f"there is no file {missing[0]}; kg export makes one")
    import networkx

    damage = (KeyError, TypeError, ValueError, AttributeError, SyntaxError, csv.Error, networkx.NetworkXError)
    try:
        if kind == "neo4j":
            return neo4j.read_neo4j(path)
        return tables.read_csv(path) if kind == "csv" else _READERS[kind](path)
    except damage as error:
        raise UnreadableError(f"{path} is no graph that can be read as {kind} ({error}); export it again") from None


def _format(path: Path, given: str | None) -> str:
    name = (given or path.suffix).lower().removeprefix(".")
    if name not in (*FORMATS, *(FOLDERS if given else ())):
        seen = f"the format {given!r}" if given else f"the ending {path.suffix!r} of {path.name!r}"
        known = ", ".join("." + f for f in FORMATS)
        raise UsageError(f"{seen} is unknown; use one of {known}, or a folder and the format neo4j")
    return name


def _check(graph: networkx.MultiDiGraph) -> None:
    if not (graph.is_directed() and graph.is_multigraph()):
        raise UsageError(f"a {type(graph).__name__} is not what to_networkx gives; write it with NetworkX itself")
    for where, data in [*graph.nodes(data=True), *(((u, v), d) for u, v, d in graph.edges(data=True))]:
        for name, value in data.items():
            if not is_scalar(value):
                kind = type(value).__name__
                raise UsageError(f"{name!r} of {where} is a {kind}; files hold only text, numbers, true and false")


def _write(writers: Mapping[Path, Callable[[Path], None]]) -> None:
    temporary = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in writers}
    try:
        for path, writer in writers.items():
            writer(temporary[path])
        for path, made in temporary.items():
            os.replace(made, path)
    finally:
        for made in temporary.values():
            made.unlink(missing_ok=True)
