"""Answers and entities as HTML sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgretrieval.present.ids import answer_ids, card_ids, short_ids
from kgretrieval.present.markup import esc, file_name, lang, link, marked, picture_data
from kgretrieval.present.why import also, how_many, read_as, reasons, sorted_under
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
    standing,
    standing_of,
    stands_in,
    stated,
    ties,
    title,
)
from kgretrieval.types import Answer, Entity, EntityCard, Evidence, Facet, Fact, Hit, Neighbour

#: Facts shown in a column, and sentences shown for one fact; the rest is counted. Values shown of a facet.
FACTS, SENTENCES, VALUES = 10, 3, 6


def answer_section(answer: Answer, *, level: int) -> str:
    """Return an answer: the hits as cards, beside them entities and facts; `level` is that of its heading."""
    short = short_ids(answer_ids(answer))
    notes = "".join(f'<p class="kg-note">{esc(note)}</p>' for note in (*read_as(answer), *answer.notes))
    cards = "".join(hit_card(hit, short, level=level + 1) for hit in answer.hits)
    empty = "" if how_many(answer) else '<p class="kg-empty">Nothing found.</p>'
    hits = f'<div class="kg-hits">{cards}</div>' if cards else empty
    side = knowledge(answer.entities, answer.facts, short, facets=answer.facets)
    two = " kg-cols-two" if side and hits else ""
    return (
        f'<section class="kg-answer"><div class="kg-head">{_asked(answer, level)}</div>{notes}'
        f'<div class="kg-cols{two}">{hits}{side}</div></section>'
    )


def _asked(answer: Answer, level: int) -> str:
    """Return the heading: the query, and the picture that was searched with."""
    picture = ""
    if answer.image:
        data = picture_data(answer.image, edge=112)
        name = esc(file_name(answer.image))
        picture = f'<img class="kg-asked" src="{data}" alt="{name}">' if data else f"<span>{name}</span>"
    query = f"“{esc(answer.query)}”" if answer.query else "Like this picture"
    query = f"Like {query}" if answer.like else query
    as_of = f"as known on {clean(answer.as_of)}" if answer.as_of else ""
    found = esc(dotted((how_many(answer) or "nothing found", as_of)))
    return f'{picture}<h{level} class="kg-h">{query}</h{level}><span class="kg-soft">{found}</span>'


def hit_card(hit: Hit, short: dict[str, str], *, level: int) -> str:
    """Return one hit as a card: picture, title, sentence, why it was found, where it lies."""
    language = lang(hit.language)
    meta = "".join(f"<span>{esc(part)}</span>" for part in (hit.kind, hit.date, hit.source) if part)
    said = f"{esc(stands_in(hit.snippet))} {marked(hit.snippet)}".lstrip() if hit.snippet else ""
    # A headline that matched is marked where it stands and not said twice.
    heading = said if is_title(hit) else esc(title(hit))
    quote = f'<p class="kg-quote"{language}>{said}</p>' if said and not is_title(hit) else ""
    linked = link(hit.url or hit.path, heading)
    return (
        f'<article class="kg-hit">{_photo(hit)}<div class="kg-body">'
        f'<p class="kg-meta"><span class="kg-rank">{hit.rank}</span>{meta}</p>'
        f'<h{level} class="kg-title"{language}>{linked}</h{level}>{quote}{_foot(hit, short)}</div></article>'
    )


def _photo(hit: Hit) -> str:
    """Return the picture, or the first one of an article: that one is left away where its file is gone."""
    file = hit.path or hit.photo
    data = picture_data(file) if file else ""
    if not data:
        return "" if hit.kind == "article" else f'<div class="kg-gone">no picture at {esc(hit.path)}</div>'
    # The words of an article stand beside its picture; a reader need not hear them twice.
    alt = esc(title(hit)) if hit.kind == "picture" else ""
    image = f'<img src="{data}" alt="{alt}" loading="lazy">'
    return link(hit.path or hit.url or hit.photo, image, css="kg-photo")


def _foot(hit: Hit, short: dict[str, str]) -> str:
    chips = "".join(
        f'<span class="kg-chip">{esc(why)}</span>'
        for why in (hit.reason, likely(hit), *found_by(hit), *sorted_under(hit), also(hit))
        if why
    )
    where = dotted((file_name(hit.path), f"© {hit.credit}" if hit.credit else "", short.get(hit.id, hit.id)))
    return f'<div class="kg-foot"><div class="kg-chips">{chips}</div>{_why(hit)}<span>{esc(where)}</span></div>'


def _why(hit: Hit) -> str:
    """Return why it is a hit, folded away."""
    items = "".join(f"<li>{esc(reason)}</li>" for reason in reasons(hit))
    return f'<details class="kg-why"><summary>Why</summary><ul>{items}</ul></details>' if items else ""


def knowledge(
    entities: Sequence[Entity], facts: Sequence[Fact], short: dict[str, str], *, facets: Sequence[Facet] = ()
) -> str:
    """Return facets, entities and facts as a column, ``""`` if there are none."""
    names = "".join(_entity_item(entity) for entity in entities)
    parts = [
        _facets(facets),
        f'<div><p class="kg-label">Names</p><ul class="kg-names">{names}</ul></div>' if names else "",
        facts_list(facts, short),
    ]
    body = "".join(parts)
    return f'<aside class="kg-side" aria-label="What the graph knows">{body}</aside>' if body else ""


def _facets(facets: Sequence[Facet]) -> str:
    rows = "".join(
        f"<dt>{esc(facet.name)}</dt><dd>"
        + " ".join(f"<span>{esc(value)} <b>{number:,}</b></span>" for value, number in facet.values[:VALUES])
        + "</dd>"
        for facet in facets
    )
    return f'<div><p class="kg-label">{esc(whole(facets))}</p><dl class="kg-facets">{rows}</dl></div>' if rows else ""


def _entity_item(entity: Entity, *, more: str = "") -> str:
    about = dotted((entity.type, more or entity_counts(entity)))
    return (
        f'<li><span><span class="kg-dot kg-dot-{esc(entity.type)}"></span><b>{esc(entity.name)}</b></span>'
        f'<span class="kg-soft">{esc(about)}</span></li>'
    )


def facts_list(facts: Sequence[Fact], short: dict[str, str]) -> str:
    """Return facts with the sentences that state them."""
    items = "".join(_fact_item(fact, short) for fact in facts[:FACTS])
    if len(facts) > FACTS:
        items += f'<li class="kg-soft">and {count(len(facts) - FACTS, "more fact")}</li>'
    return f'<div><p class="kg-label">Facts</p><ul class="kg-facts">{items}</ul></div>' if items else ""


def _fact_item(fact: Fact, short: dict[str, str]) -> str:
    unsure = ' class="kg-unsure"' if fact.negated or fact.modality != "asserted" else ""
    said = f"{esc(fact.subject)} <i{unsure}>{esc(predicate(fact))}</i> {esc(fact.object)}"
    quotes = "".join(_quote(evidence, short) for evidence in fact.evidence[:SENTENCES])
    more = len(fact.evidence) - SENTENCES
    rest = f'<p class="kg-soft">and {count(more, "more sentence")}</p>' if more > 0 else ""
    about = esc(dotted((backing(fact) if fact.independent > 1 else "", *standing_of(fact))))
    known = f'<p class="kg-soft">{about}</p>' if about else ""
    return f'<li><p class="kg-fact-line">{said}</p>{known}{quotes}{rest}</li>'


def _quote(evidence: Evidence, short: dict[str, str]) -> str:
    own = short.get(evidence.document, evidence.document)
    where = dotted((stated(evidence), evidence.title, own, happened(evidence)))
    return f'<blockquote>{esc(evidence.sentence)}<div class="kg-soft">{esc(where)}</div></blockquote>'


def entity_section(card: EntityCard, *, level: int) -> str:
    """Return everything about an entity: names, hits, facts, neighbours, namesakes."""
    short = short_ids(card_ids(card))
    entity = card.entity
    others = [alias for alias in entity.aliases if alias != entity.name]
    also = f'<p class="kg-soft">also {esc(", ".join(others))}</p>' if others else ""
    name = f'<span class="kg-dot kg-dot-{esc(entity.type)}"></span>{esc(entity.name)}'
    about = f'<span class="kg-soft">{esc(dotted((entity.type, standing(entity), entity_counts(entity))))}</span>'
    head = f'<div class="kg-head"><h{level} class="kg-h">{name}</h{level}>{about}{also}</div>'
    cards = "".join(hit_card(hit, short, level=level + 1) for hit in (*card.pictures, *card.articles))
    hits = f'<div class="kg-hits">{cards}</div>' if cards else '<p class="kg-empty">No article, no picture.</p>'
    side = "".join((_neighbours(card.neighbours), facts_list(card.facts, short), _namesakes(card.others)))
    aside = f'<aside class="kg-side" aria-label="What the graph knows">{side}</aside>' if side else ""
    two = " kg-cols-two" if aside else ""
    return f'<section class="kg-answer">{head}<div class="kg-cols{two}">{hits}{aside}</div></section>'


def _neighbours(neighbours: Iterable[Neighbour]) -> str:
    items = "".join(_entity_item(n.entity, more=dotted(ties(n))) for n in neighbours)
    return f'<div><p class="kg-label">Connected with</p><ul class="kg-names">{items}</ul></div>' if items else ""


def _namesakes(entities: Iterable[Entity]) -> str:
    items = "".join(_entity_item(entity) for entity in entities)
    return f'<div><p class="kg-label">Others of a like name</p><ul class="kg-names">{items}</ul></div>' if items else ""
