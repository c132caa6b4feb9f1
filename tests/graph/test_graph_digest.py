"""The same input gives the same hash, and another input another one."""

import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest
from hand_made import article, article_id, empty_store, lone_picture
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.graph.digest import graph_hash
from kgretrieval.store.store import open_store
from kgretrieval.store.write import commit

VISIT = ("Angela Merkel", "visited", "Emmanuel Macron")
TEXT = "Angela Merkel visited Emmanuel Macron."


def news(*, folder="pictures", confidence=0.9):
    """Five documents that share names, a fact, a picture and sentences of one date."""
    common = {"folder": folder, "confidence": confidence}
    return [
        article("one", "Paris", TEXT, facts=(VISIT,), pictures=(("crowd", TEXT),), date="2020-01-01", **common),
        article("two", "Berlin", TEXT, facts=(VISIT,), pictures=(("crowd", "Berlin."),), date="2020-01-01", **common),
        article("three", "Angela Merkel", TEXT + " Siemens.", pictures=(("hall", ""),), tags=("Reuters",), **common),
        article("four", "Siemens", "Reuters. Berlin and Paris."),
        lone_picture("tower", "Paris and Berlin.", folder=folder),
    ]


def digest_of(bundles, folder, *, size=10):
    with closing(empty_store(folder)) as store:
        for start in range(0, len(bundles), size):
            commit(store, bundles[start : start + size])
        return graph_hash(store)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return digest_of(news(), tmp_path_factory.mktemp("digest") / "news")


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(5)), again=st.lists(st.integers(0, 4), max_size=3), size=st.integers(1, 5))
def test_order_batches_and_repetitions_do_not_matter(tmp_path_factory, expected, order, again, size):
    bundles = news()
    chosen = [bundles[i] for i in [*order, *again]]
    assert digest_of(chosen, tmp_path_factory.mktemp("digest") / "news", size=size) == expected


def test_what_came_and_went_does_not_matter(tmp_path, expected):
    with closing(empty_store(tmp_path / "news")) as store:
        commit(store, [*news(), article("five", "Olaf Scholz in Paris")])
        assert graph_hash(store) != expected
        commit(store, delete=[article_id("five")])
        assert graph_hash(store) == expected


def test_where_files_lie_does_not_matter(tmp_path, expected):
    assert digest_of(news(folder="/elsewhere/photos"), tmp_path / "news") == expected


def test_a_models_confidence_does_not_matter(tmp_path, expected):
    assert digest_of(news(confidence=0.9000001), tmp_path / "news") == expected


def _without(bundle, **annotations):
    return replace(bundle, annotations=replace(bundle.annotations, **annotations))


CHANGES = {
    "title": lambda b: replace(b, article=replace(b.article, title="London")),
    "date": lambda b: replace(b, article=replace(b.article, date="2020-01-02")),
    "mention": lambda b: _without(b, mentions=b.annotations.mentions[1:]),
    "relation": lambda b: _without(b, relations=[]),
    "picture": lambda b: replace(_without(b, mentions=[]), uses=[], pictures=[], vectors=[]),
    "caption": lambda b: replace(b, uses=[replace(b.uses[0], caption="Other.")]),
    "credit": lambda b: replace(b, uses=[replace(b.uses[0], credit="Other")]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_of_what_is_known_changes_the_hash(tmp_path, expected, name):
    # The first two share a picture, whose credit is that of its first use: so both are changed.
    first, second, *others = news()
    assert digest_of([CHANGES[name](first), CHANGES[name](second), *others], tmp_path / "news") != expected


def test_it_is_a_sha256_and_an_empty_collection_has_one(tmp_path, expected):
    empty = digest_of([], tmp_path / "news")
    assert len(empty) == len(expected) == 64
    assert empty != expected


def test_networkx_is_not_needed(tmp_path):
    digest_of(news(), tmp_path / "news")
    code = f"""
import sys
from pathlib import Path
from kgretrieval.graph.digest import graph_hash
from kgretrieval.graph.neighbours import entity_card
from kgretrieval.graph.paths import connect
from kgretrieval.store.store import open_store
store = open_store(Path({str(tmp_path / "news")!r}))
graph_hash(store), entity_card(store, "Paris"), connect(store, "Paris", "Reuters")
assert not {{"networkx", "torch", "scipy", "pandas"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    with closing(open_store(tmp_path / "news")) as store:
        assert graph_hash(store)
