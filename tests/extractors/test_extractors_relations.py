"""What sentences state."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.types import TextPart


def extract(relations, text, *, field="text", language="en"):
    return relations.extract([[TextPart(field, text, language)]])[0].relations


def triples(relations, text):
    return {(r.subject, r.predicate, r.object) for r in extract(relations, text)}


def test_a_verb_with_its_places(relations):
    text = "It rained. Angela Merkel met Emmanuel Macron in Paris on Friday."
    first = extract(relations, text)[0]
    assert (first.subject, first.predicate, first.object) == (
        "Angela Merkel",
        "met",
        "Emmanuel Macron in Paris on Friday",
    )
    assert text[first.start : first.end] == "Angela Merkel met Emmanuel Macron in Paris on Friday."
    assert text[first.subject_start : first.subject_end] == first.subject
    assert text[first.object_start : first.object_end] == first.object
    assert text[first.subject_head :].startswith("Merkel")
    assert text[first.object_head :].startswith("Macron")
    assert 0 < first.confidence < 1
    assert first.extractor == "relations"


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Tim Cook met with Angela Merkel.", ("Tim Cook", "met with", "Angela Merkel")),
        ("Siemens is based in Munich.", ("Siemens", "is based in", "Munich")),
        ("Microsoft was founded by Bill Gates.", ("Microsoft", "was founded by", "Bill Gates")),
        ("Paris is the capital of France.", ("Paris", "is capital of", "France")),
        ("Bill Clinton was a lawyer.", ("Bill Clinton", "was", "a lawyer")),
        ("Angela Merkel, who led Germany, retired in 2021.", ("Angela Merkel", "led", "Germany")),
        ("Angela Merkel visited Rome and met Mario Draghi.", ("Angela Merkel", "met", "Mario Draghi")),
        ("Bill Gates, speaking in London, praised Angela Merkel.", ("Bill Gates", "praised", "Angela Merkel")),
    ],
)
def test_what_verbs_say(relations, text, triple):
    assert triple in triples(relations, text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        (
            "Tim Cook, chief executive of Microsoft, was born in Alabama.",
            ("Tim Cook", "is chief executive of", "Microsoft"),
        ),
        ("Microsoft CEO Satya Nadella spoke in London.", ("Satya Nadella", "is CEO of", "Microsoft")),
        ("France's president Emmanuel Macron flew to Rome.", ("Emmanuel Macron", "is president of", "France")),
        ("French president Emmanuel Macron flew to Rome.", ("Emmanuel Macron", "is", "French president")),
    ],
)
def test_what_titles_and_appositions_say(relations, text, triple):
    assert triple in triples(relations, text)


def test_coordinated_names_each_take_part(relations):
    found = triples(relations, "Angela Merkel and Emmanuel Macron visited Rome.")
    assert {("Angela Merkel", "visited", "Rome"), ("Emmanuel Macron", "visited", "Rome")} <= found


@pytest.mark.parametrize("verb", ["did not visit", "didn't visit", "never visited", "has not visited"])
def test_negation_is_marked_and_not_in_the_predicate(relations, verb):
    [found] = [r for r in extract(relations, f"Angela Merkel {verb} Moscow.") if r.object == "Moscow"]
    assert found.negated
    assert not {"not", "n't", "never", "did"} & set(found.predicate.split())


def test_what_is_not_denied_is_not_negated(relations):
    assert not any(r.negated for r in extract(relations, "Angela Merkel visited Moscow, not Kiev."))


def test_the_head_is_what_a_phrase_is_about(relations):
    text = "The president of France met Angela Merkel."
    [found] = [r for r in extract(relations, text) if r.predicate == "met"]
    assert text[found.subject_head :].startswith("president")


def test_what_somebody_said_is_about_nobody(relations):
    text = "Angela Merkel said that Germany will help Greece."
    [said] = [r for r in extract(relations, text) if r.predicate == "said"]
    assert said.object == "Germany will help Greece"
    assert text[said.object_head :].startswith("help")


PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "i", "we", "us", "who", "which", "that", "this", "his"}


@pytest.mark.parametrize(
    "text",
    [
        "He said it was fine.",
        "She met him in Paris, and they visited the city.",
        "Angela Merkel met him. His wife saw it.",
        "The company, which bought it, sold them. This is what he wanted.",
    ],
)
def test_pronouns_take_no_part(relations, text):
    for found in extract(relations, text):
        assert found.subject.lower().split()[0] not in PRONOUNS
        assert found.object.lower() not in PRONOUNS


def test_other_languages_and_tags_give_nothing(relations):
    assert extract(relations, "Angela Merkel met Emmanuel Macron.", language="de") == ()
    assert extract(relations, "Angela Merkel met Emmanuel Macron.", field="tags") == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            "Angela Merkel met , who and the of Apple 's in is Paris . said not ( ) “ ” his chief 2-1 é👍".split()
        ),
        max_size=18,
    ).map(" ".join)
)
def test_every_relation_is_what_the_text_has_there(relations, text):
    for r in extract(relations, text):
        assert text[r.subject_start : r.subject_end] == r.subject != ""
        assert text[r.object_start : r.object_end] == r.object != ""
        assert r.start <= r.subject_start < r.subject_end <= r.end
        assert r.start <= r.object_start < r.object_end <= r.end
        assert r.subject_start <= r.subject_head < r.subject_end
        assert r.object_start <= r.object_head < r.object_end
        assert r.predicate
