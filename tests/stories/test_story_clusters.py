"""Which articles make a story."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_kit import NEWS, STORIES, profile, profiles

from kgretrieval.store.story_rows import Profile
from kgretrieval.stories.alike import HALF, WINDOW, Group, is_pair
from kgretrieval.stories.cluster import most_central, split
from kgretrieval.stories.whole import stories


def test_articles_about_one_event_are_one_story():
    assert stories(profiles()) == sorted(STORIES)


@given(st.permutations(sorted(NEWS)), st.sets(st.sampled_from(sorted(NEWS))))
@settings(max_examples=30)
def test_neither_order_nor_what_others_tell_changes_a_story(order, left_out):
    news = {key: NEWS[key] for key in order if key not in left_out}
    kept = [[key for key in story if key in news] for story in STORIES]
    assert stories(profiles(news)) == sorted(story for story in kept if len(story) > 1)


def test_the_same_words_a_month_later_tell_of_another_event():
    title, text, _ = NEWS["f1"]
    day = {"near": "2023-03-03", "far": "2023-04-03", "unknown": ""}
    first, near, far, unknown = (profile(key, title, text, date) for key, date in {"f": "2023-03-01", **day}.items())
    assert stories([first, near]) == [["f", "near"]]
    assert stories([first, far]) == []
    assert stories([first, unknown]) == [["f", "unknown"]]
    assert WINDOW > HALF


def test_a_chain_of_pairs_is_no_story():
    chain = [Profile(f"a{i:02d}", dict.fromkeys(range(6 * i, 6 * i + 12), 289), keys=(i, i + 1)) for i in range(20)]
    assert all(is_pair(Group.of(one), Group.of(other)) for one, other in pairwise(chain))
    found = stories(chain)
    assert {article for story in found for article in story} == {p.article for p in chain}
    assert max(map(len, found)) < 6


def test_a_few_rare_words_in_common_are_no_event():
    park = "Bees and butterflies return to Lastovo park"
    news = {"a": ("Lastovo Aurelia ferry Kotka", "", ""), "b": ("Lastovo Aurelia ferry Kotka", "", "")}
    assert stories(profiles(news)) == []
    assert stories(profiles({"a": (park, "", ""), "b": (park, "", "")})) == [["a", "b"]]


def test_a_pair_that_was_not_found_does_not_keep_articles_together():
    own = profiles({key: NEWS[key] for key in ("f1", "f2", "t1", "t2")})
    pairs = [("f1", "f2"), ("f2", "t1"), ("t1", "t2")]
    assert split(own, pairs) == [["f1", "f2"], ["t1", "t2"]]


def test_the_most_central_article_is_one_that_the_others_are_like():
    own = [profile(key, *NEWS[key][:2]) for key in ("f1", "f2", "f3")] + [profile("z", "Ferry", "A ferry.")]
    groups = {p.article: Group.of(p) for p in own}
    assert most_central(groups) in {"f1", "f2", "f3"}


@pytest.mark.parametrize("few", [[], [("f1", *NEWS["f1"])]])
def test_one_article_is_no_story(few):
    assert stories([profile(*one) for one in few]) == []
