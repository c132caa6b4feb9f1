"""Facts, timelines and matches of a pattern as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kgretrieval.graph.records import FactList, Happening, Match, MatchList, Timeline
from kgretrieval.present.answers import Short, evidence_lines, triple
from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import DOUBT, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.words import (
    backing,
    cells,
    clean,
    count,
    dotted,
    interval,
    seen,
    squeeze,
    standing_of,
)
from kgretrieval.types import Evidence, Fact

#: Sentences shown below a fact of a list, and below one that is disputed or disputes it.
SENTENCES, SIDES = 1, 2


def fact_list_lines(found: FactList) -> list[Line]:
    """Return facts with their sentences; what disputes a fact stands below it, with its own dates and sources."""
    of = f" of {squeeze(found.entity.name)}" if found.entity else ""
    when = f", as known on {clean(found.as_of)}" if found.as_of else ""
    if not found.facts:
        hint = "ask for less, or kg search finds what is said in so many words"
        return [line((f"No fact{of} fits{when}", TITLE), f"; {hint}")]
    short = _short(found.facts)
    groups = list(_groups(found.facts))
    more = f"; the first {len(groups):,}, -k shows more" if found.total > len(groups) else ""
    rows = [line((f"{count(found.total, 'fact')}{of}{when}", TITLE), more)]
    for group in groups:
        rows += [gap(), *_group_lines(group, short)]
    return rows


def _short(facts: Iterable[Fact]) -> dict[str, str]:
    return short_ids(own for fact in facts for own in (fact.id, *(e.document for e in fact.evidence)))


def _groups(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Group each fact with those after it that dispute it."""
    group: list[Fact] = []
    for fact in facts:
        if group and fact.id not in group[0].disputed_by:
            yield group
            group = []
        group.append(fact)
    if group:
        yield group


def _group_lines(group: Sequence[Fact], short: Short) -> list[Line]:
    rows: list[Line] = []
    for fact in group:
        if fact is not group[0]:
            rows.append(line(("but also", DOUBT), indent=4))
        most = SIDES if len(group) > 1 else SENTENCES
        rows += [*_head(fact, short, indent=4), *_sentences(fact.evidence, short, most, fact.id)]
    return rows


def _head(fact: Fact, short: Short, *, indent: int = 0) -> list[Line]:
    about = dotted(
        (
            backing(fact),
            seen(fact),
            f"happened {interval(fact.time)}" if fact.time else "",
            f"confidence {fact.confidence:.2f}",
            *standing_of(fact),
        )
    )
    return [line(*triple(fact), f" {short[fact.id]}", indent=indent), line((about, QUIET), indent=indent)]


def _sentences(evidence: Sequence[Evidence], short: Short, most: int, identifier: str) -> list[Line]:
    rows = [row for one in evidence[:most] for row in evidence_lines(one, short)]
    more = len(evidence) - most
    if more > 0:
        rows.append(line((f"and {count(more, 'more sentence')}: kg show {short[identifier]}", QUIET), indent=6))
    return rows


def single_fact_lines(fact: Fact) -> list[Line]:
    """Return one fact with every sentence that states it, and the ids of the facts that dispute it."""
    short = short_ids([fact.id, *fact.disputed_by, *(e.document for e in fact.evidence)])
    about = dotted(
        (
            f"confidence {fact.confidence:.2f}",
            backing(fact),
            count(len(fact.evidence), "sentence"),
            seen(fact),
            f"happened {interval(fact.time)}" if fact.time else "",
            "confirmed" if fact.confirmed else "",
        )
    )
    rows = [line(*triple(fact), f" {short[fact.id]}"), line((about, QUIET))]
    if fact.disputed_by:
        rows.append(line(("disputed by ", DOUBT), " ".join(short[other] for other in fact.disputed_by)))
    for evidence in fact.evidence:
        rows += [gap(), *evidence_lines(evidence, short, indent=4)]
    return rows


def timeline_lines(found: Timeline) -> list[Line]:
    """Return what happened, a time and a sentence each; a date of publication stands in brackets."""
    name = squeeze(found.entity.name)
    if not found.happenings:
        hint = "ask for a longer time, or kg facts shows what is stated"
        return [line((f"Nothing is known to have happened to {name} then", TITLE), f"; {hint}")]
    short = short_ids(e.document for h in found.happenings for e in h.evidence)
    times = [_time(h) for h in found.happenings]
    width = max(map(cells, times)) + 2
    rows = [line((f"{count(len(times), 'happening')}: {name}", TITLE), " (in brackets: when it was published)"), gap()]
    for time, happening in zip(times, found.happenings, strict=True):
        rows.append(line((time + " " * (width - cells(time)), QUIET), *triple(happening), hang=width))
        rows += evidence_lines(happening.evidence[0], short, indent=width)
        more = len(happening.evidence) - 1
        rows += [line((f"and {count(more, 'more source')}", QUIET), indent=width)] if more else []
    return rows


def _time(happening: Happening) -> str:
    time = interval(happening.time) or "no date"
    return time if happening.stated else f"({time})"


def match_list_lines(found: MatchList) -> list[Line]:
    """Return what each variable stands for, with the facts and a sentence of each."""
    if not found.matches:
        hint = "try * for a predicate, or kg facts shows how the collection names them"
        return [line(("No asserted facts fit the pattern", TITLE), f"; {hint}")]
    short = _short(fact for match in found.matches for fact in match.facts)
    short |= short_ids(b.id for match in found.matches for b in match.bindings.values() if b.id)
    more = f"; the first {len(found.matches):,}, -k shows more" if found.total > len(found.matches) else ""
    rows = [line((count(found.total, "match", "matches"), TITLE), more)]
    for match in found.matches:
        rows += [gap(), *_match_lines(match, short)]
    return rows


def _match_lines(match: Match, short: Short) -> list[Line]:
    rows = [
        line((f"?{clean(variable)} ", QUIET), (squeeze(bound.name), STRONG), f" {short.get(bound.id, '')}".rstrip())
        for variable, bound in match.bindings.items()
    ]
    for fact in match.facts:
        rows += [*_head(fact, short, indent=4), *_sentences(fact.evidence, short, SENTENCES, fact.id)]
    return rows
