"""An entity and a path between two entities as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgretrieval.present.answers import Short, entity_line, evidence_lines, fact_lines
from kgretrieval.present.ids import card_ids, short_ids
from kgretrieval.present.lines import HEADING, QUIET, STRONG, TITLE, Line, gap, line
from kgretrieval.present.words import clean, dotted, entity_counts, squeeze, standing, ties, title
from kgretrieval.types import EntityCard, Hit, Neighbour, Step

_KINDS = {"co_mention": "named together", "article": "in one article"}


def card_lines(card: EntityCard) -> list[Line]:
    """Return everything about an entity: names, facts, neighbours, articles, pictures, namesakes."""
    short = short_ids(card_ids(card))
    entity = card.entity
    about = dotted((entity.type, standing(entity), entity_counts(entity)))
    rows = [line((squeeze(entity.name), TITLE), f" {short[entity.id]}", (f" · {about}", QUIET))]
    aliases = [squeeze(alias) for alias in entity.aliases if alias != entity.name]
    rows += [line(("also ", QUIET), ", ".join(aliases))] if aliases else []
    rows += _section("Facts", [row for fact in card.facts for row in fact_lines(fact, short)])
    rows += _section("Connected with", [_neighbour_line(n, short) for n in card.neighbours])
    rows += _section("Articles", [_hit_line(hit, short) for hit in card.articles])
    rows += _section("Pictures", [_hit_line(hit, short) for hit in card.pictures])
    return rows + _section("Others of a like name", [entity_line(other, short) for other in card.others])


def _section(heading: str, rows: Sequence[Line]) -> list[Line]:
    return [gap(), line((heading, HEADING)), *rows] if rows else []


def _neighbour_line(neighbour: Neighbour, short: Short) -> Line:
    rest = dotted((neighbour.entity.type, *ties(neighbour)))
    own = short.get(neighbour.entity.id, neighbour.entity.id)
    return line((squeeze(neighbour.entity.name), STRONG), f" {own}", (f" · {rest}", QUIET), indent=4, hang=2)


def _hit_line(hit: Hit, short: Short) -> Line:
    rest = dotted((clean(hit.date), squeeze(hit.source), hit.reason, clean(hit.path or hit.url)))
    return line(title(hit), f" {short.get(hit.id, hit.id)}", (f" · {rest}" if rest else "", QUIET), indent=4, hang=2)


def path_lines(steps: Iterable[Step]) -> list[Line]:
    """Return each step as "A —[predicate]→ B" above the sentence that makes it."""
    walked = list(steps)
    ids = [own for s in walked for own in (s.source.id, s.target.id, s.evidence.document)]
    short = short_ids(ids)
    rows: list[Line] = []
    for step in walked:
        between = squeeze(step.predicate) if step.kind == "fact" else _KINDS[step.kind]
        arrow = f" —[{between}]→ " if step.kind == "fact" else f" —({between})— "
        rows.append(line((squeeze(step.source.name), STRONG), arrow, (squeeze(step.target.name), STRONG)))
        rows += evidence_lines(step.evidence, short, indent=4)
    return rows
