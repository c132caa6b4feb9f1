"""A small graph as inline SVG: names legible, kinds by colour and shape, facts with their predicate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from kgretrieval.present.layout import layout
from kgretrieval.present.markup import esc, picture_data
from kgretrieval.present.svg_edges import Drawn, draw_edges
from kgretrieval.present.words import cells, edge_predicate, shorten, squeeze

if TYPE_CHECKING:
    import networkx

#: Nodes drawn at most, the best connected ones first.
MOST = 150
#: Columns of a name; width of a column and height of a line in the units of the page.
_NAME, _COLUMN, _LINE = 26, 6.9, 17.0
_WIDTH = 980.0
_PHOTO = (64.0, 48.0)

#: Colour of a node by type or kind, on light and on dark ground, and what the legend calls it.
COLOURS: Mapping[str, tuple[str, str, str]] = {
    "person": ("#2563c9", "#7fb0ff", "person"),
    "organisation": ("#8a3fb5", "#cf9bf0", "organisation"),
    "place": ("#1f7a4d", "#6fd3a0", "place"),
    "misc": ("#a15c00", "#f0b35e", "other name"),
    "article": ("#5b6472", "#aab4c3", "article"),
    "picture": ("#0f7285", "#62cfe0", "picture"),
    "story": ("#b03060", "#f29bb8", "story"),
}

_RULES = """
.kg-graph{display:block;width:100%;height:auto;font:13px/1.3 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans","Noto Sans CJK SC",sans-serif;background:var(--kg-ground,#fff);border-radius:8px;
--kg-text:#17202c;--kg-faint:#9aa4b2;--kg-halo:#fff}
.kg-graph text{fill:var(--kg-text);paint-order:stroke;stroke:var(--kg-halo);stroke-width:3.5px;stroke-linejoin:round}
.kg-graph .kg-minor{font-size:11.5px;font-style:italic}
.kg-graph .kg-line{fill:none;stroke:var(--kg-faint);stroke-width:1.1}
.kg-graph .kg-fact{stroke:var(--kg-text);stroke-width:1.5;opacity:.75}
.kg-graph .kg-dots{stroke-dasharray:2 4}
.kg-graph .kg-tip{fill:var(--kg-text);opacity:.8}
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A node to be drawn: its label, its colour's name, its half size, and a data URI for a photo."""

    id: str
    label: str
    type: str
    note: str
    half: tuple[float, float]
    photo: str = field(default="", repr=False)

    @property
    def box(self) -> tuple[float, float]:
        """Width and height with the label below."""
        return max(2 * self.half[0], cells(self.label) * _COLUMN) + 6, 2 * self.half[1] + _LINE


def graph_svg(graph: networkx.MultiDiGraph, *, most: int = MOST, pictures: bool = True, title: str = "") -> str:
    """Draw a graph as one `<svg>` element to stand in a page.

    Parameters
    ----------
    graph
        As `Collection.to_networkx` returns it.
    most
        Nodes drawn at most: the best connected ones; a line below says how many were left out.
    pictures
        Show picture nodes as small photos where their files can be read.
    title
        What a screen reader says.

    Examples
    --------
    >>> svg = graph_svg(news.to_networkx(around="NASA"))  # doctest: +SKIP
    """
    names = _chosen(graph, most)
    nodes = [_node(name, graph.nodes[name], graph.degree(name), pictures=pictures) for name in names]
    number = {name: place for place, name in enumerate(names)}
    drawn = _edges(graph, number)
    boxes = np.array([node.box for node in nodes], dtype=np.float64).reshape(-1, 2)
    height = float(np.clip(boxes.prod(axis=1).sum() * 4.2 / _WIDTH, 240.0, 1600.0))
    ends = np.array([(e.source, e.target) for e in drawn], dtype=np.intp).reshape(-1, 2)
    places = layout(boxes, ends, width=_WIDTH, height=height)
    return _svg(nodes, places, drawn, height=height, title=title, left_out=len(graph) - len(names))


def _chosen(graph: networkx.MultiDiGraph, most: int) -> list[str]:
    """Return the nodes to draw: the best connected ones, then by id, whatever order the graph has them in."""
    return sorted(graph.nodes, key=lambda name: (-graph.degree(name), str(name)))[:most]


def _node(name: str, attributes: Mapping[str, Any], degree: int, *, pictures: bool) -> Node:
    kind = str(attributes.get("kind", "entity"))
    type_ = str(attributes.get("type", "misc")) if kind == "entity" else kind
    label = squeeze(str(attributes.get("label", "") or name))
    note = " · ".join(str(attributes[key]) for key in ("date", "source", "type") if attributes.get(key))
    photo = picture_data(str(attributes.get("path", "")), edge=144) if pictures and kind == "picture" else ""
    radius = 6.0 + 2.2 * float(np.log1p(degree))
    half = (_PHOTO[0] / 2, _PHOTO[1] / 2) if photo else (radius, radius)
    return Node(str(name), shorten(label, _NAME), type_, f"{label} ({note})" if note else label, half, photo)


def _edges(graph: networkx.MultiDiGraph, number: Mapping[str, int]) -> list[Drawn]:
    """Return one line per pair of nodes; what is stated stands before what merely occurs together."""
    between: dict[tuple[int, int], list[tuple[str, Mapping[str, Any]]]] = {}
    facts: set[tuple[int, int]] = set()
    for source, target, data in graph.edges(data=True):
        if source not in number or target not in number or source == target:
            continue
        pair = (number[source], number[target])
        stated = data.get("kind") == "fact"
        facts |= {pair} if stated else set()
        between.setdefault(pair if stated else _sorted(pair), []).append((str(data.get("kind", "")), data))
    lines = []
    for pair in sorted(between):
        found = sorted(between[pair], key=lambda one: (one[0] != "fact", str(one[1].get("predicate", ""))))
        stated_back = pair[::-1] in facts
        if found[0][0] == "fact" or not stated_back:
            lines.append(_drawn(pair, found, bent=stated_back))
    return lines


def _sorted(pair: tuple[int, int]) -> tuple[int, int]:
    return (min(pair), max(pair))


def _drawn(pair: tuple[int, int], found: Sequence[tuple[str, Mapping[str, Any]]], *, bent: bool) -> Drawn:
    kind = found[0][0]
    facts = [data for name, data in found if name == "fact"]
    words = list(dict.fromkeys(edge_predicate(data) for data in facts))
    label = shorten(words[0], 24) + (f" +{len(words) - 1}" if len(words) > 1 else "") if words else ""
    notes = [f"{edge_predicate(data)}: {data.get('sentence', '')}" for data in facts]
    notes = notes or [str(found[0][1].get("sentence", ""))]
    return Drawn(*pair, kind=kind, label=label, note="\n".join(note for note in notes if note), bent=bent)


def _svg(
    nodes: Sequence[Node], places: Any, drawn: Sequence[Drawn], *, height: float, title: str, left_out: int
) -> str:
    centres = [(float(x), float(y) - _LINE / 2) for x, y in places]
    boxes = [(float(x), float(y), *node.box) for (x, y), node in zip(places, nodes, strict=True)]
    parts = draw_edges(drawn, centres, [node.half for node in nodes], boxes)
    parts += [_draw_node(node, centre) for node, centre in zip(nodes, centres, strict=True)]
    foot = height + 30
    parts.append(_legend(dict.fromkeys(node.type for node in nodes), height + 16, left_out))
    name = esc(title) or f"Graph of {len(nodes)} nodes"
    return (
        f'<svg class="kg-graph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {foot:.1f}" '
        f'role="img" aria-label="{name}"><style>{_style()}</style>{"".join(parts)}</svg>'
    )


def _style() -> str:
    light = "".join(f".kg-graph .kg-{name}{{fill:{pair[0]}}}" for name, pair in COLOURS.items())
    dark = "".join(f".kg-graph .kg-{name}{{fill:{pair[1]}}}" for name, pair in COLOURS.items())
    ground = ".kg-graph{background:var(--kg-ground,#161b22);--kg-text:#e8edf3;--kg-faint:#667083;--kg-halo:#161b22}"
    return f"{_RULES}{light}@media (prefers-color-scheme:dark){{{ground}{dark}}}".replace("\n", "")


def _draw_node(node: Node, centre: tuple[float, float]) -> str:
    x, y = centre
    width, height = node.half
    css = f"kg-{node.type}" if node.type in COLOURS else "kg-misc"
    corner = f'x="{x - width:.1f}" y="{y - height:.1f}" width="{2 * width:.1f}" height="{2 * height:.1f}"'
    if node.photo:
        frame = f'<rect class="{css}" x="{x - width - 2:.1f}" y="{y - height - 2:.1f}" rx="4" '
        frame += f'width="{2 * width + 4:.1f}" height="{2 * height + 4:.1f}"/>'
        shape = f'{frame}<image {corner} preserveAspectRatio="xMidYMid slice" href="{node.photo}"/>'
    elif node.type in ("article", "picture"):
        shape = f'<rect class="{css}" rx="3" {corner}/>'
    else:
        shape = f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{width:.1f}"/>'
    name = f'<text x="{x:.1f}" y="{y + height + 14:.1f}" text-anchor="middle">{esc(node.label)}</text>'
    return f"<g><title>{esc(node.note)}</title>{shape}{name}</g>"


def _legend(types: Iterable[str], y: float, left_out: int) -> str:
    parts, x = [], 16.0
    shown = set(types)
    for name, (_, _, words) in COLOURS.items():
        if name in shown:
            parts.append(f'<circle class="kg-{name}" cx="{x:.1f}" cy="{y - 4:.1f}" r="5"/>')
            parts.append(f'<text x="{x + 10:.1f}" y="{y:.1f}">{words}</text>')
            x += 28 + cells(words) * _COLUMN
    if left_out:
        parts.append(f'<text class="kg-minor" x="{x + 8:.1f}" y="{y:.1f}">{left_out:,} more nodes not drawn</text>')
    return "".join(parts)
