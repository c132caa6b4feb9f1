"""Stories as lines and as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.graph.records import StoryCard, StoryList
from kgretrieval.present.answers import Short
from kgretrieval.present.html_parts import hit_card, knowledge
from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import HEADING, QUIET, TITLE, Line, gap, line
from kgretrieval.present.markup import esc
from kgretrieval.present.words import cells, clean, count, dotted, squeeze, title
from kgretrieval.types import Hit, Story

#: Sources and entities named in one line, and days shown of how a story spread.
_NAMES, _DAYS = 5, 14
#: Columns of the longest bar.
_BAR = 30


def story_list_lines(found: StoryList) -> list[Line]:
    """Return stories, a headline and a line of figures each."""
    if not found.stories:
        return [line(("No story fits", TITLE), "; two articles about one event make one: kg stories --help")]
    short = short_ids(story.id for story in found.stories)
    more = f"; the first {len(found.stories):,}, -k shows more" if found.total > len(found.stories) else ""
    rows = [line((count(found.total, "story", "stories"), TITLE), more)]
    for story in found.stories:
        rows += [gap(), line((squeeze(story.label), TITLE), f" {short[story.id]}")]
        rows.append(line((about(story), QUIET), indent=4))
        names = ", ".join(squeeze(entity.name) for entity in story.entities[:_NAMES])
        rows += [line(names, indent=4)] if names else []
    return rows


def about(story: Story) -> str:
    """Return how much a story has, and when it was told."""
    dates = " to ".join(dict.fromkeys(clean(date[:10]) for date in (story.first_date, story.last_date) if date))
    publishers = count(len(story.sources), "source") if story.sources else ""
    photos = count(len(story.pictures), "picture") if story.pictures else ""
    return dotted((count(len(story.articles), "article"), publishers, photos, dates))


def story_card_lines(card: StoryCard) -> list[Line]:
    """Return everything about a story: figures, entities, its articles in order, how it spread, its pictures."""
    story = card.story
    short = short_ids([story.id, *(hit.id for hit in (*card.articles, *card.pictures))])
    rows = [line((squeeze(story.label), TITLE), f" {short[story.id]}"), line((about(story), QUIET))]
    first = next((hit for hit in card.articles if hit.id == story.first), None)
    if first is not None:
        rows.append(line(("first report ", QUIET), dotted((squeeze(first.source), title(first))), hang=4))
    names = [f"{squeeze(name)} {number}" for name, number in story.sources]
    rows += [line(("sources ", QUIET), _some(names), hang=4)] if names else []
    rows += [line(("about ", QUIET), ", ".join(squeeze(e.name) for e in story.entities), hang=4)] * bool(story.entities)
    rows += [gap(), line(("Articles", HEADING)), *_timeline(card.articles, short)]
    if len(story.spread) > 1:
        rows += [gap(), line(("Articles a day", HEADING)), *_spread(story)]
    if card.pictures:
        rows += [gap(), line(("Pictures", HEADING))]
        rows += [_hit_line(hit, "", short) for hit in card.pictures]
    return rows


def _some(names: Sequence[str]) -> str:
    left = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {left:,} more" if left > 0 else "")


def _timeline(articles: Sequence[Hit], short: Short) -> list[Line]:
    return [_hit_line(hit, clean(hit.date[:10]) or "no date", short) for hit in articles]


def _hit_line(hit: Hit, when: str, short: Short) -> Line:
    before = f"{when}  " if when else ""
    rest = dotted((squeeze(hit.source), clean(hit.path or hit.url)))
    parts = ((before, QUIET), title(hit), f" {short.get(hit.id, hit.id)}", (f" · {rest}" if rest else "", QUIET))
    return line(*parts, indent=4, hang=cells(before))


def _spread(story: Story) -> list[Line]:
    most = max(_BAR, *(number for _, number in story.spread))
    days = story.spread[:_DAYS]
    rows = [
        line((f"{clean(day)}  ", QUIET), "▇" * max(1, round(_BAR * number / most)), f" {number:,}", indent=4)
        for day, number in days
    ]
    left = len(story.spread) - len(days)
    return [*rows, line((f"and {count(left, 'more day')}", QUIET), indent=4)] if left else rows


def story_section(card: StoryCard, *, level: int) -> str:
    """Return everything about a story as an HTML section; `level` is that of its heading."""
    story = card.story
    short = short_ids([story.id, *(hit.id for hit in (*card.articles, *card.pictures))])
    head = (
        f'<div class="kg-head"><h{level} class="kg-h">{esc(squeeze(story.label))}</h{level}>'
        f'<span class="kg-soft">{esc(about(story))}</span></div>'
    )
    cards = "".join(hit_card(hit, short, level=level + 1) for hit in (*card.pictures, *card.articles))
    side = knowledge(story.entities, (), short)
    two = " kg-cols-two" if side else ""
    body = f'<div class="kg-cols{two}"><div class="kg-hits">{cards}</div>{side}</div>'
    return f'<section class="kg-answer">{head}{body}</section>'
