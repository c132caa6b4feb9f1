"""Sentences of news prose in three languages, headlines and broken lines."""

import gzip
import textwrap
from pathlib import Path

import pytest

from kgretrieval.text.sentences import sentence_spans

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


def sentences(text, language="en"):
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Obama left the U.S. on Friday.", "He flew to Rome."],
        ["He lives in the U.S.", "The president came at 5 p.m. Monday."],
        ['"Why?" he asked.', '"Go."', "They left."],
        ["Prices rose 3.5 percent, e.g. in Sept. and Oct. last year.", "No. 10 declined to comment."],
        ["George W. Bush met J.K. Rowling.", "It rained."],
        ["She said no.", "He said yes."],
        ["What?!", "Yes...", "Then he left."],
        ["(It was late.)", "They slept."],
        ["“We won.”", "She smiled."],
    ],
)
def test_english(parts):
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["Am 3. Oktober 2019 spielte der 1. FC Köln z.B. gegen Bayern.", "Es gab ca. 50.000 Zuschauer."],
        ["Dr. Müller kam um 9 Uhr.", "Das war im 19. Jahrhundert anders."],
        ["„Wir bleiben“, sagte Merkel.", "Die SPD schwieg."],
        ["Die Zahl stieg bis 2019.", "Danach fiel sie."],
    ],
)
def test_german(parts):
    assert sentences(" ".join(parts), "de") == parts


def test_chinese():
    assert sentences("北京今天下雨。明天晴天！“真的吗？”他问。G20峰会在3.5天后开始", "zh") == [
        "北京今天下雨。", "明天晴天！", "“真的吗？”", "他问。", "G20峰会在3.5天后开始",
    ]  # fmt: skip


def test_headlines_and_paragraphs_end_with_their_line():
    text = "Storm hits coast\nThousands fled. Many stayed\n\nBy Our Reporter\r\nEnd"
    assert sentences(text) == ["Storm hits coast", "Thousands fled.", "Many stayed", "By Our Reporter", "End"]


def test_lines_that_go_on_in_lower_case_are_one_sentence():
    assert sentences("The storm hit the\ncoast of Florida.") == ["The storm hit the\ncoast of Florida."]


def test_lines_broken_at_a_width_are_joined():
    parts = [
        "The minister said on Tuesday that President Obama would visit Berlin in May.",
        "He told Reuters so.",
        "In Paris nobody knew.",
    ]
    broken = textwrap.fill(" ".join(parts), 40)
    assert [sentence.replace("\n", " ") for sentence in sentences(broken)] == parts


def test_a_list_of_headlines_stays_a_list():
    text = "Merkel meets Macron in Paris\nStocks fall\nBayern win again at home\nRain"
    assert sentences(text) == text.split("\n")


def test_a_blank_line_ends_what_goes_on_in_lower_case():
    assert sentences("First part\n\nsecond part") == ["First part", "second part"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x0b"])
def test_nothing(text):
    assert sentences(text) == []


@pytest.mark.data
def test_precision_on_annotated_news():
    file = DATA / "text/gum/train.conllu.gz"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    right = found = wanted = 0
    for lines in news_of(file):
        ends, position = set(), -1
        for line in lines:
            position += len(line) + 1
            ends.add(position)
        got = {end for _, end in sentence_spans(" ".join(lines))}
        right, found, wanted = right + len(got & ends), found + len(got), wanted + len(ends)
    # Headlines without a full stop run into the text here, as they do not in a real article.
    assert right / found > 0.97
    assert right / wanted > 0.85


def news_of(file):
    """Yield the sentences of each news article of a treebank."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        for document in stream.read().split("# newdoc id = ")[1:]:
            if "_news_" in document.split("\n", 1)[0]:
                yield [line[9:].strip() for line in document.splitlines() if line.startswith("# text = ")]
