"""GraphML, written row by row: NetworkX's own writers need many times the time, or all of it in memory."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from kgretrieval.graph.graphml_reader import GRAPH, HEAD, TAIL, OtherError, read_own
from kgretrieval.graph.schema import Edge, Node, clean

if TYPE_CHECKING:
    import networkx

#: Rows that are put together before they are written.
_ROWS = 2000
#: Bytes that are copied at once.
_BLOCK = 1 << 22
#: Control characters that XML cannot hold or, a carriage return, only escaped; U+FFFE and U+FFFF.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_NONE = ("\ufffe".encode(), "\uffff".encode())
#: What needs no quoting inside an attribute's value.
_PLAIN = re.compile(r"[0-9A-Za-z:_.-]*").fullmatch


def write_graphml(graph: networkx.MultiDiGraph, file: Path) -> None:
    """Write GraphML as NetworkX would: every attribute declared with its type, the keys of edges as their ids."""
    write_rows(graph.nodes(data=True), _edges(graph), file)


def write_rows(nodes: Iterable[Node], edges: Iterable[Edge], file: Path) -> None:
    """Write the GraphML of nodes and edges that come one after another; neither are held in memory.

    Parameters
    ----------
    nodes : iterable of (id, attributes)
    edges : iterable of (source, target, key, attributes)
    file : pathlib.Path
    """
    keys: _Keys = {}
    # What is declared first is known last.
    with TemporaryFile(dir=file.parent) as body:
        _Rows("node", ("id",), keys).write(body, nodes)
        _Rows("edge", ("source", "target", "id"), keys).write(body, edges)
        body.seek(0)
        with file.open("wb") as out:
            out.write(HEAD.encode())
            for (tag, name, kind), identifier in keys.items():
                key = f'<key id="{identifier}" for="{tag}" attr.name={quoteattr(clean(name))} attr.type="{kind}"/>\n'
                out.write(key.encode())
            out.write(GRAPH.encode())
            shutil.copyfileobj(body, out, _BLOCK)
            out.write(TAIL.encode())


def read_graphml(file: Path) -> networkx.MultiDiGraph:
    """Read GraphML; ids of edges stay text.

    What another program wrote is read by NetworkX, which is slower.
    """
    try:
        return read_own(file)
    except OtherError:
        pass
    import networkx

    graph = networkx.read_graphml(file, edge_key_type=str, force_multigraph=True)
    for name in ("node_default", "edge_default"):
        graph.graph.pop(name, None)
    return graph


def _edges(graph: networkx.MultiDiGraph) -> Iterator[Edge]:
    """Yield the edges in the order of `networkx.MultiDiGraph.edges`, in half its time."""
    for source, targets in graph.adjacency():
        for target, parallel in targets.items():
            for key, data in parallel.items():
                yield source, target, key, data


#: From (node or edge, attribute, GraphML's type) to the id of its declaration, in the order of the ids.
_Keys = dict[tuple[str, str, str], str]


class _Form(NamedTuple):
    """How rows with the same attributes of the same types are written."""

    template: str
    texts: tuple[int, ...]
    flags: tuple[int, ...]


class _Rows:
    """Writes nodes or edges; `keys` grows as attributes come."""

    def __init__(self, tag: str, names: Sequence[str], keys: _Keys) -> None:
        self.tag, self.names, self.keys = tag, names, keys
        self.forms: dict[tuple[Any, ...], _Form] = {}

    def write(self, out: IO[bytes], rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows, each with its attributes first and its data last."""
        left = iter(rows)
        while block := list(islice(left, _ROWS)):
            try:
                written = "".join([self._line(*row) for row in block]).encode()
            except UnicodeEncodeError:
                written = b"\0"
            if len(written.translate(None, _CONTROLS)) < len(written) or any(none in written for none in _NONE):
                # Seldom: some character in here is none of XML's.
                written = "".join([self._line(*row, careful=True) for row in block]).encode()
            out.write(written)

    def _line(self, *row: Any, careful: bool = False) -> str:
        data = row[-1]
        values = list(data.values())
        shape = (*data, *map(type, values))
        form = self.forms.get(shape)
        if form is None:
            form = self.forms[shape] = self._form(data)
        for place in form.texts:
            text = values[place]
            if "&" in text or "<" in text or ">" in text or careful:
                # A carriage return that is not escaped is read as a line feed (XML 1.0, section 2.11).
                values[place] = escape(clean(text), {"\r": "&#13;"})
        for place in form.flags:
            values[place] = "true" if values[place] else "false"
        return self._head(row, careful) + form.template % tuple(values)

    def _head(self, row: tuple[Any, ...], careful: bool) -> str:
        if self.tag == "edge":
            source, target, key, _ = row
            if _PLAIN(f"{source}{target}{key}") and not careful:
                return f'<edge source="{source}" target="{target}" id="{key}">'
        given = zip(self.names, row[:-1], strict=True)
        return f"<{self.tag} " + " ".join(f"{name}={quoteattr(clean(str(value)))}" for name, value in given) + ">"

    def _form(self, data: Mapping[str, Any]) -> _Form:
        cells = []
        for name, value in data.items():
            identifier = self.keys.setdefault((self.tag, name, _type(value)), f"d{len(self.keys)}")
            cells.append(f'<data key="{identifier}">%s</data>')
        values = list(data.values())
        texts = tuple(place for place, value in enumerate(values) if isinstance(value, str))
        flags = tuple(place for place, value in enumerate(values) if isinstance(value, bool))
        return _Form(f"{''.join(cells)}</{self.tag}>\n", texts, flags)


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "string"
