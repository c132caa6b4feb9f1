"""Words and marks, with the quotes that NLTK's own offsets stumble over."""

import time

import pytest

from kgretrieval.text.tokens import word_spans


def words(text, language="en"):
    return [text[start:end] for start, end in word_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They didn't win.", "They did n't win ."),
        ('"No", he said ("yes").', '" No " , he said ( " yes " ) .'),
        ("Obama's plan cannot fail...", "Obama 's plan can not fail ..."),
        ("Mr. Smith paid $3.5m in the U.S.", "Mr. Smith paid $ 3.5m in the U.S ."),
        ("''Odd'' ``quotes`` and \"straight\"", "'' Odd '' `` quotes `` and \" straight \""),
        ("It ended. ”", "It ended . ”"),
        ("„Gut“, sagte Müller-Lüdenscheidt", "„ Gut “ , sagte Müller-Lüdenscheidt"),
    ],
)
def test_english_and_german(text, expected):
    assert words(text) == words(text, "de") == expected.split()


def test_chinese():
    assert words("北京G20峰会，3.5万人", "zh") == ["北", "京", "G20", "峰", "会", "，", "3.5", "万", "人"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing(language):
    assert words("", language) == words(" \n ", language) == []


def test_it_is_fast_enough_for_a_newsroom():
    sentence = 'The council of Springfield said on Tuesday it couldn\'t pay the $3.5m bill, "for now".'
    word_spans(sentence)
    begin = time.process_time()
    count = sum(len(word_spans(sentence)) for _ in range(2000))
    assert count / (time.process_time() - begin) > 80_000
