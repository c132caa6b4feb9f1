"""What sentences state."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.extractors.open_relations.statements import statements
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.types import TextPart


def extract(relations, text, *, field="text", language="en"):
    return relations.extract([[TextPart(field, text, language)]])[0].relations


def triples(relations, text):
    return {(r.subject, r.predicate, r.object) for r in extract(relations, text)}


def test_a_relation_with_its_places(relations):
    text = "It rained. Angela Merkel met Emmanuel Macron in Paris on Friday."
    [first] = extract(relations, text)
    assert (first.subject, first.predicate, first.object) == ("Angela Merkel", "meet", "Emmanuel Macron")
    assert text[first.start : first.end] == "Angela Merkel met Emmanuel Macron in Paris on Friday."
    assert text[first.subject_start : first.subject_end] == first.subject
    assert text[first.object_start : first.object_end] == first.object
    assert first.subject_start <= first.subject_head < first.subject_end
    assert first.object_start <= first.object_head < first.object_end
    assert text[first.predicate_start :].startswith("met")
    assert 0 < first.confidence < 1
    assert first.extractor == "relations"
    assert (first.negated, first.modality, first.attributed_to, first.attributed_head) == (False, "asserted", "", -1)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Tim Cook met with Angela Merkel.", ("Tim Cook", "meet with", "Angela Merkel")),
        ("Siemens is based in Munich.", ("Siemens", "be based in", "Munich")),
        ("Microsoft was founded by Bill Gates.", ("Bill Gates", "found", "Microsoft")),
        ("Bill Gates founded Microsoft.", ("Bill Gates", "found", "Microsoft")),
        ("Paris is the capital of France.", ("Paris", "be capital of", "France")),
        ("Bill Clinton was a lawyer.", ("Bill Clinton", "be", "lawyer")),
        ("Angela Merkel, who led Germany, retired in 2021.", ("Angela Merkel", "lead", "Germany")),
        ("Angela Merkel visited Rome and met Mario Draghi.", ("Angela Merkel", "meet", "Mario Draghi")),
        ("Bill Gates, speaking in London, praised Angela Merkel.", ("Bill Gates", "praise", "Angela Merkel")),
        ("Microsoft agreed to buy Nokia.", ("Microsoft", "agree to buy", "Nokia")),
        ("Microsoft signed a deal with Nokia.", ("Microsoft", "sign deal with", "Nokia")),
        ("Angela Merkel took over Siemens.", ("Angela Merkel", "take over", "Siemens")),
        ("A company founded by Bill Gates sued Nokia.", ("company", "sue", "Nokia")),
        ("Tim Cook was named head of Apple.", ("Tim Cook", "be named head of", "Apple")),
    ],
)
def test_what_verbs_say(relations, text, triple):
    assert triple in triples(relations, text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Tim Cook, chief executive of Microsoft, left Rome.", ("Tim Cook", "be chief executive of", "Microsoft")),
        ("Microsoft CEO Satya Nadella spoke in London.", ("Satya Nadella", "be CEO of", "Microsoft")),
        ("France's president Emmanuel Macron flew to Rome.", ("Emmanuel Macron", "be president of", "France")),
        ("French president Emmanuel Macron flew to Rome.", ("Emmanuel Macron", "be", "French president")),
    ],
)
def test_what_titles_and_appositions_say(relations, text, triple):
    assert triple in triples(relations, text)


def test_times_and_places_beside_an_object_make_no_relation(relations):
    assert triples(relations, "Microsoft bought Nokia in Finland on Monday.") == {("Microsoft", "buy", "Nokia")}


def test_where_a_company_is_based(relations):
    assert ("Zalando", "be based in", "Berlin") in triples(
        relations, "Berlin-based Zalando has cut 200 jobs this year."
    )


def test_coordinated_names_each_take_part(relations):
    found = triples(relations, "Angela Merkel and Emmanuel Macron visited Rome.")
    assert {("Angela Merkel", "visit", "Rome"), ("Emmanuel Macron", "visit", "Rome")} <= found


def test_a_relative_clause_is_about_the_last_of_a_list(tagger):
    text = "Angela Merkel, Emmanuel Macron and Mario Draghi, who leads Italy, visited Rome."
    [[(sentence, tree)]] = Parser(tagger).trees([text])
    leading = [found for found in statements(sentence, tree) if found.predicate == "lead"]
    assert [sentence.words[found.subject.last - 1] for found in leading] == ["Draghi"]


@pytest.mark.parametrize(
    "verb", ["did not visit", "didn't visit", "never visited", "has not visited", "failed to visit"]
)
def test_negation_is_marked_and_not_in_the_predicate(relations, verb):
    [found] = [r for r in extract(relations, f"Angela Merkel {verb} Moscow.") if r.object == "Moscow"]
    assert found.negated
    assert found.predicate == "visit"


def test_what_is_not_denied_is_not_negated(relations):
    assert not any(r.negated for r in extract(relations, "Angela Merkel visited Moscow, not Kiev."))


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Microsoft may buy Nokia.", "possible"),
        ("Microsoft is expected to buy Nokia.", "possible"),
        ("Microsoft has reportedly bought Nokia.", "alleged"),
        ("Microsoft denied that it bought Nokia.", "denied"),
    ],
)
def test_how_it_is_put_is_marked_and_not_in_the_predicate(relations, text, modality):
    [found] = [r for r in extract(relations, text) if r.object == "Nokia"]
    assert (found.predicate, found.modality) == ("buy", modality)


def test_who_says_so(relations):
    text = "Angela Merkel said that Microsoft bought Nokia."
    [found] = extract(relations, text)
    assert (found.subject, found.modality, found.attributed_to) == ("Microsoft", "asserted", "Angela Merkel")
    assert text.index("Angela") <= found.attributed_head < text.index(" said")


def test_the_head_is_what_a_phrase_is_about(relations):
    text = "The president of France met Angela Merkel."
    [found] = [r for r in extract(relations, text) if r.predicate == "meet"]
    assert text[found.subject_head :].startswith("president")


def test_headlines_in_either_voice_are_left_alone(relations):
    assert extract(relations, "Angela Merkel handed Berlin prize", field="title") == ()


def test_the_infinitive_of_a_headline_is_not_yet(relations):
    [found] = extract(relations, "Microsoft to buy Nokia", field="title")
    assert (found.predicate, found.object, found.modality) == ("buy", "Nokia", "possible")


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
