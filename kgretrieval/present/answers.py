"""An answer as lines: the hits in order, then what the graph knows around them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from kgretrieval.graph.records import Happening
from kgretrieval.present.excerpts import LONGEST, pieces
from kgretrieval.present.ids import answer_ids, short_ids
from kgretrieval.present.lines import (
    DOUBT,
    HEADING,
    MARK,
    QUIET,
    STRONG,
    TITLE,
    Line,
    Painter,
    drawing,
    gap,
    line,
    linked,
)
from kgretrieval.present.why import also, how_many, read_as, reasons, sorted_under, spread
from kgretrieval.present.why import found as whole
from kgretrieval.present.words import (
    backing,
    clean,
    count,
    dotted,
    entity_counts,
    found_by,
    happened,
    is_title,
    likely,
    predicate,
    seconds,
    shorten,
    squeeze,
    standing_of,
    stands_in,
    stated,
    title,
)
from kgretrieval.types import Answer, Entity, Evidence, Fact, Hit, Snippet

Short = Mapping[str, str]

#: Sentences shown below one fact; the rest is counted.
SENTENCES = 1


def answer_lines(answer: Answer, *, painter: Painter | None = None, timed: bool = False) -> list[Line]:
    """Return what was found: hits, entities, facts, notes; `timed` adds how long it took."""
    short = short_ids(answer_ids(answer))
    found = [line((f"{asked(answer)}: ", TITLE), _summary(answer, timed))]
    found += [line((said, QUIET)) for said in read_as(answer)]
    found.append(gap())
    for hit in answer.hits:
        found += [*hit_lines(hit, short, painter=painter), gap()]
    found += facet_lines(answer)
    if answer.entities or answer.facts:
        found += [line(("What the graph knows", HEADING)), gap()]
        found += [entity_line(entity, short) for entity in answer.entities]
        found += [gap()] if answer.entities else []
        found += [row for fact in answer.facts for row in fact_lines(fact, short)]
        found += [gap()] if answer.facts else []
    found += [line(("Note: ", STRONG), squeeze(note)) for note in answer.notes]
    return _without_last_gap(found)


def asked(answer: Answer) -> str:
    """Return what was asked for, in words and by picture, and as of when."""
    parts = [f"“{squeeze(answer.query)}”" if answer.query else "", clean(answer.image)]
    what = " and ".join(part for part in parts if part) or "search"
    like = "Like " if answer.like else ""
    return f"{like}{what}{f', as known on {clean(answer.as_of)}' if answer.as_of else ''}"


def facet_lines(answer: Answer) -> list[Line]:
    """Return how what was found is spread, one property a line."""
    if not answer.facets:
        return []
    width = max(len(facet.name) for facet in answer.facets) + 2
    rows = [line((facet.name.ljust(width), QUIET), spread(facet), indent=4, hang=width) for facet in answer.facets]
    return [line((whole(answer.facets), HEADING)), gap(), *rows, gap()]


def _summary(answer: Answer, timed: bool) -> str:
    found = how_many(answer) or "nothing found"
    return f"{found} in {seconds(answer.seconds)}" if timed else found


def hit_lines(hit: Hit, short: Short, *, painter: Painter | None = None) -> list[Line]:
    """Return one hit: title, where it is from, the sentence that matched, why it was found, where it lies."""
    what = dotted((hit.kind, clean(hit.date), squeeze(hit.source), clean(hit.language)))
    rows = [
        line((f"{hit.rank:>2}. ", STRONG), _title(hit), hang=4),
        line(short.get(hit.id, hit.id), (f" · {what}", QUIET), indent=4),
    ]
    file = hit.path or hit.photo
    if painter is not None and file:
        rows += drawing(painter(file))
    if hit.snippet and not is_title(hit):
        rows.append(Line(_sentence(hit.snippet, before=stands_in(hit.snippet)), 4))
    explained = reasons(hit)
    why = dotted((likely(hit), *(() if explained else found_by(hit)), *sorted_under(hit), also(hit)))
    rows += [line((why, QUIET), indent=4)] if why else []
    rows += [line((f"- {reason}", QUIET), indent=4, hang=2) for reason in explained]
    rows += [Line(linked(target, target), 4) for target in (hit.path, hit.url) if target]
    rows += [line((f"© {squeeze(hit.credit)}", QUIET), indent=4)] if hit.credit else []
    return rows


def _title(hit: Hit) -> Text:
    """Return the title; one that matched is marked where it stands and not said twice."""
    if hit.snippet and is_title(hit):
        return _sentence(hit.snippet, base=TITLE)
    return Text(title(hit), style=TITLE)


def _sentence(snippet: Snippet, *, base: str = "", before: str = "") -> Text:
    return Text.assemble((before, QUIET), *((text, MARK if marked else base) for text, marked in pieces(snippet)))


def entity_line(entity: Entity, short: Short) -> Line:
    """Return an entity with its type, how often it occurs and the other names it goes by."""
    others = [squeeze(alias) for alias in entity.aliases if alias != entity.name][:3]
    also = f"also {', '.join(others)}" if others else ""
    rest = dotted((entity.type, entity_counts(entity), also))
    return line(
        (squeeze(entity.name), STRONG), f" {short.get(entity.id, entity.id)}", (f" · {rest}", QUIET), indent=4, hang=2
    )


def fact_lines(fact: Fact, short: Short) -> list[Line]:
    """Return a fact as "A —[predicate]→ B" above the sentence that states it."""
    head = line(*triple(fact), indent=4)
    rows = [row for evidence in fact.evidence[:SENTENCES] for row in evidence_lines(evidence, short)]
    about = dotted((backing(fact) if fact.independent > 1 else "", *standing_of(fact)))
    more = len(fact.evidence) - SENTENCES
    sentences = f"and {count(more, 'more sentence')}: " if more > 0 else ""
    if about or sentences:
        where = f"{sentences}kg show {short.get(fact.id, fact.id)}"
        rows.append(line((dotted((about, where)), QUIET), indent=6))
    return [head, *rows]


def triple(fact: Fact | Happening) -> tuple[tuple[str, str], ...]:
    """Return "A —[predicate]→ B"; a predicate that says anything but "it is so" stands out."""
    unsure = fact.negated or fact.modality != "asserted"
    between = (predicate(fact), DOUBT if unsure else "")
    end = (("]→ ", QUIET), (squeeze(fact.object), STRONG)) if fact.object else (("]", QUIET),)
    return (squeeze(fact.subject), STRONG), (" —[", QUIET), between, *end


def evidence_lines(evidence: Evidence, short: Short, *, indent: int = 6) -> list[Line]:
    """Return a sentence and where it stands."""
    headline = shorten(squeeze(evidence.title), 60)
    where = dotted((stated(evidence), short.get(evidence.document, evidence.document), headline, happened(evidence)))
    sentence = squeeze(evidence.sentence)
    cut = sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rstrip() + "…"
    return [line(f"“{cut}”", indent=indent), line((where, QUIET), indent=indent)]


def _without_last_gap(lines: list[Line]) -> list[Line]:
    while lines and not lines[-1].text.plain and not lines[-1].drawing:
        lines.pop()
    return lines
