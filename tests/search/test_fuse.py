"""Reciprocal rank fusion: the laws that make a score readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.search.fuse import IMAGE, NAMES, WORDS, K, fuse, total, weights

NAMED = sorted(WORDS["picture"])
WEIGHT = weights("picture")

rankings = st.dictionaries(
    st.sampled_from(NAMED),
    st.lists(st.integers(0, 30), unique=True, max_size=12).map(
        lambda ids: [(i, 1.0 - n / 20) for n, i in enumerate(ids)]
    ),
)


@given(rankings, st.randoms())
def test_the_order_of_the_rankings_does_not_matter(given_, random):
    names = list(given_)
    random.shuffle(names)
    assert fuse({name: given_[name] for name in names}, WEIGHT) == fuse(given_, WEIGHT)


@given(rankings)
def test_a_score_is_the_sum_of_its_parts(given_):
    for fused in fuse(given_, WEIGHT):
        parts = [WEIGHT[found.ranking] / (K + found.rank) for found in fused.found_by]
        assert fused.score == pytest.approx(sum(parts), rel=1e-12)
        assert fused.score == total(fused.found_by, WEIGHT)


@given(rankings)
def test_every_document_of_a_ranking_comes_once_with_all_its_ranks(given_):
    fused = fuse(given_, WEIGHT)
    assert sorted(f.document for f in fused) == sorted({d for scored in given_.values() for d, _ in scored})
    for f in fused:
        ranks = {
            name: [d for d, _ in scored].index(f.document) + 1
            for name, scored in given_.items()
            if f.document in dict(scored)
        }
        assert {found.ranking: found.rank for found in f.found_by} == ranks


@given(rankings)
def test_the_best_come_first_and_ties_go_to_the_lower_document(given_):
    keys = [(-f.score, f.document) for f in fuse(given_, WEIGHT)]
    assert keys == sorted(keys)


@given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=20))
def test_one_ranking_alone_keeps_its_order(ids):
    assert [f.document for f in fuse({"words": [(i, 0.0) for i in ids]}, WEIGHT)] == ids


def test_a_second_ranking_lifts_a_document():
    fused = fuse({"words": [(1, 9.0), (2, 8.0)], "looks_like": [(2, 0.3)]}, WEIGHT)
    assert [f.document for f in fused] == [2, 1]


def test_tables_name_the_same_rankings():
    for kind in ("article", "picture"):
        assert set(WORDS[kind]) == set(NAMES[kind])
        assert not set(WORDS[kind]) & set(IMAGE[kind])
        assert all(w > 0 for table in (WORDS, NAMES, IMAGE) for w in table[kind].values())
