"""The benchmark of the extractors: what it counts and how it talks to its workers."""

import subprocess
import sys

import pytest

from benchmarks import extract
from benchmarks.extract import Worker, f1, iob1_spans, speeds


def test_chunks_of_iob1():
    tags = ["I-PER", "I-PER", "O", "I-LOC", "B-LOC", "I-LOC", "I-ORG", "O"]
    assert iob1_spans(tags) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 6, "LOC"), (6, 7, "ORG")]
    assert iob1_spans([]) == iob1_spans(["O"]) == []


def test_a_name_counts_only_with_its_span_and_its_type():
    gold = [[(0, 2, "PER"), (3, 4, "LOC")], [(0, 1, "ORG")], []]
    assert f1(gold, gold)["f1"] == 1.0
    found = f1([[[0, 2, "PER"], [3, 5, "LOC"]], [[0, 1, "LOC"]], [[4, 5, "PER"]]], gold)
    assert (found["correct"], found["predicted"], found["gold"]) == (1, 4, 3)


def test_speeds_add_up():
    rounds = [{"seconds": {"a": 1.0, "b": second}, "wall": 3.0, "cpu": 1.5} for second in (2.0, 3.0, 100.0)]
    assert speeds(600, rounds) == {
        "extractors": {
            "a": {"words a second": 600, "with those before": 600},
            "b": {"words a second": 200, "with those before": 150},
        },
        "words a second": 200,
        "words a cpu second": 400,
    }


def test_a_worker_reads_what_it_is_told():
    worker = Worker(sys.executable, "tags,values")
    for _ in range(2):
        worker.tell(texts=[["Sales rise 12%", "They rose to $3m last year."], ["Nothing", "Nothing here."]])
        answer = worker.answer()
        assert answer["found"] == {"values": {"mentions": 3}}
        assert set(answer["seconds"]) == {"tags", "values"}
        assert 0 < sum(answer["seconds"].values()) <= answer["wall"]
        assert answer["cpu"] > 0
    worker.close()


def test_a_worker_that_cannot_start_ends_the_run():
    with pytest.raises(SystemExit, match="ended early"):
        Worker(sys.executable, "no-such-extractor")


def test_without_the_data_sets_the_sample_news_is_read(tmp_path):
    assert len(extract.articles(tmp_path, 3)) == 3
    assert extract.gold_names(tmp_path) == ([], [])


def test_help_names_the_options():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.extract", "--help"], capture_output=True, text=True, check=True
    )
    assert all(option in done.stdout for option in ("--spacy", "--pipeline", "--articles", "--rounds"))
