"""Decisions of people: what follows, what is undone, what travels."""

import json

import pytest
from hand_made import empty_store
from news_kit import called, meant, report, state, take_in

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.resolution.decide import ACTIONS, decide, undo
from kgretrieval.resolution.review import answer, review
from kgretrieval.resolution.travel import exported, link_table, take_over
from kgretrieval.store.ids import make_id
from kgretrieval.store.knowledge import entities, entities_named
from kgretrieval.store.read import full_id
from kgretrieval.store.resolution_rows import fact_marks
from kgretrieval.store.write import commit

NEWS = (
    report("one", "[p:John Smith] met [p:Tony Blair]. [p:Wayne Rooney] met [o:UN]."),
    report("two", "[p:John Smith] met [p:Wayne Rooney]. [o:United Nations] met [p:Tony Blair]."),
    report("three", "[p:Jon Smyth] met [p:Gordon Brown]. [l:Leeds] is a town."),
    report("four", "[p:Jonathan Smyth] met [p:Kofi Annan]. [l:Leeds] is large."),
)


@pytest.fixture
def store(tmp_path):
    opened = empty_store(tmp_path / "news")
    take_in(opened, *NEWS)
    yield opened
    opened.close()


def decided(store, *what, **how):
    made = decide(store, *what, **how)
    resolve_collection(store)
    return made


def test_merging_and_undoing_leaves_nothing_behind(store):
    before = state(store)
    made = decided(store, "merge", "Tony Blair", "Gordon Brown", author="ana")
    whole = meant(store, "Gordon Brown")
    assert whole == meant(store, "Tony Blair")
    assert entities(store, [whole])[whole].confirmed
    undone = undo(store, made.id)
    resolve_collection(store)
    assert undone.undone_at
    assert state(store) == before


def test_apart_wins_over_the_machine(store):
    assert meant(store, "UN", kind="organisation") == meant(store, "United Nations", kind="organisation")
    decided(store, "apart", "UN", "United Nations")
    assert meant(store, "UN", kind="organisation") != meant(store, "United Nations", kind="organisation")


def test_a_split_holds_when_the_article_comes_again(store):
    decided(store, "split", "John Smith", make_id("a", "two"))
    other = meant(store, "John Smith", "two")
    assert other != meant(store, "John Smith", "one")
    take_in(store, report("two", "[p:John Smith] met [p:Wayne Rooney] again."))
    assert meant(store, "John Smith", "two") == other
    decided(store, "rename", other, to="John Smith (footballer)")
    assert called(store, [other]) == {other: "John Smith (footballer)"}
    first = meant(store, "John Smith", "one")
    assert called(store, [first]) == {first: "John Smith"}


def test_what_was_said_of_one_bearer_is_not_said_of_another(store):
    decided(store, "split", "John Smith", make_id("a", "two"))
    decided(store, "rename", meant(store, "John Smith", "two"), to="John Smith (footballer)")
    commit(store, delete=[make_id("a", "two")])
    resolve_collection(store)
    assert list(called(store, [meant(store, "John Smith")]).values()) == ["John Smith"]


def test_documents_can_be_given_to_another_entity(store):
    decided(store, "split", "John Smith", make_id("a", "two"), to="Jon Smyth")
    assert meant(store, "John Smith", "two") == meant(store, "Jon Smyth")


def test_an_entity_is_renamed_typed_hidden_confirmed_and_linked(store):
    leeds = meant(store, "Leeds", kind="place")
    decided(store, "rename", "Leeds", to="City of Leeds")
    decided(store, "type", leeds, to="organisation")
    decided(store, "confirm", leeds)
    decided(store, "link", leeds, to="Q39121")
    found = entities(store, [leeds])[leeds]
    assert (found.name, found.type, found.confirmed, found.wikidata) == (
        "City of Leeds",
        "organisation",
        True,
        "Q39121",
    )
    assert "Leeds" in found.aliases
    assert [one.id for one in entities_named(store, ["city of leeds"])["city of leeds"]] == [leeds]
    hide = decided(store, "hide", leeds)
    assert entities_named(store, ["Leeds"]) == {}
    undo(store, hide.id)
    resolve_collection(store)
    assert entities(store, [leeds])[leeds] == found


def test_a_fact_is_confirmed_and_hidden_by_what_it_says(store):
    query = "SELECT DISTINCT fact FROM relation WHERE subject = 'Jonathan Smyth'"
    [(fact,)] = store.connection.execute(query).fetchall()
    decided(store, "confirm", fact[:9])
    decided(store, "hide", full_id(store, fact))
    assert fact_marks(store, [fact]) == {fact: (True, True)}
    decided(store, "merge", "Jon Smyth", "Jonathan Smyth")
    [(now,)] = store.connection.execute(query).fetchall()
    assert now != fact
    assert fact_marks(store, [fact, now]) == {now: (True, True)}


def test_decisions_travel(store, tmp_path):
    decided(store, "merge", "Tony Blair", "Gordon Brown", author="ana")
    decided(store, "split", "John Smith", make_id("a", "two"))
    undo(store, decided(store, "rename", "Leeds", to="Loidis").id)
    resolve_collection(store)
    file = tmp_path / "decided.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in exported(store)), encoding="utf-8")
    other = empty_store(tmp_path / "other")
    assert take_over(other, file) == 3
    resolve_collection(other)
    take_in(other, *reversed(NEWS))
    assert state(other) == state(store)
    assert take_over(other, file) == 0
    other.close()


def test_a_table_of_ids_merges(store, tmp_path):
    table = tmp_path / "ids.csv"
    table.write_text("name,wikidata\nTony Blair,Q9545\nGordon Brown,Q9545\n", encoding="utf-8")
    assert link_table(store, table) == 2
    resolve_collection(store)
    whole = meant(store, "Tony Blair")
    assert whole == meant(store, "Gordon Brown")
    assert entities(store, [whole])[whole].wikidata == "Q9545"
    assert link_table(store, table) == 0


@pytest.mark.parametrize(
    ("what", "how", "error"),
    [
        (("bless", "Leeds"), {}, UsageError),
        (("merge", "Leeds"), {}, UsageError),
        (("merge", "Leeds", "Leeds"), {}, UsageError),
        (("merge", "Leeds", "Nowhere"), {}, NotFoundError),
        (("apart", "Leeds"), {}, UsageError),
        (("apart", "Leeds", "Leeds"), {}, UsageError),
        (("split", "Leeds", make_id("a", "one")), {}, NotFoundError),
        (("split", "Leeds", "e:ffffff"), {}, NotFoundError),
        (("rename", "Leeds"), {"to": " "}, UsageError),
        (("type", "Leeds"), {"to": "city"}, UsageError),
        (("type", "Leeds"), {"to": "date"}, UsageError),
        (("link", "Leeds"), {"to": "39121"}, UsageError),
        (("hide", "f:ffffff"), {}, NotFoundError),
    ],
)
def test_what_makes_no_sense_is_not_written_down(store, what, how, error):
    with pytest.raises(error):
        decide(store, *what, **how)
    assert exported(store) == []
    assert set(ACTIONS) >= {what[0]} or error is UsageError


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"time": "", "author": "", "action": "merge", "payload": {}, "undone_at": ""}',
        '{"time": "", "author": "", "action": "rename", "payload": {"entity": {"name": "leeds"}}, "undone_at": ""}',
        '{"time": "", "author": "", "action": "bless", "payload": {}, "undone_at": ""}',
    ],
)
def test_a_damaged_file_changes_nothing(store, tmp_path, line):
    file = tmp_path / "decided.jsonl"
    good = {"time": "t", "author": "", "action": "hide", "payload": {"entity": {"name": "leeds"}}, "undone_at": ""}
    file.write_text(f"{json.dumps(good)}\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=":2 "):
        take_over(store, file)
    assert exported(store) == []


def test_questions_are_answered_once(store):
    found = review(store)
    [question] = [item for item in found if {item.one.name, item.other.name} == {"Jon Smyth", "Jonathan Smyth"}]
    assert question.question == "merge"
    assert question.one.sentences[0].text.startswith(question.one.name)
    assert question.reasons
    answer(store, question.id[:8], accept=True, author="ana")
    resolve_collection(store)
    assert meant(store, "Jon Smyth") == meant(store, "Jonathan Smyth")
    assert question.id not in {item.id for item in review(store)}
    with pytest.raises(NotFoundError):
        answer(store, question.id, accept=False)


def test_a_rejected_question_is_not_asked_again(store):
    [question] = [item for item in review(store) if {item.one.name, item.other.name} == {"Jon Smyth", "Jonathan Smyth"}]
    answer(store, question.id, accept=False)
    resolve_collection(store)
    assert meant(store, "Jon Smyth") != meant(store, "Jonathan Smyth")
    assert question.id not in {item.id for item in review(store)}


def test_a_decision_waits_for_a_name_that_is_gone(store):
    decided(store, "rename", "Leeds", to="Loidis")
    commit(store, delete=[make_id("a", "three"), make_id("a", "four")])
    resolve_collection(store)
    take_in(store, report("five", "[l:Leeds] is back."))
    assert called(store, [meant(store, "Leeds", kind="place")]) == {make_id("e", "leeds"): "Loidis"}
