"""Who is named together with whom, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby

from kgretrieval.store.graph_rows import Named, Span

#: A sentence that names more entities than this is a list (a line-up, an index of names): that two stand in it
#: says little, and the pairs would grow with the square.
CROWD = 30


@dataclass(frozen=True, slots=True)
class Together:
    """How many sentences name both of a pair, and the first of them by date, then document."""

    sentences: int
    document: str
    span: Span


def by_sentence(mentions: Iterable[Named]) -> Iterator[tuple[Span, list[Named]]]:
    """Group mentions, which must be in reading order, by the sentence they stand in; tags stand in none."""
    for span, group in groupby(mentions, key=lambda m: m.sentence):
        if span.start >= 0:
            yield span, list(group)


def pairs(mentions: Iterable[Named], dates: Mapping[str, str], crowded: set[Span]) -> dict[tuple[str, str], Together]:
    """Return, for each pair of entities (the smaller id first), the sentences that name both.

    Parameters
    ----------
    mentions : iterable of Named
        In reading order.
    dates : mapping
        The date of each holder; an unknown date comes last.
    crowded : set of Span
        Sentences to leave out.
    """
    counts: dict[tuple[str, str], int] = {}
    firsts: dict[tuple[str, str], tuple[str, str, Span]] = {}
    for span, group in by_sentence(mentions):
        if span in crowded:
            continue
        place = (dates.get(span.holder) or "\uffff", group[0].document, span)
        for pair in combinations(sorted({m.entity for m in group}), 2):
            counts[pair] = counts.get(pair, 0) + 1
            if pair not in firsts or _order(place) < _order(firsts[pair]):
                firsts[pair] = place
    return {pair: Together(counts[pair], firsts[pair][1], firsts[pair][2]) for pair in sorted(counts)}


def _order(place: tuple[str, str, Span]) -> tuple[str, str, str, int, int]:
    """Order without the holder: the id of a use depends on where the picture's file lies."""
    date, document, span = place
    return date, document, span.field, span.start, span.end
