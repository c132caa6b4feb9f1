"""Why a hit is one, how the query was read, and how what was found is spread, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kgretrieval.present.words import RANKINGS, clean, count, shorten, squeeze
from kgretrieval.types import Answer, Explanation, Facet, Found, Hit, Waypoint

#: What a person reads for an edge of the graph.
_EDGES = {
    "mentions": "mentioned in",
    "shows": "shown in",
    "illustrates": "illustrated by",
    "fact": "in a fact with",
    "co_mention": "in one sentence with",
}
_BACK = {"mentions": "which mentions", "shows": "which shows", "illustrates": "which illustrates"}
#: The kind of node from which the wording of `_EDGES` holds; towards it that of `_BACK` does.
_FROM = {"mentions": "e", "shows": "e", "illustrates": "a"}
#: Columns of a title on a way.
_TITLE = 60


def read_as(answer: Answer) -> list[str]:
    """Return how the query was read, as far as a person would wonder: corrections always, the rest when explained."""
    understood = answer.understood
    if understood is None:
        return []
    fuzzy = [name for name in understood.names if name.how == "fuzzy"]
    said = [f"Searched for {squeeze(name.name)} instead of “{squeeze(name.text)}”." for name in fuzzy]
    if not any(hit.explanation for hit in answer.hits):
        return said
    aliases = [name for name in understood.names if name.how == "alias"]
    said += [f"“{squeeze(name.text)}” was taken for {squeeze(name.name)}." for name in aliases]
    if understood.phrases:
        said.append(f"Every hit by words holds {_quoted(understood.phrases)}.")
    if understood.excluded:
        said.append(f"What holds {_quoted(understood.excluded)} was left out.")
    for text, weight in understood.weights:
        said.append(f"“{squeeze(text)}” counted {weight:g} times.")
    if understood.looks_like and squeeze(understood.looks_like) != squeeze(answer.query):
        said.append(f"The picture model was asked for: {squeeze(understood.looks_like)}")
    return said


def reasons(hit: Hit) -> list[str]:
    """Return why a hit is one, a line for each reason; nothing where that was not asked for.

    The parts of the score come first, the largest first: they add up to it.
    """
    why = hit.explanation
    if why is None:
        return []
    parts = sorted((f for f in hit.found_by if f.share), key=lambda f: (-f.share, f.ranking))
    rows = [_part(found, hit.score, why) for found in parts]
    if why.terms and not any(found.ranking == "words" for found in parts):
        rows.append(f"holds {_terms(why)}")
    for entity in why.entities:
        if entity.why == "named":
            times = f" {count(entity.mentions, 'time')}" if entity.mentions > 1 else ""
            rows.append(f"mentions {squeeze(entity.name)}{times}, named in the query")
    if len(why.path) > 2:
        rows.append(_way(why.path))
    return rows


def _part(found: Found, score: float, why: Explanation) -> str:
    name = RANKINGS.get(found.ranking, clean(found.ranking).replace("_", " "))
    terms = f": {_terms(why)}" if found.ranking == "words" and why.terms else ""
    place = f"rank {found.rank}, " if found.rank else ""
    return f"{name} ({place}{_figure(found.share)} of {_figure(score)}){terms}"


def _terms(why: Explanation) -> str:
    return ", ".join(
        f"“{squeeze(t.asked)}”"
        if squeeze(t.asked).casefold() == squeeze(t.found).casefold()
        else f"“{squeeze(t.asked)}” as “{squeeze(t.found)}”"
        for t in why.terms
    )


def _way(path: Sequence[Waypoint]) -> str:
    """Return a way in words: "2 steps from A: in a fact with B, mentioned in this"."""
    steps = []
    for before, after in pairwise(path):
        forward = after.edge not in _FROM or before.id.startswith(_FROM[after.edge])
        words = (_EDGES if forward else _BACK).get(after.edge, clean(after.edge))
        steps.append(f"{words} {'this' if after is path[-1] else _name(after)}")
    return f"{count(len(steps), 'step')} from {squeeze(path[0].name)}: {', '.join(steps)}"


def _name(point: Waypoint) -> str:
    name = shorten(squeeze(point.name), _TITLE) or clean(point.id)
    return name if point.id.startswith("e:") else f"“{name}”"


def also(hit: Hit) -> str:
    """Return how many near copies are not shown: "and 7 like it"."""
    return f"and {len(hit.alike):,} like it" if hit.alike else ""


def sorted_under(hit: Hit) -> tuple[str, ...]:
    """Return the labels of a hit: "topic sport", "sentiment negative"; that it sounds like nothing is not said."""
    shown = (one for one in hit.labels if (one.scheme, one.value) != ("sentiment", "nothing"))
    return tuple(f"{squeeze(one.scheme)} {squeeze(one.value)}" for one in shown)


def spread(facet: Facet) -> str:
    """Return the values of a facet with their counts: "Reuters 12, BBC 7"."""
    return ", ".join(f"{squeeze(value)} {number:,}" for value, number in facet.values)


def how_many(answer: Answer) -> str:
    """Return what was found in numbers: hits, or the names or facts that are like one; ``""`` for nothing."""
    if answer.hits or not answer.like:
        return count(len(answer.hits), "hit") if answer.hits else ""
    if answer.like.startswith("e:"):
        return count(len(answer.entities), "name") if answer.entities else ""
    return count(len(answer.facts), "fact") if answer.facts else ""


def found(facets: Sequence[Facet]) -> str:
    """Return of how many documents the facets are."""
    whole = sum(number for facet in facets if facet.name == "kind" for _, number in facet.values)
    return f"Among the {count(whole, 'likely document')} found"


def _quoted(texts: Sequence[str]) -> str:
    return " and ".join(f"“{squeeze(text)}”" for text in texts)


def _figure(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}"
