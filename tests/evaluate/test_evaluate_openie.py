"""Open relations measured on files of CaRB's form."""

import gzip

import pytest

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.openie import evaluate_openie

SENTENCE = "Angela Merkel met Emmanuel Macron in Paris ."


def write(path, *rows):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "test_sentences.txt.gz", (SENTENCE,))
    write(tmp_path / "test_gold.tsv.gz", (SENTENCE, "met", "Angela Merkel", "Emmanuel Macron", "in Paris"))
    write(tmp_path / "system_other_test.tsv.gz", (SENTENCE, "0.5", "met", "Angela Merkel", "Paris"))
    return tmp_path


def test_ours_and_other_systems_are_scored(folder):
    report = evaluate_openie(folder)
    assert report.task == "openie"
    assert report.main.f1 == 1.0
    assert report.main.gold == 1
    assert 0 < report.parts["other"].f1 < 1
    assert report.weights_hash


def test_a_wrong_path_or_split_says_so(folder, tmp_path):
    with pytest.raises(NotFoundError, match="no folder"):
        evaluate_openie(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no split 'dev'; there are: test"):
        evaluate_openie(folder, split="dev")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="folder of CaRB"):
        evaluate_openie(tmp_path / "empty")


def test_a_line_that_is_no_relation_is_named(folder):
    write(folder / "test_gold.tsv.gz", (SENTENCE, "met"))
    with pytest.raises(UnreadableError, match="line 1"):
        evaluate_openie(folder)


@pytest.mark.data
def test_floor_on_the_development_part(data):
    assert evaluate_openie(data / "text" / "carb", split="dev").main.f1 > 0.53
