"""Whatever happened to a collection, its labels are those of its documents, its decisions and its models."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hand_made import empty_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.classify.base import Examples, Item, Settings
from kgretrieval.classify.training import train_head
from kgretrieval.errors import KgError, UnreadableError
from kgretrieval.labelling.apply import sort_collection, sort_new
from kgretrieval.labelling.heads import head_file
from kgretrieval.resolution.decide import decide, undo
from kgretrieval.resolution.travel import exported, take_over
from kgretrieval.store.decisions import decisions
from kgretrieval.store.ids import make_id
from kgretrieval.store.label_rows import label_counts, labels_of
from kgretrieval.store.own_labels import own_labels
from kgretrieval.store.records import Bundle
from kgretrieval.store.write import commit
from kgretrieval.types import Article

TEXTS = {"sport": "the striker scored a goal for the league", "politics": "the minister lost a vote on the budget"}
KEYS = st.sampled_from("ab")
VALUES = st.sampled_from(["sport", "politics", "culture"])
STEPS = st.one_of(
    st.tuples(st.just("put"), KEYS, st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("put"), KEYS, st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("say"), KEYS, VALUES),
    st.tuples(st.just("say"), KEYS, VALUES),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("sort")),
)


@pytest.fixture(scope="module")
def head():
    items = tuple(Item(f"{text} on day {n}") for n in range(4) for text in TEXTS.values())
    examples = Examples(items, np.array([1, 0] * 4), ("politics", "sport"))
    return train_head("section", examples, model="linear", settings=Settings(), precision=0)


def bundle(key, text):
    article = Article(key=key, title=f"Story {key}", text=TEXTS[text], language="en")
    return Bundle(make_id("a", key), article, digest=f"{key} {text}")


class History:
    """A collection to which things happen, with the documents that it should hold in the end."""

    def __init__(self, folder, head):
        self.store = empty_store(folder)
        head_file(folder, "section").parent.mkdir()
        head.save(head_file(folder, "section"))
        self.head = head
        self.texts = {}
        sort_collection(self.store, head)

    def take(self, step):
        kind, *about = step
        # A person may name what is not there; then nothing happens.
        with suppress(KgError):
            getattr(self, f"_{kind}")(*about)

    def _put(self, key, text):
        self.texts[key] = text
        commit(self.store, [bundle(key, text)])
        sort_new(self.store, self.store.location)

    def _delete(self, key):
        if self.texts.pop(key, None):
            commit(self.store, delete=[make_id("a", key)])

    def _say(self, key, value):
        decide(self.store, "label", make_id("a", key), "section", to=value)

    def _undo(self, which):
        held = [one.id for one in decisions(self.store, active=True)]
        undo(self.store, held[which % len(held)] if held else 1)

    def _sort(self):
        sort_collection(self.store, self.head)


def held(store):
    ids = [make_id("a", key) for key in "ab"]
    return labels_of(store, ids), own_labels(store, "section"), label_counts(store)


@given(st.lists(STEPS, min_size=2, max_size=10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_labels_are_those_of_the_documents_and_decisions(head, steps):
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "news", head)
        again = History(Path(folder) / "again", head)
        try:
            for step in steps:
                history.take(step)
            travelled = Path(folder) / "decisions.jsonl"
            travelled.write_text("\n".join(map(json.dumps, exported(history.store))), encoding="utf-8")
            take_over(again.store, travelled)
            commit(again.store, [bundle(key, text) for key, text in sorted(history.texts.items(), reverse=True)])
            sort_new(again.store, again.store.location)
            assert held(history.store) == held(again.store)
        finally:
            history.store.close()
            again.store.close()


def test_what_a_person_said_holds_when_the_article_changes_and_comes_again(head, tmp_path):
    history = History(tmp_path / "news", head)
    history.take(("put", "a", "sport"))
    article = make_id("a", "a")

    def value():
        return [one.value for one in labels_of(history.store, [article]).get(article, ())]

    assert value() == ["sport"]
    history.take(("say", "a", "culture"))
    assert value() == ["culture"]
    history.take(("put", "a", "politics"))
    assert value() == ["culture"]
    history.take(("delete", "a"))
    # It waits for the article, but nothing is counted or learned from that is not there.
    assert label_counts(history.store) == {}
    assert own_labels(history.store, "section") == []
    history.take(("put", "a", "sport"))
    assert value() == ["culture"]
    history.take(("undo", 0))
    assert value() == ["sport"]
    history.store.close()


def test_labels_travel_to_a_collection_that_has_the_article_later(head, tmp_path):
    history, other = History(tmp_path / "news", head), History(tmp_path / "other", head)
    history.take(("put", "a", "sport"))
    history.take(("say", "a", "culture"))
    file = tmp_path / "decisions.jsonl"
    file.write_text("\n".join(map(json.dumps, exported(history.store))), encoding="utf-8")
    assert take_over(other.store, file) == 1
    other.take(("put", "a", "politics"))
    assert own_labels(other.store, "section") == [(make_id("a", "a"), "culture")]
    file.write_text(file.read_text(encoding="utf-8").replace('"value": "culture"', '"value": ""'), encoding="utf-8")
    with pytest.raises(UnreadableError, match="is no decision"):
        take_over(other.store, file)
    history.store.close()
    other.store.close()


def test_the_last_word_counts_and_undoing_it_brings_back_the_one_before(head, tmp_path):
    history = History(tmp_path / "news", head)
    history.take(("put", "a", "sport"))
    history.take(("say", "a", "culture"))
    history.take(("say", "a", "politics"))
    assert own_labels(history.store, "section") == [(make_id("a", "a"), "politics")]
    history.take(("undo", 1))
    assert own_labels(history.store, "section") == [(make_id("a", "a"), "culture")]
    history.store.close()
