"""Every kind of vector index answers by the same rules; the approximate ones may miss a little."""

import numpy as np
import pytest

from kgretrieval.errors import CollectionError
from kgretrieval.index import factory
from kgretrieval.index.base import VectorIndex
from kgretrieval.index.vector_build import open_vectors, write_vectors

WIDTH = 32


def clustered(n, seed=0, width=WIDTH):
    """Rows of unit length around some centres, as the pictures of a newsroom are."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((max(n // 50, 1), width))
    rows = centres[rng.integers(len(centres), size=n)] + 0.6 * rng.standard_normal((n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def queries_like(rows, count=30, seed=1):
    rng = np.random.default_rng(seed)
    picked = rows[rng.integers(len(rows), size=count)].astype(np.float32)
    picked += 0.05 * rng.standard_normal(picked.shape).astype(np.float32)
    return picked / np.linalg.norm(picked, axis=1, keepdims=True)


def by_hand(rows, query, k, allowed=None):
    """The k best by sorting every float64 inner product."""
    scores = rows.astype(np.float64) @ query.astype(np.float64)
    names = np.arange(len(rows)) if allowed is None else np.flatnonzero(allowed)
    return names[np.lexsort((names, -np.round(scores[names], 6)))][:k], scores


def built(kind, rows, folder, **known):
    write_vectors(rows, folder, kind=kind, **known)
    return open_vectors(rows, folder)


@pytest.fixture(params=factory.KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def rows():
    return clustered(6000)


@pytest.fixture(scope="module")
def indexes(rows, tmp_path_factory):
    return {kind: built(kind, rows, tmp_path_factory.mktemp(kind) / "made") for kind in factory.KINDS}


def test_it_is_a_vector_index(indexes, kind):
    assert isinstance(indexes[kind], VectorIndex)
    assert indexes[kind].kind == kind
    assert 0.95 <= indexes[kind].recall <= 1.0


def test_scores_are_the_inner_products_of_the_rows_and_fall(indexes, kind, rows):
    queries = queries_like(rows)
    found, scores = indexes[kind].search(queries, 10)
    assert (found.dtype, scores.dtype, found.shape) == (np.int64, np.float32, (30, 10))
    truth = np.einsum("mkd,md->mk", rows[found].astype(np.float64), queries)
    np.testing.assert_allclose(scores, truth, atol=1e-5)
    assert (np.diff(scores, axis=1) <= 0).all()


def test_recall_against_sorting_everything(indexes, kind, rows):
    queries = queries_like(rows, count=100)
    found, _ = indexes[kind].search(queries, 10)
    hits = [len(set(line) & set(by_hand(rows, query, 10)[0])) for line, query in zip(found, queries, strict=True)]
    assert np.mean(hits) / 10 >= (1.0 if kind == "exact" else 0.95)


@pytest.fixture(scope="module", params=factory.KINDS)
def large(request, tmp_path_factory):
    """So many rows that a filter may leave too many to compare each of them."""
    rows = clustered(26_000, width=16)
    return rows, built(request.param, rows, tmp_path_factory.mktemp(request.param) / "made")


@pytest.mark.parametrize("share", [0.002, 0.3, 0.9])
def test_a_filter_leaves_k_good_hits(large, share):
    rows, index = large
    allowed = np.random.default_rng(2).random(len(rows)) < share
    queries = queries_like(rows, count=20)
    found, _ = index.search(queries, 10, allowed=allowed)
    assert allowed[found].all()
    hits = [len(set(f) & set(by_hand(rows, q, 10, allowed)[0])) for f, q in zip(found, queries, strict=True)]
    assert np.mean(hits) / 10 >= 0.95


def test_k_hits_come_though_all_that_is_near_is_filtered_out(large):
    rows, index = large
    query = rows[7:8].astype(np.float32)
    allowed = np.zeros(len(rows), dtype=bool)
    allowed[np.argsort(rows.astype(np.float32) @ query[0])[:21_000]] = True
    found, _ = index.search(query, 500, allowed=allowed)
    assert allowed[found].all()
    assert len(set(found[0])) == 500


def test_a_query_gives_the_same_alone_and_among_others(indexes, kind, rows):
    queries = queries_like(rows, count=7)
    together = indexes[kind].search(queries, 5)
    for index, query in enumerate(queries):
        alone = indexes[kind].search(query[None], 5)
        assert np.array_equal(alone[0][0], together[0][index])
        assert np.array_equal(alone[1][0], together[1][index])


def test_all_kinds_give_a_row_the_same_score(indexes, rows):
    query = queries_like(rows, count=1)
    answers = {
        kind: dict(zip(*(part[0] for part in index.search(query, 5)), strict=True)) for kind, index in indexes.items()
    }
    for row in set(answers["exact"]) & set(answers["scan"]) & set(answers["ivf"]):
        assert len({answers[kind][row] for kind in factory.KINDS}) == 1


@pytest.mark.parametrize("n", [0, 1, 3, 60])
def test_fewer_rows_than_asked_for_are_filled_up(kind, n, tmp_path):
    rows = clustered(n) if n else np.zeros((0, WIDTH), dtype=np.float16)
    found, scores = built(kind, rows, tmp_path / "made").search(np.ones((2, WIDTH), dtype=np.float32), 100)
    assert found.shape == scores.shape == (2, 100)
    assert [sorted(line[:n]) for line in found] == [list(range(n))] * 2
    assert (found[:, n:] == -1).all()
    assert np.isneginf(scores[:, n:]).all()


def test_no_hits_wanted_and_no_queries(indexes, kind):
    assert indexes[kind].search(np.ones((3, WIDTH), dtype=np.float32), 0)[0].shape == (3, 0)
    assert indexes[kind].search(np.zeros((0, WIDTH), dtype=np.float32), 4)[1].shape == (0, 4)


def test_equal_rows_come_in_order(kind, tmp_path):
    rows = np.repeat(clustered(20), 5, axis=0)
    found, _ = built(kind, rows, tmp_path / "made").search(rows[50:51].astype(np.float32), 5)
    assert found[0].tolist() == [50, 51, 52, 53, 54]


def test_rows_of_zeros_are_found_last_and_harm_nothing(kind, tmp_path):
    rows = np.concatenate((np.zeros((40, WIDTH), dtype=np.float16), np.abs(clustered(60))))
    found, scores = built(kind, rows, tmp_path / "made").search(np.full((1, WIDTH), 0.1, dtype=np.float32), 100)
    assert sorted(found[0, :60]) == list(range(40, 100))
    assert found[0, 60:].tolist() == list(range(40))
    assert (scores[0, 60:] == 0).all()


def test_a_query_of_zeros_gives_the_first_rows(kind, tmp_path):
    found, scores = built(kind, clustered(50), tmp_path / "made").search(np.zeros((1, WIDTH), dtype=np.float32), 3)
    assert np.isfinite(scores).all()
    if kind != "ivf":
        assert found[0].tolist() == [0, 1, 2]


def test_nothing_allowed_finds_nothing(indexes, kind, rows):
    found, scores = indexes[kind].search(queries_like(rows, count=1), 3, allowed=np.zeros(len(rows), dtype=bool))
    assert found.tolist() == [[-1, -1, -1]]
    assert np.isneginf(scores).all()


@pytest.mark.parametrize("kind", factory.KINDS[1:])
def test_writing_replaces_what_was_there_and_leaves_nothing_else(kind, rows, tmp_path):
    built(kind, rows[:100], tmp_path / "pictures")
    index = built(kind, rows, tmp_path / "pictures")
    assert [entry.name for entry in tmp_path.iterdir()] == ["pictures"]
    assert index.search(rows[5000:5001].astype(np.float32), 1)[0][0, 0] == 5000


def test_rows_newer_than_the_index_are_found(kind, rows, tmp_path):
    more = np.concatenate((rows, clustered(50, seed=9)))
    write_vectors(rows, tmp_path / "pictures", kind=kind)
    loaded = open_vectors(more, tmp_path / "pictures")
    for allowed in (None, np.arange(len(more)) >= 10):
        found, _ = loaded.search(more[6000:].astype(np.float32), 1, allowed=allowed)
        assert found[:, 0].tolist() == list(range(6000, 6050))


def test_float32_rows_work_too(kind, tmp_path):
    rows = clustered(500).astype(np.float32)
    found, _ = built(kind, rows, tmp_path / "made").search(rows[7:8], 1)
    assert found.tolist() == [[7]]


@pytest.mark.parametrize("kind", factory.KINDS[1:])
def test_an_index_of_other_rows_is_refused(kind, rows, tmp_path):
    write_vectors(rows, tmp_path / "pictures", kind=kind)
    for others in (rows[:10], rows[:, :7]):
        with pytest.raises(CollectionError, match="build it again"):
            open_vectors(others, tmp_path / "pictures")


@pytest.mark.parametrize("kind", factory.KINDS[1:])
def test_a_damaged_index_is_refused(kind, rows, tmp_path):
    write_vectors(rows[:200], tmp_path / "pictures", kind=kind)
    whole = {file: file.read_bytes() for file in (tmp_path / "pictures").iterdir() if file.name != "dead.npy"}
    assert len(whole) >= 5
    for file, content in whole.items():
        file.write_bytes(content[:20])
        with pytest.raises(CollectionError, match="cannot be opened"):
            open_vectors(rows, tmp_path / "pictures")
        file.write_bytes(content)


def test_shapes_that_do_not_fit(indexes, kind, rows):
    with pytest.raises(ValueError, match="queries must be"):
        indexes[kind].search(np.zeros((1, WIDTH + 1), dtype=np.float32), 3)
    with pytest.raises(ValueError, match="allowed must be"):
        indexes[kind].search(np.zeros((1, WIDTH), dtype=np.float32), 3, allowed=np.ones(3, dtype=bool))
    with pytest.raises(ValueError, match="negative"):
        indexes[kind].search(np.zeros((1, WIDTH), dtype=np.float32), -1)


def test_the_choice_goes_by_size():
    assert factory.choose(0) == factory.choose(50_000) == "exact"
    assert factory.choose(100_000) == "scan"
    assert factory.choose(1_000_000) == "ivf"
