"""Patterns: what reads, what does not, and what fits."""

from itertools import product

import pytest
from hand_made import article, empty_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_graph_facts import report

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph import match as match_module
from kgretrieval.graph.match import match
from kgretrieval.graph.pattern import parse
from kgretrieval.store.write import commit

TYPES = {
    "Ada Smith": "person",
    "Bob Jones": "person",
    "Cleo Brown": "person",
    "Acme Works": "organisation",
    "Best Bank": "organisation",
    "Oldtown": "place",
}
STATED = (
    ("Ada Smith", "founded", "Acme Works"),
    ("Bob Jones", "works for", "Acme Works"),
    ("Bob Jones", "founded", "Best Bank"),
    ("Cleo Brown", "married", "Bob Jones"),
    ("Acme Works", "is based in", "Oldtown"),
    ("Cleo Brown", "built", "a wooden bridge"),
    ("Ada Smith", "built", "A wooden bridge"),
    ("Ada Smith", "not married", "Bob Jones"),
)


def told(key, facts):
    text = " ".join(f"{s} {p.replace('not ', 'never ')} {o}." for s, p, o in facts)
    rows = tuple((s, p, o) for s, p, o in facts)
    return article(key, key, text.replace("never married", "married"), facts=rows, types=TYPES, date="2020-01-01")


@pytest.fixture
def town(tmp_path):
    store = empty_store(tmp_path / "town")
    commit(store, [told("one", STATED), told("two", STATED[1:2])])
    yield store
    store.close()


def fits(store, pattern, **how):
    return [tuple(b.name for b in m.bindings.values()) for m in match(store, pattern, **how).matches]


def test_an_edge_between_two_variables(town):
    assert fits(town, "(?p:person)-[founded]->(?o:organisation)") == fits(town, "(?p)-[FOUNDED]->(?o)")
    assert sorted(fits(town, "(?p)-[founded]->(?o)")) == [("Ada Smith", "Acme Works"), ("Bob Jones", "Best Bank")]


def test_the_best_supported_comes_first(town):
    assert fits(town, "(?p)-[founded|works for]->(?o)")[0] == ("Bob Jones", "Acme Works")
    assert len(fits(town, "(?p)-[founded|works for]->(?o)", k=2)) == 2
    assert match(town, "(?p)-[founded|works for]->(?o)", k=2).total == 3


def test_either_direction_chains_and_commas(town):
    expected = [("Bob Jones", "Acme Works", "Ada Smith")]
    assert fits(town, "(?w)-[works for]->(?o)<-[founded]-(?f)") == expected
    assert fits(town, "(?w) -[works for]-> (?o), (?f)-[founded]->(?o)") == expected
    three = "(?c)-[married]->(?w)-[works for]->(?o:organisation)-[is based in]->(?p:place)"
    assert fits(town, three) == [("Cleo Brown", "Bob Jones", "Acme Works", "Oldtown")]


def test_the_facts_come_in_the_order_of_the_edges(town):
    (found,) = match(town, '(?w)-[*]->(?o)<-[founded]-("Ada Smith")').matches
    assert [(f.subject, f.predicate) for f in found.facts] == [("Bob Jones", "works for"), ("Ada Smith", "founded")]
    assert found.facts[0].evidence[0].sentence == "Bob Jones works for Acme Works."
    assert found.bindings["w"].type == "person"


def test_names_stand_for_their_bearers(town):
    assert fits(town, '("ada smith")-[*]->(?o:organisation)') == [("Acme Works",)]
    assert fits(town, '(?p)-[*]->("Acme")') == fits(town, "(?p)-[*]->(“Acme Works”)")
    with pytest.raises(NotFoundError, match="did you mean Ada Smith"):
        match(town, '("Ada Smth")-[*]->(?o)')


def test_nameless_nodes_are_not_shown(town):
    assert fits(town, "(?p)-[married]->()") == [("Cleo Brown",)]
    assert sorted(fits(town, "(:person)-[founded]->(?o)")) == [("Acme Works",), ("Best Bank",)]


def test_words_that_are_no_entity_join_too(town):
    pairs = fits(town, "(?a)-[built]->(?t:text)<-[built]-(?b)")
    assert sorted((a, b) for a, _, b in pairs) == [("Ada Smith", "Cleo Brown"), ("Cleo Brown", "Ada Smith")]
    (found, _) = match(town, "(?a)-[built]->(?t:text)").matches
    assert (found.bindings["t"].id, found.bindings["t"].type) == ("", "text")
    assert fits(town, "(?a)-[built]->(?t:place)") == []


def test_what_is_no_assertion_does_not_fit(town):
    assert fits(town, '("Ada Smith")-[married]->(?x)') == []
    commit(town, [report(m, modality=m) for m in ("denied", "possible", "alleged")])
    assert fits(town, "(?x)-[visited]->(?y)") == []
    assert fits(town, "(?x)-[no such]->(?y)") == []


def test_a_variable_stands_for_one_thing_and_a_fact_for_one_edge(town):
    assert fits(town, "(?a)-[*]->(?a)") == []
    assert fits(town, "(?a)-[founded]->(?o)<-[founded]-(?b)") == []


def test_a_pattern_beyond_all_use_is_refused(town, monkeypatch):
    monkeypatch.setattr(match_module, "MOST", 3)
    with pytest.raises(UsageError, match="more than 3 ways; name a predicate"):
        match(town, "(?a)-[*]->(?b)")
    with pytest.raises(UsageError, match="k is 0"):
        match(town, "(?a)-[*]->(?b)", k=0)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("", 1, "a node"),
        ("(?a)", 5, "an edge"),
        ("(a)-[x]->(?b)", 2, "a variable such as \\?p"),
        ("(?)-[x]->(?b)", 3, "the name of a variable"),
        ("(?a:human)-[x]->(?b)", 5, "a type: person, organisation"),
        ("(?a:person)-[x]->(?a:place)", 27, "the same type for \\?a"),
        ("(?a)-[]->(?b)", 7, "a predicate"),
        ("(?a)-[x|*]->(?b)", 9, "a predicate: \\* stands alone"),
        ("(?a)-[x]-(?b)", 8, "\\]->"),
        ("(?a)<-[x]->(?b)", 11, "a node: an edge points one way"),
        ("(?a)-[x]->(?b", 14, "\\) at the end"),
        ("(?a)-[x]->(?b) and", 16, "an edge such as"),
        ("(?a)-[x]->(?b),", 16, "a node"),
        ("(?a)-[x]->(?b), (?c)", 21, "an edge"),
        ('("")-[x]->(?b)', 2, "a name between"),
    ],
)
def test_an_error_names_the_column_and_what_would_stand_there(text, column, expected):
    with pytest.raises(UsageError, match=f"at column {column}: expected {expected}") as caught:
        parse(text)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet='(?ab:person)-[*|x]<>,"\\ ', max_size=30))
def test_any_text_reads_or_is_refused_in_one_line(text):
    message = ""
    try:
        assert parse(text).edges
    except UsageError as error:
        message = str(error)
    assert message == "" or message.startswith("the pattern does not read at column ")


NAMES, WORDS = sorted(TYPES), ("founded", "met")
TRIPLES = st.tuples(st.sampled_from(NAMES), st.sampled_from(WORDS), st.sampled_from(NAMES))
EDGES = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from((*WORDS, "*")), st.sampled_from("abc")), min_size=1, max_size=3
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=st.sets(TRIPLES.filter(lambda t: t[0] != t[2]), min_size=1, max_size=7), edges=EDGES)
def test_joins_find_what_trying_everything_finds(tmp_path_factory, facts, edges):
    store = empty_store(tmp_path_factory.mktemp("law") / "town")
    commit(store, [told("one", sorted(facts))])
    pattern = ", ".join(f"(?{one})-[{word}]->(?{other})" for one, word, other in edges)
    found = match(store, pattern, k=10_000)
    seen = {tuple((f.subject, f.predicate, f.object) for f in m.facts) for m in found.matches}
    store.close()
    assert seen == {chosen for chosen in product(facts, repeat=len(edges)) if _holds(chosen, edges)}
    assert found.total == len(found.matches) == len(seen)


def _holds(chosen, edges):
    bound = {}
    for (subject, predicate, object_), (one, word, other) in zip(chosen, edges, strict=True):
        if word not in (predicate, "*"):
            return False
        if bound.setdefault(one, subject) != subject or bound.setdefault(other, object_) != object_:
            return False
    return len(set(chosen)) == len(chosen)
