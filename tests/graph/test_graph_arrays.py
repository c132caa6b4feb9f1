"""The arrays of the graph: what they hold, and that a change leaves what making them anew would give."""

from contextlib import closing

import numpy as np
from hand_made import article, article_id, empty_store, entity_id, lone_picture
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.graph.array_build import write_arrays
from kgretrieval.graph.arrays import load_arrays
from kgretrieval.graph.opening import FOLDER, build_arrays, open_arrays
from kgretrieval.graph.parts import make_parts
from kgretrieval.graph.segments import KINDS, decode, encode
from kgretrieval.store.write import commit, writing

VISIT = ("Angela Merkel", "visited", "Emmanuel Macron")
TEXTS = (
    "Angela Merkel visited Emmanuel Macron in Paris.",
    "Siemens builds in Berlin. Angela Merkel visited Emmanuel Macron.",
    "Olaf Scholz. Reuters. Ursula von der Leyen in Paris with Olaf Scholz.",
    "",
)


def edges_of(arrays):
    """All edges by ids: (one, other, kind) to (count, weight)."""
    nodes = np.arange(len(arrays))
    there = nodes[arrays.nodes(arrays.ids(nodes)) >= 0]
    found = arrays.edges(there)
    ids = arrays.ids(nodes).astype(str)
    ends = zip(ids[there[found.owners]], ids[found.others], found.kinds, found.counts, found.weights, strict=True)
    return {(str(a), str(b), KINDS[k]): (int(n), float(w)) for a, b, k, n, w in ends}


def state_of(arrays):
    nodes = np.arange(len(arrays))
    there = nodes[arrays.nodes(arrays.ids(nodes)) >= 0]
    ids = arrays.ids(there).astype(str).tolist()
    return (
        dict(zip(ids, arrays.documents[there].tolist(), strict=True)),
        dict(zip(ids, arrays.strengths[there].tolist(), strict=True)),
        edges_of(arrays),
        arrays.digest,
    )


def test_the_arrays_hold_the_edges_of_the_graph(news):
    parts = make_parts(news)
    expected = {}
    for source, target, _, data in parts.edges:
        if data["kind"] != "shows" or not data["article"]:  # what a picture has from its article is two steps away
            count = {"mentions": "mentions", "shows": "mentions", "fact": "evidence", "co_mention": "weight"}
            for ends in ((source, target), (target, source)):
                key = (*ends, data["kind"])
                expected[key] = expected.get(key, 0) + (data[count[data["kind"]]] if data["kind"] in count else 1)
    arrays = open_arrays(news)
    assert {key: count for key, (count, _) in edges_of(arrays).items()} == expected
    assert sorted(arrays.ids(np.arange(len(arrays))).astype(str)) == [node for node, _ in parts.nodes]


def test_an_entity_knows_in_how_many_documents_it_stands(news):
    arrays = open_arrays(news)
    counts = {d["label"]: d["articles"] + d["pictures"] for _, d in make_parts(news).nodes if d["kind"] == "entity"}
    found = {name: int(arrays.documents[arrays.node(entity_id(name))]) for name in counts}
    assert found == counts


def test_what_is_not_there_has_no_number(news):
    arrays = open_arrays(news)
    assert arrays.nodes(["a:000000000000", entity_id("Berlin")]).tolist() == [-1, arrays.node(entity_id("Berlin"))]
    assert arrays.id(arrays.node(article_id("works"))) == article_id("works")


STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from("abcd"), st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("put"), st.sampled_from("abcd"), st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("delete"), st.sampled_from("abcd")),
    st.tuples(st.just("picture"), st.sampled_from("xy")),
    st.tuples(st.just("build")),
)


def do(store, step):
    kind, *rest = step
    if kind == "put":
        key, text, pictures = rest
        shown = (("x", "Berlin and Siemens."), ("y", ""))[:pictures]
        commit(store, [article(key, f"Story {key}", TEXTS[text], facts=(VISIT,), pictures=shown)])
    elif kind == "delete":
        commit(store, delete=[article_id(rest[0])])
    elif kind == "picture":
        commit(store, [lone_picture(rest[0], "Paris.")])
    else:
        build_arrays(store)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_what_changed_leaves_what_all_anew_would_give(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("arrays")
    with closing(empty_store(folder / "news")) as store:
        for step in steps:
            do(store, step)
        grown = open_arrays(store)
        with store.reading():
            write_arrays(store, folder / "anew")
        anew = load_arrays(folder / "anew")
        assert state_of(grown) == state_of(anew)


def test_a_document_that_changes_again_and_again_counts_as_it_is_last(tmp_path):
    with closing(empty_store(tmp_path / "news")) as store:
        for text in (0, 1, 2, 0, 1):
            do(store, ("put", "a", text, 1))
            do(store, ("build",))
        grown = open_arrays(store)
        with store.reading():
            write_arrays(store, tmp_path / "anew")
        assert state_of(grown) == state_of(load_arrays(tmp_path / "anew"))


def test_a_small_change_leaves_the_large_part_where_it_is(tmp_path):
    with closing(empty_store(tmp_path / "news")) as store:
        commit(store, [article(str(i), f"Story {i}", TEXTS[i % 3]) for i in range(60)])
        build_arrays(store)
        (before,) = (store.location / FOLDER).iterdir()
        inode = (before / "0" / "columns.npy").stat().st_ino
        commit(store, [article("new", "Berlin", "")])
        build_arrays(store)
        (after,) = (store.location / FOLDER).iterdir()
        assert (after / "0" / "columns.npy").stat().st_ino == inode
        assert len(open_arrays(store).parts) == 2


def test_hidden_entities_and_facts_are_left_out(news):
    arrays = open_arrays(news)
    fact = next(key for _, _, key, data in make_parts(news).edges if data.get("predicate") == "visited")
    with writing(news) as connection:
        connection.execute("INSERT INTO fact_mark VALUES (?, 0, 1)", (fact,))
        mark = (entity_id("Paris"), "", "", "", 0, 1, "")
        connection.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)", mark)
    shown = open_arrays(news)
    ends = (entity_id("Angela Merkel"), entity_id("Emmanuel Macron"), "fact")
    assert ends in edges_of(arrays)
    assert ends not in edges_of(shown)
    assert shown.node(entity_id("Paris")) == -1
    assert not any(entity_id("Paris") in key for key in edges_of(shown))


def test_damaged_arrays_are_made_again(news):
    build_arrays(news)
    expected = state_of(open_arrays(news))
    (folder,) = (news.location / FOLDER).iterdir()
    (folder / "0" / "columns.npy").write_bytes(b"no array")
    assert state_of(open_arrays(news)) == expected
    commit(news, [article("new", "Berlin", "")])
    build_arrays(news)
    assert open_arrays(news).node(article_id("new")) >= 0


def test_an_empty_collection_has_empty_arrays(tmp_path):
    with closing(empty_store(tmp_path / "news")) as store:
        arrays = open_arrays(store)
        assert len(arrays) == 0
        assert arrays.node("a:000000000000") == -1


@given(numbers=st.lists(st.tuples(st.sampled_from("aeps"), st.integers(0, 2**48 - 1)), max_size=20))
def test_ids_become_numbers_that_order_as_they_do(numbers):
    ids = [f"{letter}:{number:012x}" for letter, number in numbers]
    codes = encode(ids)
    assert decode(codes).astype(str).tolist() == ids
    assert decode(np.sort(codes)).astype(str).tolist() == sorted(ids)
