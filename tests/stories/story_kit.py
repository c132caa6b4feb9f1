"""Short news of a few events, and collections of them that are made quickly: words and dates, nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kgretrieval.store.ids import make_id
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.records import Bundle, CountedText
from kgretrieval.store.store import Store, create_store
from kgretrieval.store.write import commit
from kgretrieval.stories.profile import make_profile
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Article

ANALYSER = Analyser.default()

#: Key -> headline, text, date. The letter is the event; the ferry and the tanker are alike and not the same.
NEWS = {
    "f1": (
        "Ferry Aurelia sinks off Lastovo",
        "The ferry Aurelia sank off Lastovo in a storm; the coast guard saved 212 passengers and the captain.",
        "2023-03-01",
    ),
    "f2": (
        "Coast guard saves passengers of the ferry Aurelia",
        "All 212 passengers of the Aurelia were saved off Lastovo. The ferry sank in a storm, said the coast guard.",
        "2023-03-02",
    ),
    "f3": (
        "Captain of sunken ferry Aurelia questioned",
        "Police questioned the captain of the Aurelia, the ferry that sank off Lastovo in a storm.",
        "2023-03-04",
    ),
    "t1": (
        "Tanker Borealis runs aground near Kotka",
        "The tanker Borealis ran aground near Kotka in fog. Oil leaks into the harbour, said the coast guard.",
        "2023-03-02",
    ),
    "t2": (
        "Oil leaks from tanker Borealis near Kotka",
        "Oil leaks from the Borealis, a tanker that ran aground near Kotka in fog; the harbour is closed.",
        "2023-03-03",
    ),
    "c1": (
        "Cellist Ilse Varga wins the Orsini prize",
        "The cellist Ilse Varga won the Orsini prize in Padua with a concerto by Dvorak.",
        "",
    ),
    "c2": (
        "Orsini prize for cellist Varga",
        "In Padua the Orsini prize went to Ilse Varga. The cellist played a concerto by Dvorak.",
        "",
    ),
    "x1": ("Bees return to the city park", "Gardeners count more bees than last spring.", "2023-03-02"),
}
STORIES = [["f1", "f2", "f3"], ["t1", "t2"], ["c1", "c2"]]


def article_id(key: str) -> str:
    return make_id("a", key)


def profile(key, title, text, date=""):
    headline = ANALYSER.terms(title, "en")
    return make_profile(key, Counter([*headline, *ANALYSER.terms(text, "en")]), headline, date)


def profiles(news=NEWS):
    return [profile(key, *said) for key, said in news.items()]


def new_store(folder: Path) -> Store:
    manifest = Manifest("mini", "0" * 64, {"picture": 4}, ANALYSER.config, {"hand": "1"})
    return create_store(folder, manifest)


def put(store: Store, news) -> None:
    """Put articles in, or in place of those of the same keys."""
    commit(store, [bundle(key, *said) for key, said in news.items()])


def bundle(key: str, title: str, text: str, date: str, source: str = "") -> Bundle:
    record = Article(key=key, title=title, text=text, date=date, source=source or f"Paper {key}", language="en")
    made = Bundle(article_id=article_id(key), article=record, digest=make_id("x", title, text, date))
    terms = Counter(ANALYSER.terms(f"{title}\n\n{text}", "en"))
    places = iter(range(terms.total()))
    own = sorted(terms)
    positions = [next(places) for term in own for _ in range(terms[term])]
    made.counts.append(CountedText(made.article_id, own, [terms[term] for term in own], positions))
    return made


def held(store: Store) -> list[tuple]:
    """Return the rows of all stories with their articles."""
    from kgretrieval.store.story_rows import members_of, story_rows

    members = members_of(store)
    return [(*row, tuple(article for story, article in members if story == row.id)) for row in story_rows(store)]
