"""Which items are proposed for labelling."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.classify.active import choose, doubt
from kgretrieval.errors import UsageError


def unit(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def clouds(*sizes, width=8, seed=0):
    """Vectors around one axis after the other."""
    random = np.random.default_rng(seed)
    rows = [np.eye(width)[i] + 0.1 * random.normal(size=width) for i, size in enumerate(sizes) for _ in range(size)]
    return unit(rows), np.repeat(np.arange(len(sizes)), sizes)


def test_before_there_is_a_model_each_large_group_gives_one():
    vectors, group = clouds(30, 20, 10)
    chosen = choose(None, vectors, k=3)
    assert sorted(group[chosen]) == [0, 1, 2]


def test_before_there_is_a_model_groups_without_a_label_come_first():
    vectors, group = clouds(30, 20, 10)
    chosen = choose(None, vectors, k=2, labelled=[0, 1])
    assert set(group[chosen]) == {1, 2}


def test_a_lonely_item_is_not_typical():
    vectors, _ = clouds(30, 30)
    lonely = unit([np.ones(8)])
    chosen = choose(None, np.vstack([vectors, lonely]), k=2)
    assert len(vectors) not in chosen


def test_unsure_items_are_asked_and_they_are_far_from_each_other():
    vectors, group = clouds(20, 20, 20)
    best = np.where(group == 0, 0.98, np.random.default_rng(3).uniform(0.5, 0.6, len(group)))
    probabilities = np.stack([best, 1 - best], 1).astype(np.float32)
    chosen = choose(probabilities, vectors, k=2)
    assert sorted(group[chosen]) == [1, 2]


def test_equal_vectors_do_not_leave_fewer_proposals():
    vectors = unit(np.ones((6, 4)))
    probabilities = np.full((6, 2), 0.5, np.float32)
    assert len(set(choose(probabilities, vectors, k=4))) == 4
    assert len(set(choose(None, vectors, k=4))) == 4


def test_doubt_is_largest_where_two_labels_are_equally_probable():
    found = doubt(np.array([[1, 0, 0], [0.5, 0.5, 0], [0.6, 0.2, 0.2]], dtype=np.float32))
    assert found == pytest.approx([0, 1, 0.6])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_proposals_are_different_and_never_labelled_already(data):
    n = data.draw(st.integers(1, 30))
    labelled = data.draw(st.sets(st.integers(0, n - 1)))
    k = data.draw(st.integers(1, 12))
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    vectors = unit(random.normal(size=(n, 5)))
    cold = data.draw(st.booleans())
    probabilities = None if cold else random.dirichlet(np.ones(3), n).astype(np.float32)
    chosen = choose(probabilities, vectors, k=k, labelled=sorted(labelled))
    assert len(chosen) == len(set(chosen)) == min(k, n - len(labelled))
    assert not set(chosen) & labelled
    assert chosen == choose(probabilities, vectors, k=k, labelled=sorted(labelled))


def test_a_wrong_call_says_what_is_wrong():
    vectors, _ = clouds(3)
    with pytest.raises(UsageError, match="not 0"):
        choose(None, vectors, k=0)
    with pytest.raises(UsageError, match="2 items and vectors of 3"):
        choose(np.full((2, 2), 0.5, np.float32), vectors, k=1)
