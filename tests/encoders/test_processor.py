"""Batches that fit the memory, and work spread over the cores."""

import numpy as np
import pytest
import torch

from kgretrieval.encoders import _processor
from kgretrieval.encoders._processor import fitting, free_memory, halving, on_each_core


def test_batches_shrink_with_the_memory(monkeypatch):
    monkeypatch.setattr(_processor, "free_memory", lambda: 8 * 1024**2 * torch.get_num_threads())
    assert [fitting(size, most=16) for size in (1, 2**17, 2**19, 2**20, 2**30)] == [16, 16, 4, 2, 1]


def test_the_control_group_limits_what_is_free(tmp_path, monkeypatch):
    (tmp_path / "max").write_text("3000000\n")
    (tmp_path / "current").write_text("1000000\n")
    assert free_memory() > 3_000_000
    monkeypatch.setattr(_processor, "_LIMITS", ((str(tmp_path / "max"), str(tmp_path / "current")),))
    assert free_memory() == 2_000_000
    (tmp_path / "max").write_text("max\n")
    assert free_memory() > 3_000_000


def test_a_batch_that_takes_too_much_memory_is_halved():
    sizes = []

    def work(items):
        sizes.append(len(items))
        if len(items) > 2:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")
        return np.array(items, np.float32)

    np.testing.assert_array_equal(halving(work, [1, 2, 3, 4, 5]), [1, 2, 3, 4, 5])
    assert sizes == [5, 2, 3, 1, 2]


@pytest.mark.parametrize(
    "error", [RuntimeError("mat1 and mat2 shapes cannot be multiplied"), ValueError("out of memory")]
)
def test_other_errors_are_not_tried_again(error):
    def work(items):
        raise error

    with pytest.raises(type(error), match=str(error)):
        halving(work, [1, 2, 3, 4])


def test_the_number_of_threads_is_what_it_was():
    before = torch.get_num_threads()
    used = on_each_core(lambda _: np.array([torch.get_num_threads()]), range(4))
    assert [int(row[0]) for row in used] == [1, 1, 1, 1]
    with pytest.raises(ZeroDivisionError):
        on_each_core(lambda x: np.array([1 // x]), [1, 0])
    assert torch.get_num_threads() == before
