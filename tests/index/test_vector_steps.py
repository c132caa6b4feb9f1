"""An index of vectors made step by step finds what one made at once finds; what was deleted leaves its files."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.index import coded, vector_build
from kgretrieval.index.vector_build import open_vectors, write_vectors

WIDTH = 16
KINDS = ("scan", "ivf")


def unit(count, seed=0):
    rows = np.random.default_rng(seed).standard_normal((count, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def best(rows, queries, k, allowed):
    """The k best by hand, of the rows that are allowed."""
    scores = queries.astype(np.float64) @ rows.astype(np.float64).T
    names = np.flatnonzero(allowed)
    return [names[np.lexsort((names, -np.round(line[names], 6)))][:k].tolist() for line in scores]


def found(index, queries, k, allowed):
    return [[row for row in line if row >= 0] for line in index.search(queries, k, allowed=allowed)[0].tolist()]


@pytest.fixture
def short_tail(monkeypatch):
    monkeypatch.setattr(vector_build, "TAIL", 20)
    monkeypatch.setattr(vector_build, "_LARGE_SHARE", 2.0)


steps = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), min_size=1, max_size=6)


@pytest.mark.parametrize("kind", KINDS)
@given(steps=steps, seed=st.integers(0, 99), few=st.sampled_from([0, 30]))
@settings(deadline=None, max_examples=15)
def test_any_steps_end_where_brute_force_does(kind, steps, seed, few):
    rng = np.random.default_rng(seed)
    rows, dead = unit(150, seed), np.zeros(150, dtype=bool)
    pixels = rng.random(150) < 0.5
    queries = unit(4, seed + 1).astype(np.float32)
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr(vector_build, "TAIL", 20)
        patched.setattr(vector_build, "_LARGE_SHARE", 2.0)
        patched.setattr(coded, "_FEW_ROWS", few)
        patched.setattr(coded, "_FEW_ALLOWED", 0)
        write_vectors(rows, Path(name, "0"), kind=kind, pixels=pixels)
        for number, (more, fewer) in enumerate(steps):
            rows = np.concatenate((rows, unit(more, seed + number + 2)))
            pixels = np.concatenate((pixels, rng.random(more) < 0.5))
            dead = np.concatenate((dead, np.zeros(more, dtype=bool)))
            gone = rng.integers(len(rows), size=fewer)
            dead[gone], rows[gone] = True, 0
            base, folder = Path(name, str(number)), Path(name, str(number + 1))
            write_vectors(rows, folder, base, kind=kind, pixels=pixels, dead=dead)
        index = open_vectors(rows, folder)
        # All lists: what is left to the codes is the order.
        index.budget = 10**6
        for allowed in (~dead, ~dead & pixels, ~dead & (rng.random(len(rows)) < 0.2)):
            assert found(index, queries, 5, allowed) == best(rows, queries, 5, allowed)


@pytest.mark.parametrize("kind", KINDS)
def test_small_additions_share_the_large_files_and_segments_stay_few(kind, short_tail, tmp_path):
    rows = unit(3_000)
    write_vectors(rows[:1_000], tmp_path / "0", kind=kind)
    large = tmp_path / "0" / "0-1000.faiss"
    for number in range(80):
        write_vectors(rows[: 1_025 + 25 * number], tmp_path / str(number + 1), tmp_path / str(number), kind=kind)
        if number < 10:
            assert (tmp_path / str(number + 1) / large.name).samefile(large)
    index = open_vectors(rows[:3_000], tmp_path / "80")
    assert sum(map(len, index.segments)) == 3_000
    assert len(index.segments) <= 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_row_leaves_no_code_behind(kind, tmp_path):
    rows = unit(500)
    write_vectors(rows, tmp_path / "0", kind=kind)
    before = (tmp_path / "0" / "0-500.faiss").read_bytes()
    dead = np.zeros(500, dtype=bool)
    dead[[3, 499]] = True
    rows[dead] = 0
    write_vectors(rows, tmp_path / "1", tmp_path / "0", kind=kind, dead=dead)
    after = (tmp_path / "1" / "0-500.faiss").read_bytes()
    changed = np.flatnonzero(np.frombuffer(before, np.uint8) != np.frombuffer(after, np.uint8))
    assert 0 < len(changed) <= 2 * WIDTH
    assert {after[place] for place in changed} == {128}
    segment = open_vectors(rows, tmp_path / "1").segments[0]
    lists = np.arange(segment.structure.nlist)
    found, products = segment.search(np.ones(WIDTH, dtype=np.float32), lists, 500, None)
    assert dict(zip(found.tolist(), products.tolist(), strict=True))[3] == 0


def test_a_large_addition_makes_the_lists_anew(tmp_path):
    rows = unit(2_000)
    write_vectors(rows[:500], tmp_path / "0", kind="ivf")
    write_vectors(rows, tmp_path / "1", tmp_path / "0", kind="ivf")
    assert len(open_vectors(rows, tmp_path / "1").segments) == 1


def test_recall_is_measured_for_texts_among_pictures_and_pictures_among_texts(tmp_path):
    rows, pixels = unit(4_000), np.arange(4_000) % 2 == 0
    write_vectors(rows, tmp_path / "both", kind="ivf", pixels=pixels)
    index = open_vectors(rows, tmp_path / "both")
    assert set(index.recalls) == {"text", "picture"}
    for kind, own in (("text", ~pixels), ("picture", pixels)):
        queries = rows[own][7:300:9].astype(np.float32)
        true = best(rows, queries, 10, ~own)
        seen = found(index, queries, 10, ~own)
        share = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(seen, true, strict=True)])
        assert share == pytest.approx(index.recalls[kind], abs=0.03)
        assert share > 0.97
    write_vectors(rows, tmp_path / "one", kind="ivf", pixels=np.zeros(4_000, dtype=bool))
    assert set(open_vectors(rows, tmp_path / "one").recalls) == {"text"}


def test_a_scan_is_right_where_the_codes_cannot_tell_rows_apart(tmp_path):
    rng = np.random.default_rng(0)
    rows = unit(1).astype(np.float32) + 1e-3 * rng.standard_normal((3_000, WIDTH)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) * 1.001
    # The steps of the codes are those of other rows.
    rows = np.concatenate((rows, unit(2_000, seed=1).astype(np.float32))).astype(np.float16)
    queries = rows[:6].astype(np.float32)
    write_vectors(rows, tmp_path / "made", kind="scan")
    index, every_row = open_vectors(rows, tmp_path / "made"), open_vectors(rows, tmp_path / "none")
    for k in (1, 10):
        for allowed in (np.ones(len(rows), dtype=bool), rng.random(len(rows)) < 0.9):
            assert found(index, queries, k, allowed) == found(every_row, queries, k, allowed)
