"""Fusion by rank and by score: the laws that make a score readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.search.fuse import BY_SCORE, BY_TYPE, IMAGE, K, fuse, weights
from kgretrieval.search.rankings import REACH

BY_RANK = weights("picture", "names")
BY_BOTH = weights("article", "names and words")
FLAT = weights("picture", "names and words")


def some_rankings(names, scores):
    """Rankings with falling scores above 0."""

    def ranked(ids):
        return st.lists(scores, min_size=len(ids), max_size=len(ids)).map(
            lambda own: list(zip(ids, sorted(own, reverse=True), strict=True))
        )

    ids = st.lists(st.integers(0, 30), unique=True, max_size=12)
    return st.dictionaries(st.sampled_from(sorted(names)), ids.flatmap(ranked))


shares = st.floats(0.01, 1.0)
of_pictures = some_rankings(BY_TYPE["names and words"]["picture"], shares)
of_articles = some_rankings(BY_TYPE["names and words"]["article"], shares)


def order(fused):
    return [f.document for f in fused]


@given(of_articles, st.randoms())
def test_the_order_of_the_rankings_does_not_matter(given_, random):
    names = list(given_)
    random.shuffle(names)
    assert fuse({name: given_[name] for name in names}, BY_BOTH) == fuse(given_, BY_BOTH)


@given(of_pictures)
def test_a_share_by_rank_is_weight_by_rank(given_):
    for fused in fuse(given_, BY_RANK):
        for found in fused.found_by:
            assert found.share == pytest.approx(BY_RANK.of[found.ranking] / (K + found.rank), rel=1e-8)


@pytest.mark.parametrize(("weight", "given_"), [(BY_RANK, of_pictures), (FLAT, of_pictures), (BY_BOTH, of_articles)])
def test_a_score_is_the_sum_of_its_shares_exactly_and_in_any_order(weight, given_):
    @given(given_, st.randoms())
    def holds(rankings, random):
        for fused in fuse(rankings, weight):
            shares = [found.share for found in fused.found_by]
            random.shuffle(shares)
            assert fused.score == sum(shares)

    holds()


@pytest.mark.parametrize(("weight", "given_"), [(BY_RANK, of_pictures), (BY_BOTH, of_articles)])
def test_every_document_of_a_ranking_comes_once_with_all_its_ranks(weight, given_):
    @given(given_)
    def holds(rankings):
        fused = fuse(rankings, weight)
        assert sorted(order(fused)) == sorted({d for scored in rankings.values() for d, _ in scored})
        for f in fused:
            ranks = {
                name: [d for d, _ in scored].index(f.document) + 1
                for name, scored in rankings.items()
                if f.document in dict(scored)
            }
            assert {found.ranking: found.rank for found in f.found_by} == ranks

    holds()


@given(of_articles)
def test_the_best_come_first_and_ties_go_to_the_lower_document(given_):
    keys = [(-f.score, f.document) for f in fuse(given_, BY_BOTH)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("weight", [BY_RANK, BY_BOTH])
@pytest.mark.parametrize("name", ["words", "reads_like", "names"])
def test_one_ranking_alone_keeps_its_order(weight, name):
    @given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=20))
    def holds(ids):
        assert order(fuse({name: [(i, 0.9 - 0.01 * n) for n, i in enumerate(ids)]}, weight)) == ids

    holds()


def test_which_of_the_pictures_with_a_name_is_the_one_the_looks_say():
    named = [(picture, 1.0) for picture in range(20)]
    looks = {"names": named, "article_words": named, "looks_like": [(99, 0.4), (15, 0.3), (98, 0.2)]}
    assert order(fuse(looks, FLAT))[0] == 15


def test_a_second_ranking_lifts_a_document():
    fused = fuse({"words": [(1, 9.0), (2, 8.0)], "looks_like": [(2, 0.3)]}, weights("picture"))
    assert order(fused) == [2, 1]


@given(of_articles, st.floats(0.1, 100.0))
def test_the_scale_of_the_words_does_not_matter(given_, scale):
    scaled = {n: [(d, s * scale if n == "words" else s) for d, s in ranked] for n, ranked in given_.items()}
    for one, other in zip(fuse(given_, BY_BOTH), fuse(scaled, BY_BOTH), strict=True):
        assert one.score == pytest.approx(other.score, rel=1e-9)


@given(of_articles)
def test_no_ranking_gives_more_than_its_first_rank_would(given_):
    most = sum(BY_BOTH.of[name] for name in given_) / (K + 1)
    assert all(0 <= f.score <= most * (1 + 1e-9) for f in fuse(given_, BY_BOTH))


def test_far_better_words_beat_a_little_more_likeness():
    rankings = {"words": [(1, 20.0), (2, 4.0)], "reads_like": [(2, 0.6), (1, 0.5)]}
    assert order(fuse(rankings, BY_BOTH)) == [1, 2]


def test_much_more_likeness_beats_a_little_better_words():
    rankings = {"words": [(1, 20.0), (2, 19.0)], "reads_like": [(2, 0.9), (1, 0.5)]}
    assert order(fuse(rankings, BY_BOTH)) == [2, 1]


def test_what_is_out_of_reach_counts_as_at_its_edge():
    listed = {"words": [(1, 9.0), (2, 9.0)], "reads_like": [(3, 0.8), (2, 0.8 * REACH)]}
    one, two = (f.score for f in sorted(fuse(listed, BY_BOTH), key=lambda f: f.document)[:2])
    assert one == two


def test_tables_name_the_same_rankings():
    for kind in ("article", "picture"):
        words, names, both = (BY_TYPE[asked][kind] for asked in ("words", "names", "names and words"))
        assert set(names) == set(both) == {*words, "names", "graph"}
        assert not set(names) & set(IMAGE[kind])
        assert set(words) >= BY_SCORE[kind]
        assert all(w > 0 for table in (words, names, both, IMAGE[kind]) for w in table.values())
