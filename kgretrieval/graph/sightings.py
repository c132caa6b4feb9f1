"""What an article mentions, and what a picture is likely to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgretrieval.store.graph_rows import Named

#: The origin of a sighting that was made by comparing pictures.
LIKENESS = "likeness"
_REASONS = {
    "article": "article names it",
    "caption": "caption names it",
    "tag": "tag names it",
    "file": "its file names it",
    "ocr": "text in the picture names it",
    "pixels": "seen in the picture",
    LIKENESS: "looks like its other pictures",
}
#: From the strongest to the weakest ground for saying that a document is about an entity.
ORIGINS = ("article", "caption", "tag", "file", "ocr", "pixels")

#: A picture need not show what its article names: half the confidence, three quarters for a name in the headline.
IN_ARTICLE, IN_HEADLINE = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity in one document. `article` is set where a picture has it from the article it illustrates."""

    mentions: int
    confidence: float
    origin: str
    headline: bool
    article: str = ""

    @property
    def reason(self) -> str:
        """Why a picture is said to show the entity, for people."""
        return "headline of its article names it" if self.article and self.headline else _REASONS[self.origin]


def by_document(mentions: Iterable[Named]) -> dict[tuple[str, str], Sighting]:
    """Return what each article and each picture itself mentions, keyed by (document, entity)."""
    groups: dict[tuple[str, str], list[Named]] = {}
    for mention in mentions:
        groups.setdefault((mention.document, mention.entity), []).append(mention)
    return {key: _sum(group) for key, group in groups.items()}


def in_articles(seen: Mapping[tuple[str, str], Sighting]) -> dict[tuple[str, str], Sighting]:
    """Return what the articles mention, keyed by (article, entity)."""
    return {key: sighting for key, sighting in seen.items() if key[0].startswith("a:")}


def in_pictures(
    seen: Mapping[tuple[str, str], Sighting], uses: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str], Sighting]:
    """Return what each picture is likely to show, keyed by (picture, entity).

    What its own captions and tags name comes first; of several articles it illustrates the one that
    has the entity in the headline, then the one that names it most often.

    Parameters
    ----------
    seen : mapping
        From `by_document`.
    uses : iterable of (picture, article, caption)
    """
    named: dict[str, list[tuple[str, Sighting]]] = {}
    for (article, entity), sighting in in_articles(seen).items():
        named.setdefault(article, []).append((entity, sighting))
    found: dict[tuple[str, str], Sighting] = {}
    for picture, article in sorted({(p, a) for p, a, _ in uses}):
        for entity, sighting in named.get(article, ()):
            passed = _pass_on(sighting, article)
            known = found.get((picture, entity))
            if known is None or (passed.headline, passed.mentions) > (known.headline, known.mentions):
                found[picture, entity] = passed
    found.update((key, sighting) for key, sighting in seen.items() if key[0].startswith("p:"))
    return found


def _pass_on(seen: Sighting, article: str) -> Sighting:
    share = IN_HEADLINE if seen.headline else IN_ARTICLE
    return Sighting(seen.mentions, seen.confidence * share, "article", seen.headline, article)


def _sum(group: list[Named]) -> Sighting:
    origin = min((m.origin for m in group), key=ORIGINS.index)
    headline = any(m.field == "title" for m in group)
    return Sighting(len(group), max(m.confidence for m in group), origin, headline)
