"""The section that an article belongs in."""

import random

import pytest

from kgretrieval import encoders
from kgretrieval.extractors import shipped
from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.topics import LEAD, Topics
from kgretrieval.types import TextPart

ARTICLES = {
    "sport": "The striker scored twice as the home side won the cup final after extra time.",
    "business": "Shares of the carmaker fell five per cent after it cut its profit forecast for the quarter.",
    "politics": "Lawmakers voted down the government's budget, and the prime minister called an early election.",
    "technology": "The new phone runs software that lets developers test programs on a faster chip.",
    "culture": "The director's new film opened the festival, and the actress was named best newcomer.",
}
GERMAN = {
    "sport": "Der Stürmer traf zweimal, und die Mannschaft gewann das Spiel gegen den Tabellenführer der Bundesliga.",
    "politics": "Der Bundestag hat das Gesetz beschlossen. Die Kanzlerin verteidigte die Pläne der Regierung.",
}
CHINESE = {
    "sport": "国家队昨晚在世界杯预选赛中以二比一击败对手",
    "property": "房价连续三个月下跌 开发商推迟楼盘开盘",
    "education": "高考报名明日开始 考生须知",
}


@pytest.fixture(scope="module")
def topics():
    return Topics()


def part(text, language="en", field="text"):
    return TextPart(field, text, language)


def labels(topics, *documents):
    return [found.labels for found in topics.extract(documents)]


def test_it_is_an_extractor(topics):
    assert isinstance(topics, Extractor)
    assert (topics.name, topics.gives, topics.needs) == ("topics", {"labels"}, frozenset())


@pytest.mark.parametrize(("language", "articles"), [("en", ARTICLES), ("de", GERMAN), ("zh", CHINESE)])
def test_articles_in_three_languages(topics, language, articles):
    found = labels(topics, *([part(text, language)] for text in articles.values()))
    assert [label.value for (label,) in found] == list(articles)
    assert all(label.scheme == "topic" and label.extractor == "topics" and label.start == -1 for (label,) in found)
    assert all(label.version == topics.version for (label,) in found)


def test_the_headline_counts(topics):
    text = part("The two sides met on Saturday in front of a large crowd.")
    [[plain], [headed]] = labels(topics, [text], [part("Parliament passes election law", field="title"), text])
    assert (plain.value, headed.value) == ("sport", "politics")


def test_it_says_when_it_is_not_sure(topics):
    [[vague], [plain]] = labels(topics, [part("It was the first of many.")], [part(ARTICLES["sport"])])
    assert plain.sure
    assert plain.probability > 0.8
    assert not vague.sure
    assert vague.probability < 0.7


@pytest.mark.parametrize(
    "document",
    [
        [],
        [part("")],
        [part("!?")],
        [part("Le président a démissionné", "fr")],
        [part(ARTICLES["sport"], field="caption")],
        [part("sport", field="tags")],
    ],
)
def test_what_is_no_article_or_cannot_be_read_has_none(topics, document):
    assert labels(topics, document) == [()]


def test_a_country_of_a_language_makes_no_difference(topics):
    assert labels(topics, [part(ARTICLES["sport"], "en-GB")]) == labels(topics, [part(ARTICLES["sport"])])


def test_an_article_gets_the_same_label_in_whatever_company(topics):
    words = " ".join(ARTICLES.values()).split()
    chance = random.Random(1)
    documents = [[part(" ".join(chance.sample(words, chance.randint(1, 60))))] for _ in range(150)]
    together = labels(topics, *documents)
    assert [labels(topics, one)[0] for one in documents[:20]] == together[:20]
    assert labels(topics, *documents[::-1]) == together[::-1]


def test_only_the_beginning_is_read(topics):
    text = (ARTICLES["sport"] + " ") * 20
    [[one], [other]] = labels(topics, [part(text[:LEAD])], [part(text[:LEAD] + ARTICLES["politics"])])
    assert one == other


@pytest.mark.parametrize("stem", ["topics", "sentiment", "towards"])
def test_the_weights_were_made_for_the_embedded_encoder_and_are_small(stem):
    fields = shipped.read_fields(stem)
    assert fields["mini"] == encoders.load("mini").weights_hash
    assert len(shipped.read_arrays(stem, fields["sha256"])) > 4
    assert (shipped.MODELS / f"{stem}.safetensors").stat().st_size < 130_000
