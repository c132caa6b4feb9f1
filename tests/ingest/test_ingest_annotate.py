"""Running extractors again over what a collection holds."""

import shutil
import sqlite3

import pytest

import kgretrieval as kg
from kgretrieval.errors import UsageError
from kgretrieval.ingest import annotate as module
from kgretrieval.types import Article

NEWS = [
    Article(
        key=str(n),
        title=f"{name} opens a factory",
        text=f"{name} met Angela Merkel in Berlin on Friday. She praised the plan. Merkel left Berlin.",
        date="2024-05-0" + str(n),
        language="en",
    )
    for n, name in enumerate(("Tim Cook", "Olaf Scholz", "Emmanuel Macron"), 1)
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "news"
    collection = kg.create(folder)
    collection.add(*NEWS)
    return folder


@pytest.fixture
def copy(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "news")
    return tmp_path / "news"


def mentions(collection):
    return {key: value for key, value in collection.stats().counts.items() if key in {"mention", "relation", "fact"}}


def relations_of(folder, extractor):
    with sqlite3.connect(folder / "kg.sqlite") as connection:
        query = "SELECT COUNT(*) FROM relation WHERE extractor = ?"
        return connection.execute(query, (extractor,)).fetchone()[0]


def test_what_was_read_by_the_same_version_is_left_alone(copy):
    with kg.open(copy) as news:
        before = news.stats()
        report = news.annotate()
        assert (report.documents, report.unchanged) == (0, 3)
        assert news.stats().graph_hash == before.graph_hash


def test_extractors_added_later_find_what_they_would_have_found_at_once(whole, tmp_path):
    with kg.open_or_create(tmp_path / "news", extractors=("tags", "tagger")) as late, kg.open(whole) as news:
        late.add(*NEWS)
        assert mentions(late)["fact"] == 0
        missing = [name for name in kg.extractors.DEFAULT if name not in {"tags", "tagger"}]
        late.annotate(*missing)
        assert mentions(late) == mentions(news)
        assert late.stats().graph_hash == news.stats().graph_hash


def test_an_extractor_of_another_version_replaces_its_own_annotations_alone(copy, monkeypatch):
    with kg.open(copy) as news:
        before = mentions(news)
        opened = relations_of(copy, "relations")
        assert opened
        monkeypatch.setattr(
            "kgretrieval.extractors.relations.Relations.extract",
            lambda self, documents: [kg.extractors.Extraction() for _ in documents],
        )
        monkeypatch.setattr("kgretrieval.extractors.relations._VERSION", "none")
        news.annotate("relations")
        after = mentions(news)
        assert after["mention"] == before["mention"]
        assert after["relation"] == before["relation"] - opened
        monkeypatch.undo()
        news.annotate("relations")
        assert mentions(news) == before


def test_a_run_that_was_stopped_goes_on(copy, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 1)
    monkeypatch.setattr("kgretrieval.extractors.tags.Tags.version", "new")

    def stop(progress):
        if progress.done == 2:
            raise KeyboardInterrupt

    with kg.open(copy) as news:
        with pytest.raises(KeyboardInterrupt):
            news.annotate("tags", progress=stop)
        report = news.annotate("tags")
        assert (report.documents, report.unchanged) == (1, 2)


def test_other_extractors_than_the_collections_are_refused(copy):
    with pytest.raises(UsageError, match=r"extracts with .*, not with tags; leave --extractors out"):
        kg.open_or_create(copy, extractors=("tags",))


def test_a_new_collection_needs_extractors_that_go_together(tmp_path):
    with pytest.raises(UsageError, match="'relations' needs names"):
        kg.open_or_create(tmp_path / "news", extractors=("relations",))
    assert not (tmp_path / "news").exists()
