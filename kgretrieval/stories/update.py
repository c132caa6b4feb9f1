"""Stories brought up to the articles of a collection: only what is new or changed is compared.

Whether two articles make a pair follows from the two alone, and a story from the pairs and articles that hang together
with it; so stories are those of making everything anew, in whatever order the articles came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kgretrieval.store import story_rows as rows
from kgretrieval.store.ids import make_id
from kgretrieval.store.store import Store
from kgretrieval.store.story_rows import Profile, StoryRow
from kgretrieval.store.touched import touch
from kgretrieval.store.write import writing
from kgretrieval.stories.alike import WINDOW, Group, groups, is_pair
from kgretrieval.stories.cluster import components, most_central, split
from kgretrieval.stories.profile import make_profile
from kgretrieval.text.analysis import Analyser

#: Counted up whenever other stories would follow from the same articles: then all are made anew.
VERSION = "1"
#: Articles read and compared at once.
_BATCH = 500


def update_stories(store: Store) -> None:
    """Bring the stories up to the last commit, in one transaction; with nothing changed nothing is written.

    Parameters
    ----------
    store : Store
        Open for writing.
    """
    since = rows.made_up_to(store, VERSION)
    changed = rows.changed_articles(store, since)
    if changed:
        with writing(store) as connection:
            if since is None:
                rows.forget_stories(connection)
            touched = set(changed) | rows.forget_articles(connection, changed)
            for start in range(0, len(changed), _BATCH):
                _keep_profiles(store, changed[start : start + _BATCH])
            for start in range(0, len(changed), _BATCH):
                touched |= _keep_pairs(store, changed[start : start + _BATCH])
            _make_stories(store, touched)
    if changed or since != store.generation:
        rows.mark_made(store, VERSION)


def _keep_profiles(store: Store, articles: list[str]) -> None:
    found = rows.texts(store, articles)
    if found:
        analyser = Analyser(store.manifest.analysis)
        made = ((_profile(text, analyser), text.digest) for text in found)
        rows.keep_profiles(store.connection, made)


def _profile(text: rows.Text, analyser: Analyser) -> Profile:
    return make_profile(text.article, text.counts, analyser.terms(text.title, text.language), text.date, text.source)


def _keep_pairs(store: Store, articles: list[str]) -> set[str]:
    """Write the pairs of these articles with any others; return the articles of those pairs."""
    asked = rows.candidates(store, articles, WINDOW)
    known = groups(rows.profiles(store, {article for pair in asked for article in pair}).values())
    pairs = [(one, other) for one, other in asked if is_pair(known[one], known[other])]
    rows.keep_pairs(store.connection, pairs)
    return {article for pair in pairs for article in pair}


def _make_stories(store: Store, touched: set[str]) -> None:
    """Make the stories anew of all articles that hang together with one of these."""
    beside = _reach(store, touched)
    reached = touched | beside.keys()
    before = rows.stories_of(store, reached)
    found: dict[StoryRow, list[str]] = {}
    for component in components(beside):
        own = rows.profiles(store, component)
        pairs = [(one, other) for one in component for other in beside[one] if one < other]
        stories = split(own.values(), pairs)
        dates = rows.dates_of(store, (article for story in stories for article in story))
        found.update((_row(story, own, dates), story) for story in stories)
    rows.replace_stories(store.connection, reached, found)
    after = {article: row.id for row, story in found.items() for article in story}
    moved = (article for article in reached if before.get(article) != after.get(article))
    touch(store.connection, "graph", moved)


def _reach(store: Store, articles: Iterable[str]) -> dict[str, set[str]]:
    """Return what stands beside each article that these hang together with, directly or through others."""
    found: dict[str, set[str]] = defaultdict(set)
    frontier = set(articles)
    while frontier:
        pairs = rows.beside(store, frontier)
        for one, other in pairs:
            found[one].add(other)
        frontier = {other for _, other in pairs} - found.keys()
    return found


def _row(story: list[str], own: Mapping[str, Profile], dates: Mapping[str, str]) -> StoryRow:
    """Return what is kept of a story; it goes by its first report, so it keeps its id while it grows."""
    first = min(story, key=lambda article: (not dates[article], dates[article], article))
    known = sorted(date for article in story if (date := dates[article]))
    central = most_central({article: Group.of(own[article]) for article in story})
    return StoryRow(
        make_id("s", first), first, central, len(story), known[0] if known else "", known[-1] if known else ""
    )
