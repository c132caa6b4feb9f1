"""Entities that stand nearly everywhere are counted once, at the end of an ingest, and rightly."""

import kgretrieval as kg
from kgretrieval.store import aggregate
from kgretrieval.store.ids import make_id
from kgretrieval.types import Article


def news(count, first=0):
    return [
        Article(
            key=str(i),
            title=f"Report {i}",
            text=f"Reporter {i} told what was seen on the {i}th day.",
            tags=("Harbour Council", f"Reporter {i}"),
            tag_types={"Harbour Council": "organisation"},
        )
        for i in range(first, first + count)
    ]


def council(collection):
    card = collection.entity("Harbour Council").entity
    return card.mentions, card.articles


def test_an_entity_with_many_mentions_is_counted_when_the_ingest_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(aggregate, "MANY", 5)
    collection = kg.open_or_create(tmp_path / "index", extractors=("tags",))
    for first in range(0, 40, 10):
        collection.add(*news(10, first))
        assert council(collection) == (first + 10, first + 10)
    collection.delete(*(make_id("a", str(i)) for i in range(5, 30)))
    assert council(collection) == (15, 15)
    whole = kg.open_or_create(tmp_path / "whole", extractors=("tags",))
    whole.add(*news(40))
    assert council(whole) == (40, 40)


def test_an_entity_with_many_mentions_goes_with_the_last_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr(aggregate, "MANY", 5)
    collection = kg.open_or_create(tmp_path / "index", extractors=("tags",))
    collection.add(*news(12))
    collection.delete(*(make_id("a", str(i)) for i in range(12)))
    assert collection.stats().counts["entity"] == 0
