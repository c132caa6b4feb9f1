"""Measures on ranks: laws that hold for any ranking, chance by simulation, and equality with ir_measures."""

from itertools import pairwise

import ir_measures
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.evaluate import read_run
from kgretrieval.evaluate.chance import chance, first_right_within
from kgretrieval.evaluate.measures import first_rank, measure, right_ranks
from kgretrieval.evaluate.trec import ranks_in_run, read_qrels

POOL = 30
# A busy machine must not fail a law.
law = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("R@1", "R@5", "R@10", "P@5", "Success@5", "nDCG@5", "nDCG", "MRR", "MAP")
ranks_of_one = st.sets(st.integers(1, POOL), min_size=1, max_size=8).map(sorted)
rankings = st.lists(ranks_of_one, min_size=1, max_size=12).map(lambda ranks: right_ranks(ranks, pool=POOL))


@law
@given(rankings, st.sampled_from(["any", "all"]))
def test_recall_grows_with_k_to_one(right, counts):
    at = [measure(right, f"R@{k}", recall_counts=counts) for k in range(1, POOL + 1)]
    assert all((later >= earlier).all() for earlier, later in pairwise(at))
    assert (at[-1] == 1).all()


@law
@given(rankings, st.randoms(use_true_random=False))
def test_the_order_of_queries_does_not_matter(right, random):
    order = list(range(len(right)))
    random.shuffle(order)
    for name in NAMES:
        assert measure(right.take(np.array(order)), name).tolist() == measure(right, name)[order].tolist()


@law
@given(rankings)
def test_all_measures_lie_between_zero_and_one(right):
    for name in NAMES:
        values = measure(right, name)
        assert ((values >= 0) & (values <= 1 + 1e-12)).all(), name


@law
@given(st.lists(st.integers(1, 8), min_size=1, max_size=8), st.data())
def test_a_perfect_ranking_has_one(counts, data):
    gains = [sorted(data.draw(st.lists(st.integers(1, 4), min_size=n, max_size=n)), reverse=True) for n in counts]
    right = right_ranks([range(1, n + 1) for n in counts], pool=POOL, gains=gains)
    for name in ("MRR", "MAP", "nDCG", "nDCG@5", "R@10", "Success@1"):
        assert measure(right, name).tolist() == pytest.approx([1] * len(counts))
    assert first_rank(right).tolist() == [1] * len(counts)


@law
@given(rankings)
def test_moving_a_right_answer_up_never_hurts(right):
    better = right_ranks(
        [
            [max(1, r - 1) if n == 0 else r for n, r in enumerate(own)]
            for own in np.split(right.ranks, right.starts[1:-1])
        ],
        pool=POOL,
    )
    for name in NAMES:
        assert (measure(better, name) >= measure(right, name) - 1e-12).all(), name


def test_an_unknown_measure_is_refused():
    for name in ("R", "recall@5", "P", "MRR5"):
        with pytest.raises(ValueError, match="no measure"):
            measure(right_ranks([[1]], pool=2), name)


@settings(law, max_examples=8)
@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=6), min_size=1, max_size=4), st.integers(6, 40))
def test_chance_is_what_random_orders_give(gains, pool):
    rng = np.random.default_rng(0)
    times = 1500
    many = [own for _ in range(times) for own in gains]
    right = right_ranks([rng.permutation(pool)[: len(own)] + 1 for own in many], pool=pool, gains=many)
    expected = right_ranks([range(1, len(own) + 1) for own in gains], pool=pool, gains=gains)
    for name in ("R@1", "R@5", "P@10", "Success@5", "MRR", "MAP", "nDCG@5", "nDCG"):
        seen = measure(right, name)
        error = 5 * seen.std() / np.sqrt(len(seen)) + 1e-9
        assert chance(expected, name) == pytest.approx(seen.mean(), abs=error), name
    some = measure(right, "R@5", recall_counts="any")
    assert chance(expected, "R@5", recall_counts="any") == pytest.approx(some.mean(), abs=5 * some.std() / 50 + 1e-9)


@law
@given(st.integers(1, 9), st.integers(9, 60))
def test_the_median_by_chance_splits_the_orders_in_halves(count, pool):
    median = chance(right_ranks([range(1, count + 1)], pool=pool), "median_rank")
    within = first_right_within(count, pool)
    assert within[int(np.ceil(median))] >= 0.5 - 1e-9
    assert within[int(np.ceil(median)) - 1] <= 0.5 + 1e-9


def test_the_median_by_chance_of_one_right_answer():
    assert chance(right_ranks([[1]], pool=1000), "median_rank") == 500.5
    assert chance(right_ranks([[1]], pool=101), "median_rank") == 51


def test_a_negative_judgement_is_a_wrong_answer():
    right = ranks_in_run({"q": {"a": -1, "b": 2, "c": 0}}, {"q": [("a", 3.0), ("b", 2.0), ("c", 1.0)]})
    assert (right.ranks.tolist(), right.gains.tolist()) == ([2], [2])


OURS = {"R@1": "R@1", "R@5": "R@5", "P@5": "P@5", "Success@5": "Success@5", "nDCG@5": "nDCG@5", "nDCG": "nDCG"}
OURS |= {"MRR": "RR", "MAP": "AP"}
documents = st.sampled_from([f"d{n}" for n in range(12)])
queries = st.sampled_from(["q1", "q2", "q3", "q4"])
# Few scores, so that there are ties; halves, so that writing them loses nothing.
scores = st.integers(0, 12).map(lambda n: n / 2)


@law
@given(
    # None below 0, which count as 0 here: pytrec_eval never comes back from a query that has nothing else.
    st.dictionaries(st.tuples(queries, documents), st.integers(0, 3), min_size=1, max_size=40),
    st.dictionaries(st.tuples(queries, documents), scores, min_size=1, max_size=40),
)
def test_equal_to_ir_measures(tmp_path_factory, judged, scored):
    folder = tmp_path_factory.mktemp("trec")
    (folder / "q").write_text("".join(f"{q} 0 {d} {grade}\n" for (q, d), grade in judged.items()))
    (folder / "r").write_text("".join(f"{q} Q0 {d} 1 {score} x\n" for (q, d), score in scored.items()))
    right = ranks_in_run(read_qrels(folder / "q"), read_run(folder / "r"))
    names = list(dict.fromkeys(q for q, _ in judged))
    theirs = {ir_measures.parse_measure(theirs): ours for ours, theirs in OURS.items()}
    expected = dict.fromkeys(((name, q) for name in OURS for q in names), 0.0)
    for found in ir_measures.iter_calc(
        list(theirs), ir_measures.read_trec_qrels(str(folder / "q")), ir_measures.read_trec_run(str(folder / "r"))
    ):
        expected[theirs[found.measure], found.query_id] = found.value
    for name in OURS:
        assert measure(right, name).tolist() == pytest.approx([expected[name, q] for q in names], abs=1e-9), name
