"""What backs a fact, what contradicts it, and what is left out."""

from dataclasses import replace

import pytest
from hand_made import PEOPLE, article, article_id, empty_store, entity_id, relations
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.disputes import same_value
from kgretrieval.graph.fact_list import find_facts
from kgretrieval.graph.facts import fact_with, facts_about
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.view import build_graph
from kgretrieval.store.aggregate import refresh_entities
from kgretrieval.store.copies import keep_pairs, regroup
from kgretrieval.store.records import RelationRow
from kgretrieval.store.resolution_rows import keep_fact_marks, keep_marks
from kgretrieval.store.write import commit, writing
from kgretrieval.types import Mention

MERKEL, SCHOLZ, SIEMENS = map(entity_id, ("Angela Merkel", "Olaf Scholz", "Siemens"))
VISIT = ("Angela Merkel", "visited", "Siemens")
TEXT = "Angela Merkel visited Siemens."


def relations_with(bundle, **changes):
    """The same bundle, its relations (and their rows) changed."""
    own = {f.name for f in RelationRow.__dataclass_fields__.values()}
    rows = [
        replace(
            row,
            relation=replace(row.relation, **{k: v for k, v in changes.items() if k not in own}),
            **{k: v for k, v in changes.items() if k in own},
        )
        for row in bundle.annotations.relations
    ]
    return replace(bundle, annotations=replace(bundle.annotations, relations=rows))


def report(key, text=TEXT, fact=VISIT, *, date="2020-01-01", source="DPA", **changes):
    return relations_with(article(key, key, text, facts=(fact,), date=date, source=source), **changes)


@pytest.fixture
def store(tmp_path):
    made = empty_store(tmp_path / "facts")
    yield made
    made.close()


def only(found):
    (fact,) = found.facts
    return fact


def test_publishers_and_articles_are_counted(store):
    commit(store, [report("a"), report("b", source="dpa"), report("c", source="AFP", date="2019-05-02")])
    fact = only(find_facts(store))
    assert (fact.sources, fact.independent, fact.first_seen, fact.last_seen) == (2, 3, "2019-05-02", "2020-01-01")
    assert [e.date for e in fact.evidence] == ["2019-05-02", "2020-01-01", "2020-01-01"]
    assert (fact.modality, fact.typed, fact.confirmed, fact.disputed_by) == ("asserted", False, False, ())


def test_near_copies_are_one_source(store):
    commit(store, [report("a"), report("b", source="AFP"), report("c", source="Reuters")])
    pair = (article_id("a"), article_id("b"))
    with writing(store) as connection:
        keep_pairs(connection, [pair])
        regroup(store, connection, pair)
    fact = only(find_facts(store))
    assert (len(fact.evidence), fact.sources, fact.independent) == (3, 3, 2)
    assert find_facts(store, min_sources=2).total == 1
    assert find_facts(store, min_sources=3).total == 0


def test_the_caption_of_an_article_is_no_other_source(store):
    bundle = article("a", "Visit", TEXT, facts=(VISIT,), pictures=(("one", TEXT),), source="DPA")
    use, picture = bundle.uses[0].id, bundle.uses[0].picture
    bundle.annotations.relations += relations(use, picture, "caption", TEXT, (VISIT,), PEOPLE)
    commit(store, [bundle])
    fact = only(find_facts(store))
    assert (len(fact.evidence), fact.independent, fact.sources) == (2, 1, 1)


def test_a_denial_is_another_fact_and_disputes_the_first(store):
    commit(store, [report("a"), report("b"), report("c", modality="denied", source="AFP", date="2020-02-02")])
    asserted, denied = find_facts(store).facts
    assert (asserted.modality, asserted.independent) == ("asserted", 2)
    assert (denied.modality, denied.independent, denied.last_seen) == ("denied", 1, "2020-02-02")
    assert (asserted.disputed_by, denied.disputed_by) == ((denied.id,), (asserted.id,))


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        ((False, "asserted"), (True, "asserted"), True),
        ((False, "asserted"), (False, "denied"), True),
        ((False, "asserted"), (True, "denied"), False),
        ((False, "alleged"), (True, "asserted"), True),
        ((False, "asserted"), (False, "alleged"), False),
        ((False, "possible"), (True, "asserted"), False),
    ],
)
def test_what_contradicts_what(store, one, other, disputed):
    bundles = [report(str(i), negated=n, modality=m) for i, (n, m) in enumerate((one, other))]
    commit(store, bundles)
    assert [bool(fact.disputed_by) for fact in find_facts(store).facts] == [disputed, disputed]


BORN = ("Angela Merkel", "born in", "Berlin")
IN_PARIS = ("Angela Merkel", "born in", "Paris")


def birth(key, fact=BORN, **changes):
    return report(key, f"Angela Merkel was {fact[1]} {fact[2]}.", fact, typed=True, **changes)


def test_two_objects_where_there_can_be_one_contradict(store):
    commit(store, [birth("a"), birth("b"), birth("c", IN_PARIS, date="2021-03-04", source="AFP")])
    berlin, paris = find_facts(store, disputed=True).facts
    assert (berlin.object, paris.object) == ("Berlin", "Paris")
    assert berlin.disputed_by == (paris.id,)
    assert paris.evidence[0].date == "2021-03-04"


def test_a_negated_rival_and_an_open_one_do_not(store):
    commit(store, [birth("a"), birth("b", IN_PARIS, negated=True)])
    commit(store, [report("c", "Angela Merkel was born in Siemens.", ("Angela Merkel", "born in", "Siemens"))])
    assert find_facts(store, disputed=True).total == 0


@pytest.mark.parametrize(("inner", "outer"), [("Berlin", "Paris"), ("Paris", "Berlin")])
def test_a_place_inside_the_other_is_no_contradiction(store, inner, outer):
    inside = report("c", f"{inner} is located in {outer}.", (inner, "located in", outer), typed=True)
    commit(store, [birth("a"), birth("b", IN_PARIS)])
    assert find_facts(store, disputed=True).total == 2
    commit(store, [inside])
    assert find_facts(store, disputed=True).total == 0


def dated(key, words, value):
    text = f"Angela Merkel has the date of birth {words}."
    bundle = report(key, text, ("Angela Merkel", "date of birth", words), typed=True)
    start = text.index(words)
    mention = Mention("text", start, start + len(words), words, "date", "article", "hand", 0.9, value)
    names = bundle.annotations.mentions
    row = replace(names[0], mention=mention, name="")
    return replace(bundle, annotations=replace(bundle.annotations, mentions=[*names, row]))


def test_dates_are_compared_by_what_they_mean(store):
    commit(
        store, [dated("a", "17 July 1954", "1954-07-17"), dated("b", "July 1954", "1954-07"), dated("c", "1954", "")]
    )
    assert find_facts(store, disputed=True).total == 0
    commit(store, [dated("d", "17 July 1955", "1955-07-17")])
    found = find_facts(store, disputed=True)
    assert found.total == 3
    assert {f.object for f in found.facts} == {"17 July 1954", "July 1954", "17 July 1955"}


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_dates_agree_as_far_as_both_are_precise(one, other, length, length_other):
    a, b = one.isoformat()[:length], other.isoformat()[:length_other]
    shorter = min(length, length_other)
    assert same_value(a, b) == same_value(b, a) == (a[:shorter] == b[:shorter])


def test_as_of_a_day_only_what_was_published_counts(store):
    commit(store, [report("a", date="2020-01-01"), report("b", date="2020-06-01", source="AFP")])
    commit(store, [report("c", date="2021-01-01", modality="denied"), report("d", date="")])
    before = only(find_facts(store, as_of="2020-03"))
    assert (before.sources, before.last_seen, before.disputed_by) == (1, "2020-01-01", ())
    assert [f.independent for f in find_facts(store, as_of="2021").facts] == [2, 1]
    assert find_facts(store, as_of="2019").total == 0
    assert find_facts(store, disputed=True, as_of="2020").total == 0


def test_filters(store):
    commit(store, [report("a", date="2020-01-05"), report("b", date="2022-03-01", source="AFP"), birth("c")])
    commit(
        store, [report("d", "Olaf Scholz visited Siemens.", ("Olaf Scholz", "visited", "Siemens"), modality="possible")]
    )

    def names(*name, **asked):
        return [(f.subject, f.predicate) for f in find_facts(store, *name, **asked).facts]

    merkel, born, scholz = ("Angela Merkel", "visited"), ("Angela Merkel", "born in"), ("Olaf Scholz", "visited")
    assert names() == [merkel, born, scholz]
    assert names("merkel") == [merkel, born]
    assert names("Siemens") == [merkel, scholz]
    assert names(since="2022") == names(min_sources=2) == [merkel]
    assert names(until="2020-01-04") == [born, scholz]
    assert names(since="2020-01-05", until="2020-01") == [merkel]
    assert names(predicates=["VISITED"]) == names(predicates="visited") == [merkel, scholz]
    assert names("merkel", predicates=["Born in", "met"]) == names(typed=True) == [born]
    assert names(modality="possible") == [scholz]
    assert find_facts(store, k=1).total == 3


def test_what_disputes_stands_beside_it_beyond_the_limit_and_the_filters(store):
    commit(store, [report("a"), report("b", modality="denied"), birth("c"), birth("d")])
    found = find_facts(store, predicates=["visited"], modality="asserted", k=1)
    assert [f.modality for f in found.facts] == ["asserted", "denied"]
    assert found.total == 1


@pytest.mark.parametrize(
    "asked",
    [{"since": "soon"}, {"since": "2021", "until": "2020"}, {"as_of": "yesterday"}, {"k": 0}, {"modality": "sure"}],
)
def test_what_makes_no_sense_is_said(store, asked):
    with pytest.raises(UsageError, match=str(next(iter(asked.values())))):
        find_facts(store, **asked)


def test_an_unknown_name_is_said(store):
    with pytest.raises(NotFoundError, match="Nobody Known"):
        find_facts(store, "Nobody Known")


def test_what_people_hid_is_nowhere(store):
    commit(store, [report("a"), birth("b")])
    (visit,) = find_facts(store, predicates=["visited"]).facts
    with writing(store) as connection:
        keep_fact_marks(connection, {visit.id: (False, True)})
    assert [f.predicate for f in find_facts(store).facts] == ["born in"]
    with pytest.raises(NotFoundError, match="hidden"):
        fact_with(store, visit.id)
    with writing(store) as connection:
        keep_marks(connection, [MERKEL], [(MERKEL, MERKEL, "", "", 0, 1, "")])
        refresh_entities(connection, [MERKEL])
    assert find_facts(store).total == 0
    assert MERKEL not in build_graph(store)
    with pytest.raises(NotFoundError, match="no entity is called"):
        find_entities(store, "Angela Merkel")
    with pytest.raises(NotFoundError, match="hidden"):
        find_entities(store, MERKEL)


def test_a_confirmed_fact_says_so(store):
    commit(store, [report("a")])
    fact = only(find_facts(store))
    with writing(store) as connection:
        keep_fact_marks(connection, {fact.id: (True, False)})
    assert only(find_facts(store)).confirmed
    edges = [d for *_, d in build_graph(store).edges(data=True) if d["kind"] == "fact"]
    assert [d["confirmed"] for d in edges] == [True]


def test_the_edge_of_a_fact_says_how_it_is_put(store):
    commit(store, [report("a", modality="alleged", attributed_to="the police", time="2019-12", place="Berlin")])
    (data,) = (d for *_, d in build_graph(store).edges(data=True) if d["kind"] == "fact")
    keys = ("negated", "modality", "time", "sources", "independent", "attributed_to", "disputed")
    assert [data[key] for key in keys] == [False, "alleged", "2019-12", 1, 1, "the police", False]
    (evidence,) = only(find_facts(store)).evidence
    assert (evidence.attributed_to, evidence.time, evidence.place) == ("the police", "2019-12", "Berlin")


def test_facts_of_an_entity_are_typed_first_and_assertions_before_the_rest(store):
    commit(store, [report(str(i)) for i in range(3)] + [birth("b")])
    commit(
        store, [report("d", "Angela Merkel built Siemens.", ("Angela Merkel", "built", "Siemens"), modality="denied")]
    )
    assert [f.predicate for f in facts_about(store, [MERKEL])] == ["born in", "visited", "built"]
    assert [f.predicate for f in facts_about(store, [MERKEL], limit=1)] == ["born in"]


def shown(bundles, folder):
    store = empty_store(folder / "facts")
    for bundle in bundles:
        commit(store, [bundle])
    found = [replace(fact, evidence=()) for fact in find_facts(store).facts]
    store.close()
    return found


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(6)))
def test_the_order_of_documents_does_not_matter(tmp_path_factory, order):
    bundles = [report("a"), report("b", modality="denied"), birth("c"), birth("d", IN_PARIS), report("e", date="2019")]
    bundles.append(report("f", "Olaf Scholz visited Siemens.", ("Olaf Scholz", "visited", "Siemens")))
    expected = shown(bundles, tmp_path_factory.mktemp("order"))
    assert len(expected) == 5
    assert shown([bundles[place] for place in order], tmp_path_factory.mktemp("order")) == expected
