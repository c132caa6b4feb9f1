"""The short forms: a few hits a line each, and a graph in a few lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kgretrieval.present.lines import QUIET, STRONG, TITLE, Line, line
from kgretrieval.present.words import (
    clean,
    count,
    dotted,
    edge_predicate,
    found_by,
    likely,
    predicate,
    shorten,
    squeeze,
    title,
)
from kgretrieval.types import Answer, EntityCard

if TYPE_CHECKING:
    import networkx

_PLURALS = {"entity": "entities"}


def brief_answer(answer: Answer, *, most: int = 3) -> list[Line]:
    """Return the best hits, one line each with the reason, or that there is none."""
    rows = [line("nothing found", indent=4)] if not answer.hits else []
    for hit in answer.hits[:most]:
        why = dotted((hit.kind, clean(hit.date), likely(hit), *found_by(hit)))
        rows.append(line((f"{hit.rank}. ", STRONG), (shorten(title(hit), 70), TITLE), indent=4))
        rows.append(line((why, QUIET), indent=7))
    return rows


def brief_card(card: EntityCard, *, most: int = 3) -> list[Line]:
    """Return an entity with its first facts, a sentence each."""
    rows = [line((squeeze(card.entity.name), TITLE), f" ({card.entity.type})", indent=4)]
    for fact in card.facts[:most]:
        said = f"{squeeze(fact.subject)} —[{predicate(fact)}]→ {squeeze(fact.object)}"
        rows.append(line((shorten(said, 90), ""), indent=7))
        rows += [line((shorten(f"“{squeeze(e.sentence)}”", 96), QUIET), indent=9) for e in fact.evidence[:1]]
    return rows


def graph_lines(graph: networkx.MultiDiGraph, *, most: int = 5) -> list[Line]:
    """Return a graph in figures, then its best supported facts."""
    kinds = Counter(str(kind) for _, kind in graph.nodes(data="kind"))
    parts = [count(kinds[kind], kind, _PLURALS.get(kind, "")) for kind in sorted(kinds)]
    rows = [line((", ".join(parts), TITLE), f", {count(graph.number_of_edges(), 'edge')}", indent=4)]
    facts = [
        (-int(data.get("evidence", 1)), _name(graph, a), edge_predicate(data), _name(graph, b))
        for a, b, data in graph.edges(data=True)
        if data.get("kind") == "fact"
    ]
    return rows + [line(f"{a} —[{squeeze(between)}]→ {b}", indent=7) for _, a, between, b in sorted(facts)[:most]]


def _name(graph: networkx.MultiDiGraph, node: str) -> str:
    return squeeze(str(graph.nodes[node].get("label", "") or node))
