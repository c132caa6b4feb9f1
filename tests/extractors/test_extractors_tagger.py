"""Names in text: the right ones, at their exact places, the same in any company."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.extractors.pronouns import PRONOUNS
from kgretrieval.extractors.tagger import _mentions, trim
from kgretrieval.extractors.tagging.analysis import Name, Sentence
from kgretrieval.extractors.tagging.crf import follows
from kgretrieval.types import TextPart

MERKEL = "Angela Merkel met Emmanuel Macron in Paris on Friday."
SENTENCES = [
    MERKEL,
    "Siemens is based in Munich.",
    "The United Nations said on Monday that 1,200 people had fled from Sudan to Chad.",
    "He left.",
    "Manchester United beat Real Madrid 2-1 in the Champions League, and Ronaldo scored twice for the Spanish side.",
    "Shares of IBM rose 3 percent.",
]


def extract(tagger, text, *, field="text", language="en"):
    return tagger.extract([[TextPart(field, text, language)]])[0].mentions


def names(tagger, text, **options):
    return [(m.text, m.type) for m in extract(tagger, text, **options)]


def test_names_stand_at_their_exact_places(tagger):
    assert [(m.start, m.end, m.text, m.type) for m in extract(tagger, MERKEL)] == [
        (0, 13, "Angela Merkel", "person"),
        (18, 33, "Emmanuel Macron", "person"),
        (37, 42, "Paris", "place"),
    ]


def test_offsets_count_from_the_start_of_the_text(tagger):
    text = f"It rained. \n\n{MERKEL}"
    assert [m.start for m in extract(tagger, text)] == [text.index(n) for n in ("Angela", "Emmanuel", "Paris")]


def test_a_headline_in_title_case(tagger):
    found = names(tagger, "Angela Merkel Meets French President In Paris After Talks With Microsoft")
    assert ("Angela Merkel", "person") in found
    assert ("Paris", "place") in found
    assert ("Microsoft", "organisation") in found
    assert not {"Meets", "After Talks", "Talks"} & {text for text, _ in found}


def test_names_in_lower_case(tagger):
    assert {("angela merkel", "person"), ("paris", "place")} <= set(names(tagger, MERKEL.lower()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Siemens's chief spoke to Germany's Angela Merkel.", "Germany"),
        ("She flew to the U.S. on Friday.", "U.S."),
        ("On Friday she left for the U.S.", "U.S."),
        ('Critics called "Washington" the problem.', "Washington"),
    ],
)
def test_edges_are_trimmed(tagger, text, name):
    assert name in [m.text for m in extract(tagger, text)]


def test_trimming_keeps_what_belongs_to_a_name():
    for text, wanted in [
        ("“Reuters’s”,", "Reuters"),
        ("Apple Inc.", "Apple Inc."),
        ("Putin.", "Putin"),
        ("#Paris", "Paris"),
        ("...", ""),
    ]:
        start, end = trim(text, 0, len(text))
        assert text[start:end] == wanted


def test_origin_follows_the_field(tagger):
    origins = {
        field: {m.origin for m in extract(tagger, MERKEL, field=field)} for field in ("title", "text", "caption")
    }
    assert origins == {"title": {"article"}, "text": {"article"}, "caption": {"caption"}}


def test_confidence_is_a_probability_that_tells_clear_from_odd(tagger):
    clear = extract(tagger, MERKEL)
    assert all(0.9 < m.confidence <= 1 for m in clear)
    odd = extract(tagger, "Zorb qua Blix the Frumious of Wabe and Toves .")
    assert all(0 < m.confidence < 1 for m in odd)


@pytest.mark.parametrize("language", ["fr", ""])
def test_other_languages_give_nothing(tagger, language):
    assert names(tagger, MERKEL, language=language) == []


def test_german_names(tagger):
    text = "Angela Merkel traf am Freitag in München den Vorstand der Siemens AG. Viele deutsche Firmen kamen."
    found = names(tagger, text, language="de")
    assert {("Angela Merkel", "person"), ("München", "place"), ("deutsche", "misc")} <= set(found)
    assert ("organisation", True) in {(kind, "Siemens" in name) for name, kind in found}


def test_chinese_names(tagger):
    text = "周五，马云在北京会见了微软公司总裁。"
    assert {("马云", "person"), ("北京", "place"), ("微软公司", "organisation")} <= set(
        names(tagger, text, language="zh-CN")
    )


def test_a_document_in_three_languages(tagger):
    parts = [TextPart("title", MERKEL), TextPart("text", "我在上海。", "zh"), TextPart("caption", "In Berlin.", "de")]
    [found] = tagger.extract([parts])
    assert [(m.field, m.text) for m in found.mentions][-2:] == [("text", "上海"), ("caption", "Berlin")]


def test_tags_are_no_text(tagger):
    assert names(tagger, "Angela Merkel", field="tags") == []


def test_no_pronoun_is_a_name(tagger):
    text = "He told her that they would meet him. HE SAID IT. She And He Met Them. You, Who and I."
    assert not {m.text.lower() for m in extract(tagger, text)} & PRONOUNS


def test_a_pronoun_that_the_network_takes_for_a_name_is_left_out():
    read = Sentence(
        ("He", "met", "Ann"), ((0, 2), (3, 6), (7, 10)), names=(Name(0, 1, "person", 0.9), Name(2, 3, "person", 0.9))
    )
    assert [m.text for m in _mentions(TextPart("text", "He met Ann"), [read])] == ["Ann"]


def test_a_sentence_reads_the_same_in_any_company(tagger):
    alone = [tagger._read([s]) for s in SENTENCES]
    alone = [next(iter(read)) for read in alone]
    crowd = SENTENCES * 30 + [" ".join(SENTENCES[4].split() * 6)]
    order = list(range(len(crowd)))
    random.Random(3).shuffle(order)
    together = list(tagger._read([crowd[i] for i in order]))
    for place, i in enumerate(order):
        if i < len(SENTENCES) * 30:
            assert together[place] == alone[i % len(SENTENCES)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "In Hamburg trafen sich Peter Müller und Vertreter der SPD."), ("zh", "昨天李娜在武汉参加了比赛。")],
)
def test_other_languages_read_the_same_in_any_company(tagger, language, text):
    [alone] = tagger._read([text], language)
    crowd = [text * n for n in (3, 1, 7, 2)] + [text] * 80
    together = list(tagger._read(crowd, language))
    assert all(read == alone for read in [together[1], *together[4:]])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Elon Musk said on Friday that he would fly to Kyiv.", {("Elon Musk", "person"), ("Kyiv", "place")}),
        ("Volodymyr Zelenskyy spoke in Kyiv.", {("Volodymyr Zelenskyy", "person"), ("Kyiv", "place")}),
        ("Huawei and Netflix fell on Monday.", {("Huawei", "organisation"), ("Netflix", "organisation")}),
        ("Greta Thunberg spoke in Wuhan.", {("Greta Thunberg", "person"), ("Wuhan", "place")}),
    ],
)
def test_names_younger_than_the_training_data(tagger, text, wanted):
    assert set(names(tagger, text)) == wanted


def test_a_long_line_without_sentences_is_read_in_pieces(tagger):
    text = "Paris , London , Berlin , " * 400
    found = extract(tagger, text)
    assert len(found) > 800
    assert {m.text for m in found} <= {"Paris", "London", "Berlin"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["Angela Merkel", "U.S.", "Microsoft’s", "東京", "👩‍🚀", "\u0301", "\x85"]),
        ),
        max_size=8,
    ).map(" ".join)
)
def test_every_mention_is_what_the_text_has_there(tagger, text):
    for m in extract(tagger, text):
        assert 0 <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        assert m.text.strip() == m.text


def test_empty_texts_and_documents(tagger):
    found = tagger.extract([[], [TextPart("text", "")], [TextPart("title", " \n")]])
    assert [extraction.mentions for extraction in found] == [(), (), ()]


def test_only_possible_tags_follow_each_other():
    assert follows("B-PER", "E-PER")
    assert follows("", "S-LOC")
    assert not follows("B-PER", "E-ORG")
    assert not follows("O", "I-PER")
    assert not follows("B-PER", "")
    assert not follows("I-PER", "O")
