"""Vector files without dead rows, and what a stop in the middle leaves; vectors kept with 8 bits a number."""

import subprocess
import sys
from contextlib import closing

import numpy as np
import pytest
from hand_made import article, article_id, empty_store
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgretrieval.store.compact import compact_vectors
from kgretrieval.store.scan import vector_rows
from kgretrieval.store.store import open_store
from kgretrieval.store.touched import changes_since
from kgretrieval.store.vectors import VectorFile
from kgretrieval.store.write import commit

NAMES = ("first", "second", "third", "fourth")


@pytest.fixture
def folder(tmp_path):
    store = empty_store(tmp_path / "news")
    for name in NAMES:
        commit(store, [article(name, f"Angela Merkel, {name}", pictures=((name, "Paris."),))])
    commit(store, delete=[article_id("second"), article_id("fourth")])
    store.close()
    return tmp_path / "news"


def named_vectors(store):
    """What each holder's vectors are, wherever they lie."""
    return {
        (space, holder, field, start): store.vectors[space].rows()[row].tobytes()
        for space in store.vectors
        for row, holder, field, start in vector_rows(store, space)
    }


def files(folder):
    return sorted(path.name for path in (folder / "vectors").iterdir())


def test_dead_rows_go_and_all_others_stay_what_they_were(folder):
    store = open_store(folder, write=True)
    before, length = named_vectors(store), len(store.vectors["picture"])
    removed = compact_vectors(store)
    assert removed > 0
    assert named_vectors(store) == before
    assert len(store.vectors["picture"]) == len(vector_rows(store, "picture")) < length
    assert len(files(folder)) == len(store.vectors)
    commit(store, [article("fifth", "Olaf Scholz in Berlin")])
    assert before.items() <= named_vectors(store).items()
    store.close()
    with closing(open_store(folder)) as reader:
        assert before.items() <= named_vectors(reader).items()


def test_nothing_derived_earlier_is_a_beginning(folder):
    store = open_store(folder, write=True)
    earlier = store.generation
    compact_vectors(store)
    assert changes_since(store, earlier) is None
    assert changes_since(store, store.generation) is not None
    assert compact_vectors(store) == 0
    store.close()


def test_a_pinned_reader_sees_the_rows_of_its_generation(folder):
    writer, reader = open_store(folder, write=True), open_store(folder)
    with reader.reading():
        before, rows = vector_rows(reader, "picture"), reader.vectors["picture"].rows()
        compact_vectors(writer)
        assert vector_rows(reader, "picture") == before
        assert len(rows) > before[-1][0]
    assert named_vectors(reader) == named_vectors(writer)
    reader.close()
    writer.close()


@pytest.mark.parametrize("where", ["_rename", "remove_unnamed", "start_anew"])
def test_a_kill_at_any_moment_loses_nothing(folder, where):
    with closing(open_store(folder)) as reader:
        before = named_vectors(reader)
    code = f"""
import os, sys
from pathlib import Path
from kgretrieval.store import compact
from kgretrieval.store.store import open_store
compact.{where} = lambda *_: os._exit(9)
compact.compact_vectors(open_store(Path(sys.argv[1]), write=True))
"""
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 9
    with closing(open_store(folder)) as reader:
        assert named_vectors(reader) == before
    store = open_store(folder, write=True)
    assert len(files(folder)) == len(store.vectors)
    compact_vectors(store)
    assert named_vectors(store) == before
    store.close()


rows_of_five = arrays(np.float32, st.tuples(st.integers(1, 40), st.just(5)), elements=st.floats(-1, 1, width=32))


@given(rows=rows_of_five)
@settings(deadline=None, max_examples=40)
def test_eight_bits_come_back_to_half_a_step(rows, tmp_path_factory):
    file = VectorFile(tmp_path_factory.mktemp("rows") / "picture.i8", 5, "int8")
    assert file.append(rows[:1]) == 0
    file.append(rows[1:])
    kept = file.rows()
    assert kept.shape == rows.shape
    step = np.abs(rows).max(axis=1, keepdims=True) / 127
    assert (np.abs(np.asarray(kept) - rows) <= 0.51 * step + 1e-30).all()
    assert np.array_equal(np.asarray(kept[1:3]), np.asarray(kept)[1:3])
    some = np.arange(len(rows))[::-1]
    assert np.array_equal(kept[some], np.asarray(kept)[some])
    file.wipe([0])
    assert not file.rows()[0].any()


def test_a_file_of_eight_bits_takes_about_half(tmp_path):
    rows = np.random.default_rng(0).standard_normal((10, 512)).astype(np.float32)
    whole, half = VectorFile(tmp_path / "a.f16", 512), VectorFile(tmp_path / "b.i8", 512, "int8")
    whole.append(rows)
    half.append(rows)
    assert half.path.stat().st_size < 0.51 * whole.path.stat().st_size
    half.cut(4)
    assert len(half) == 4
