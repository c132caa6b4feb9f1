"""BM25 against the formula written out over a dense matrix."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgretrieval.errors import CollectionError
from kgretrieval.index._lexical_part import K1, B
from kgretrieval.index._postings import Entries, write_segment
from kgretrieval.index.lexical import LexicalIndex, SegmentInfo, write_index

TERMS = ["goal", "election", "飓风", "zürich", "e", "éa"]

matrices = st.integers(0, 8).flatmap(
    lambda n: arrays(np.int32, (n, len(TERMS)), elements=st.sampled_from([0, 0, 0, 1, 2, 7]))
)
queries = st.lists(st.lists(st.sampled_from([*TERMS, "unheard"]), min_size=1, max_size=3).map(tuple), max_size=4)


def bm25(matrix, groups):
    """The scores of all documents, one number at a time."""
    lengths = matrix.sum(axis=1)
    mean = lengths.mean() if lengths.any() else 1.0
    scores = np.zeros(len(matrix))
    for row, counts in enumerate(matrix):
        for group in groups:
            best = 0.0
            for term in set(group) & set(TERMS):
                column = TERMS.index(term)
                n = (matrix[:, column] > 0).sum()
                idf = np.log(1 + (len(matrix) - n + 0.5) / (n + 0.5))
                tf = counts[column]
                best = max(best, idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * lengths[row] / mean)))
            scores[row] += best
    return scores


def index_of(matrix, folder, terms=TERMS):
    """Write the index of a matrix of counts as a new folder in `folder`."""
    keys = [term.encode("utf-8", "surrogatepass") for term in terms]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    counts = np.asarray(matrix, dtype=np.int64).reshape(len(matrix), len(terms))[:, order]
    holders = np.array([f"a:{row:012x}" for row in range(len(counts))], dtype="S14")
    rows, columns = np.nonzero(counts)
    times = counts[rows, columns]
    positions = np.concatenate([np.arange(n) for n in times]) if len(times) else times
    entries = Entries(np.searchsorted(rows, np.arange(len(counts)), side="right"), columns, times, positions)
    new = Path(tempfile.mkdtemp(dir=folder))
    layout = write_segment(new / "1.terms", [keys[i] for i in order], holders, holders, lambda: [entries])
    info = SegmentInfo("1.terms", len(counts), len(counts), int(counts.sum()), layout)
    return write_index(new, [info], np.zeros(0, dtype=np.int64))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lexical")


@given(matrix=matrices, groups=queries, k=st.integers(0, 9))
@settings(max_examples=150, deadline=None)
def test_scores_and_order_are_those_of_the_formula(folder, matrix, groups, k):
    rows, scores = index_of(matrix, folder).search(groups, k)
    truth = bm25(matrix, groups)
    np.testing.assert_allclose(scores, truth[rows], rtol=1e-5)
    assert len(rows) == min(k, (truth > 0).sum())
    if len(rows):
        np.testing.assert_allclose(scores, np.sort(truth)[::-1][: len(rows)], rtol=1e-5)


@given(matrix=matrices, groups=queries)
@settings(max_examples=50, deadline=None)
def test_the_matched_terms_add_up_to_the_score(folder, matrix, groups):
    index = index_of(matrix, folder)
    for row, score in zip(*index.search(groups, 10), strict=True):
        parts = index.score_terms(groups, int(row))
        assert sum(part for _, part in parts) == pytest.approx(float(score), rel=1e-5)
        assert all(matrix[row, TERMS.index(term)] for term, _ in parts)


@given(matrix=matrices, groups=queries, seed=st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_a_filter_takes_documents_out_and_changes_nothing_else(folder, matrix, groups, seed):
    index = index_of(matrix, folder)
    allowed = np.random.default_rng(seed).random(len(matrix)) < 0.5
    rows, scores = index.search(groups, len(matrix))
    filtered, filtered_scores = index.search(groups, len(matrix), allowed=allowed)
    assert filtered.tolist() == rows[allowed[rows]].tolist()
    assert filtered_scores.tolist() == scores[allowed[rows]].tolist()


def test_equal_documents_come_in_order(folder):
    rows, _ = index_of([[1, 0, 0, 0, 0, 0]] * 9, folder).search([("goal",)], 4)
    assert rows.tolist() == [0, 1, 2, 3]


def test_the_best_variant_counts_not_their_sum(folder):
    index = index_of([[1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0]], folder)
    both = index.search([("goal", "election")], 1)[1][0]
    assert both == index.search([("election",)], 1)[1][0]


def test_columns_may_come_in_any_order(tmp_path):
    matrix = np.array([[1, 0, 2], [0, 3, 1]])
    one = index_of(matrix, tmp_path, ["x", "y", "z"])
    two = index_of(matrix[:, [2, 0, 1]], tmp_path, ["z", "x", "y"])
    for term in "xyz":
        assert [part.tolist() for part in one.search([(term,)], 2)] == [
            part.tolist() for part in two.search([(term,)], 2)
        ]


@given(terms=st.lists(st.text(st.characters(exclude_categories=())), unique=True, max_size=30), other=st.text())
@settings(deadline=None, max_examples=80)
def test_every_term_is_found_and_no_other(folder, terms, other):
    index = index_of(np.eye(len(terms), dtype=int).reshape(len(terms), len(terms)), folder, terms)
    assert [index.search([(term,)], 3)[0].tolist() for term in terms] == [[row] for row in range(len(terms))]
    assert index.document_frequency(other) == (other in terms)


@pytest.mark.parametrize("file", ["1.terms", "index.json", "dead.npy"])
def test_a_damaged_index_is_refused(tmp_path, file):
    index_of([[1, 0, 2, 0, 0, 1]], tmp_path)
    (folder,) = tmp_path.iterdir()
    (folder / file).write_bytes(b"\x93NUMPY")
    with pytest.raises(CollectionError, match="build it again"):
        LexicalIndex(folder)


def test_shapes_that_do_not_fit(tmp_path):
    index = index_of([[1, 0, 0, 0, 0, 0]], tmp_path)
    with pytest.raises(ValueError, match="allowed must be"):
        index.search([("goal",)], 1, allowed=np.ones(2, dtype=bool))
    with pytest.raises(ValueError, match="negative"):
        index.search([("goal",)], -1)
