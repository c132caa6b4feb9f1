"""CSV for Neo4j's bulk import: a file for each kind of node and of relationship, with typed headers.

The format is that of ``neo4j-admin database import`` (Neo4j Operations Manual, "CSV header format"): ``id:ID`` and
``:LABEL`` name nodes, ``:START_ID``, ``:END_ID`` and ``:TYPE`` relationships, every other column is a property with its
type. Texts are quoted, since the importer trims what is not; a line break in one needs ``--multiline-fields=true``.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.errors import UnreadableError, UsageError
from kgretrieval.graph.schema import EDGES, NODES

if TYPE_CHECKING:
    import networkx

    Row = dict[str, Any]

#: Properties that Neo4j's own columns become.
_NODE, _EDGE = ("id", ":LABEL"), (":START_ID", ":END_ID", "key", ":TYPE")
_TYPES: Mapping[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
_PYTHON = {name: kind for kind, name in _TYPES.items()}
_NODES, _RELATIONSHIPS = "nodes.", "relationships."


def write_neo4j(graph: networkx.MultiDiGraph, folder: Path) -> None:
    """Write the tables into a folder that appears complete or not at all; files that we wrote before are replaced.

    Raises
    ------
    UsageError
        If the folder holds something else, or an attribute has a name that no header can hold.
    """
    if folder.exists() and (not folder.is_dir() or any(not _is_ours(p) for p in folder.iterdir())):
        raise UsageError(f"{folder} holds other files; name a new or an empty folder for Neo4j's tables")
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        temporary.mkdir()
        for name, columns, rows in (*_node_tables(graph), *_edge_tables(graph)):
            _write(temporary / name, columns, rows)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read_neo4j(folder: Path) -> networkx.MultiDiGraph:
    """Read the tables by their headers, as the importer does."""
    import networkx

    files = sorted(p for p in folder.iterdir() if _is_ours(p))
    if not files:
        raise UnreadableError(
            f"{folder} holds no tables of Neo4j's import; kg export {folder} --format neo4j makes them"
        )
    nodes, edges = [], []
    for row in (row for file in files for row in _read(file)):
        if ":LABEL" in row:
            nodes.append((row["id"], _own(row, _NODE, NODES)))
        else:
            edges.append((row[":START_ID"], row[":END_ID"], row["key"], _own(row, _EDGE, EDGES)))
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes, key=lambda node: node[0]))
    graph.add_edges_from(sorted(edges, key=lambda edge: edge[:3]))
    return graph


def _is_ours(file: Path) -> bool:
    return file.suffix == ".csv" and file.name.startswith((_NODES, _RELATIONSHIPS))


def _node_tables(graph: networkx.MultiDiGraph) -> Iterator[tuple[str, list[str], list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for node, data in graph.nodes(data=True):
        kind = str(data.get("kind", "node"))
        labels = (kind, str(data["type"])) if kind == "entity" and data.get("type") else (kind,)
        _check(node, data, ("id",))
        own = {"id": node, **data, ":LABEL": ";".join(_label(label) for label in labels)}
        groups.setdefault(kind, []).append(own)
    for kind, rows in sorted(groups.items()):
        yield _table(_NODES, kind, rows, ("id:ID",), (":LABEL",), NODES)


def _edge_tables(graph: networkx.MultiDiGraph) -> Iterator[tuple[str, list[str], list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        kind = str(data.get("kind", "edge"))
        _check(key, data, ("key",))
        ends = {":START_ID": source, ":END_ID": target, "key": key}
        groups.setdefault(kind, []).append({**ends, **data, ":TYPE": _label(kind).upper()})
    for kind, rows in sorted(groups.items()):
        yield _table(_RELATIONSHIPS, kind, rows, (":START_ID", ":END_ID", "key:string"), (":TYPE",), EDGES)


def _check(where: object, data: Mapping[str, Any], taken: Sequence[str]) -> None:
    for name in data:
        if ":" in name or name in taken:
            raise UsageError(f"{where} has an attribute {name!r}, which no header of Neo4j can hold; rename it")


def _table(
    prefix: str,
    kind: str,
    rows: list[Row],
    first: Sequence[str],
    last: Sequence[str],
    schema: Mapping[str, Mapping[str, type]],
) -> tuple[str, list[str], list[Row]]:
    types = dict(schema.get(kind, {}))
    taken = {_property(column) for column in (*first, *last)}
    for row in rows:
        for name, value in row.items():
            if name not in taken and types.setdefault(name, type(value)) is not type(value):
                types[name] = str
    columns = [*first, *(f"{name}:{_TYPES[kind_]}" for name, kind_ in types.items()), *last]
    return f"{prefix}{re.sub(r'[^A-Za-z0-9_-]', '_', kind)}.csv", columns, rows


def _label(kind: str) -> str:
    """Return a label as Neo4j's users write them, with nothing that the importer would take for two."""
    words = re.sub(r"\W+", "_", kind)
    return words[:1].upper() + words[1:]


def _write(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = [_property(column) for column in columns]
    with file.open("w", encoding="utf-8", errors="replace", newline="") as out:
        csv.writer(out, lineterminator="\n").writerow(columns)
        table = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        table.writerows([_cell(row.get(name, "")) for name in names] for row in rows)


def _property(column: str) -> str:
    return column if column.startswith(":") else column.partition(":")[0]


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _read(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.reader(lines)
        columns = next(table)
        kinds = [_PYTHON.get(column.partition(":")[2], str) for column in columns]
        names = [_property(column) for column in columns]
        for row in table:
            cells = zip(names, kinds, row, strict=True)
            yield {name: _value(cell, kind) for name, kind, cell in cells if kind is str or cell != ""}


def _value(cell: str, kind: type) -> Any:
    return cell == "true" if kind is bool else kind(cell)


def _own(row: Mapping[str, Any], taken: Sequence[str], schema: Mapping[str, Mapping[str, type]]) -> Row:
    """Return the attributes; an empty text counts only where all of a kind have the attribute."""
    known = schema.get(str(row.get("kind", "")), {})
    return {name: value for name, value in row.items() if name not in taken and (value != "" or name in known)}
