"""`kg compact` gives room back and changes no answer; vectors can be kept with 8 bits a number."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

import kgretrieval as kg
from kgretrieval.errors import UsageError
from kgretrieval.index import factory
from kgretrieval.store.store import open_store
from kgretrieval.types import Article

QUERIES = ("rocket launch", "election", "flood")


@pytest.fixture
def index(sample_index, tmp_path):
    return shutil.copytree(sample_index, tmp_path / "index")


def answers(collection):
    return [replace(answer, seconds=0.0, generation=0) for answer in collection.search_many(QUERIES, k=30)]


def test_compacting_leaves_deleted_rows_out_and_changes_no_answer(index):
    with kg.open(index) as news:
        gone = [hit.id for hit in news.search("rocket", k=3).hits]
        news.delete(*gone)
        before = answers(news)
        report = news.compact()
        assert report.rows > 0
        assert report.bytes_after < report.bytes_before
        assert answers(news) == before
        again = news.compact()
        assert again.rows == 0
    store = open_store(index)
    assert all(file.path.exists() for file in store.vectors.values())
    store.close()


@pytest.mark.parametrize("kind", ["scan", "ivf"])
def test_additions_and_deletions_after_one_another_answer_as_an_index_made_anew(index, monkeypatch, kind):
    monkeypatch.setattr(factory, "choose", lambda n: kind)
    with kg.open(index) as news:
        news.compact()
        news.add(Article(key="late", title="A late flood in Oslo", text="The river rose."))
        news.delete(news.search("rocket", k=1).hits[0].id)
        before = answers(news)
        news.compact()
        assert answers(news) == before
        assert {told["kind"] for told in news.stats().index.values()} == {kind}


def test_the_command_says_what_it_did(index):
    done = subprocess.run(
        [sys.executable, "-m", "kgretrieval.cli", "compact", "--index", str(index), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert (told["rows"], told["bytes_before"] > 0) == (0, True)


def test_a_collection_keeps_its_vectors_as_it_was_told_to(tmp_path):
    found = {}
    for precision in ("fp16", "int8"):
        with kg.open_or_create(tmp_path / precision, vectors=precision) as news:
            news.add(
                Article(key="oslo", title="Snow in Oslo", text="Snow fell for three days."),
                Article(key="rome", title="Heat in Rome", text="It is the hottest summer on record."),
            )
            found[precision] = [hit.id for hit in news.search("snow").hits]
            news.compact()
            assert [hit.id for hit in news.search("snow").hits] == found[precision]
    assert found["int8"] == found["fp16"]
    sizes = [sum(f.stat().st_size for f in (tmp_path / p / "vectors").iterdir()) for p in ("int8", "fp16")]
    assert sizes[0] < 0.55 * sizes[1]
    with pytest.raises(UsageError, match="keeps vectors as int8, not as fp16"):
        kg.open_or_create(tmp_path / "int8", vectors="fp16")
    with pytest.raises(UsageError, match="one of fp16, int8"):
        kg.open_or_create(tmp_path / "new", vectors="int4")
