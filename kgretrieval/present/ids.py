"""Short ids: a type, a colon, and as much of the hash as tells the shown ones apart."""

from __future__ import annotations

from collections.abc import Iterable

from kgretrieval.types import Answer, EntityCard, Fact

#: Hex digits shown where they suffice.
SHORTEST = 6


def short_ids(ids: Iterable[str], *, shortest: int = SHORTEST) -> dict[str, str]:
    """Map each id to its shortest prefix that no other of `ids` shares.

    Parameters
    ----------
    ids
        Full typed ids such as ``"a:3f9c21d0…"``; repeated ones count once.
    shortest
        Characters to keep after the colon even where fewer would do.

    Examples
    --------
    >>> short_ids(["a:3f9c21d0", "a:3f9c21ff", "p:00aa11bb"])
    {'a:3f9c21d0': 'a:3f9c21d', 'a:3f9c21ff': 'a:3f9c21f', 'p:00aa11bb': 'p:00aa11'}
    """
    ordered = sorted(set(ids))
    return {
        own: own[: max(own.find(":") + 1 + shortest, 1 + _shared(ordered, place))] for place, own in enumerate(ordered)
    }


def _shared(ordered: list[str], place: int) -> int:
    """Return how many leading characters the id shares with a neighbour in sorted order: no other shares more."""
    near = (ordered[i] for i in (place - 1, place + 1) if 0 <= i < len(ordered))
    return max((_common(ordered[place], other) for other in near), default=0)


def _common(left: str, right: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def answer_ids(answer: Answer) -> list[str]:
    """Return every id that showing `answer` names."""
    return [*(hit.id for hit in answer.hits), *(entity.id for entity in answer.entities), *_fact_ids(answer.facts)]


def card_ids(card: EntityCard) -> list[str]:
    """Return every id that showing `card` names."""
    entities = (card.entity, *(n.entity for n in card.neighbours), *card.others)
    hits = (*card.articles, *card.pictures)
    return [*(e.id for e in entities), *(h.id for h in hits), *_fact_ids(card.facts)]


def _fact_ids(facts: Iterable[Fact]) -> list[str]:
    return [own for fact in facts for own in (fact.id, *(e.document for e in fact.evidence))]
