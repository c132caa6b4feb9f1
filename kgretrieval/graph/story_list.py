"""Stories as a person reads them: which there are, and all about one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log2

from kgretrieval.errors import UsageError
from kgretrieval.graph.periods import checked_period, is_within
from kgretrieval.graph.records import StoryCard, StoryList
from kgretrieval.store import graph_rows
from kgretrieval.store import story_rows as rows
from kgretrieval.store.hits import make_hit
from kgretrieval.store.ids import KINDS
from kgretrieval.store.knowledge import entities, entities_of
from kgretrieval.store.read import documents, full_id
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import Report, StoryRow
from kgretrieval.types import Entity, Hit, Story

#: Entities named of a story.
ENTITIES = 8


def find_stories(
    store: Store,
    *,
    since: str = "",
    until: str = "",
    source: str = "",
    least: int = 2,
    newest: bool = False,
    k: int = 20,
) -> StoryList:
    """Return stories, the largest first.

    Parameters
    ----------
    store : Store
    since, until : str
        ISO dates of any precision: only stories with an article of that time.
    source : str
        Only stories with an article of this source: its name in any case, or a host that ends in it.
    least : int
        Only stories of so many articles.
    newest : bool
        The one with the latest report first instead.
    k : int
        How many at most.

    Raises
    ------
    UsageError
        If a date is none, or a number makes no sense.
    """
    if k < 1 or least < 1:
        raise UsageError(f"k is {k} and least is {least}; both are 1 or more")
    first, last = checked_period(since, until)
    with store.reading():
        found = [row for row in rows.story_rows(store) if row.articles >= least]
        if first or last or source:
            fitting = {
                story
                for story, date, name in rows.story_places(store)
                if (not (first or last) or is_within(date, first, last)) and _is_of(name, source)
            }
            found = [row for row in found if row.id in fitting]
        found.sort(key=lambda row: row.last_date, reverse=True)
        if not newest:
            found.sort(key=lambda row: -row.articles)
        return StoryList(_stories(store, found[:k]), len(found))


def story_card(store: Store, identifier: str) -> StoryCard:
    """Return everything about the story with this id.

    Raises
    ------
    NotFoundError
        If there is none.
    UsageError
        If the id is that of something else, or of several.
    """
    with store.reading():
        full = full_id(store, identifier)
        if full[0] != "s":
            kind = KINDS[full[0]]
            raise UsageError(
                f"{identifier} is the id of another kind ({kind}); kg stories shows those of stories (s:…)"
            )
        (story,) = _stories(store, rows.story_rows(store, [full]))
        return StoryCard(story, _hits(store, story.articles, full), _hits(store, story.pictures, full))


def _is_of(name: str, source: str) -> bool:
    own, asked = name.casefold(), source.strip().casefold().removeprefix("www.")
    return not asked or own.removeprefix("www.") == asked or ("." in asked and own.endswith(f".{asked}"))


def _stories(store: Store, chosen: Sequence[StoryRow]) -> tuple[Story, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for story, article in rows.members_of(store, (row.id for row in chosen)):
        members[story].append(article)
    articles = [article for own in members.values() for article in own]
    reports = rows.reports_of(store, articles)
    shown: dict[str, list[str]] = defaultdict(list)
    for picture, article, _ in graph_rows.illustrations(store, articles=articles):
        shown[article].append(picture)
    return tuple(_story(store, row, [reports[article] for article in members[row.id]], shown) for row in chosen)


def _story(store: Store, row: StoryRow, reports: list[Report], shown: dict[str, list[str]]) -> Story:
    reports.sort(key=lambda report: (not report.date, report.date, report.id))
    by_id = {report.id: report for report in reports}
    sources = Counter(report.source for report in reports if report.source)
    days = Counter(report.date[:10] for report in reports if report.date)
    articles = tuple(by_id)
    return Story(
        id=row.id,
        label=by_id[row.central].title or by_id[row.first].title or row.id,
        articles=articles,
        pictures=tuple(dict.fromkeys(picture for article in articles for picture in shown[article])),
        first=row.first,
        first_date=row.first_date,
        last_date=row.last_date,
        sources=tuple(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
        entities=_main_entities(store, articles),
        spread=tuple(sorted(days.items())),
    )


def _main_entities(store: Store, articles: Sequence[str]) -> tuple[Entity, ...]:
    """Return the entities that several of the articles name, most often here and seldom elsewhere."""
    named: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for _, entity, number in entities_of(store, articles):
        named[entity] += 1
        mentions[entity] += number
    known = entities(store, (entity for entity, number in named.items() if number > 1)).values()
    order = sorted(known, key=lambda e: (-round(mentions[e.id] / log2(2 + e.mentions), 9), e.id))
    return tuple(order[:ENTITIES])


def _hits(store: Store, ids: Sequence[str], story: str) -> tuple[Hit, ...]:
    found = documents(store, ids)
    ranked = enumerate(ids, start=1)
    return tuple(make_hit(found[i], rank=rank, score=0.0, snippet=None, story=story) for rank, i in ranked)
