import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.coreference import LONGEST, Coreference
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.types import TextPart


@pytest.fixture(scope="module")
def coreference(tagger):
    return Coreference(tagger, Parser(tagger))


def read(coreference, text, title=""):
    parts = [TextPart("title", title), TextPart("text", text)] if title else [TextPart("text", text)]
    texts = {part.field: part.text for part in parts}
    [found] = coreference.extract([parts])
    assert not found.mentions
    for one in found.references:
        assert one.text == texts[one.field][one.start : one.end]
    return [(one.text, texts[one.antecedent_field][one.antecedent_start : one.antecedent_end], one)
            for one in found.references]  # fmt: skip


def pairs(coreference, text, title=""):
    return [(text, name) for text, name, _ in read(coreference, text, title)]


def shares(coreference, text, word):
    """How likely a word stands for each entity of a text, whether that is sure enough or not."""
    [trees] = coreference.trees([text])
    return coreference.resolve([("text", text, trees)]).shares_at(text.index(word))


def test_it_is_an_extractor(coreference):
    assert isinstance(coreference, Extractor)
    assert coreference.name == "coreference"


def test_pronouns_of_a_person(coreference):
    text = "Angela Merkel arrived in Paris on Monday. She met reporters, and her spokesman handed out a statement."
    assert pairs(coreference, text) == [("She", "Angela Merkel"), ("her", "Angela Merkel")]


def test_gender_decides_between_two(coreference):
    text = "Laura Bush and Tony Blair met in London. {} praised the city."
    assert ("She", "Laura Bush") in pairs(coreference, text.format("She"))
    assert ("He", "Tony Blair") in pairs(coreference, text.format("He"))


def test_a_form_of_address_tells_the_gender(coreference):
    text = "Mrs Bergman spoke to Mr Olsen in Oslo on Friday. {} was in good spirits."
    for pronoun, surname in (("She", "Bergman"), ("He", "Olsen")):
        [(found, name)] = pairs(coreference, text.format(pronoun))
        assert (found, name.split()[-1]) == (pronoun, surname)


def test_an_object_is_not_the_subject_of_its_own_clause(coreference):
    text = "John Smith arrived. Peter Jones greeted him at the door."
    assert ("him", "Peter Jones") not in pairs(coreference, text)


def test_short_forms_of_what_was_named(coreference):
    text = "Microsoft raised its forecast on Tuesday. The company said sales had grown."
    found = pairs(coreference, text)
    assert ("its", "Microsoft") in found
    assert ("The company", "Microsoft") in found


def test_a_name_in_the_headline_counts(coreference):
    found = read(coreference, "The company will cut 500 jobs, it said.", title="Siemens to cut jobs")
    assert all(one.antecedent_field == "title" for _, _, one in found)


def test_who_is_the_name_before_it(coreference):
    assert ("who", "Gordon Brown") in pairs(coreference, "Gordon Brown, who leads the party, spoke in London.")


def test_i_in_a_quote_is_the_speaker(coreference):
    text = 'Tony Blair addressed the party. "I am proud of my record," Gordon Brown said.'
    assert pairs(coreference, text) == [("I", "Gordon Brown"), ("my", "Gordon Brown")]


def test_who_speaks_of_a_third_person_does_not_mean_himself(coreference):
    text = '"He is a great player," John Smith said.'
    assert set(shares(coreference, text, "He").values()) == {0.0}
    assert shares(coreference, text.replace('"', ""), "He")[0] > 0.0


def test_nobody_speaks_outside_of_quotes(coreference):
    assert pairs(coreference, "Gordon Brown said it all. I agree.") == []


@pytest.mark.parametrize("text", ["", "It is raining.", "He left before she came.", "The company was sold.", "\n \n"])
def test_where_nothing_is_named_nothing_is_given(coreference, text):
    assert pairs(coreference, text) == []


def test_other_languages_and_tags_are_left_alone(coreference):
    parts = [
        TextPart("text", "Angela Merkel kam nach Paris. Sie sprach mit Journalisten.", "de"),
        TextPart("tags", "Angela Merkel, she"),
    ]
    [found] = coreference.extract([parts])
    assert not found.references


def test_a_document_gives_the_same_in_any_company(coreference):
    texts = [
        "Angela Merkel arrived in Paris. She met reporters.",
        "Microsoft raised its forecast. The company said sales had grown.",
        "Peter Jones lost. He will retire, his coach said.",
    ]
    documents = [[TextPart("text", text)] for text in texts]
    together = coreference.extract(documents)
    assert together == [coreference.extract([document])[0] for document in documents]
    assert together[::-1] == coreference.extract(documents[::-1])


def test_a_long_document_is_read_in_pieces(coreference):
    text = "Angela Merkel spoke in Paris. She left. " * LONGEST
    found = read(coreference, text)
    assert len([one for one in found if one[0] == "She"]) == LONGEST
    assert {name for _, name, _ in found} == {"Angela Merkel"}


WORDS = "Angela Merkel he She it Microsoft the company said told that , . \" ' who whose I my his Paris \n city".split(
    " "
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_a_reference_never_is_a_name_nor_its_own_antecedent(coreference, text):
    [found] = coreference.extract([[TextPart("text", text)]])
    spans = set()
    for one in found.references:
        assert 0.0 < one.confidence <= 1.0
        assert one.end <= one.antecedent_start or one.antecedent_end <= one.start
        spans.add((one.start, one.end))
    assert len(spans) == len(found.references)


def test_what_is_named_in_a_short_form_is_not_what_it_stands_for(coreference):
    text = "Microsoft raised its forecast on Tuesday. The Microsoft team said sales had grown."
    assert ("The Microsoft team", "Microsoft") not in pairs(coreference, text)
