"""How two entities are connected, with the sentence for each step."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from math import inf

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.co_mentions import CROWD, by_sentence
from kgretrieval.graph.facts import facts
from kgretrieval.graph.links import Link, Links
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.wording import put
from kgretrieval.store import graph_rows
from kgretrieval.store.graph_rows import Named, Span
from kgretrieval.store.knowledge import entities
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store
from kgretrieval.types import Entity, Evidence, Fact, Step


def connect(store: Store, a: str, b: str, *, longest: int = 4) -> tuple[Step, ...]:
    """Return the shortest connection between two entities.

    Dijkstra's algorithm (E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959) over
    (entity, number of steps). A stated fact is a shorter step than a sentence that names both, and that
    than an article that mentions both; passing through an entity costs the logarithm of the number of
    documents it stands in.

    Parameters
    ----------
    store : Store
    a, b : str
        Names or ids.
    longest : int
        The most steps there may be.

    Returns
    -------
    tuple of Step
        From `a` to `b`; one step ends at an entity at which the next begins. A fact keeps the direction in which
        it is stated: `source` is its subject, even where the path walks it the other way.

    Raises
    ------
    NotFoundError
        If one of them is not there, or nothing joins them within `longest` steps.
    UsageError
        If both are the same entity or `longest` is less than 1.
    """
    if longest < 1:
        raise UsageError(f"a path of at most {longest} steps makes no sense; give 1 or more")
    with store.reading():
        start, end = find_entities(store, a)[0], find_entities(store, b)[0]
        if start.id == end.id:
            raise UsageError(f"{a!r} and {b!r} are both {start.name} ({start.id}); name two different entities")
        links = Links(store)
        route = _shortest(links, start.id, end.id, longest)
        if not route:
            steps = "1 step" if longest == 1 else f"{longest} steps"
            raise NotFoundError(f"nothing joins {start.name} and {end.name} within {steps}; allow a longer path")
        known = entities(store, route)
        return tuple(_step(store, known[one], known[other], links.of(one)[other]) for one, other in pairwise(route))


def _shortest(links: Links, start: str, end: str, longest: int) -> tuple[str, ...]:
    """Return the ids along the shortest path, ``()`` if there is none; of equal ones the first by ids."""
    heap: list[tuple[float, tuple[str, ...]]] = [(0.0, (start,))]
    fewest: dict[str, int] = {}
    last = links.of(end)
    # The length of the shortest path seen so far: what is longer need not be followed.
    bound = inf
    while heap:
        length, path = heappop(heap)
        place = path[-1]
        if place == end:
            return path
        # Reached before at no greater cost: only a path of fewer steps could still lead further.
        if len(path) >= fewest.get(place, longest + 1):
            continue
        fewest[place] = len(path)
        length += links.detour(place) if place != start else 0.0
        at_last = {end: last[place]} if place in last else {}
        near = links.of(place, within=bound - length) if len(path) < longest else at_last
        for other, link in near.items():
            total = round(length + link.length, 6)
            if total > bound or len(path) + 1 >= fewest.get(other, longest + 2):
                continue
            heappush(heap, (total, (*path, other)))
            if other == end:
                bound = total
            elif other in last and len(path) < longest:
                bound = min(bound, round(total + links.detour(other) + last[other].length, 6))
    return ()


def _step(store: Store, one: Entity, other: Entity, link: Link) -> Step:
    if link.kind == "fact":
        ends = graph_rows.fact_ends(store, entities=[one.id])
        return _fact_step(store, one, other, [fact for fact, *sides in ends if other.id in sides])
    if link.kind == "co_mention":
        return Step(one, other, "co_mention", "", _first_sentence(store, one, other))
    return Step(one, other, "article", "", _in_document(store, other, link.document))


def _fact_step(store: Store, one: Entity, other: Entity, ids: list[str]) -> Step:
    def order(fact: Fact) -> tuple[bool, int, str, str]:
        return fact.negated or fact.modality != "asserted", -len(fact.evidence), fact.first_seen, fact.id

    fact = min(facts(store, ids), key=order)
    subject, object_ = (one, other) if fact.subject_id == one.id else (other, one)
    predicate = put(fact.predicate, negated=fact.negated, modality=fact.modality)
    return Step(subject, object_, "fact", predicate, fact.evidence[0])


def _first_sentence(store: Store, one: Entity, other: Entity) -> Evidence:
    rows = graph_rows.named(store, entities=[one.id])
    named = {r.sentence for r in graph_rows.named(store, entities=[other.id]) if r.sentence_start >= 0}
    both = [r for r in rows if r.sentence in named]
    everyone = graph_rows.named(store, documents=sorted({r.document for r in both}))
    sizes = {span: len({m.entity for m in group}) for span, group in by_sentence(everyone)}
    dates = graph_rows.dates(store, {r.holder for r in both})
    # One that names very many is a list: it joins nobody.
    said = [r for r in both if sizes[r.sentence] <= CROWD]
    return _evidence(store, min(said, key=lambda r: (dates.get(r.holder) or "\uffff", r.sentence)))


def _in_document(store: Store, entity: Entity, document: str) -> Evidence:
    """Return the first sentence of a document that names an entity; its title where that is only a tag."""
    rows = [r for r in graph_rows.named(store, documents=[document]) if r.entity == entity.id]
    return _evidence(store, min(rows, key=lambda r: (r.sentence_start < 0, r.field == "title", r)))


def _evidence(store: Store, row: Named) -> Evidence:
    found = documents(store, [row.document])[row.document]
    headline = "title" if found.kind == "article" else "caption"
    span = row.sentence if row.sentence_start >= 0 else Span(row.holder, headline, 0, len(found.title))
    text = graph_rows.sentences(store, [span])[span] if row.sentence_start >= 0 else found.title
    return Evidence(
        relation="",
        document=found.id,
        field=span.field,  # type: ignore[arg-type]
        start=span.start,
        end=span.end,
        sentence=text,
        title=found.title,
        date=found.date,
        source=found.source,
        extractor="",
        confidence=row.confidence,
    )
