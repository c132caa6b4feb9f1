"""Ranks of right answers from vectors: the same as by sorting, fair to ties, blind to what is not known."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.evaluate import ranking
from kgretrieval.evaluate.measures import first_rank
from kgretrieval.evaluate.ranking import Right, rank_right


def right(*items):
    starts = np.concatenate([[0], np.cumsum([len(own) for own in items])])
    return Right(starts, np.array([i for own in items for i in own], dtype=np.int64))


def by_sorting(scores, wanted):
    """Ranks of the wanted places, wrong ones first among equals."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i in wanted))
    return sorted(order.index(i) + 1.0 for i in wanted)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_as_by_sorting_with_ties_and_in_any_blocks(data):
    n, m = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 40))
    numbers = st.integers(-2, 2)
    queries = np.array(
        data.draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=n, max_size=n)), np.float32
    )
    pool = np.array(data.draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=m, max_size=m)), np.float32)
    wanted = [data.draw(st.sets(st.integers(0, m - 1), min_size=1, max_size=m)) for _ in range(n)]
    scores = queries @ pool.T
    scores[:, ~pool.any(axis=1)] = -np.inf
    scores[~queries.any(axis=1)] = -np.inf
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "_MOST", data.draw(st.sampled_from([1, 2 * m, 1 << 20])))
        patch.setattr(ranking, "_MANY", data.draw(st.sampled_from([1, 16])))
        found, best = rank_right(queries, pool, right(*map(sorted, wanted)), depth=5)
    expected = [by_sorting(row.tolist(), own) for row, own in zip(scores, wanted, strict=True)]
    assert found.ranks.tolist() == [rank for own in expected for rank in own]
    for row, items in zip(scores, best.items, strict=True):
        assert row[items].tolist() == sorted(row.tolist(), reverse=True)[: len(items)]


def test_a_model_that_knows_nothing_is_last_not_first():
    same = np.ones((3, 4), np.float32)
    nothing = np.zeros((3, 4), np.float32)
    broken = np.full((3, 4), np.nan, np.float32)
    wanted = right([0], [1], [2])
    for queries, pool in [(same, same), (nothing, same), (same, nothing), (broken, same), (same, broken)]:
        assert first_rank(rank_right(queries, pool, wanted)[0]).tolist() == [3, 3, 3]


def test_an_empty_text_does_not_come_before_what_is_unlike():
    # Its score would be 0, the others' are below.
    queries, pool = np.array([[1, 0]], np.float32), np.array([[0, 0], [-1, 0], [-0.5, 0]], np.float32)
    found, best = rank_right(queries, pool, right([2]), depth=3)
    assert first_rank(found).tolist() == [1]
    assert best.items.tolist() == [[2, 1, 0]]
    assert best.scores[0, 2] == -np.inf


def test_progress_reaches_the_end(monkeypatch):
    monkeypatch.setattr(ranking, "_MOST", 6)
    seen = []
    rank_right(np.eye(5, 3, dtype=np.float32), np.eye(3, dtype=np.float32), right(*[[0]] * 5), progress=seen.append)
    assert seen == [2, 4, 5]
