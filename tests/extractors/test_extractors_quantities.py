"""Quantities in English, German and Chinese with the value a reader would give them, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.extractors.expressions.quantities_english import singular
from kgretrieval.extractors.values import Values
from kgretrieval.types import TextPart


def quantities(text, language="en"):
    [found] = Values().extract([[TextPart("text", text, language, date="2004-03-12")]])
    return [(m.text, m.value) for m in found.mentions if m.type == "quantity"]


ENGLISH = [
    # Money.
    ("It cost $2.5m.", "$2.5m", "2500000 USD"),
    ("It cost 2.5 million dollars.", "2.5 million dollars", "2500000 USD"),
    ("It cost £300bn in all.", "£300bn", "300000000000 GBP"),
    ("It cost € 1.2 billion.", "€ 1.2 billion", "1200000000 EUR"),
    ("It cost US$30.", "US$30", "30 USD"),
    ("It cost A$1,250.50 then.", "A$1,250.50", "1250.5 AUD"),
    ("It cost 300 pounds.", "300 pounds", "300 GBP"),
    ("It cost 20m euros.", "20m euros", "20000000 EUR"),
    ("It cost 50p more.", "50p", "0.5 GBP"),
    ("It cost USD 5 million.", "USD 5 million", "5000000 USD"),
    ("It cost five million yen.", "five million yen", "5000000 JPY"),
    ("It cost 400 Swiss francs.", "400 Swiss francs", "400 CHF"),
    ("It cost $50k.", "$50k", "50000 USD"),
    # Shares.
    ("It rose 12.5%.", "12.5%", "12.5 %"),
    ("It rose 12 per cent.", "12 per cent", "12 %"),
    ("Thirty percent of it rose.", "Thirty percent", "30 %"),
    ("It rose two percentage points.", "two percentage points", "2 percentage point"),
    # Counts.
    ("It killed 40 people.", "40 people", "40 person"),
    ("It cut 1,500 jobs.", "1,500 jobs", "1500 job"),
    ("It cut 1,500 new jobs.", "1,500 new jobs", "1500 job"),
    ("It won by 12 points.", "12 points", "12 point"),
    ("It hired three women.", "three women", "3 woman"),
    ("It drew 2.5 million visitors.", "2.5 million visitors", "2500000 visitor"),
    ("It drew 100m people.", "100m people", "100000000 person"),
    ("It took 2000 people.", "2000 people", "2000 person"),
    ("It hired two dozen men.", "two dozen men", "24 man"),
    ("It hired half a million men.", "half a million men", "500000 man"),
    ("It hired two hundred and fifty men.", "two hundred and fifty men", "250 man"),
    ("It hired twenty-one men.", "twenty-one men", "21 man"),
    ("It closed in 30 countries.", "30 countries", "30 country"),
    # Large numbers alone.
    ("It drew two million.", "two million", "2000000"),
    ("It drew 106,000 in all.", "106,000", "106000"),
    ("It drew two dozen.", "two dozen", "24"),
    # Measures.
    ("It ran 5 km.", "5 km", "5 km"),
    ("It ran 26 miles.", "26 miles", "26 mile"),
    ("It won the 100m final.", "100m", "100 m"),
    ("It is 8m high.", "8m", "8 m"),
    ("It weighs 3.5 tonnes.", "3.5 tonnes", "3.5 t"),
    ("It fell to 30 degrees Celsius.", "30 degrees Celsius", "30 °C"),
    ("It went at 50 mph.", "50 mph", "50 mile/h"),
    ("It covers 20 square miles.", "20 square miles", "20 mile2"),
    ("It holds 40GB of it.", "40GB", "40 GB"),
    # Durations and ages.
    ("It took three years.", "three years", "3 year"),
    ("It took six months.", "six months", "6 month"),
    ("It took two and a half hours.", "two and a half hours", "2.5 hour"),
    ("It took half an hour.", "half an hour", "0.5 hour"),
    ("It is a 20-year plan.", "20-year", "20 year"),
    ("He, aged 45, came.", "aged 45", "45 year"),
    ("The 45-year-old came.", "45-year-old", "45 year"),
    ("He is 45 years old.", "45 years old", "45 year"),
    ("John Smith, 45, came.", "45", "45 year"),
]

GERMAN = [
    ("Es kostete 2,5 Millionen Euro.", "2,5 Millionen Euro", "2500000 EUR"),
    ("Es kostete € 1,2 Mrd. im Jahr.", "€ 1,2 Mrd.", "1200000000 EUR"),
    ("Es kostete 1,2 Mrd. Euro.", "1,2 Mrd. Euro", "1200000000 EUR"),
    ("Es kostete 300 Mio. Dollar.", "300 Mio. Dollar", "300000000 USD"),
    ("Es kostete 12.500 €.", "12.500 €", "12500 EUR"),
    ("Es stieg um 12,5 Prozent.", "12,5 Prozent", "12.5 %"),
    ("Es stieg um zwölf Prozent.", "zwölf Prozent", "12 %"),
    ("Es stieg um 5%.", "5%", "5 %"),
    ("Es starben 40 Menschen.", "40 Menschen", "40 person"),
    ("Es kamen 2000 Menschen.", "2000 Menschen", "2000 person"),
    ("Es fielen 1.500 neue Stellen weg.", "1.500 neue Stellen", "1500 job"),
    ("Es gab 30 Festnahmen.", "30 Festnahmen", "30 Festnahmen"),
    ("Es gab 30 Wohnungen.", "30 Wohnungen", "30 Wohnung"),
    ("Es fielen drei Tore.", "drei Tore", "3 goal"),
    ("Er lief 42 Kilometer.", "42 Kilometer", "42 km"),
    ("Es flossen 250 000 Liter.", "250 000 Liter", "250000 l"),
    ("Es wog 3,5 Tonnen.", "3,5 Tonnen", "3.5 t"),
    ("Es waren 30 Grad.", "30 Grad", "30 degree"),
    ("Es dauerte drei Jahre.", "drei Jahre", "3 year"),
    ("Es dauerte anderthalb Stunden.", "anderthalb Stunden", "1.5 hour"),
    ("Der 45-jährige Mann kam.", "45-jährige", "45 year"),
    ("Er ist 45 Jahre alt.", "45 Jahre alt", "45 year"),
    ("Es kam eine halbe Million.", "halbe Million", "500000"),
    ("Es kamen zwei Dutzend Männer.", "zwei Dutzend Männer", "24 man"),
    ("Es kamen einundzwanzig Männer.", "einundzwanzig Männer", "21 man"),
]

CHINESE = [
    ("耗资3亿元。", "3亿元", "300000000 CNY"),
    ("耗资2.5亿美元。", "2.5亿美元", "250000000 USD"),
    ("耗资3.2万亿元。", "3.2万亿元", "3200000000000 CNY"),
    ("耗资¥500。", "¥500", "500 CNY"),
    ("上涨百分之五。", "百分之五", "5 %"),
    ("上涨百分之三点五。", "百分之三点五", "3.5 %"),
    ("上涨12.5%。", "12.5%", "12.5 %"),
    ("上涨3.5个百分点。", "3.5个百分点", "3.5 percentage point"),
    ("造成40人死亡。", "40人", "40 person"),
    ("造成三十五人死亡。", "三十五人", "35 person"),
    ("有12名学生。", "12名", "12 person"),
    ("有3000余名员工。", "3000余名", "3000 person"),
    ("全长10公里。", "10公里", "10 km"),
    ("重20吨。", "20吨", "20 t"),
    ("历时三年。", "三年", "3 year"),
    ("历时12个月。", "12个月", "12 month"),
    ("他25岁。", "25岁", "25 year"),
    ("气温30摄氏度。", "30摄氏度", "30 °C"),
]


@pytest.mark.parametrize(("text", "expression", "value"), ENGLISH)
def test_english(text, expression, value):
    assert quantities(text) == [(expression, value)]


@pytest.mark.parametrize(("text", "expression", "value"), GERMAN)
def test_german(text, expression, value):
    assert quantities(text, "de") == [(expression, value)]


@pytest.mark.parametrize(("text", "expression", "value"), CHINESE)
def test_chinese(text, expression, value):
    assert quantities(text, "zh") == [(expression, value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They won 6-4 6-2 and 3-1.", "en"),
        ("Call 0221 555-1234 or see 3.2.1 and 10:30.", "en"),
        ("Radio 5 says one of them has Section 5 rights.", "en"),
        ("One man and a dog left for a while.", "en"),
        ("It cost between 20-30 or so.", "en"),
        ("Frankfurt 2003 Laut Bericht kamen zwei Drittel, als 1896 die Meteor kam.", "de"),
        ("Er gewann 3:1, siehe Kapitel 3.2.1, Artikel 5 und eine Frage.", "de"),
        ("日本队以3:1获胜，一位年轻人在三星公司。", "zh"),
    ],
)
def test_what_is_no_quantity(text, language):
    assert quantities(text, language) == []


def test_several_in_one_sentence_each_have_their_place():
    text = "Profits rose 76% to $1.13bn (£600m) from $639m."
    assert [v for _, v in quantities(text)] == ["76 %", "1130000000 USD", "600000000 GBP", "639000000 USD"]


def test_metres_in_brackets_after_feet_are_no_millions():
    assert quantities("It fell 30ft (10m) and cost $10m.") == [
        ("30ft", "30 foot"),
        ("10m", "10 m"),
        ("$10m", "10000000 USD"),
    ]


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_with_separators_is_the_number(number):
    assert quantities(f"It cost ${number:,} then.") == [(f"${number:,}", f"{number} USD")]
    german = f"{number:,}".replace(",", ".")
    assert quantities(f"Es kostete {german} Euro.", "de") == [(f"{german} Euro", f"{number} EUR")]


@given(
    st.text(alphabet="0123456789.,-$£€%mbnk twohalfydzenmilosr万亿元人个年百分之零一二三", max_size=60),
    st.sampled_from(["en", "de", "zh"]),
)
def test_any_text_is_read_without_an_error(text, language):
    for expression, value in quantities(text, language):
        assert expression in text
        assert value == "" or value.partition(" ")[0].replace(".", "", 1).isdecimal()


def test_plurals_lose_their_ending():
    words = {
        "losses": "loss",
        "houses": "house",
        "cities": "city",
        "boxes": "box",
        "series": "series",
        "heroes": "hero",
    }
    assert {word: singular(word) for word in words} == words
