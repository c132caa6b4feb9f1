"""The nodes within a few steps of some nodes, found by asking only for the rows around them."""

from __future__ import annotations

from collections.abc import Iterable

from kgretrieval.graph.co_mentions import CROWD, by_sentence
from kgretrieval.graph.likeness import likenesses
from kgretrieval.store import graph_rows
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import members_of, stories_of


def vicinity(store: Store, centres: Iterable[str], *, radius: int, co_mentions: bool) -> set[str]:
    """Return the ids of all nodes within `radius` edges of the centres, whatever the edges' direction."""
    reached = set(centres)
    frontier = set(reached)
    with store.reading():
        crowded = graph_rows.crowded_sentences(store, CROWD) if co_mentions else set()
        alike = likenesses(store) if radius else set()
        for _ in range(radius):
            looks = {end for pair in alike if frontier & set(pair) for end in pair}
            frontier = (_step(store, frontier, crowded, co_mentions) | looks) - reached
            if not frontier:
                break
            reached |= frontier
    return reached


def _step(store: Store, frontier: set[str], crowded: set[graph_rows.Span], co_mentions: bool) -> set[str]:
    chosen = {letter: sorted(i for i in frontier if i.startswith(letter)) for letter in "aeps"}
    found = _from_documents(store, chosen["a"], chosen["p"]) | _from_entities(store, chosen["e"])
    found |= {article for _, article in members_of(store, chosen["s"])} | set(stories_of(store, chosen["a"]).values())
    if co_mentions:
        found |= _in_one_sentence(store, set(chosen["e"]), crowded)
    return found


def _from_documents(store: Store, articles: list[str], pictures: list[str]) -> set[str]:
    """Return what articles and pictures touch; a picture shows what its articles mention."""
    around = {picture for picture, _, _ in graph_rows.illustrations(store, articles=articles)}
    parents = {article for _, article, _ in graph_rows.illustrations(store, pictures=pictures)}
    read = sorted({*articles, *pictures, *parents})
    return around | parents | {m.entity for m in graph_rows.named(store, documents=read)}


def _from_entities(store: Store, entities: list[str]) -> set[str]:
    found = {m.document for m in graph_rows.named(store, entities=entities)}
    articles = sorted(d for d in found if d.startswith("a:"))
    found |= {picture for picture, _, _ in graph_rows.illustrations(store, articles=articles)}
    for _, one, other in graph_rows.fact_ends(store, entities=entities):
        found |= {one, other}
    return found


def _in_one_sentence(store: Store, entities: set[str], crowded: set[graph_rows.Span]) -> set[str]:
    documents = {m.document for m in graph_rows.named(store, entities=sorted(entities)) if m.sentence_start >= 0}
    found: set[str] = set()
    for span, group in by_sentence(graph_rows.named(store, documents=sorted(documents))):
        names = {m.entity for m in group}
        if span not in crowded and names & entities:
            found |= names
    return found
