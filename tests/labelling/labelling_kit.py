"""Small collections of articles about two things, made of words that only one of them has."""

import random

import kgretrieval as kg
from kgretrieval.types import Article

WORDS = {
    "Sport": "goal match striker league coach referee penalty stadium".split(),
    "Politics": "minister vote parliament law election senate treaty budget".split(),
}


def article(number: int, *, label: str = "", tagged: bool = True) -> Article:
    """The article of a number: sport or politics in turn, unless it is said."""
    chosen = label or sorted(WORDS)[number % 2]
    draw = random.Random(number)
    title = " ".join(draw.sample(WORDS[chosen], 3)).capitalize()
    text = f"{' '.join(draw.sample(WORDS[chosen], 5)).capitalize()} on day {number}."
    tags = (chosen,) if tagged else ()
    return Article(key=f"story-{number}", title=title, text=text, tags=tags, language="en", date="2024-05-01")


def collection(folder, *, articles: int = 40, **kind):
    """A collection that extracts nothing but given tags, so that it is made quickly."""
    news = kg.open_or_create(folder, extractors=("tags",))
    news.add(*(article(number, **kind) for number in range(articles)))
    return news


def ids(news) -> dict[str, str]:
    """The id of each article by its key."""
    from kgretrieval.store.ids import make_id

    return {f"story-{number}": make_id("a", f"story-{number}") for number in range(100)}
