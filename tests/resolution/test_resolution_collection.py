"""Entities of a collection: the same whatever the order, and no more work than what changed."""

import sqlite3
from contextlib import closing, suppress

import pytest
from hand_made import empty_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from news_kit import called, meant, report, state, take_in

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.resolution import collection
from kgretrieval.resolution.collection import resolve_collection
from kgretrieval.resolution.decide import decide, undo
from kgretrieval.resolution.travel import exported
from kgretrieval.store import resolution_rows
from kgretrieval.store.copies import copy_groups
from kgretrieval.store.decisions import add_decision
from kgretrieval.store.ids import make_id
from kgretrieval.store.write import commit, writing


@pytest.fixture
def store(tmp_path):
    opened = empty_store(tmp_path / "news")
    yield opened
    opened.close()


ANNAN = report("annan", "[p:Kofi Annan] spoke for the [o:United Nations] ([o:UN]). The [o:UN] met [p:Tony Blair].")
BLAIR = report("blair", "[p:Tony Blair] met [p:George Bush]. Later [p:Kofi Annan] wrote.", date="2005-01-01")
BUSH = report(
    "bush", "[p:George W Bush] met [p:Tony Blair]. [p:Kofi Annan] met [p:Condoleezza Rice].", date="2005-02-01"
)


def test_aliases_of_different_articles_are_one_entity_and_their_facts_one_fact(store):
    again = report(
        "again", "[p:George W Bush] met [p:Tony Blair] again. [p:Condoleezza Rice] and [p:Kofi Annan] stayed."
    )
    other = report("other", "[p:George Bush] met [p:Tony Blair]. [p:Condoleezza Rice] and [p:Kofi Annan] came.")
    take_in(store, BUSH, again, other)
    assert meant(store, "George Bush") == meant(store, "George W Bush")
    assert list(called(store, [meant(store, "George Bush")]).values()) == ["George W Bush"]
    query = "SELECT fact, COUNT(*) FROM relation WHERE subject LIKE 'George%' GROUP BY fact"
    assert [count for _, count in store.connection.execute(query)] == [3]


def test_an_article_that_comes_later_joins_in(store):
    take_in(store, report("un", "The [o:UN] spoke. [p:Kofi Annan] came."))
    assert meant(store, "UN", kind="organisation") == make_id("e", "un")
    take_in(store, ANNAN)
    assert meant(store, "UN", kind="organisation") == make_id("e", "united nations")
    commit(store, delete=[make_id("a", "annan")])
    resolve_collection(store)
    assert meant(store, "UN", kind="organisation") == make_id("e", "un")


def test_a_name_that_goes_leaves_its_like_by_itself(store):
    first = report("first", "[p:Volodymyr Zelensky] met [p:Joe Biden] and [p:Olaf Scholz].")
    second = report("second", "[p:Volodymyr Zelenskyy] met [p:Joe Biden] and [p:Olaf Scholz].")
    take_in(store, first, second, report("third", "[p:Kofi Annan] met [p:Tony Blair]."))
    assert (
        meant(store, "Volodymyr Zelenskyy") == meant(store, "Volodymyr Zelensky") == make_id("e", "volodymyr zelensky")
    )
    commit(store, delete=[first.article_id])
    resolve_collection(store)
    assert meant(store, "Volodymyr Zelenskyy") == make_id("e", "volodymyr zelenskyy")
    assert state(store)["link"] == []


def test_one_id_makes_one_entity_and_two_make_two(store):
    one = report("one", "[p:Ivan Petrov] scored.", ids={"Ivan Petrov": "Q1"})
    two = report("two", "[p:Ivan Petrov] was elected.", ids={"Ivan Petrov": "Q2"})
    three = report("three", "[p:Vanya the Great] scored.", ids={"Vanya the Great": "Q1"})
    take_in(store, one, two, three)
    assert meant(store, "Ivan Petrov", "one") == meant(store, "Vanya the Great", "three")
    assert meant(store, "Ivan Petrov", "one") != meant(store, "Ivan Petrov", "two")
    rows = dict(store.connection.execute("SELECT id, wikidata FROM entity").fetchall())
    assert rows[meant(store, "Ivan Petrov", "two")] == "Q2"


def test_nothing_pending_writes_nothing(store):
    take_in(store, ANNAN)
    before = store.generation
    resolve_collection(store)
    assert store.generation == before


def test_a_crash_leaves_the_names_to_the_next_writer(store, monkeypatch):
    take_in(store, ANNAN)
    whole = state(store)
    commit(store, [BLAIR])

    def crash(*_, **__):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(collection, "assign", crash)
    with pytest.raises(sqlite3.OperationalError):
        resolve_collection(store)
    assert len(resolution_rows.pending(store)) == 3
    monkeypatch.undo()
    resolve_collection(store)
    assert state(store)["pending"] == []
    assert state(store) != whole


def test_an_article_touches_its_components_alone(store, monkeypatch):
    take_in(store, ANNAN, BLAIR, BUSH, *(report(f"r{i}", f"[p:Maria Name{i}] sang.") for i in range(30)))
    loaded = []
    genuine = resolution_rows.written
    monkeypatch.setattr(collection.rows, "written", lambda store, names: loaded.extend(names) or genuine(store, names))
    take_in(store, report("new", "[p:Maria Name3] met [p:Kofi Annan]."))
    assert len(set(loaded)) <= 3


def test_other_rules_resolve_everything_anew(store, monkeypatch):
    take_in(store, ANNAN, BLAIR, BUSH)
    before = state(store)
    store.connection.execute("UPDATE mention SET entity = name WHERE name <> ''")
    monkeypatch.setattr(collection, "VERSION", "0")
    resolve_collection(store)
    assert state(store)["mention"] == before["mention"]


POOL = [
    report("a", "[p:John Smith], 34, a striker, met [p:Wayne Rooney]. [p:Smith] scored.", date="2004-01-01"),
    report("b", "[p:John Smith], the MP, met [p:Tony Blair]. [o:United Nations] ([o:UN]) spoke.", date="2004-05-01"),
    report("c", "[p:Jon Smith] met [p:Wayne Rooney]. [p:Blair] met [o:UN].", date="2005-01-01"),
    report("d", "[p:John A Smith] met [p:Tony Blair]. [p:Blair] met [p:Smith].", date="2005-01-02"),
    report("e", "[o:UN] met [p:Smith]. [p:Wayne Rooney] met [p:Anthony Blair].", date="2006-01-01"),
    report("f", "[p:Ivan Petrov] met [o:UN].", ids={"Ivan Petrov": "Q1"}),
    report("g", "[p:Ivan Petrov] met [p:Smith].", ids={"Ivan Petrov": "Q2", "Smith": "Q1"}),
]
CHANGED = {
    "a": report("a", "[p:John Smith] met [p:Tony Blair]. [m:UN] came."),
    "c": report("c", "[p:Tony Blair] met [p:Smith], 61, a plumber, in [l:Leeds].", date="1990-01-01"),
    "f": report("f", "[p:Ivan Petrov] met [p:Wayne Rooney]."),
}
DECISIONS = [
    ("merge", ("Tony Blair", "Wayne Rooney"), ""),
    ("apart", ("Smith", "John Smith"), ""),
    ("rename", ("Tony Blair",), "The Prime Minister"),
    ("hide", ("Wayne Rooney",), ""),
    ("type", ("UN",), "event"),
    ("confirm", ("Ivan Petrov",), ""),
    ("link", ("Tony Blair",), "Q2"),
    ("split", ("John Smith", make_id("a", "b")), ""),
]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, len(POOL) - 1)),
        st.tuples(st.just("change"), st.sampled_from(sorted(CHANGED))),
        st.tuples(st.just("delete"), st.integers(0, len(POOL) - 1)),
        st.tuples(st.just("decide"), st.integers(0, len(DECISIONS) - 1)),
        st.tuples(st.just("undo"), st.integers(0, 3)),
        st.tuples(st.just("resolve"), st.just(0)),
    ),
    min_size=2,
    max_size=14,
)


def go(store, step, what, present, taken):
    """Take one step, and keep book of the documents that are there and the decisions that were taken."""
    if step == "add":
        commit(store, [POOL[what]])
        present[POOL[what].article.key] = POOL[what]
    elif step == "change":
        commit(store, [CHANGED[what]])
        present[what] = CHANGED[what]
    elif step == "delete":
        commit(store, delete=[POOL[what].article_id])
        present.pop(POOL[what].article.key, None)
    elif step == "decide":
        action, things, to = DECISIONS[what]
        with suppress(NotFoundError, UsageError):  # What is not there cannot be decided about.
            taken.append(decide(store, action, *things, to=to).id)
    elif step == "undo" and what < len(taken):
        undo(store, taken.pop(what))
    else:
        resolve_collection(store)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, random=st.randoms(use_true_random=False))
def test_any_history_gives_what_a_rebuild_gives(tmp_path_factory, steps, random):
    folder = tmp_path_factory.mktemp("history")
    present, taken = {}, []
    with closing(empty_store(folder / "lived")) as lived, closing(empty_store(folder / "rebuilt")) as rebuilt:
        for step, what in steps:
            go(lived, step, what, present, taken)
        resolve_collection(lived)
        commit(rebuilt, random.sample(list(present.values()), len(present)))
        with writing(rebuilt) as connection:
            for one in exported(lived):
                when = {"time": one["time"], "author": one["author"], "undone_at": one["undone_at"]}
                add_decision(connection, one["action"], one["payload"], **when)
        resolve_collection(rebuilt)
        assert state(lived) == state(rebuilt)


WIRE = " ".join(f"Word{i} of the long report about the flood in the valley number {i}." for i in range(30))


def test_wire_copy_is_one_source_and_parts_when_the_link_is_gone(store):
    small = WIRE.replace("valley number 7", "town number 7").replace("Word20", "Yesterday word20")
    half = WIRE[: int(len(WIRE) * 0.72)]
    other = " ".join(f"A quite different story has item{i} and nothing besides it, says {i * i}." for i in range(30))
    texts = {"one": WIRE, "two": small, "three": half, "four": other}
    take_in(store, *(report(key, text, title=f"Headline of {key}") for key, text in texts.items()))
    ids = {key: make_id("a", key) for key in texts}
    groups = copy_groups(store, ids.values())
    assert (
        groups[ids["one"]] == groups[ids["two"]] == groups[ids["three"]] == min(ids[k] for k in ("one", "two", "three"))
    )
    assert groups[ids["four"]] == ids["four"]
    commit(store, [report("two", other + " More.")], delete=[ids["one"]])
    resolve_collection(store)
    groups = copy_groups(store, [ids["two"], ids["three"], ids["four"]])
    assert groups[ids["two"]] == groups[ids["four"]] != groups[ids["three"]] == ids["three"]
