"""The articles that ship: how many, in which languages, how well they make a graph."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

LINES = (files("kgretrieval.sample") / "articles.jsonl").read_text(encoding="utf-8").splitlines()
ARTICLES = [json.loads(line) for line in LINES]
NAMED = [pytest.param(article, id=article["id"]) for article in ARTICLES]

#: A sample of names of agencies, papers and broadcasters: none may stand where a source or a credit is named.
PUBLISHERS = (
    "Reuters", "Associated Press", "AFP", "dpa", "BBC", "CNN", "Guardian",
    "New York Times", "Washington Post", "Spiegel", "Xinhua", "新华", "Getty", "Bloomberg",
    "Le Monde", "Süddeutsche", "Tagesschau", "Kyodo", "央视", "人民日报",
)  # fmt: skip
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}


def _length(article: dict) -> int:
    return len(article["text"]) if article["language"] == "zh" else len(article["text"].split())


def test_enough_articles_in_three_languages():
    languages = Counter(article["language"] for article in ARTICLES)
    assert len(ARTICLES) >= 72
    assert set(languages) == {"en", "de", "zh"}
    assert min(languages["de"], languages["zh"]) >= 6
    assert languages["en"] > len(ARTICLES) / 2


def test_ids_and_texts_are_unique():
    for field in ("id", "title", "text"):
        assert len({article[field] for article in ARTICLES}) == len(ARTICLES)


def test_stories_have_several_articles_of_different_days():
    stories = defaultdict(list)
    for article in ARTICLES:
        stories[article["story"]].append(article)
    long_stories = [articles for articles in stories.values() if len(articles) >= 3]
    assert len(long_stories) >= 12
    assert all(len({article["date"] for article in articles}) >= 2 for articles in long_stories)


@pytest.mark.parametrize("language", ["de", "zh"])
def test_other_languages_tell_stories_that_english_articles_tell_too(language):
    english = {article["story"] for article in ARTICLES if article["language"] == "en"}
    shared = [article for article in ARTICLES if article["language"] == language and article["story"] in english]
    assert len(shared) >= 6


@pytest.mark.parametrize("article", NAMED)
def test_article_is_complete(article):
    for field in ("id", "story", "title", "text", "source", "date", "language", "tags"):
        assert article[field], field
    assert 60 <= _length(article) <= 300
    if article["language"] != "zh":
        assert _length(article) <= 160
    assert len(re.findall("[.。]", article["text"])) >= 5
    if article.get("image"):
        assert article["caption"]
        assert article["credit"]


@pytest.mark.parametrize("article", NAMED)
def test_date_is_iso_and_its_weekday_is_in_the_text(article):
    day = datetime.date.fromisoformat(article["date"])
    assert datetime.date(1964, 1, 1) <= day <= datetime.date(2025, 12, 31)
    names = WEEKDAYS.get(article["language"], ())
    named = {name for name in names if name in article["text"]}
    # Articles of the morning after tell of the day before.
    near = {names[(day.weekday() - back) % 7] for back in (0, 1)} if names else set()
    assert not named or named & near


@pytest.mark.parametrize("article", NAMED)
def test_tags_are_in_the_article_and_their_types_are_known(article):
    words = article["title"] + " " + article["text"]
    assert len(set(article["tags"])) == len(article["tags"])
    assert set(article["tag_types"]) <= set(article["tags"])
    assert set(article["tag_types"].values()) <= {"person", "organisation", "place"}
    for tag in article["tags"]:
        # German inflects what precedes a noun: "der Europäischen Union".
        assert tag in words or (article["language"] == "de" and tag.split()[-1] in words)


def test_a_name_has_one_type_everywhere():
    types = defaultdict(set)
    for article in ARTICLES:
        for name, kind in article["tag_types"].items():
            types[name].add(kind)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


def test_many_names_recur():
    seen = Counter(tag for article in ARTICLES for tag in article["tags"])
    recurring = {name for name, count in seen.items() if count >= 3}
    assert len(recurring) >= 25
    assert {"Angela Merkel", "Emmanuel Macron", "Barack Obama", "NASA", "United Nations", "Berlin"} <= recurring


def test_no_publisher_is_named_as_source():
    fields = [article.get(field, "") for article in ARTICLES for field in ("source", "credit", "id", "story")]
    assert not [field for field in fields if any(name in field for name in PUBLISHERS)]
    assert len({article["source"] for article in ARTICLES}) <= 12
