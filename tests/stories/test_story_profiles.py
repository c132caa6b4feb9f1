"""What of an article is compared with others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.stories.background import rarity
from kgretrieval.stories.profile import FOREMOST, LENGTH, TERMS, make_profile

WORDS = st.text("abcdefgh", min_size=1, max_size=6)


@given(st.dictionaries(WORDS, st.integers(1, 50), max_size=90), st.randoms())
def test_a_profile_has_one_length_and_does_not_know_the_order_of_words(counts, chance):
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    made = make_profile("a", counts, [], "")
    assert made == make_profile("a", dict(shuffled), [], "")
    assert len(made.weights) <= TERMS
    assert len(made.keys) <= FOREMOST * (FOREMOST - 1) / 2
    if made.weights:
        assert sum(w * w for w in made.weights.values()) ** 0.5 == pytest.approx(LENGTH, rel=0.01)


def test_rare_words_and_those_of_the_headline_weigh_more():
    weights = list(make_profile("a", {"lastovo": 1}, [], "").weights)
    assert rarity("lastovo") > rarity("ferri") > rarity("peopl")
    plain = make_profile("a", {"ferri": 1, "storm": 1}, [], "").weights
    headed = make_profile("a", {"ferri": 1, "storm": 1}, ["ferri"], "").weights
    (ferry,) = make_profile("a", {"ferri": 1}, [], "").weights
    assert headed[ferry] > plain[ferry]
    assert len(weights) == 1


def test_the_name_of_the_newspaper_says_nothing():
    counts = {"lastovo": 1, "ferri": 1, "gazett": 1}
    own = make_profile("a", counts, [], "", "www.lastovo-gazette.example")
    assert len(own.weights) == 1 < len(make_profile("a", counts, [], "", "Another Paper").weights)


@pytest.mark.parametrize("published", ["", "2024", "2024-05", "yesterday", "2024-13-01"])
def test_a_day_that_is_not_known_is_none(published):
    assert make_profile("a", {"storm": 1}, [], published).day == 0


def test_a_day_is_known_with_or_without_the_time():
    for published in ("2024-05-01", "2024-05-01T18:30:00Z"):
        assert make_profile("a", {"storm": 1}, [], published).day == date(2024, 5, 1).toordinal()


def test_an_article_without_words_is_looked_for_nowhere():
    made = make_profile("a", {}, [], "2024-05-01")
    assert not made.keys
    assert not made.weights
