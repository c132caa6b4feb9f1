"""The packed table gives the rows that were packed."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from kgretrieval.encoders._table import TokenTable
from kgretrieval.encoders._weights import WeightFile

LEVELS = np.linspace(-2, 2, 16, dtype=np.float16)
ROWS, WIDTH, FINE = 9, 6, np.array([2, 7], np.int32)


def numbers(codes, scale):
    return LEVELS.astype(np.float32)[codes] * scale.astype(np.float32)[:, None]


@pytest.fixture
def packed(tmp_path):
    """A table of random codes, and the matrix that it stands for."""
    rng = np.random.default_rng(0)
    codes, fine = rng.integers(0, 16, (ROWS, WIDTH)), rng.integers(0, 16, (len(FINE), WIDTH))
    scale, fine_scale = rng.random(ROWS).astype(np.float16), rng.random(len(FINE)).astype(np.float16) / 16
    columns = rng.random(WIDTH).astype(np.float16)
    two = [(c[:, ::2] | c[:, 1::2] << 4).astype(np.uint8) for c in (codes, fine)]
    tensors = {"table": two[0], "table.scale": scale, "table.levels": LEVELS, "table.columns": columns}
    tensors |= {"table.fine": two[1], "table.fine.rows": FINE, "table.fine.scale": fine_scale}
    save_file(tensors, tmp_path / "table.safetensors")
    matrix = numbers(codes, scale)
    matrix[FINE] += numbers(fine, fine_scale)
    return TokenTable(WeightFile(tmp_path / "table.safetensors"), "table"), matrix * columns.astype(np.float32)


def test_single_rows_come_back(packed):
    table, matrix = packed
    every = np.arange(ROWS)
    np.testing.assert_allclose(table.sums(every, np.ones(ROWS, np.float32), every, ROWS), matrix, atol=1e-6)


@pytest.mark.parametrize("count", [1, 31, 32, 33, 100])
def test_sums_are_weighted_sums_of_rows(packed, count):
    table, matrix = packed
    rng = np.random.default_rng(count)
    owner = np.sort(np.concatenate([np.arange(count), rng.integers(0, count, 3 * count)]))
    rows, weights = rng.integers(0, ROWS, len(owner)), rng.random(len(owner)).astype(np.float32)
    expected = np.zeros((count, WIDTH), np.float32)
    np.add.at(expected, owner, matrix[rows] * weights[:, None])
    np.testing.assert_allclose(table.sums(rows, weights, owner, count), expected, atol=1e-5)
