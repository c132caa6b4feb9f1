"""What is said about the persons and organisations in a text."""

import pytest

from kgretrieval.errors import UsageError
from kgretrieval.extractors import load, require_needs
from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.sounding.relative import DISTANCES, FAR, Read, distances, paths
from kgretrieval.extractors.sounding.words import Vectors
from kgretrieval.extractors.towards import Towards
from kgretrieval.types import TextPart

SLAMMED = "Critics slammed Boris Johnson for his shameful and disgraceful lies."
PRAISED = "Colleagues praised Angela Merkel as a brilliant, honest and much admired leader."
FACT = "Tim Cook flew to Berlin on Monday."


@pytest.fixture(scope="module")
def towards(tagger):
    return Towards(tagger, Parser(tagger))


def labels(towards, text, language="en", field="text"):
    [found] = towards.extract([[TextPart(field, text, language)]])
    for label in found.labels:
        assert text[label.start : label.end] == label.text
        assert (label.scheme, label.extractor, label.field) == ("towards", "towards", field)
    return found.labels


def values(towards, text):
    return [(label.text, label.value) for label in labels(towards, text)]


def test_it_is_an_extractor(towards):
    assert isinstance(towards, Extractor)
    assert (towards.name, towards.gives, towards.needs) == ("towards", {"labels"}, {"names"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SLAMMED, [("Boris Johnson", "negative")]),
        (PRAISED, [("Angela Merkel", "positive")]),
        (FACT, [("Tim Cook", "nothing")]),
    ],
)
def test_persons_in_news(towards, text, found):
    assert values(towards, text) == found


def test_every_name_has_its_own(towards):
    assert dict(values(towards, f"{SLAMMED} {PRAISED} {FACT}")) == {
        "Boris Johnson": "negative",
        "Angela Merkel": "positive",
        "Tim Cook": "nothing",
    }


def test_labels_stand_where_names_are_mentioned(towards, tagger):
    part = TextPart("text", f"{FACT} {SLAMMED}")
    [mentions] = tagger.extract([[part]])
    places = {(m.start, m.end) for m in mentions.mentions if m.type in ("person", "organisation")}
    assert {(label.start, label.end) for label in labels(towards, part.text)} == places


def test_nothing_is_said_once_for_each_name(towards):
    assert values(towards, f"{FACT} {FACT} {FACT}") == [("Tim Cook", "nothing")]
    two = values(towards, "Boris Johnson flew to Berlin on Monday. " + SLAMMED)
    assert two == [("Boris Johnson", "negative")]


def test_captions_are_read_too_and_tags_and_other_languages_are_not(towards):
    assert labels(towards, SLAMMED, field="caption")
    assert not labels(towards, SLAMMED, field="tags")
    assert not labels(towards, "Angela Merkel ist eine großartige Kanzlerin.", "de")


def test_a_text_gets_the_same_labels_in_whatever_company(towards):
    texts = [SLAMMED, PRAISED, FACT] * 30 + [f"{FACT} {PRAISED}"]
    together = towards.extract([[TextPart("text", text)] for text in texts])
    assert [towards.extract([[TextPart("text", text)]])[0] for text in texts[-4:]] == together[-4:]


def test_it_needs_names():
    with pytest.raises(UsageError, match="'towards' needs names"):
        require_needs(load(("towards",)))


def test_distances_and_paths_to_a_name(tagger):
    text = "Critics slammed Johnson yesterday"
    [[(sentence, tree)]] = Parser(tagger).trees([text])
    words = Vectors().words(text)
    start = text.index("Johnson")
    assert distances(words, start, start + 7) == [8, 7, 0, 1]
    assert distances(words, 100, 107) == [DISTANCES - 1] * 4
    found = paths(words, Read(sentence.spans, tree), start, start + 7)
    assert found[:3] == ["^obj>nsubj", "^obj", ""]
    assert paths(words, Read(sentence.spans, tree), 100, 107) == [FAR] * 4
