"""The extractor of dates and quantities as an ingest uses it."""

import gzip
import json
import time
from itertools import pairwise

import pytest

from kgretrieval.extractors import Extractor
from kgretrieval.extractors.values import Values, first_time, value_of
from kgretrieval.types import TextPart

TEXT = "Sales rose 12% to $3m on Monday.\nThey fell last year."


def mentions(*parts):
    [found] = Values().extract([parts])
    return found.mentions


def test_it_is_an_extractor():
    assert isinstance(Values(), Extractor)
    assert (Values().name, Values().version) == ("values", "1")


def test_mentions_carry_place_type_and_value():
    found = mentions(TextPart("caption", TEXT, "en-GB", date="2004-03-12"))
    assert [(m.text, m.type, m.value) for m in found] == [
        ("12%", "quantity", "12 %"),
        ("$3m", "quantity", "3000000 USD"),
        ("Monday", "date", "2004-03-08"),
        ("last year", "date", "2003"),
    ]
    assert all(TEXT[m.start : m.end] == m.text for m in found)
    assert {(m.field, m.origin, m.extractor) for m in found} == {("caption", "caption", "values")}


def test_tags_and_unknown_languages_hold_no_values():
    assert mentions(TextPart("tags", TEXT), TextPart("text", "Le 3 mai 2003", "fr")) == ()


def test_each_document_gets_its_own_and_company_changes_nothing():
    parts = [TextPart("text", TEXT, date=f"200{n}-03-12") for n in range(4)]
    together = Values().extract([[part] for part in parts] + [[]])
    assert [extraction.mentions for extraction in together] == [*(mentions(part) for part in parts), ()]


def test_nothing_overlaps(data):
    with gzip.open(data / "text" / "bbc_news" / "articles.jsonl.gz") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(60), strict=False)]
    for text in texts:
        found = mentions(TextPart("text", text, date="2005-01-20"))
        spans = [(m.start, m.end) for m in found]
        assert spans == sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(text[m.start : m.end] == m.text and m.text.strip() == m.text for m in found)


def test_it_is_quick(data):
    with gzip.open(data / "text" / "bbc_news" / "articles.jsonl.gz") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(300), strict=False)]
    parts = [[TextPart("text", text, date="2005-01-20")] for text in texts]
    words = sum(len(text.split()) for text in texts)
    Values().extract(parts[:5])
    begin = time.process_time()
    Values().extract(parts)
    assert words / (time.process_time() - begin) > 100_000


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("last Tuesday", "en", "2004-03-09"),
        ("the 1990s", "en", "1990/1999"),
        ("2.5 million dollars", "en", "2500000 USD"),
        ("vor drei Jahren", "de", "2001"),
        ("上周五", "zh", "2004-03-05"),
        ("Tuesday and Wednesday", "en", ""),
        ("high hopes", "en", ""),
        ("", "en", ""),
        ("last Tuesday", "fr", ""),
    ],
)
def test_the_value_of_an_expression_found_elsewhere(text, language, value):
    assert value_of(text, language, "2004-03-12") == value


def test_the_first_time_of_a_sentence():
    found = mentions(TextPart("text", TEXT, date="2004-03-12"))
    sentence = TEXT.index("They")
    assert first_time(found, 0, sentence).value == "2004-03-08"
    assert first_time(found, sentence, len(TEXT)).value == "2003"
    assert first_time(found, sentence, sentence + 4) is None
    assert first_time(mentions(TextPart("text", TEXT)), 0, sentence) is None


@pytest.mark.parametrize(
    "text", ["二", "1,111,", "one ", "twenty-", "last ", "12 March ", "1 and ", "1:", "百分之", "\n", "$"]
)
@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_what_repeats_takes_time_in_proportion(text, language):
    def once(length):
        begin = time.process_time()
        Values().extract([[TextPart("text", text * (length // len(text)), language, date="2004-03-12")]])
        return time.process_time() - begin

    def seconds(length):
        # The quickest of a few: whatever else the process had to do meanwhile is not in it.
        return min(once(length) for _ in range(4))

    assert seconds(24_000) < 16 * max(seconds(3000), 0.02)
