"""Stories among what was found: which one each document belongs to, and one hit a story first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgretrieval.index.catalog import Catalog
from kgretrieval.search.likely import Weighed
from kgretrieval.search.rankings import Illustrations
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import stories_of


def one_a_story(store: Store, catalog: Catalog, found: Sequence[Weighed]) -> list[Weighed]:
    """Return the best hit of every story and what is in none, in their order, and then the rest in theirs."""
    links = Illustrations(catalog)
    articles = {
        hit.fused.document: [
            catalog.id(a)
            for a in (
                [hit.fused.document] if hit.fused.document < catalog.articles else links.articles_of(hit.fused.document)
            )
        ]
        for hit in found
    }
    of = stories_of(store, {a for own in articles.values() for a in own})
    seen: set[str] = set()
    first: list[Weighed] = []
    rest: list[Weighed] = []
    for hit in found:
        story = story_of(articles[hit.fused.document], of)
        (rest if story in seen else first).append(hit)
        seen.update([story] if story else [])
    return first + rest


def story_of(articles: Sequence[str], of: Mapping[str, str]) -> str:
    """Return the story of the first of these articles that is in one, ``""`` if none is."""
    return next((of[article] for article in articles if article in of), "")
