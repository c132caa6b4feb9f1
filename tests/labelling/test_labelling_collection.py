"""Training in a collection, sorting it and what comes in, and what people say of it."""

import labelling_kit
import pytest
from labelling_kit import article

import kgretrieval as kg
from kgretrieval.classify.head import load_head
from kgretrieval.errors import LockedError, ModelError, NotFoundError, UsageError
from kgretrieval.graph.tables import read_csv
from kgretrieval.labelling import apply
from kgretrieval.labelling.apply import sort_collection
from kgretrieval.labelling.heads import folder_of, head_file
from kgretrieval.store.ids import make_id
from kgretrieval.store.label_rows import label_counts
from kgretrieval.store.lock import WriteLock

A = make_id("a", "story-0")


def values(news, document=A):
    return {one.scheme: (one.value, one.extractor) for one in news.labels(document)}


def test_a_collection_is_sorted_and_so_is_what_comes_in(news):
    report = news.classify(model="section")
    assert (report.documents, report.unchanged) == (24, 0)
    assert report.labels == {"Politics": 12, "Sport": 12}
    again = news.classify(model="section")
    assert (again.documents, again.unchanged) == (0, 24)
    news.add(article(100, tagged=False))
    assert values(news, make_id("a", "story-100")) == {"section": ("Politics", "head:section")}
    assert news.stats().labels == {"section": {"Politics": 13, "Sport": 12}}


def test_only_what_is_new_is_looked_at(news, monkeypatch):
    news.classify(model="section")
    seen = []
    whole = apply.items_of
    monkeypatch.setattr(apply, "items_of", lambda store, ids, takes: seen.extend(ids) or whole(store, ids, takes))
    news.add(article(0), article(101))
    assert seen == [make_id("a", "story-101")]


def test_nothing_is_sorted_by_a_model_that_nobody_asked_to(news):
    news.add(article(102))
    assert values(news, make_id("a", "story-102")) == {}


def test_a_run_that_was_stopped_goes_on(news, monkeypatch):
    monkeypatch.setattr(apply, "BATCH", 10)
    head = load_head(head_file(news.location, "section"))

    def stop(progress):
        if progress.done == 20:
            raise KeyboardInterrupt

    with news._writing() as store, pytest.raises(KeyboardInterrupt):
        sort_collection(store, head, progress=stop)
    assert news.classify(model="section").documents == 4


def test_a_person_wins_over_every_model_until_undone(news):
    news.classify(model="section")
    made = news.label(A, "section", "  Culture ")
    assert values(news) == {"section": ("Culture", "person")}
    assert news.show(A).labels == news.labels(A)
    news.classify(model="section", level=0.99)
    news.annotate("tags")
    news.delete(A)
    news.add(article(0))
    assert values(news) == {"section": ("Culture", "person")}
    before = news.stats().graph_hash
    news.undo(made.id)
    assert values(news)["section"][1] == "head:section"
    assert news.stats().graph_hash != before


def test_labels_stand_on_the_nodes_of_the_graph(news, tmp_path):
    news.label(A, "section", "Culture")
    assert news.to_networkx().nodes[A]["section"] == "Culture"
    # A scheme may not stand in place of what nodes say of themselves.
    news.label(A, "source", "Culture")
    assert news.to_networkx().nodes[A]["source"] == ""
    file = news.export(tmp_path / "g.csv")
    assert dict(read_csv(file).nodes(data=True)) == dict(news.to_networkx().nodes(data=True))


def test_what_is_not_sure_is_kept_but_does_not_count(news):
    news.classify(model="section", level=1.0)
    assert [one.sure for one in news.labels(A)] == [False]
    assert "section" not in news.to_networkx().nodes[A]
    assert label_counts(news._open_reader()) == {}


def test_training_on_what_people_said_and_forgetting_it(news):
    for number in range(6):
        document = make_id("a", f"story-{number}")
        news.label(document, "beat", sorted(labelling_kit.WORDS)[number % 2], settle=False)
    news.settle()
    trained = news.train("beat", model="linear", small=True)
    assert trained.card.examples == {"Politics": 3, "Sport": 3}
    assert trained.version == load_head(head_file(news.location, "beat")).version
    assert [one.card.name for one in news.trained()] == ["beat", "section"]
    news.classify(model="beat")
    assert {one.applied for one in news.trained()} == {True, False}
    news.forget_model("beat")
    assert [one.card.name for one in news.trained()] == ["section"]
    assert values(news) == {"beat": ("Politics", "person")}
    with pytest.raises(NotFoundError, match="there are section"):
        news.forget_model("beat")


def test_the_same_examples_in_another_order_give_the_same_model(news):
    rows = [(article(n).text, article(n).tags[0]) for n in range(12)]
    versions = {news.train("a", order, model="linear", file=news.location / "a.safetensors").version
                for order in (rows, rows[::-1])}  # fmt: skip
    assert len(versions) == 1


def test_proposals_are_of_what_nobody_has_labelled(news):
    first = news.proposals("section", k=3)
    assert len(first) == 3
    assert all(one.label for one in first)
    news.label(first[0].id, "section", "Sport")
    assert first[0].id not in {one.id for one in news.proposals("section", k=24)}
    assert {one.label for one in news.proposals("mood", k=3)} == {""}


def test_names_of_labels_without_training(news):
    found = news.classify(A, labels=("politics", "sport"))
    assert found[0].label == "politics"
    assert "politics" in found._repr_html_()
    with pytest.raises(UsageError, match="--as NAME"):
        news.classify(labels=("politics", "sport"))
    news.classify(labels=("politics", "sport"), name="field")
    assert values(news)["field"] == ("politics", "head:field")
    assert news.classify(labels=("politics", "sport"), name="field").documents == 0
    news.add(article(103))
    assert values(news, make_id("a", "story-103"))["field"][0] == "sport"
    with pytest.raises(UsageError, match="another model 'field'"):
        news.classify(labels=("politics", "culture"), name="field")


def test_reasons_stand_in_the_text(news):
    [one] = news.classify(texts=["The minister lost the vote"], model="section", explain=True)
    assert one.label == "Politics"
    assert {one.text[r.start : r.end].lower() for r in one.reasons} >= {"minister", "vote"}
    assert news.classify(texts=["The minister"], model="section")[0].text == ""


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        ({"model": "sectoin"}, NotFoundError, "did you mean section"),
        ({}, UsageError, "neither a model nor names"),
        ({"model": "section", "labels": ("a", "b")}, UsageError, "a model and names"),
        ({"model": "section", "level": 2.0}, UsageError, "no probability"),
    ],
)
def test_what_makes_no_sense_is_said(labelled, ask, error, says):
    with kg.open(labelled) as news, pytest.raises(error, match=says):
        news.classify(A, **ask)


def test_two_cannot_train_at_once_but_reading_goes_on(news):
    lock = WriteLock(folder_of(news.location))
    lock.acquire()
    try:
        with pytest.raises(LockedError):
            news.train("mood", [("a good day", "x"), ("a bad day", "y")] * 3, model="linear")
        assert news.classify(texts=["a goal"], model="section")
    finally:
        lock.release()
    assert not head_file(news.location, "mood").exists()


def test_a_file_of_ones_own_stands_alone_and_checkpoints_go(news, tmp_path):
    (tmp_path / "mine.0123abcd.checkpoint").write_bytes(b"")
    trained = news.train("field", tags=True, model="linear", file=tmp_path / "mine.safetensors")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.safetensors", "news"]
    assert news.classify(A, model=trained.file)[0].label == "Politics"
    news.classify(model=trained.file)
    assert values(news)["field"][0] == "Politics"
    assert head_file(news.location, "field").is_file()


def test_a_damaged_model_says_so_and_others_are_listed(news):
    head_file(news.location, "bad").write_bytes(b"no weights")
    assert [one.card.name for one in news.trained()] == ["section"]
    with pytest.raises(ModelError, match="no trained model"):
        news.classify(A, model="bad")
