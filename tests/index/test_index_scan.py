"""Half-precision rows are widened exactly, and an exact search needs no FAISS."""

import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

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


def test_equal_rows_tie_in_a_batch_too():
    rows = np.repeat(np.random.default_rng(0).standard_normal((1, 509)).astype(np.float16) / 30, 1003, axis=0)
    queries = np.random.default_rng(1).standard_normal((7, 509)).astype(np.float32)
    assert nearest(rows, queries, 3)[0].tolist() == [[0, 1, 2]] * 7


def test_an_exact_search_imports_no_faiss(tmp_path):
    code = (
        "import sys, numpy as np\n"
        "from kgretrieval.index import factory, lexical\n"
        "factory.build('exact', np.eye(4, dtype=np.float16)).search(np.eye(4, dtype=np.float32), 2)\n"
        "assert not {'faiss', 'scipy', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
