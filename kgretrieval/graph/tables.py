"""JSON (NetworkX's node-link form) and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgretrieval.errors import UsageError
from kgretrieval.graph.schema import EDGES, NODES

if TYPE_CHECKING:
    import networkx

_ENDS = ("source", "target", "key")


def write_json(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write what ``networkx.node_link_graph`` reads, one node or edge a line."""
    with file.open("w", encoding="utf-8") as out:
        out.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [\n')
        out.writelines(_separated(_json(row) for row in _node_rows(graph)))
        out.write('],\n"edges": [\n')
        out.writelines(_separated(_json(row) for row in _edge_rows(graph)))
        out.write("]}\n")


def read_json(file: Path) -> networkx.MultiDiGraph:
    """Read the node-link form."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return _graph(data["nodes"], data["edges"])


def csv_names(file: Path) -> tuple[Path, Path]:
    """Return the files of the two tables, whether `file` names one of them or what they share."""
    name = file.name
    for ending in (".nodes.csv", ".edges.csv", ".csv"):
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return file.with_name(f"{name}.nodes.csv"), file.with_name(f"{name}.edges.csv")


def write_nodes(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write the table of nodes: `id`, then the attributes."""
    _write_table(file, ("id",), NODES, list(_node_rows(graph)))


def write_edges(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write the table of edges: `source`, `target`, `key`, then the attributes."""
    _write_table(file, _ENDS, EDGES, list(_edge_rows(graph)))


def read_csv(file: Path) -> networkx.MultiDiGraph:
    """Read both tables; attributes that are none of ours come back as text."""
    nodes, edges = csv_names(file)
    return _graph(_read_table(nodes, ("id",), NODES), _read_table(edges, _ENDS, EDGES))


def _node_rows(graph: networkx.MultiDiGraph) -> Iterator[dict[str, Any]]:
    for node, data in graph.nodes(data=True):
        _check_names(node, data, ("id",))
        yield {"id": node, **data}


def _edge_rows(graph: networkx.MultiDiGraph) -> Iterator[dict[str, Any]]:
    for source, target, key, data in graph.edges(keys=True, data=True):
        _check_names(key, data, _ENDS)
        yield {"source": source, "target": target, "key": key, **data}


def _check_names(where: str, data: Mapping[str, Any], taken: Iterable[str]) -> None:
    for name in taken:
        if name in data:
            raise UsageError(f"{where} has an attribute {name!r}, which tables need themselves; give it another name")


def _graph(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> networkx.MultiDiGraph:
    import networkx

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((row["id"], _rest(row, ("id",))) for row in nodes)
    graph.add_edges_from((row["source"], row["target"], row["key"], _rest(row, _ENDS)) for row in edges)
    return graph


def _rest(row: Mapping[str, Any], taken: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in taken}


def _json(row: Mapping[str, Any]) -> str:
    # A lone surrogate is no character of UTF-8; escaped it survives in JSON.
    text = json.dumps(row, ensure_ascii=False)
    return text if _encodable(text) else json.dumps(row)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _separated(lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f",\n{line}" if place else line


def _write_table(
    file: Path, ends: tuple[str, ...], schema: Mapping[str, Mapping[str, type]], rows: list[dict[str, Any]]
) -> None:
    known = dict.fromkeys(name for attributes in schema.values() for name in attributes)
    used = {name for row in rows for name in row}
    columns = [*ends, *(n for n in known if n in used), *sorted(used - set(known) - set(ends))]
    with file.open("w", encoding="utf-8", errors="replace", newline="") as out:
        table = csv.writer(out)
        table.writerow(columns)
        table.writerows([_cell(row.get(name, "")) for name in columns] for row in rows)


def _cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read_table(
    file: Path, ends: tuple[str, ...], schema: Mapping[str, Mapping[str, type]]
) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            own = schema.get(row["kind"], {})
            chosen = (name for name in row if name in ends or name in own or row[name] != "")
            yield {name: _value(row[name], own.get(name, str)) for name in chosen}


def _value(cell: str, kind: type) -> Any:
    return cell == "true" if kind is bool else kind(cell)
