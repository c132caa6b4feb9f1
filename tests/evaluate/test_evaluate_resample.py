"""Intervals and tests: the seed decides, groups hang together, and what is known is covered."""

import numpy as np
import pytest
from scipy.stats import permutation_test

from kgretrieval.evaluate import resample
from kgretrieval.evaluate.resample import Resampling, mean_intervals, median_interval, randomisation_test


def alone(count, seed=1):
    return Resampling(np.arange(count), seed)


def test_the_interval_is_that_of_theory_and_the_seed_decides():
    values = np.random.default_rng(0).random((400, 1))
    ((low, high),) = mean_intervals(values, alone(400))
    reach = 1.96 * values.std() / np.sqrt(400)
    assert (low, high) == pytest.approx((values.mean() - reach, values.mean() + reach), abs=reach / 8)
    assert mean_intervals(values, alone(400)).tolist() == [[low, high]]
    assert mean_intervals(values, alone(400, seed=2)).tolist() != [[low, high]]


def test_queries_of_a_group_are_no_independent_evidence():
    values = np.repeat(np.random.default_rng(0).random((100, 1)), 5, axis=0)
    together = mean_intervals(values, Resampling(np.repeat(np.arange(100), 5), 1))
    assert together.tolist() == pytest.approx(mean_intervals(values[::5], alone(100)))
    assert np.ptp(together) > 1.8 * np.ptp(mean_intervals(values, alone(500)))


def test_the_size_of_blocks_changes_nothing(monkeypatch):
    values = np.random.default_rng(0).random((30, 2))
    whole = mean_intervals(values, alone(30)), randomisation_test(values - 0.5, alone(30))
    monkeypatch.setattr(resample, "_MOST", 100)
    # A matrix product rounds its last bit by the size of the matrix.
    np.testing.assert_allclose(mean_intervals(values, alone(30)), whole[0], rtol=1e-12)
    assert randomisation_test(values - 0.5, alone(30)).tolist() == whole[1].tolist()


def test_the_median_of_ranks_with_some_never_found():
    ranks = np.concatenate([np.arange(1.0, 61.0), np.full(40, np.inf)])
    low, high = median_interval(ranks, alone(100))
    assert low < 50.5 < high
    assert median_interval(np.full(9, np.inf), alone(9)).tolist() == [np.inf, np.inf]
    assert median_interval(ranks, alone(100), minus=ranks + 7).tolist() == [-7, -7]


def test_p_is_that_of_scipy():
    rng = np.random.default_rng(3)
    differences = rng.normal(0.12, 1.0, (120, 1))
    theirs = permutation_test((differences[:, 0],), np.mean, permutation_type="samples", n_resamples=10_000, rng=rng)
    assert randomisation_test(differences, alone(120))[0] == pytest.approx(theirs.pvalue, abs=0.02)


def test_p_of_equal_systems_is_one_and_of_all_better_is_small():
    p = randomisation_test(np.stack([np.zeros(50), np.ones(50), np.tile([1.0, -1.0], 25)], axis=1), alone(50))
    assert p[0] == p[2] == 1
    assert p[1] == pytest.approx(1e-4, rel=0.01)
