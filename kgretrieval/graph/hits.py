"""The articles and pictures in which an entity stands, as hits with the sentence that names it."""

from __future__ import annotations

from collections.abc import Mapping

from kgretrieval.graph.likeness import alike
from kgretrieval.graph.sightings import LIKENESS, Sighting, by_document, in_articles, in_pictures
from kgretrieval.store import graph_rows
from kgretrieval.store.graph_rows import Named
from kgretrieval.store.hits import make_hit
from kgretrieval.store.read import documents
from kgretrieval.store.store import Store
from kgretrieval.types import Hit, Snippet


def article_hits(store: Store, entity_id: str, *, limit: int = 10) -> tuple[Hit, ...]:
    """Return the articles that mention an entity: the most mentions first (the score), then the newest."""
    rows = graph_rows.named(store, entities=[entity_id])
    seen = {article: sighting for (article, _), sighting in in_articles(by_document(rows)).items()}
    return _hits(store, seen, rows, limit)


def picture_hits(store: Store, entity_id: str, *, limit: int = 10) -> tuple[Hit, ...]:
    """Return the pictures that are likely to show an entity; the score is the number of mentions.

    First those whose captions or tags name it, then those of articles with the name in the headline,
    then those of other articles that mention it; of these the most mentions, then the newest. Last come those that
    only look like its other pictures.
    """
    rows = graph_rows.named(store, entities=[entity_id])
    uses = graph_rows.illustrations(store, articles=sorted({m.document for m in rows}))
    shows = in_pictures(by_document(rows), uses)
    seen = {picture: sighting for (picture, _), sighting in {**shows, **alike(store, shows)}.items()}
    return _hits(store, seen, rows, limit)


def _hits(store: Store, seen: Mapping[str, Sighting], rows: list[Named], limit: int) -> tuple[Hit, ...]:
    dates = {i: d.date for i, d in documents(store, sorted(seen)).items()}
    # Three stable sorts: ids ascend, dates descend, the strongest come first.
    order = sorted(sorted(seen), key=lambda i: dates[i], reverse=True)
    order.sort(key=lambda i: _strength(seen[i]), reverse=True)
    chosen = order[:limit]
    found = documents(store, chosen)
    named_in = {i: seen[i].article or i for i in chosen}
    snippets = _snippets(store, rows, set(named_in.values()))
    return tuple(
        make_hit(
            found[i],
            rank=rank,
            score=float(seen[i].mentions),
            snippet=snippets.get(named_in[i]),
            reason=seen[i].reason if i.startswith("p:") else "",
        )
        for rank, i in enumerate(chosen, start=1)
    )


def _strength(seen: Sighting) -> tuple[bool, bool, int]:
    """Order pictures: a caption of its own, a headline, anything else. Articles differ in their mentions alone."""
    named = not seen.article and seen.origin != LIKENESS
    return named, bool(seen.article) and seen.headline, seen.mentions


def _snippets(store: Store, rows: list[Named], wanted: set[str]) -> dict[str, Snippet]:
    """Return, for each of these documents, the first sentence that names the entity: of the text before the title."""
    firsts: dict[str, Named] = {}
    for row in rows:
        if row.document in wanted and row.sentence_start >= 0:
            known = firsts.get(row.document)
            if known is None or (row.field == "title", row) < (known.field == "title", known):
                firsts[row.document] = row
    texts = graph_rows.sentences(store, (r.sentence for r in firsts.values()))
    marks: dict[graph_rows.Span, set[tuple[int, int]]] = {}
    for row in rows:
        marks.setdefault(row.sentence, set()).add((row.start - row.sentence_start, row.end - row.sentence_start))
    return {
        document: Snippet(texts[row.sentence], row.field, tuple(sorted(marks[row.sentence])))  # type: ignore[arg-type]
        for document, row in firsts.items()
    }
