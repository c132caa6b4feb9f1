import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.evaluate.clusters import MEASURES, b_cubed, ceaf_e, cluster_scores, muc

# The example of Bagga and Baldwin (1998): {1 2 3 4 5} {6 7} {8 9 A B C}, and two wrong merges of it.
KEY = [{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}]
SMALL_MERGE = [{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11, 12}]
BIG_MERGE = [{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, {6, 7}]


def test_muc_of_the_published_example():
    for merged in (SMALL_MERGE, BIG_MERGE):
        correct, predicted, kept, gold = muc(KEY, merged)
        assert correct / predicted == pytest.approx(9 / 10)
        assert kept / gold == 1.0


def test_b_cubed_of_the_published_example():
    correct, predicted, kept, gold = b_cubed(KEY, SMALL_MERGE)
    assert correct / predicted == pytest.approx(0.762, abs=0.001)
    assert kept / gold == 1.0
    correct, predicted, *_ = b_cubed(KEY, BIG_MERGE)
    assert correct / predicted == pytest.approx(0.583, abs=0.001)


def test_ceaf_pairs_each_cluster_once():
    # Pairs {1..5}-{1..5} (1.0) and {8..12}-{6..12} (2 * 5 / 12); {6, 7} goes without.
    correct, predicted, kept, gold = ceaf_e(KEY, SMALL_MERGE)
    assert correct == kept == pytest.approx(1 + 10 / 12)
    assert (predicted, gold) == (2, 3)


def test_mentions_found_by_one_side_alone_count_against_it():
    key, response = [{"a", "b", "c"}], [{"a", "b"}, {"d", "e"}]
    assert muc(key, response) == (1, 2, 1, 2)
    # Response: a and b whole, d and e nothing. Key: a and b two of three each, c nothing.
    assert b_cubed(key, response) == (2, 4, pytest.approx(4 / 3), 3)
    assert ceaf_e(key, response) == (pytest.approx(0.8), 2, pytest.approx(0.8), 1)


def test_lone_mentions_have_no_link_and_yet_count_as_clusters():
    assert muc([{"a"}], [{"a"}]) == (0, 0, 0, 0)
    assert b_cubed([{"a"}], [{"a"}]) == (1, 1, 1, 1)
    assert ceaf_e([{"a"}], [{"a"}]) == (1, 1, 1, 1)


def test_the_conll_average_is_the_mean_of_three_f1():
    units = [(KEY, SMALL_MERGE), ([{"a", "b", "c"}], [{"a", "b"}, {"d", "e"}])]
    found = cluster_scores(units)
    assert found["conll"].f1 == pytest.approx(np.mean([found[name].f1 for name in MEASURES]))
    # Summed over units first: (9 + 1) of (10 + 2) links of the response, (9 + 1) of (9 + 2) of the key.
    assert (found["muc"].precision, found["muc"].recall) == (pytest.approx(10 / 12), pytest.approx(10 / 11))
    assert (found["conll"].correct, found["conll"].predicted, found["conll"].gold) == (14, 16, 15)
    low, high = found["conll"].intervals["f1"]
    assert low <= found["conll"].f1 <= high


def test_nothing_to_find_and_nothing_found_is_zero():
    assert cluster_scores([([], [])])["conll"].f1 == 0.0


def test_a_mention_in_two_clusters_is_refused():
    with pytest.raises(ValueError, match="two clusters"):
        cluster_scores([([{"a", "b"}, {"b"}], [])])
    with pytest.raises(ValueError, match="empty"):
        cluster_scores([([], [{"a"}, set()])])


@st.composite
def partitions(draw):
    labels = draw(st.lists(st.integers(0, 4), min_size=1, max_size=12))
    return [{i for i, own in enumerate(labels) if own == label} for label in set(labels)]


@settings(max_examples=60, deadline=None)
@given(partitions(), partitions())
def test_laws(key, response):
    for measure in MEASURES.values():
        correct, predicted, kept, gold = measure(key, response)
        assert 0 <= correct <= predicted + 1e-9
        assert 0 <= kept <= gold + 1e-9
        # Precision one way is recall the other way.
        assert measure(response, key) == pytest.approx((kept, gold, correct, predicted))
        assert measure(key, key)[0] == pytest.approx(measure(key, key)[1])
