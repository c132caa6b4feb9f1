"""From a document to a hit, for whoever ranks documents."""

from __future__ import annotations

from kgretrieval.types import Document, Explanation, Found, Hit, HitLabel, Snippet


def make_hit(
    d: Document,
    *,
    rank: int,
    score: float,
    snippet: Snippet | None,
    found_by: tuple[Found, ...] = (),
    probability: float | None = None,
    reason: str = "",
    photo: str = "",
    alike: tuple[str, ...] = (),
    story: str = "",
    labels: tuple[HitLabel, ...] = (),
    explanation: Explanation | None = None,
) -> Hit:
    """Return the hit that shows this document at this rank; `photo` is the path of an article's first picture."""
    return Hit(
        rank=rank,
        id=d.id,
        kind=d.kind,
        score=score,
        title=d.title,
        date=d.date,
        source=d.source,
        language=d.language,
        url=d.url,
        path=d.path,
        credit=d.credit,
        snippet=snippet,
        found_by=found_by,
        pictures=d.pictures,
        articles=d.articles,
        probability=probability,
        reason=reason,
        photo=photo,
        alike=alike,
        story=story,
        labels=labels,
        explanation=explanation,
    )
