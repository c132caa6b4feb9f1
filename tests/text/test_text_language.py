"""The language of headlines and articles."""

import json
from pathlib import Path

import pytest

from kgretrieval.text.language import guess_language

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


@pytest.mark.data
@pytest.mark.parametrize(("folder", "language"), [("ksta19", "de"), ("newsimages25", "en")])
def test_headlines_of_real_news(folder, language):
    file = DATA / folder / "articles.jsonl"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    titles = [json.loads(line)["title"] for line in file.read_text(encoding="utf-8").splitlines()]
    guesses = [guess_language(title, default="??") for title in titles]
    wrong = sum(guess not in {language, "??"} for guess in guesses)
    assert wrong / len(titles) < 0.005
    assert guesses.count(language) / len(titles) > 0.8
