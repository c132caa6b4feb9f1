"""Half-precision rows are widened exactly, and an exact search needs no FAISS."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgretrieval.index._products import Bfloat16, Blas
from kgretrieval.index._scan import nearest, scores_of

halves = arrays(np.float16, st.tuples(st.integers(1, 300), st.just(5)), elements=st.floats(-1, 1, width=16))
wholes = arrays(np.float32, 5, elements=st.floats(-1, 1, width=32, allow_subnormal=False))


@given(rows=halves, query=wholes)
@settings(deadline=None)
def test_scores_equal_those_of_widened_rows(rows, query):
    expected = np.einsum("ij,j->i", rows.astype(np.float32), query)
    np.testing.assert_allclose(scores_of(rows, query), expected, rtol=1e-6, atol=1e-30)


@given(rows=halves, query=wholes, seed=st.integers(0, 9))
@settings(deadline=None)
def test_the_score_of_a_row_does_not_depend_on_its_company(rows, query, seed):
    some = np.flatnonzero(np.random.default_rng(seed).random(len(rows)) < 0.3)
    assert np.array_equal(scores_of(rows, query, some), scores_of(rows, query)[some])


@given(rows=halves, query=wholes, k=st.integers(1, 20))
@settings(deadline=None)
def test_the_best_are_those_of_sorting_all(rows, query, k):
    found, scores = nearest(rows, np.stack([query, -query]), k)
    everything = scores_of(rows, query)
    order = np.lexsort((np.arange(len(rows)), -everything))[:k]
    assert found[0, : len(order)].tolist() == order.tolist()
    assert np.array_equal(scores[0, : len(order)], everything[order])


def unit_rows(count, width=24, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_a_batch_of_many_blocks_finds_what_each_query_finds(kind):
    rows, queries = unit_rows(9_000).astype(kind), unit_rows(9, seed=1)
    for some in (None, np.arange(0, 9_000, 2)):
        together = nearest(rows, queries, 7, rows=some)
        alone = [nearest(rows, query[None], 7, rows=some) for query in queries]
        assert np.array_equal(together[0], np.concatenate([found for found, _ in alone]))
        assert np.array_equal(together[1], np.concatenate([scores for _, scores in alone]))


@pytest.mark.parametrize("product", [Blas, Bfloat16])
@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_products_are_as_near_as_they_say(product, kind):
    pytest.importorskip("torch")
    rows, queries = unit_rows(500, width=100).astype(kind), 3 * unit_rows(20, width=100, seed=1)
    rows[:50] = rows[:50] * kind(2e-4)
    made = product(rows, queries, 500)
    off = np.abs(made(rows) - queries.astype(np.float64) @ rows.astype(np.float64).T)
    assert (off <= made.error[:, None]).all()


def test_equal_rows_tie_in_a_batch_too():
    rows = np.repeat(np.random.default_rng(0).standard_normal((1, 509)).astype(np.float16) / 30, 1003, axis=0)
    queries = np.random.default_rng(1).standard_normal((7, 509)).astype(np.float32)
    assert nearest(rows, queries, 3)[0].tolist() == [[0, 1, 2]] * 7


def test_an_exact_search_imports_no_faiss(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from kgretrieval.index import lexical, vector_build\n"
        "from pathlib import Path\n"
        "rows = np.eye(4, dtype=np.float16)\n"
        "vector_build.open_vectors(rows, Path('none')).search(np.eye(4, dtype=np.float32), 2)\n"
        "assert not {'faiss', 'scipy', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
