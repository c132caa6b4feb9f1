"""What a query says beside its words: whatever is typed, it is read and never an error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kgretrieval.search.parse import Part, as_it_stands, parse, plain


def texts(query, **options):
    parsed = parse(query, **options)
    return parsed.text, parsed.phrases, parsed.excluded


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ('the "climate change" report', "climate change"),
        ("the “climate change” report", "climate change"),
        ("der „graue Himmel“ heute", "graue Himmel"),
        ("der »graue Himmel« heute", "graue Himmel"),
        ("le « ciel gris » ce soir", "ciel gris"),
        ("关于“气候变化”的报道", "气候变化"),
        ("关于「气候变化」的报道", "气候变化"),
    ],
)
def test_quotes_of_every_press_make_a_phrase(query, phrase):
    assert parse(query).phrases == (phrase,)


def test_an_unclosed_quote_is_a_word():
    assert texts('the "unclosed quote') == ("the unclosed quote", (), ())
    assert texts("„ganz offen") == ("ganz offen", (), ())


def test_words_and_phrases_are_left_out():
    assert texts('flood -football -"cup final"') == ("flood", (), ("football", "cup final"))
    assert texts("flood", exclude=["cup final", "  "]) == ("flood", (), ("cup final",))


@pytest.mark.parametrize("query", ["U.S.-China talks", "-5 degrees", "Berlin - Paris", "semi-final"])
def test_a_hyphen_within_a_word_or_before_a_number_leaves_nothing_out(query):
    assert texts(query) == (query, (), ())


def test_inches_and_apostrophes_are_no_quotes():
    assert texts("5\" pipe and 7\" pipe, don't 'cry'")[1] == ()


def test_parts_are_weighted():
    assert parse('flood^2 "high water"^0.5 town').parts == (
        Part("flood", 2.0),
        Part("high water", 0.5, phrase=True),
        Part("town"),
    )


@pytest.mark.parametrize("query", ["flood^", "flood^0", "flood^999", "flood^x", "^2 flood", "flood^2^3"])
def test_a_weight_that_makes_no_sense_harms_nothing(query):
    assert all(0.1 <= part.weight <= 10 for part in parse(query).parts)
    assert "flood" in parse(query).text


def test_the_beginning_of_a_word():
    assert parse("prot* news").parts == (Part("prot", prefix=True), Part("news"))
    assert not any(part.prefix for part in parse("p* * **").parts)


@given(st.text(alphabet='ab -^*2"“”„«»「」气候.\n', max_size=40))
@example('-"')
@example("“a„b”c“")
def test_whatever_is_typed_is_read(query):
    parsed = parse(query)
    for word in plain(query.replace("-", " ").replace("^", " ").replace("*", " ")).split():
        if word.isalpha():
            assert any(word in text for text in (parsed.text, *parsed.excluded))
    assert all(text.strip() == text and text for text in (*parsed.phrases, *parsed.excluded))


@given(st.text(max_size=40))
def test_a_headline_is_taken_as_it_stands(headline):
    parsed = as_it_stands(headline)
    assert parsed.text == plain(headline)
    assert parsed.phrases == parsed.excluded == ()
