"""What happened to somebody, in order."""

from dataclasses import replace

import pytest
from hand_made import article, article_id, empty_store, entity_id
from test_graph_facts import report

from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.timeline import timeline
from kgretrieval.store.copies import keep_pairs, regroup
from kgretrieval.store.ids import make_id
from kgretrieval.store.records import FrameRow, MentionRow, ReferenceRow
from kgretrieval.store.write import commit, writing
from kgretrieval.types import Frame, Mention, Reference, Role


def framed(key, text, lemma, verb, roles, *, when=("", ""), said="", **fields):
    """An article of one sentence with one frame; `roles` are (label, words), `when` a date and what it means."""
    bundle = article(key, key, text, **fields)
    own = bundle.article_id

    def span(words):
        return text.index(words), text.index(words) + len(words)

    frame = Frame(
        "text", 0, len(text), lemma, *span(verb), tuple(Role(r, *span(w), span(w)[0]) for r, w in roles), "hand", 0.8
    )
    mentions = list(bundle.annotations.mentions)
    if when[0]:
        mention = Mention("text", *span(when[0]), when[0], "date", "article", "hand", 0.9, when[1])
        mentions.append(MentionRow(own, own, mention, "", 0, len(text)))
    references = []
    if said:
        name = next(m for m in mentions if m.name == entity_id(said))
        reference = Reference(
            "text", *span("She"), "She", name.mention.field, name.mention.start, name.mention.end, "h"
        )
        references.append(ReferenceRow(own, own, reference, name.name))
    annotations = replace(
        bundle.annotations, mentions=mentions, frames=[FrameRow(own, own, frame)], references=references
    )
    return replace(bundle, annotations=annotations)


def meeting(key, *, when=("in May 2019", "2019-05"), **fields):
    text = f"Angela Merkel met Emmanuel Macron {when[0]}."
    roles = [("ARG0", "Angela Merkel"), ("ARG1", "Emmanuel Macron")]
    roles += [("ARGM-TMP", when[0])] if when[0] else []
    return framed(key, text, "meet", "met", roles, when=when, **fields)


@pytest.fixture
def store(tmp_path):
    made = empty_store(tmp_path / "time")
    yield made
    made.close()


def told(store, name="Angela Merkel", **how):
    return [(h.time, h.stated, h.kind, h.predicate) for h in timeline(store, name, **how).happenings]


def test_facts_and_frames_come_in_the_order_of_their_times(store):
    commit(
        store,
        [
            report("a", date="2020-01-01"),
            meeting("b", date="2022-02-02"),
            report("c", "Angela Merkel built Siemens.", ("Angela Merkel", "built", "Siemens"), time="2021"),
        ],
    )
    assert told(store) == [
        ("2019-05", True, "frame", "met"),
        ("2020-01-01", False, "fact", "visited"),
        ("2021", True, "fact", "built"),
    ]
    assert told(store, "Siemens") == told(store)[1:]
    assert told(store, since="2020", until="2020") == told(store)[1:2]
    assert told(store, until="2019-05-31") == told(store)[:1]


def test_a_frame_says_who_did_what_to_whom(store):
    commit(store, [meeting("b", date="2022-02-02", source="DPA")])
    (one,) = timeline(store, "Emmanuel Macron").happenings
    assert (one.subject, one.predicate, one.object) == ("Angela Merkel", "met", "Emmanuel Macron")
    assert one.roles == {"ARG0": "Angela Merkel", "ARG1": "Emmanuel Macron", "ARGM-TMP": "in May 2019"}
    (evidence,) = one.evidence
    assert (evidence.sentence, evidence.source) == ("Angela Merkel met Emmanuel Macron in May 2019.", "DPA")
    assert (evidence.document, evidence.time) == (article_id("b"), "2019-05")


def test_without_a_stated_time_the_publication_stands_in_and_says_so(store):
    commit(store, [meeting("b", when=("", ""), date="2022-02-02"), report("c", date="")])
    assert told(store) == [("2022-02-02", False, "frame", "met"), ("", False, "fact", "visited")]


def test_a_pronoun_counts_and_a_bystander_does_not(store):
    text = "Angela Merkel waited. She left Berlin."
    bundle = framed("a", text, "leave", "left", [("ARG0", "She"), ("ARG1", "Berlin")], said="Angela Merkel")
    commit(store, [bundle])
    assert told(store) == [("", False, "frame", "left")]
    roles = [("ARG0", "Olaf Scholz"), ("ARGM-LOC", "Berlin")]
    commit(store, [framed("b", "Olaf Scholz slept in Berlin.", "sleep", "slept", roles)])
    assert [p for *_, p in told(store, "Berlin")] == ["left"]


def test_equal_frames_fold_and_near_copies_are_one_source(store):
    commit(store, [meeting(key, date=f"2022-02-0{n}") for n, key in enumerate("abc", start=1)])
    pair = (article_id("b"), article_id("c"))
    with writing(store) as connection:
        keep_pairs(connection, [pair])
        regroup(store, connection, pair)
    (one,) = timeline(store, "Angela Merkel").happenings
    assert [e.document for e in one.evidence] == [article_id("a"), article_id("b")]


def test_a_frame_that_a_fact_tells_is_not_told_twice(store):
    bundle = meeting("a")
    told_too = report(
        "b", "Angela Merkel met Emmanuel Macron in May 2019.", ("Angela Merkel", "met", "Emmanuel Macron")
    )
    rows = [
        replace(
            row,
            id=make_id("r", "x"),
            holder=bundle.article_id,
            document=bundle.article_id,
            relation=replace(row.relation, predicate_start=14),
            time="2019-05",
        )
        for row in told_too.annotations.relations
    ]
    commit(store, [replace(bundle, annotations=replace(bundle.annotations, relations=rows))])
    assert told(store) == [("2019-05", True, "fact", "met")]


def test_a_fact_of_two_times_happened_twice_and_an_undated_telling_is_no_third(store):
    visits = [report(str(n), time=time, date="2023-01-01") for n, time in enumerate(("2019", "", "2019"))]
    commit(store, visits)
    (one,) = timeline(store, "Siemens").happenings
    assert (one.time, len(one.evidence)) == ("2019", 3)
    commit(store, [report("again", time="2021")])
    assert [(h.time, h.stated) for h in timeline(store, "Siemens").happenings] == [
        ("2019", True),
        ("2021", True),
        ("2023-01-01", False),
    ]


def test_what_may_or_did_not_happen_says_so(store):
    text = "Angela Merkel may not meet Emmanuel Macron."
    roles = [("ARG0", "Angela Merkel"), ("ARGM-MOD", "may"), ("ARGM-NEG", "not"), ("ARG1", "Emmanuel Macron")]
    commit(store, [framed("a", text, "meet", "meet", roles), report("b", modality="denied")])
    shown = {h.kind: (h.negated, h.modality) for h in timeline(store, "Angela Merkel").happenings}
    assert shown == {"frame": (True, "possible"), "fact": (False, "denied")}


def test_to_be_and_to_say_are_no_happenings(store):
    roles = [("ARG0", "Angela Merkel"), ("ARG1", "so")]
    commit(store, [framed("a", "Angela Merkel said so.", "say", "said", roles)])
    commit(store, [report("b", "Angela Merkel be Siemens.", ("Angela Merkel", "be", "Siemens"))])
    assert told(store) == []


def test_names_and_dates_are_checked(store):
    commit(store, [meeting("a")])
    with pytest.raises(NotFoundError):
        timeline(store, "Nobody Known")
    with pytest.raises(UsageError, match="soon"):
        timeline(store, "Angela Merkel", since="soon")
