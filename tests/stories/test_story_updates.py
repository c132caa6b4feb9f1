"""Stories of a collection, as articles come, change and go."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from story_kit import NEWS, STORIES, article_id, held, new_store, put

from kgretrieval.store import story_rows
from kgretrieval.store.ids import make_id
from kgretrieval.store.touched import changes_since, forget_changes
from kgretrieval.store.write import commit
from kgretrieval.stories import update
from kgretrieval.stories.update import update_stories

#: What else an article may come to say: of another event, or of none.
OTHER = {
    "f2": ("Tanker Borealis near Kotka", "The tanker Borealis ran aground near Kotka in fog; oil leaks.", "2023-03-04"),
    "t1": ("Tanker Borealis aground near Kotka", "Oil leaks into the harbour of Kotka, in fog.", "2023-06-01"),
    "c1": ("A walk in the park", "The park is open again.", ""),
}
KEYS = st.sampled_from(sorted(NEWS))
STEPS = st.one_of(
    st.tuples(st.just("put"), st.lists(KEYS, min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("put"), st.lists(KEYS, min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("change"), st.sampled_from(sorted(OTHER))),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("update")),
    st.tuples(st.just("cut the log")),
)


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path / "news")
    yield made
    made.close()


def ids(stories):
    return sorted(sorted(map(article_id, story)) for story in stories)


def members(store):
    return sorted(sorted(row[-1]) for row in held(store))


@given(st.lists(STEPS, min_size=2, max_size=8))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happened_stories_are_those_of_the_articles_that_are_there(steps):
    with tempfile.TemporaryDirectory() as folder:
        one, again = new_store(Path(folder) / "one"), new_store(Path(folder) / "again")
        there = {}
        for what, *about in steps:
            if what == "put":
                there.update({key: NEWS[key] for key in about[0]})
                put(one, {key: NEWS[key] for key in about[0]})
            elif what == "change":
                there[about[0]] = OTHER[about[0]]
                put(one, {about[0]: OTHER[about[0]]})
            elif what == "delete" and there.pop(about[0], None):
                commit(one, delete=[article_id(about[0])])
            elif what == "update":
                update_stories(one)
            elif what == "cut the log":
                update_stories(one)
                forget_changes(one, one.generation)
        update_stories(one)
        put(again, there)
        update_stories(again)
        assert held(one) == held(again)
        one.close()
        again.close()


def test_a_story_goes_by_its_first_report_and_keeps_its_id_while_it_grows(store):
    put(store, {key: NEWS[key] for key in ("f1", "f2")})
    update_stories(store)
    ((own, first, _, articles, *dates, _),) = held(store)
    assert (own, first, articles) == (make_id("s", article_id("f1")), article_id("f1"), 2)
    assert dates == ["2023-03-01", "2023-03-02"]
    put(store, {"f3": NEWS["f3"]})
    update_stories(store)
    assert [(row[0], row[3], row[5]) for row in held(store)] == [(own, 3, "2023-03-04")]


def test_a_story_goes_with_all_but_its_last_article(store):
    put(store, NEWS)
    update_stories(store)
    assert members(store) == ids(STORIES)
    commit(store, delete=[article_id("t2")])
    update_stories(store)
    assert members(store) == ids([STORIES[0], STORIES[2]])
    assert story_rows.stories_of(store, map(article_id, NEWS)).keys() == set(map(article_id, "f1 f2 f3 c1 c2".split()))
    commit(store, delete=[article_id(key) for key in NEWS if key != "t2"])
    update_stories(store)
    with store.reading() as connection:
        for table in ("story", "story_member", "story_pair", "story_profile", "story_key"):
            assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,)


def test_with_nothing_changed_nothing_is_written(store):
    put(store, NEWS)
    update_stories(store)
    before = store.generation
    update_stories(store)
    assert store.generation == before


def test_only_what_is_new_is_compared_and_only_with_what_shares_its_words(store, monkeypatch):
    put(store, NEWS)
    update_stories(store)
    put(store, {"f4": ("Divers find the ferry Aurelia", "Divers found the ferry Aurelia off Lastovo.", "2023-03-05")})
    compared = []
    close = update.is_pair
    monkeypatch.setattr(update, "is_pair", lambda a, b: compared.append((a.articles, b.articles)) or close(a, b))
    update_stories(store)
    new = [article_id("f4")]
    assert compared
    assert all(new in pair for pair in compared)
    others = {article for pair in compared for articles in pair for article in articles} - {new[0]}
    assert others <= set(map(article_id, ("f1", "f2", "f3")))


def test_other_rules_make_all_stories_anew(store, monkeypatch):
    put(store, NEWS)
    update_stories(store)
    for table in ("story", "story_member"):
        store.connection.execute(f"DELETE FROM {table}")
    update_stories(store)
    assert members(store) == []
    monkeypatch.setattr(update, "VERSION", "another")
    update_stories(store)
    assert members(store) == ids(STORIES)


def test_who_follows_the_graph_is_told_whose_story_is_another_one(store):
    put(store, NEWS)
    update_stories(store)
    forget_changes(store, store.generation)
    since = store.generation
    put(store, {"t1": OTHER["t1"]})
    update_stories(store)
    assert {article_id("t1"), article_id("t2")} <= changes_since(store, since).graph
