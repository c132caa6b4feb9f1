"""How an article sounds."""

import random

import numpy as np
import pytest

from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.sentiment import Sentiment
from kgretrieval.extractors.sounding.network import LONGEST, batches
from kgretrieval.extractors.sounding.reader import Reader, around, pieces
from kgretrieval.types import TextPart

#: By language: a text that is for what it writes of, one against it, one that says neither.
TEXTS = {
    "en": {
        "positive": "A wonderful evening. The orchestra was superb and the soloist simply brilliant.",
        "negative": "A terrible flight: rude staff, broken seats, and they lost our bags. Never again!",
        "nothing": "The museum is located in the north of the city. It was founded in 1874.",
    },
    "zh": {
        "positive": "房间很干净,服务非常热情,早餐也很丰富,下次还会来住。",
        "negative": "房间又脏又吵,服务态度很差,太让人失望了,再也不会来了。",
    },
}


@pytest.fixture(scope="module")
def sentiment():
    return Sentiment()


def label(sentiment, text, language="en", field="text"):
    [found] = sentiment.extract([[TextPart(field, text, language)]])
    return found.labels[0] if found.labels else None


def test_it_is_an_extractor(sentiment):
    assert isinstance(sentiment, Extractor)
    assert (sentiment.name, sentiment.gives, sentiment.needs) == ("sentiment", {"labels"}, frozenset())


@pytest.mark.parametrize(("language", "value", "text"), [(x, y, t) for x, own in TEXTS.items() for y, t in own.items()])
def test_texts_in_two_languages(sentiment, language, value, text):
    found = label(sentiment, text, language)
    assert (found.scheme, found.value, found.extractor) == ("sentiment", value, "sentiment")
    assert found.probability > 0.5


def test_a_negation_turns_it(sentiment):
    for plain, turned in (
        ("The food was good.", "The food was not good."),
        ("I recommend it.", "I don't recommend it."),
    ):
        assert label(sentiment, plain).value == "positive"
        assert label(sentiment, turned).value == "negative"


@pytest.mark.parametrize(
    ("text", "language"), [("", "en"), ("...", "en"), ("Das war großartig!", "de"), ("Super !", "fr")]
)
def test_what_cannot_be_read_has_none(sentiment, text, language):
    assert label(sentiment, text, language) is None


def test_captions_and_tags_have_none(sentiment):
    assert label(sentiment, TEXTS["en"]["positive"], field="caption") is None
    assert label(sentiment, "wonderful", field="tags") is None


def test_a_text_gets_the_same_label_in_whatever_company(sentiment):
    words = " ".join(TEXTS["en"].values()).split()
    chance = random.Random(1)
    texts = [" ".join(chance.sample(words, chance.randint(1, len(words)))) for _ in range(200)]
    together = sentiment.extract([[TextPart("text", text)] for text in texts])
    assert sentiment.extract([[TextPart("text", text)] for text in texts[::-1]])[::-1] == together
    for text, found in list(zip(texts, together, strict=True))[:20]:
        assert Sentiment().extract([[TextPart("text", text)]]) == [found]


def test_a_very_long_sentence_is_read_in_pieces(sentiment):
    found = label(sentiment, "wonderful and brilliant and " * 200)
    assert found.value == "positive"


def test_words_keep_their_places():
    text = "“Café”-Besuch: 酒店很不错! Don't"
    words = Reader().words(text, 0, len(text))
    assert all(text[word.start : word.end] for word in words)
    assert [word.key for word in words] == ['"', "café", '"', "besuch", "酒店", "很", "不错", "!", "don", "t"]
    assert [text[word.start : word.end] for word in words][-6:-2] == ["酒店", "很", "不错", "!"]


def test_pieces_and_surroundings_are_short():
    words = Reader().words("one two three " * 100, 0, 1400)
    assert [len(piece) for piece in pieces(words)] == [64, 64, 64, 64, 44]
    for at in (0, 150, 299):
        near = around(words, words[at].start)
        assert len(near) == LONGEST
        assert words[at] in near
    assert around(words[:5], 3) == words[:5]


def test_batches_hold_every_sentence_once_and_pad_little():
    lengths = list(np.random.default_rng(0).integers(1, LONGEST + 1, 500))
    seen = []
    for length, places in batches(lengths):
        assert all(length - 8 < lengths[i] <= length for i in places)
        seen += places
    assert sorted(seen) == list(range(500))
