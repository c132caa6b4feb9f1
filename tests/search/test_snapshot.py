"""Derived files: made anew they are the same, damaged they are replaced, and a reader's generation stands still."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
import search_kit
from search_kit import Desk, article_id, picture_id

from kgretrieval.errors import CollectionError
from kgretrieval.index import factory
from kgretrieval.index.snapshot import build_snapshot, open_snapshot
from kgretrieval.store.store import open_store
from kgretrieval.store.write import commit

QUERIES = ["flooded houses", "Angela Merkel in Paris", "a dog on the beach", "北京大学", "apple"]


@pytest.fixture
def store(tmp_path):
    found = search_kit.news(tmp_path / "news")
    yield found
    found.close()


def answers(store):
    return [replace(a, seconds=0.0) for a in search_kit.searcher(store).search_many(QUERIES, k=30)]


def folders(store):
    root = store.location / "index"
    return sorted(p.name for p in root.iterdir()) if root.exists() else []


def test_a_reader_without_files_gives_the_same_answers(store):
    without = answers(store)
    assert folders(store) == []
    build_snapshot(store)
    assert answers(store) == without


def test_the_choice_is_named_for_the_manifest(store):
    choice = build_snapshot(store).choice
    assert {space: told["kind"] for space, told in choice.items()} == {"picture": "exact", "text": "exact"}
    assert choice["text"]["rows"] == len(store.vectors["text"])


@pytest.mark.parametrize("kind", ["scan", "ivf"])
def test_another_kind_of_index_gives_the_same_answers(store, monkeypatch, kind):
    expected = answers(store)
    monkeypatch.setattr(factory, "choose", lambda n: kind)
    choice = build_snapshot(store).choice
    assert {told["kind"] for told in choice.values()} == {kind}
    assert ("recall_text_queries" in choice["text"]) == (kind == "ivf")
    assert (store.location / "index" / "1" / "vectors-text").is_dir()
    assert answers(store) == expected


def test_a_build_removes_older_generations_and_nothing_else(store):
    build_snapshot(store)
    (store.location / "index" / "graph").mkdir()
    desk = Desk(store)
    desk.article("new", "Snow in Oslo")
    desk.commit()
    build_snapshot(store)
    assert folders(store) == ["2", "graph"]


def test_a_second_build_changes_nothing(store):
    build_snapshot(store)
    files = {p: p.stat().st_mtime_ns for p in store.location.rglob("index/**/*")}
    build_snapshot(store)
    assert files == {p: p.stat().st_mtime_ns for p in store.location.rglob("index/**/*")}


@pytest.mark.parametrize(
    "name", ["catalog/ids.npy", "catalog/catalog.json", "lexical/dead.npy", "lexical/1.terms", "lexical"]
)
def test_damaged_files_are_not_used_and_made_again(store, name):
    expected = answers(store)
    build_snapshot(store)
    path = store.location / "index" / "1" / name
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"\x93NUMPY")
    assert answers(store) == expected
    build_snapshot(store)
    assert path.is_dir() or path.stat().st_size > 10


def test_a_pinned_reader_does_not_see_a_later_commit(store):
    reader = open_store(store.location)
    searcher = search_kit.searcher(reader)
    with reader.reading():
        before = searcher.search("snow in Oslo", k=50)
        desk = Desk(store)
        desk.article("snow", "Snow in Oslo")
        desk.commit()
        build_snapshot(store)
        pinned = searcher.search("snow in Oslo", k=50)
    assert replace(pinned, seconds=0.0) == replace(before, seconds=0.0)
    after = searcher.search("snow in Oslo", k=50)
    assert (pinned.generation, after.generation) == (1, 2)
    assert article_id("snow") in {h.id for h in after.hits}
    reader.close()


def test_a_new_reader_sees_each_commit_of_a_running_ingest(store):
    for n in range(3):
        desk = Desk(store)
        desk.article(f"oslo{n}", f"Snow in Oslo, day {n}", source="Oslo")
        desk.commit()
        reader = open_store(store.location)
        assert len(search_kit.searcher(reader).search("snow", source="Oslo").hits) == n + 1
        reader.close()


def test_what_was_deleted_is_found_no_more(store):
    searcher = search_kit.searcher(store)
    wanted = {article_id("flood"), picture_id("a boat in a flooded street")}
    assert wanted <= {h.id for h in searcher.search("boat in a flooded street", k=30).hits}
    commit(store, delete=[article_id("flood")])
    assert not wanted & {h.id for h in searcher.search("boat in a flooded street", k=30).hits}


def test_deleted_rows_belong_to_nobody(store):
    commit(store, delete=[article_id("flood")])
    snapshot = build_snapshot(store)
    rows = snapshot.catalog.vectors["picture"]
    assert (rows == -1).any()
    assert article_id("flood") not in {snapshot.catalog.id(i) for i in rows[rows >= 0]}


def test_every_row_knows_its_document(store):
    catalog = open_snapshot(store).catalog
    place = int(np.flatnonzero(catalog.pixels["picture"])[0])
    assert catalog.id(catalog.vectors["picture"][place]).startswith("p:")
    assert catalog.ordinals([article_id("pie"), "a:000000000000"]).tolist()[1] == -1
    assert catalog.id(catalog.ordinals([article_id("pie")])[0]) == article_id("pie")


def test_lost_vectors_are_said(store):
    path = store.vectors["picture"].path
    path.write_bytes(path.read_bytes()[:2048])
    with pytest.raises(CollectionError, match="restore the file"):
        open_snapshot(store)
