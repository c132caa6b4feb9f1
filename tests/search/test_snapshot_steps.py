"""Derived files brought up to date step by step are those made at once."""

import tempfile
from pathlib import Path

import numpy as np
import search_kit
from hypothesis import given, settings
from hypothesis import strategies as st
from search_kit import Desk, article_id, picture_id

from kgretrieval.index import snapshot as snapshots
from kgretrieval.index.bases import Base, base_of
from kgretrieval.index.catalog import open_catalog
from kgretrieval.index.catalog_build import write_catalog
from kgretrieval.index.snapshot import build_snapshot
from kgretrieval.store.read import uses_to_delete
from kgretrieval.store.touched import forget_changes
from kgretrieval.store.write import commit

PICTURES = ["a dog on a beach", "a flooded street", "a rocket", "snow on a mountain"]

article = st.tuples(
    st.just("put"),
    st.integers(0, 5),
    st.sampled_from(["2024", "2023-05-01", ""]),
    st.sampled_from(["BBC", "Reuters", ""]),
    st.lists(st.sampled_from(PICTURES), unique=True, max_size=3),
)
gone = st.tuples(st.just("delete"), st.integers(0, 5))
lone = st.tuples(st.just("picture"), st.sampled_from(PICTURES))
lost = st.tuples(st.just("lose"), st.sampled_from(PICTURES))
history = st.lists(st.tuples(st.one_of(article, gone, lone, lost), st.booleans()), min_size=2, max_size=9)


def act(store, action):
    desk = Desk(store)
    match action:
        case ("put", number, date, source, pictures):
            shown = [(shows, f"{shows}, day {number}") for shows in pictures]
            desk.article(
                f"k{number}", f"Headline {number}", f"From {source}.", pictures=shown, date=date, source=source
            )
            desk.commit()
        case ("delete", number):
            commit(store, delete=[article_id(f"k{number}")])
        case ("picture", shows):
            desk.picture(shows, f"only {shows}", date="2020")
            desk.commit()
        case ("lose", shows):
            commit(store, delete=uses_to_delete(store, picture_id(shows)))


def contents(folder):
    return {path.name: np.load(path) for path in folder.glob("*.npy")}


@settings(max_examples=40, deadline=None)
@given(history)
def test_a_catalog_made_in_steps_is_the_one_made_at_once(actions):
    with tempfile.TemporaryDirectory() as name:
        store = search_kit.new_store(Path(name) / "news")
        for action, derive in actions:
            act(store, action)
            if derive:
                build_snapshot(store)
                forget_changes(store, store.generation)
        build_snapshot(store)
        made = store.location / "index" / str(store.generation)
        with store.reading():
            owners = snapshots.LexicalIndex(made / "lexical").owners
            write_catalog(store, owners, Path(name) / "whole")
        steps, whole = contents(made / "catalog"), contents(Path(name) / "whole")
        assert steps.keys() == whole.keys()
        for part, array in whole.items():
            np.testing.assert_array_equal(steps[part], array, err_msg=part)
            assert steps[part].dtype == array.dtype
        one, other = open_catalog(made / "catalog"), open_catalog(Path(name) / "whole")
        assert (one.articles, one.sources, one.languages) == (other.articles, other.sources, other.languages)
        store.close()


def test_a_small_change_begins_at_the_files_of_the_last_generation(tmp_path):
    store = search_kit.news(tmp_path / "news")
    build_snapshot(store)
    forget_changes(store, store.generation)
    act(store, ("put", 1, "2024", "BBC", PICTURES[:1]))
    root = store.location / "index"
    with store.reading():
        base = base_of(store, root)
    assert isinstance(base, Base)
    assert base.folder == root / "1"
    uses = {i for i in base.changes.texts if i.startswith("u:")}
    assert base.changes.texts - uses == {article_id("k1"), picture_id(PICTURES[0])}
    assert len(uses) == 1
    assert base.changes.graph == {article_id("k1"), picture_id(PICTURES[0])}
    store.close()


def test_files_older_than_the_log_are_no_beginning(tmp_path):
    store = search_kit.news(tmp_path / "news")
    build_snapshot(store)
    act(store, ("put", 1, "2024", "BBC", []))
    forget_changes(store, store.generation)
    act(store, ("put", 2, "2024", "BBC", []))
    with store.reading():
        assert base_of(store, store.location / "index") is None
    store.close()
