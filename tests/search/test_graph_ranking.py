"""What the graph finds for names: what mentions or shows them first, then what stands near, within every filter."""

import numpy as np
import pytest
from search_kit import article_id, entity_id, picture_id

from kgretrieval.graph.opening import open_arrays
from kgretrieval.index.snapshot import open_snapshot
from kgretrieval.search.graph_ranking import walk
from kgretrieval.search.names import Name
from kgretrieval.store.knowledge import entities


@pytest.fixture(scope="module")
def near(news_store):
    """Return the ids by name and near it, for names of entities and a mask by ids."""
    with news_store.reading():
        catalog, arrays = open_snapshot(news_store).catalog, open_arrays(news_store)

        def ask(*names, only=None, known=None, depth=99):
            every = [catalog.id(n) for n in range(len(catalog))]
            passed = np.array([only is None or i in only for i in every], dtype=bool)
            seen = None if known is None else np.array([i in known for i in every], dtype=bool)
            found = entities(news_store, [entity_id(name) for group in names for name in group])
            asked = [Name(group[0], 0, tuple(found[entity_id(name)] for name in group)) for group in names]
            two = walk(arrays, catalog, asked, seen).among(passed, depth)
            return [catalog.id(n) for n, _ in two.named], [catalog.id(n) for n, _ in two.near]

        yield ask


def test_pictures_are_found_by_their_captions_and_by_their_articles(near):
    named, _ = near(["Emmanuel Macron"])
    assert named == [article_id("merkel"), picture_id("a woman at a podium")]


def test_what_is_joined_by_another_entity_comes_after_what_is_named(near):
    named, others = near(["Emmanuel Macron"])
    assert article_id("apple") in others
    assert article_id("concert") in others
    assert article_id("flood") not in others + named


def test_what_has_more_of_the_names_comes_first(near):
    named, _ = near(["Angela Merkel"], ["Emmanuel Macron"])
    assert set(named[:2]) == {article_id("merkel"), picture_id("a woman at a podium")}
    assert {article_id("concert"), article_id("apple")} <= set(named[2:])


def test_a_filter_leaves_the_order_of_the_others(near):
    named, others = near(["Angela Merkel"])
    kept = {*named[1:], *others[::2]}
    assert near(["Angela Merkel"], only=kept) == (named[1:], others[::2])


def test_a_walk_does_not_go_through_what_was_not_known(near):
    before = {article_id("concert"), article_id("flood")}
    named, others = near(["Angela Merkel"], only=None, known=before)
    assert named == [article_id("concert")]
    assert not {article_id("merkel"), article_id("apple"), picture_id("a woman at a podium")} & {*named, *others}


def test_a_name_of_several_finds_all_of_them_the_most_mentioned_first(near):
    named, _ = near(["Angela Merkel", "Apple"])
    alone, _ = near(["Angela Merkel"])
    assert set(named) > set(alone)
    assert named[0] == alone[0]


def test_the_depth_bounds_both_lists(near):
    named, others = near(["Angela Merkel"], depth=1)
    assert (len(named), len(others)) == (1, 1)


def test_a_photo_without_a_caption_is_found_by_the_names_in_its_article(news):
    hits = news.search("Angela Merkel and Emmanuel Macron", kind="picture", k=3).hits
    assert hits[0].id == picture_id("a woman at a podium")
    assert any(found.ranking == "names" for found in hits[0].found_by)
