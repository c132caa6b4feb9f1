"""How an article sounds towards a name stands on the edge between them."""

import pytest
from hand_made import PEOPLE, empty_store, entity_id, mentions

from kgretrieval.graph.view import build_graph
from kgretrieval.store.ids import make_id
from kgretrieval.store.label_rows import commit_labels, labels_of
from kgretrieval.store.records import Bundle, LabelRow
from kgretrieval.store.write import commit
from kgretrieval.types import Article, Label

TEXT = "Angela Merkel won. Angela Merkel lost. Olaf Scholz came."
A = make_id("a", "one")


@pytest.fixture
def store(tmp_path):
    opened = empty_store(tmp_path / "news")
    bundle = Bundle(A, Article(key="one", title="One", text=TEXT, language="en"), digest="1")
    bundle.annotations.mentions += mentions(A, A, "text", TEXT, PEOPLE)
    commit(opened, [bundle])
    yield opened
    opened.close()


def towards(start, value, probability, *, sure=True):
    name = "Angela Merkel" if start < 30 else "Olaf Scholz"
    place = {"field": "text", "start": start, "end": start + len(name), "text": name}
    return LabelRow(A, A, Label("towards", value, probability, "towards", "1", sure, **place))


def on_edges(store):
    edges = build_graph(store).edges(data=True)
    return {target: data["towards"] for _, target, data in edges if "towards" in data}


def test_the_stronger_of_two_sentences_speaks_and_doubt_says_nothing(store):
    merkel = entity_id("Angela Merkel")
    rows = [
        towards(0, "positive", 0.9),
        towards(TEXT.index("Angela Merkel lost"), "negative", 0.95),
        towards(TEXT.index("Olaf"), "positive", 0.5, sure=False),
    ]
    commit_labels(store, "towards", "1", [A], rows)
    assert on_edges(store) == {merkel: "negative"}
    assert [one.entity for one in labels_of(store, [A])[A]] == [merkel, merkel, entity_id("Olaf Scholz")]
    commit_labels(store, "towards", "2", [A], rows[:1])
    assert on_edges(store) == {merkel: "positive"}
