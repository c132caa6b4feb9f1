"""Labels as filters, facets and beside hits: what a person said wins, what a model is not sure of does not count."""

import pytest
import search_kit as kit

from kgretrieval.errors import UsageError
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.store.label_rows import commit_labels
from kgretrieval.store.records import LabelRow
from kgretrieval.store.write import writing
from kgretrieval.types import Label

TEXTS = {
    "gale": "Angela Merkel praised the crews who cleared the road after the gale.",
    "strike": "Angela Merkel sharply criticised the strike at the port.",
    "match": "The match at the port ended without a goal.",
}
LABELS = {
    "gale": [("topic", "society", 0.93, True), ("sentiment", "positive", 0.9, True)],
    "strike": [("topic", "business", 0.97, True), ("sentiment", "negative", 0.95, True)],
    "match": [("topic", "sport", 0.55, False), ("sentiment", "neutral", 0.9, True)],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    store = kit.new_store(tmp_path_factory.mktemp("labels") / "index")
    desk = kit.Desk(store)
    for key, text in TEXTS.items():
        desk.article(key, f"A {key} in the north", text)
    desk.commit()
    resolve_collection(store)
    rows = [
        LabelRow(kit.article_id(key), kit.article_id(key), Label(*said[:3], extractor="test", sure=said[3]))
        for key, labels in LABELS.items()
        for said in labels
    ]
    for key, sounds in (("gale", "positive"), ("strike", "negative")):
        place = Label("towards", sounds, 0.9, "test", "", True, "text", 0, len("Angela Merkel"), "Angela Merkel")
        rows.append(LabelRow(kit.article_id(key), kit.article_id(key), place))
    commit_labels(store, "test", "1", [kit.article_id(key) for key in TEXTS], rows)
    yield kit.searcher(store)
    store.close()


def found(archive, **asked):
    hits = archive.search("port road goal", kind="article", min_score=0, **asked).hits
    return sorted(key for key in TEXTS if kit.article_id(key) in {hit.id for hit in hits})


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({}, ["gale", "match", "strike"]),
        ({"topic": "Business"}, ["strike"]),
        ({"topic": "sport"}, []),
        ({"sentiment": "negative"}, ["strike"]),
        ({"labels": "sentiment=neutral"}, ["match"]),
        ({"labels": ["topic=society", "sentiment=positive"]}, ["gale"]),
        ({"labels": ["topic=society", "sentiment=negative"]}, []),
        ({"mentions": "Angela Merkel"}, ["gale", "strike"]),
        ({"mentions": "Angela Merkel", "towards": "negative"}, ["strike"]),
    ],
)
def test_a_filter_by_label_lets_through_what_is_surely_so(archive, asked, keys):
    assert found(archive, **asked) == keys


def test_hits_and_facets_say_what_they_are_sorted_under(archive):
    answer = archive.search("port", kind="article", min_score=0, facets=True)
    labels = {hit.id: {one.scheme: one.value for one in hit.labels} for hit in answer.hits}
    assert labels[kit.article_id("strike")] == {"sentiment": "negative", "topic": "business"}
    assert labels[kit.article_id("match")] == {"sentiment": "neutral"}
    facets = {facet.name: dict(facet.values) for facet in answer.facets}
    assert facets["sentiment"] == {"negative": 1, "neutral": 1}


def test_a_label_that_nothing_has_says_which_there_are(archive):
    (note,) = archive.search("port", sentiment="furious").notes
    assert "'furious'" in note
    assert "negative" in note
    (note,) = archive.search("port", labels="section=sport").notes
    assert "'section'" in note
    assert "topic" in note
    notes = archive.search("port", mentions="Angela Merkel", towards="neutral").notes
    assert any("sounds neutral towards Angela Merkel" in note for note in notes)


@pytest.mark.parametrize("asked", [{"towards": "negative"}, {"labels": "sport"}, {"labels": ["=x"]}])
def test_a_filter_that_makes_no_sense_says_so(archive, asked):
    with pytest.raises(UsageError):
        archive.search("port", **asked)


def test_what_a_person_said_wins(archive):
    with writing(archive._store) as connection:
        connection.execute("INSERT INTO own_label VALUES (?, 'topic', 'sport', 1)", (kit.article_id("strike"),))
    try:
        assert found(archive, topic="sport") == ["strike"]
        assert found(archive, topic="business") == []
    finally:
        with writing(archive._store) as connection:
            connection.execute("DELETE FROM own_label")
