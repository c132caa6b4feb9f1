"""The log of decisions: nothing leaves it, and what is undone says so."""

import pytest
from hand_made import empty_store

from kgretrieval.store.copies import candidates, copy_groups, forget_pairs, keep_pairs, keep_sketches, regroup
from kgretrieval.store.decisions import add_decision, decisions, undo_decision
from kgretrieval.store.write import writing

BERLIN = {"entity": {"name": "berlin"}}


@pytest.fixture
def store(tmp_path):
    opened = empty_store(tmp_path / "news")
    yield opened
    opened.close()


def test_decisions_come_back_as_they_were_taken(store):
    with writing(store) as connection:
        number = add_decision(connection, "hide", BERLIN, time="2026-01-02T10:00:00+00:00", author="Zoë")
    [found] = decisions(store)
    assert (found.id, found.action, found.payload, found.author) == (number, "hide", BERLIN, "Zoë")


def test_the_oldest_comes_first_whenever_it_was_written_down(store):
    with writing(store) as connection:
        for day in ("2026-01-03", "2026-01-01", "2026-01-02"):
            add_decision(connection, "hide", {}, time=day, author="")
    assert [one.time for one in decisions(store)] == ["2026-01-01", "2026-01-02", "2026-01-03"]


def test_undone_stays_in_the_log(store):
    with writing(store) as connection:
        number = add_decision(connection, "hide", {}, time="2026-01-01", author="")
        undo_decision(connection, number, time="2026-02-01")
        undo_decision(connection, number, time="2026-03-01")
    assert decisions(store, active=True) == []
    assert [one.undone_at for one in decisions(store)] == ["2026-02-01"]


def test_a_crash_writes_no_decision(store):
    with pytest.raises(IndexError), writing(store) as connection:
        [][add_decision(connection, "hide", {}, time="2026-01-01", author="")]
    assert decisions(store) == []


def test_copies_hang_together_and_part(store):
    with writing(store) as connection:
        keep_sketches(connection, {"a:1": [7, 8], "a:2": [7, 9], "a:3": [1, 9], "a:4": []})
        assert candidates(store, ["a:2"]) == [("a:1", "a:2"), ("a:2", "a:3")]
        keep_pairs(connection, [("a:1", "a:2"), ("a:2", "a:3")])
        regroup(store, connection, ["a:2"])
    assert copy_groups(store, ["a:3", "a:2", "a:4"]) == {"a:3": "a:1", "a:2": "a:1", "a:4": "a:4"}
    with writing(store) as connection:
        assert forget_pairs(connection, ["a:2"]) == {"a:1", "a:3"}
        regroup(store, connection, ["a:1", "a:2", "a:3"])
    assert copy_groups(store, ["a:1", "a:3"]) == {"a:1": "a:1", "a:3": "a:3"}
