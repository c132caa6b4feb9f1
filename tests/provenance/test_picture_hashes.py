"""The array of hashes holds each picture's own, whatever came and went before; a picture's miniature goes with it."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hand_made import empty_store, lone_picture, picture_id
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import CollectionError
from kgretrieval.index.picture_hashes import open_hashes
from kgretrieval.index.snapshot import build_snapshot, open_snapshot
from kgretrieval.store.picture_rows import miniatures
from kgretrieval.store.read import uses_to_delete
from kgretrieval.store.write import commit

NAMES = "abcdef"


def picture(name, phash=None):
    bundle = lone_picture(name)
    value = ord(name) * 0x0123456789ABCDEF if phash is None else phash
    signed = (value + 2**63) % 2**64 - 2**63
    bundle.pictures = [replace(bundle.pictures[0], phash=signed, miniature=name.encode())]
    return bundle


def expected(names):
    """The hashes in the order of the pictures' ids."""
    ids = sorted(map(picture_id, names))
    by_id = {picture_id(name): ord(name) * 0x0123456789ABCDEF for name in names}
    return [by_id[i] for i in ids]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=4))
def test_it_is_the_same_after_any_history(states):
    with tempfile.TemporaryDirectory() as folder:
        store = empty_store(Path(folder) / "news")
        there = set()
        for wanted in states:
            gone = [use for name in sorted(there - wanted) for use in uses_to_delete(store, picture_id(name))]
            commit(store, [picture(name) for name in sorted(wanted - there)], delete=gone)
            there = wanted
            assert open_snapshot(store).hashes.tolist() == expected(there)
            assert build_snapshot(store).hashes.tolist() == expected(there)
        store.close()


@pytest.fixture
def store(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, [picture(name) for name in NAMES])
    yield store
    store.close()


def test_a_damaged_array_is_made_again(store):
    build_snapshot(store)
    file = store.location / "index" / "1" / "hashes" / "hashes.npy"
    file.write_bytes(b"\x93NUMPY")
    assert open_snapshot(store).hashes.tolist() == expected(NAMES)
    np.save(file, np.zeros(2, dtype=np.uint64))
    with pytest.raises(CollectionError, match="build it again"):
        open_hashes(file.parent, open_snapshot(store).catalog)
    shutil.rmtree(file.parent)
    assert build_snapshot(store).hashes.tolist() == expected(NAMES)


def test_the_miniature_goes_with_the_last_use(store):
    assert [row.packed for row in miniatures(store, [picture_id("a")])] == [b"a"]
    commit(store, delete=uses_to_delete(store, picture_id("a")))
    assert miniatures(store, [picture_id("a")]) == []
    assert store.connection.execute("SELECT COUNT(*) FROM miniature").fetchone() == (len(NAMES) - 1,)
