"""The language of headlines and articles."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.text.language import LIKELY, detect_language, guess_language

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president of France has resigned", "en"),
        ("Der Präsident von Frankreich ist zurückgetreten", "de"),
        ("法国总统宣布辞职", "zh"),
        ("苹果公司发布 iPhone 15 和 Apple Watch", "zh"),
        ("The word 北京 means northern capital and is the name of a city", "en"),
        ("Grüße aus Köln", "de"),
        ("DIE STADT UND DER FLUSS", "de"),
    ],
)
def test_it_is_recognised(text, language):
    assert guess_language(text, default="??") == language


@pytest.mark.parametrize("text", ["", "123", "Angela Merkel", "Roma Termini", "!?"])
def test_what_says_nothing_gets_the_default(text):
    assert (guess_language(text), guess_language(text, default="de")) == ("en", "de")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president of France has resigned", "en"),
        ("Der Präsident von Frankreich ist zurückgetreten", "de"),
        ("法国总统宣布辞职", "zh"),
        ("Le président de la République a annoncé sa démission lundi soir", "fr"),
        ("El presidente del gobierno anunció ayer su dimisión", "es"),
        ("Il presidente ha annunciato ieri le sue dimissioni", "it"),
        ("東京で大雨の恐れ", "ja"),
        ("Президент объявил об отставке", "ru"),
    ],
)
def test_a_thorough_look_knows_more_languages(text, language):
    assert detect_language(text, default="??") == language
    assert language in LIKELY


@pytest.mark.parametrize("text", ["", "123", "Angela Merkel", "Roma Termini", "!?", "Berlin, Germany"])
def test_names_alone_get_the_default_from_a_thorough_look_too(text):
    assert (detect_language(text), detect_language(text, default="de")) == ("en", "de")


@given(st.text())
def test_every_text_has_a_language(text):
    assert detect_language(text) in LIKELY


@pytest.mark.data
@pytest.mark.parametrize(("folder", "language"), [("ksta19", "de"), ("newsimages25", "en")])
def test_headlines_of_real_news(folder, language):
    file = DATA / folder / "articles.jsonl"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    titles = [json.loads(line)["title"] for line in file.read_text(encoding="utf-8").splitlines()[:1500]]
    for look, known in ((guess_language, 0.8), (detect_language, 0.95)):
        guesses = [look(title, default="??") for title in titles]
        wrong = sum(guess not in {language, "??"} for guess in guesses)
        assert wrong / len(titles) < 0.005
        assert guesses.count(language) / len(titles) > known
