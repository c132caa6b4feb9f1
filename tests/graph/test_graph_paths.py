"""How two entities are connected."""

from itertools import pairwise

import pytest
from hand_made import article, article_id, empty_store, entity_id
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.links import Links
from kgretrieval.graph.paths import _shortest, connect
from kgretrieval.store.write import commit

TYPES = {f"Name{letter}": "person" for letter in "ABCDEFGH"} | {"Reuters": "organisation"}


def collection(folder, *texts, facts=()):
    store = empty_store(folder / "news")
    commit(store, [article(str(i), title, text, facts=facts, types=TYPES) for i, (title, text) in enumerate(texts)])
    return store


def walk(store, a, b, **options):
    return [(s.source.name, s.kind, s.predicate, s.target.name) for s in connect(store, a, b, **options)]


def test_a_stated_fact_is_the_best_connection(news):
    (step,) = connect(news, "Merkel", "Macron")
    assert (step.kind, step.predicate) == ("fact", "visited")
    assert step.evidence.sentence == "Angela Merkel visited Emmanuel Macron."
    assert (step.evidence.date, step.evidence.source) == ("2019-04-30", "AFP")


def test_a_fact_keeps_its_direction_when_walked_backwards(news):
    (step,) = connect(news, "Macron", "Merkel")
    assert (step.source.name, step.target.name) == ("Angela Merkel", "Emmanuel Macron")


def test_a_negated_fact_is_not_told_as_stated(news):
    (step,) = connect(news, "Olaf Scholz", "Siemens")
    assert step.predicate == "not visit"


def test_two_names_in_one_sentence(news):
    (step,) = connect(news, "Paris", "Macron")
    assert (step.kind, step.evidence.sentence) == ("co_mention", "Angela Merkel visited Emmanuel Macron in Paris.")
    assert step.evidence.document == article_id("summit")


def test_a_tag_joins_by_the_article(news):
    (step,) = connect(news, "Olaf Scholz", "Ursula von der Leyen")
    assert (step.kind, step.evidence.field) == ("article", "title")
    assert step.evidence.sentence == step.evidence.title == "Siemens opens a works"
    (back,) = connect(news, "Ursula von der Leyen", "Olaf Scholz")
    assert back.evidence.sentence == "Olaf Scholz did not visit Siemens."


def test_two_facts_are_nearer_than_a_shared_article(tmp_path):
    facts = (("NameA", "met", "NameB"), ("NameB", "met", "NameC"))
    store = collection(tmp_path, ("x", "NameA met NameB. NameB met NameC."), ("y", "NameA. NameC."), facts=facts)
    assert walk(store, "NameA", "NameC") == [("NameA", "fact", "met", "NameB"), ("NameB", "fact", "met", "NameC")]
    store.close()


def test_a_hub_is_gone_around(tmp_path):
    noise = [("x", "Reuters wrote.")] * 200
    facts = (("NameA", "told", "Reuters"), ("NameC", "told", "Reuters"))
    chain = ("y", "NameA saw NameB. NameA told Reuters."), ("z", "NameB saw NameC. NameC told Reuters.")
    store = collection(tmp_path, *chain, *noise, facts=facts)
    assert [target for *_, target in walk(store, "NameA", "NameC")] == ["NameB", "NameC"]
    store.close()


def test_a_quiet_link_is_taken(tmp_path):
    facts = (("NameA", "told", "Reuters"), ("NameC", "told", "Reuters"))
    store = collection(tmp_path, ("y", "NameA told Reuters."), ("z", "NameC told Reuters."), facts=facts)
    assert [kind for _, kind, _, _ in walk(store, "NameA", "NameC")] == ["fact", "fact"]
    store.close()


def test_no_connection_is_said(tmp_path):
    store = collection(tmp_path, ("x", "NameA. NameB."), ("y", "NameB. NameC."), ("z", "NameD."))
    with pytest.raises(NotFoundError, match="nothing joins NameA and NameD within 4 steps"):
        connect(store, "NameA", "NameD")
    with pytest.raises(NotFoundError, match="within 1 step;"):
        connect(store, "NameA", "NameC", longest=1)
    assert len(connect(store, "NameA", "NameC", longest=2)) == 2
    store.close()


def test_questions_that_make_no_sense(news):
    with pytest.raises(UsageError, match="two different"):
        connect(news, "Merkel", "angela merkel")
    with pytest.raises(UsageError, match="0 steps"):
        connect(news, "Merkel", "Macron", longest=0)
    with pytest.raises(NotFoundError, match="did you mean"):
        connect(news, "Merkel", "Emanuel Macronn")


def shortest_by_trying(pairs, start, end):
    """The fewest steps between two names, by walking outwards."""
    reached, frontier = {start}, {start}
    for steps in range(1, 9):
        frontier = {o for p in pairs for o in p if set(p) & frontier} - reached
        if end in frontier:
            return steps
        reached |= frontier
    return None


NAMES = st.sampled_from(sorted(TYPES))
PAIRS = st.lists(st.tuples(NAMES, NAMES).filter(lambda p: p[0] != p[1]), min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, longest=st.integers(1, 8), ends=st.tuples(NAMES, NAMES).filter(lambda p: p[0] != p[1]))
def test_a_path_is_found_exactly_when_there_is_one(tmp_path_factory, pairs, longest, ends):
    everyone = [("all", " ".join(f"{name}." for name in TYPES))] if len(pairs) % 3 == 0 else []
    lonely = [(name, "") for name in TYPES]
    texts = [("x", f"{one} saw {other}.") for one, other in pairs]
    store = collection(tmp_path_factory.mktemp("paths"), *texts, *everyone, *lonely)
    possible = shortest_by_trying(pairs, *ends)
    if everyone:
        possible = 1
    if possible is None or possible > longest:
        with pytest.raises(NotFoundError):
            connect(store, *ends, longest=longest)
    else:
        check(connect(store, *ends, longest=longest), *ends, longest)
    store.close()


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS, stated=st.lists(st.sampled_from(range(9)), max_size=4), longest=st.integers(2, 9))
def test_no_path_of_that_many_steps_is_shorter(tmp_path_factory, pairs, stated, longest):
    facts = tuple((one, "saw", other) for i, (one, other) in enumerate(pairs) if i in stated)
    texts = [("x", f"{one} saw {other}. {pairs[0][0]}.") for one, other in pairs]
    store = collection(tmp_path_factory.mktemp("paths"), *texts, facts=facts)
    links = Links(store)
    start, end = entity_id(pairs[0][0], TYPES), entity_id(pairs[-1][1], TYPES)
    if start != end:
        route = _shortest(links, start, end, longest)
        every = simple_routes(links, (start,), end, longest)
        assert length(links, route) == pytest.approx(min(length(links, r) for r in every))
    store.close()


def simple_routes(links, route, end, longest):
    if route[-1] == end:
        yield route
    elif len(route) <= longest:
        for other in links.of(route[-1]):
            if other not in route:
                yield from simple_routes(links, (*route, other), end, longest)


def length(links, route):
    return sum(links.of(a)[b].length for a, b in pairwise(route)) + sum(map(links.detour, route[1:-1]))


def check(steps, start, end, longest):
    assert len(steps) <= longest
    assert start in steps[0].source.name + steps[0].target.name
    assert end in steps[-1].source.name + steps[-1].target.name
    for one, other in pairwise(steps):
        assert {one.source.id, one.target.id} & {other.source.id, other.target.id}
    for step in steps:
        assert step.kind == "article" or {step.source.name, step.target.name} <= set(words(step.evidence.sentence))


def words(sentence):
    return sentence.strip(".").split()


def test_the_same_question_has_the_same_answer(tmp_path):
    ring = [("x", f"Name{a} saw Name{b}.") for a, b in ("AB", "AC", "AD", "BH", "CH", "DH")]
    forth, back = collection(tmp_path / "1", *ring), collection(tmp_path / "2", *reversed(ring))
    middle = min(entity_id(f"Name{x}", TYPES) for x in "BCD")
    for store in (forth, back):
        assert connect(store, "NameA", "NameH")[0].target.id == middle
        store.close()
