"""The nodes and edges of the graph as plain tuples, sorted: what the NetworkX object and the hash are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from kgretrieval.graph.co_mentions import CROWD, Together, pairs
from kgretrieval.graph.facts import facts
from kgretrieval.graph.label_attributes import with_labels
from kgretrieval.graph.likeness import alike
from kgretrieval.graph.periods import is_known
from kgretrieval.graph.schema import EDGES, NODES, Edge, Node, clean, edge_key
from kgretrieval.graph.sightings import Sighting, by_document, in_articles, in_pictures
from kgretrieval.store import graph_rows
from kgretrieval.store.graph_rows import Named
from kgretrieval.store.knowledge import entities
from kgretrieval.store.label_search import sounding_towards
from kgretrieval.store.read import documents
from kgretrieval.store.scan import document_ids, entity_ids
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import members_of, story_ids, story_rows, titles_of
from kgretrieval.types import Document, Entity, Fact

#: Facts read at once, with the sentences of all their evidence.
_FACTS = 1000
#: Nodes read at once, with the texts of those that are articles.
_NODES = 2000


@dataclass(frozen=True, slots=True)
class Parts:
    """Nodes sorted by id, edges sorted by source, target and key."""

    nodes: list[Node]
    edges: list[Edge]


def make_parts(store: Store, *, only: set[str] | None = None, co_mentions: bool = True, as_of: str = "") -> Parts:
    """Return the nodes and edges of the whole graph, or of the nodes `only` with all edges between them.

    Parameters
    ----------
    store : Store
    only : set of str, optional
        Full ids.
    co_mentions : bool
        Whether to join entities that one sentence names.
    as_of : str
        An ISO date of any precision: only articles and uses of pictures dated up to its end, and the entities, facts
        and counts that they support. What names mean is what is known now. Stories, which later articles shape, are
        left out.
    """
    with store.reading():
        chosen = sorted(only) if only is not None else [*document_ids(store), *entity_ids(store), *story_ids(store)]
        mentions = _mentions(store, only, as_of)
        seen = _seen(mentions) if as_of else {}
        nodes = []
        # In stretches, so that the texts of all articles are never in memory at once.
        for ids in _chunks(sorted(chosen)):
            found = _nodes_of_then(store, ids, seen, as_of) if as_of else _nodes(store, ids)
            nodes += sorted(with_labels(store, found))
        known = {identifier for identifier, _ in nodes}
        edges = [e for e in _edges(store, only, mentions, co_mentions, as_of) if e[0] in known and e[1] in known]
    return Parts(nodes, sorted(edges, key=lambda e: e[:3]))


def _nodes(store: Store, ids: Sequence[str]) -> Iterator[Node]:
    for identifier, entity in entities(store, (i for i in ids if i.startswith("e:"))).items():
        yield identifier, _entity(entity)
    stories = story_rows(store, [i for i in ids if i.startswith("s:")])
    titles = titles_of(store, (story.central for story in stories))
    for story in stories:
        dates = (story.first_date, story.last_date)
        yield story.id, _row(NODES, "story", titles[story.central] or story.id, story.articles, *dates)
    for identifier, document in documents(store, [i for i in ids if i[0] in "ap"]).items():
        yield identifier, _article(document) if document.kind == "article" else _picture(document)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _NODES] for start in range(0, len(ids), _NODES))


def _seen(mentions: Sequence[Named]) -> dict[str, list[int]]:
    """Count the mentions, articles and pictures of each entity."""
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (place, entity), sighting in by_document(mentions).items():
        own = seen[entity]
        own[0] += sighting.mentions
        own[1 if place.startswith("a:") else 2] += 1
    return seen


def _nodes_of_then(store: Store, ids: Sequence[str], seen: Mapping[str, Sequence[int]], as_of: str) -> Iterator[Node]:
    """Yield the nodes that were known; entities with the counts of then."""
    for identifier, known in entities(store, (i for i in ids if i in seen)).items():
        total, articles, pictures = seen[identifier]
        yield identifier, _entity(replace(known, mentions=total, articles=articles, pictures=pictures))
    for identifier, document in documents(store, [i for i in ids if i[0] in "ap"], as_of=as_of).items():
        if document.kind == "picture":
            yield identifier, _picture(document)
        elif is_known(document.date, as_of):
            yield identifier, _article(document)


def _mentions(store: Store, only: set[str] | None, as_of: str) -> list[Named]:
    """Return the mentions of all entities, or of those in `only`, that were published by then."""
    chosen = None if only is None else sorted(i for i in only if i.startswith("e:"))
    rows = graph_rows.named(store, entities=chosen)
    if not as_of:
        return rows
    dates = graph_rows.dates(store, {row.holder for row in rows})
    return [row for row in rows if is_known(dates.get(row.holder, ""), as_of)]


def _entity(entity: Entity) -> dict[str, Any]:
    counts = (entity.mentions, entity.articles, entity.pictures)
    names = (entity.name, entity.type, "; ".join(entity.aliases))
    return _row(NODES, "entity", *names, *counts, entity.confirmed, entity.wikidata)


def _article(d: Document) -> dict[str, Any]:
    return _row(NODES, "article", d.title or d.id, d.date, d.source, d.language, d.url, d.credit)


def _picture(d: Document) -> dict[str, Any]:
    label = d.title or PurePath(d.path).name or d.id
    return _row(NODES, "picture", label, d.date, d.credit, d.path, d.width, d.height, d.sha256)


def _edges(
    store: Store, only: set[str] | None, mentions: Sequence[Named], co_mentions: bool, as_of: str
) -> Iterator[Edge]:
    chosen = None if only is None else sorted(i for i in only if i.startswith("e:"))
    shown = None if only is None else sorted(i for i in only if i.startswith("p:"))
    uses = graph_rows.illustrations(store, pictures=shown, as_of=as_of)
    seen = by_document(mentions)
    yield from _mention_edges(in_articles(seen), sounding_towards(store, chosen))
    yield from _illustration_edges(uses)
    yield from _story_edges(members_of(store, None if only is None else [i for i in only if i.startswith("s:")]))
    shows = in_pictures(seen, uses)
    yield from _show_edges({**shows, **alike(store, shows)})
    yield from _fact_edges(store, chosen, as_of)
    if co_mentions:
        dates = graph_rows.dates(store, {m.holder for m in mentions})
        found = pairs(mentions, dates, graph_rows.crowded_sentences(store, CROWD))
        yield from _co_mention_edges(found, graph_rows.sentences(store, (t.span for t in found.values())))


def _mention_edges(
    sightings: Mapping[tuple[str, str], Sighting], towards: Mapping[tuple[str, str], str]
) -> Iterator[Edge]:
    for (article, entity), seen in sightings.items():
        values = _row(EDGES, "mentions", seen.mentions, seen.confidence, seen.origin)
        if (article, entity) in towards:
            values["towards"] = clean(towards[article, entity])
        yield article, entity, edge_key("m", article, entity), values


def _illustration_edges(uses: Iterable[tuple[str, str, str]]) -> Iterator[Edge]:
    captions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for picture, article, caption in uses:
        captions[picture, article].append(caption)
    for (picture, article), lines in captions.items():
        text = "\n".join(line for line in lines if line)
        yield picture, article, edge_key("i", picture, article), _row(EDGES, "illustrates", text)


def _story_edges(members: Iterable[tuple[str, str]]) -> Iterator[Edge]:
    for story, article in members:
        yield article, story, edge_key("o", article, story), _row(EDGES, "part_of")


def _show_edges(sightings: Mapping[tuple[str, str], Sighting]) -> Iterator[Edge]:
    for (picture, entity), seen in sightings.items():
        values = _row(EDGES, "shows", seen.mentions, seen.confidence, seen.origin, seen.article, seen.reason)
        yield picture, entity, edge_key("s", picture, entity), values


def _fact_edges(store: Store, chosen: list[str] | None, as_of: str) -> Iterator[Edge]:
    ends = graph_rows.fact_ends(store, entities=chosen)
    inside = None if chosen is None else frozenset(chosen)
    ids = [fact for fact, one, other in ends if inside is None or (one in inside and other in inside)]
    for start in range(0, len(ids), _FACTS):
        for fact in facts(store, ids[start : start + _FACTS], as_of=as_of):
            yield fact.subject_id, fact.object_id, fact.id, _fact(fact)


def _fact(f: Fact) -> dict[str, Any]:
    # Not simply the first: where date and place agree the store goes by ids that depend on where files lie.
    first = min(f.evidence, key=lambda e: (e.date or "\uffff", e.document, e.field, e.start, e.sentence))
    said_by = "; ".join(sorted({e.attributed_to for e in f.evidence if e.attributed_to}))
    values = {
        **{name: getattr(f, name) for name in EDGES["fact"] if hasattr(f, name)},
        "kind": "fact",
        "evidence": len(f.evidence),
        "attributed_to": said_by,
        "disputed": bool(f.disputed_by),
        "article": first.document,
        "sentence": first.sentence,
        "date": first.date,
        "news_source": first.source,
        "relations": ";".join(sorted(e.relation for e in f.evidence)),
    }
    return {name: clean(v) if isinstance(v := values[name], str) else v for name in EDGES["fact"]}


def _co_mention_edges(
    found: Mapping[tuple[str, str], Together], texts: Mapping[graph_rows.Span, str]
) -> Iterator[Edge]:
    for (one, other), together in found.items():
        values = _row(EDGES, "co_mention", together.sentences, together.document, texts.get(together.span, ""))
        yield one, other, edge_key("c", one, other), values


def _row(schema: Mapping[str, Mapping[str, type]], kind: str, *values: Any) -> dict[str, Any]:
    cleaned = (clean(v) if isinstance(v, str) else v for v in (kind, *values))
    return dict(zip(schema[kind], cleaned, strict=True))
