"""Whatever happened to a collection, it holds what a new one with the same documents and decisions holds."""

import json
import sqlite3
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kgretrieval as kg
from kgretrieval import encoders, extractors
from kgretrieval.errors import KgError
from kgretrieval.types import Article

#: For each key what the article may say: namesakes, short forms, an acronym, a denial, wire copy.
TEXTS = {
    "a": (
        "Angela Merkel met Emmanuel Macron in Paris on Monday. She praised the United Nations (UN).",
        "Angela Merkel did not meet Emmanuel Macron. Merkel stayed in Berlin.",
    ),
    "b": (
        "The UN sent Tim Cook to Berlin. Apple chief executive Tim Cook founded a school in 2004.",
        "Tim Cook, chief executive of Apple, denied that Apple would buy Siemens.",
    ),
    "c": (
        "Plumber John Smith, 45, won the lottery in Leeds. Smith bought a house.",
        "John Smith, the Labour leader, spoke in Edinburgh. Smith led Labour.",
    ),
    "d": (
        "John Smith, the Labour leader, died in London in May 1994. Tony Blair succeeded him.",
        "Volodymyr Zelensky met Tony Blair in London. Zelensky thanked Blair.",
    ),
    "e": (
        "Volodymyr Zelenskyy met Tony Blair in London. Zelenskyy thanked Blair.",
        "Merkel visited Leeds. Siemens AG hired John Smith.",
    ),
}
KEYS = st.sampled_from(sorted(TEXTS))
STEPS = st.one_of(
    st.tuples(st.just("put"), KEYS, st.integers(0, 1)),
    st.tuples(st.just("put"), KEYS, st.integers(0, 1)),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("annotate"), st.sampled_from(extractors.DEFAULT)),
    st.tuples(st.just("merge"), st.sampled_from([("Tony Blair", "Tim Cook"), ("Berlin", "Paris")])),
    st.tuples(st.just("split"), KEYS),
    st.tuples(st.just("hide"), st.sampled_from([("Leeds",), ("Siemens",)])),
    st.tuples(st.just("rename"), st.sampled_from(["John Smith", "Apple"])),
    st.tuples(st.just("undo")),
)


@pytest.fixture(scope="module", autouse=True)
def _loaded_once():
    """Let all collections of this module share the models, whose loading would take most of the time."""
    patch = pytest.MonkeyPatch()
    patch.setattr(encoders, "load", lru_cache(encoders.load))
    loaded = {e.name: e for e in extractors.load()}
    patch.setattr(extractors, "load", lambda names=extractors.DEFAULT: [loaded[name] for name in names])
    patch.setattr("kgretrieval.ingest.annotate.load", extractors.load)
    yield
    patch.undo()


def article(key, variant):
    date = f"2024-05-0{sorted(TEXTS).index(key) + 1}"
    return Article(key=key, title=f"Story {key}", text=TEXTS[key][variant], date=date, source=f"Paper {key}")


class History:
    """A collection to which things happen, with what it should hold in the end."""

    def __init__(self, folder):
        self.folder = folder
        self.news = kg.create(folder / "news")
        self.articles = {}
        self.ids = {}

    def take(self, step):
        kind, *about = step
        # A person may name what is not there; then nothing happens.
        with suppress(KgError):
            getattr(self, f"_{kind}")(*about)

    def _put(self, key, variant):
        self.articles[key] = article(key, variant)
        self.news.add(self.articles[key])

    def _delete(self, key):
        if self.articles.pop(key, None):
            self.news.delete(article_id(key))

    def _annotate(self, name):
        self._forget(name)
        self.news.annotate(name)

    def _forget(self, name):
        """Let the annotations of one extractor seem to be of an older version."""
        with sqlite3.connect(self.folder / "news" / "kg.sqlite") as connection:
            connection.execute("UPDATE annotated SET version = 'older' WHERE extractor = ?", (name,))

    def _merge(self, names):
        self.news.decide("merge", *names)

    def _split(self, key):
        self.news.decide("split", "John Smith", article_id(key))

    def _hide(self, names):
        self.news.decide("hide", *names)

    def _rename(self, name):
        self.news.decide("rename", name, to=f"{name} the Great")

    def _undo(self):
        held = [one.id for one in self.news.decisions() if not one.undone_at]
        if held:
            self.news.undo(held[-1])

    def rebuilt(self):
        again = kg.create(self.folder / "again")
        lines = map(json.dumps, self.news.export_decisions())
        (self.folder / "decisions.jsonl").write_text("\n".join(lines), encoding="utf-8")
        again.import_decisions(self.folder / "decisions.jsonl")
        again.add(*self.articles.values())
        return again


def article_id(key):
    from kgretrieval.store.ids import make_id

    return make_id("a", key)


def held(collection):
    """Return everything that a reader can see of what is known: entities, mentions, statements."""
    collection.close()
    with sqlite3.connect(collection.location / "kg.sqlite") as connection:
        return {
            name: sorted(connection.execute(query).fetchall(), key=repr)
            for name, query in {
                "entity": "SELECT * FROM entity",
                "alias": "SELECT * FROM alias",
                "mention": "SELECT document, field, start, end, text, type, entity, name, value FROM mention",
                "relation": "SELECT id, fact, subject_entity, object_entity, modality, negated, time FROM relation",
                "reference": "SELECT document, field, start, end, name FROM reference",
                "frame": "SELECT document, field, start, end, lemma, roles FROM frame",
            }.items()
        }


@given(st.lists(STEPS, min_size=3, max_size=9))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_collection_is_what_its_documents_and_decisions_make_it(steps):
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for step in steps:
            history.take(step)
        again = history.rebuilt()
        assert held(history.news) == held(again)
        assert history.news.stats().graph_hash == again.stats().graph_hash
        again.close()
        history.news.close()


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_deleted_article_takes_its_evidence_and_nothing_else(key, tmp_path):
    news = kg.create(tmp_path / "news")
    news.add(*(article(one, 0) for one in TEXTS))
    before = statements(news)
    gone = {one for one in before if one[1] == article_id(key)}
    assert gone
    news.delete(article_id(key))
    assert statements(news) == before - gone
    assert not [one for one in held(news)["mention"] if one[0] == article_id(key)]


def statements(news):
    news.close()
    with sqlite3.connect(news.location / "kg.sqlite") as connection:
        return set(
            connection.execute("SELECT id, document, subject, predicate, object, negated, modality FROM relation")
        )
