"""`kg evaluate classify`: protocols, figures that add up, a table, plots, and what makes no sense."""

import csv
import json
import random

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.classify import measures
from kgretrieval.cli.app import kg
from kgretrieval.evaluate.classify import evaluate_classify
from kgretrieval.evaluate.label_intervals import _average_precision, _ranked, intervals

WORDS = {
    "sport": "goal match team league coach striker season stadium".split(),
    "money": "bank profit shares market tax budget trade loan".split(),
    "weather": "rain storm snow cloud wind forecast flood frost".split(),
}
FILLER = "the a of on in was said after new people day city".split()


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """Thirty sentences a label, some of them without any word that gives the label away."""
    drawn = random.Random(5)
    file = tmp_path_factory.mktemp("labelled") / "desk.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["words", "desk", "split"])
        for n in range(90):
            label = sorted(WORDS)[n % 3]
            own = drawn.sample(WORDS[label], 2) if n % 10 else []
            words = [*own, *drawn.sample(FILLER, 5)]
            drawn.shuffle(words)
            writer.writerow([" ".join(words), label, "test" if n >= 60 else "train"])
    return file


@pytest.fixture(scope="module")
def report(labelled):
    return evaluate_classify(labelled, text=["words"], label="desk")


def test_figures_belong_to_the_same_items(report):
    (one,) = report.results
    assert report.labels == ("money", "sport", "weather")
    assert report.data["trained_on"] == 60
    assert report.data["measured_on"] == 30
    assert one.confusion.sum() == 30
    assert one.confusion.sum(1).tolist() == [10, 10, 10]
    assert one.values["accuracy"] == pytest.approx(np.trace(one.confusion) / 30)
    assert one.values["accuracy"] > 0.8
    for name, value in one.values.items():
        low, high = one.intervals[name]
        assert low <= value <= high
    assert sum(bin_.items for bin_ in one.bins) == 30
    assert 0 <= one.sure <= 1
    assert 0 <= one.precision <= 1


def test_the_report_names_the_part_that_was_measured(labelled, tmp_path):
    without_test = tmp_path / "desk.csv"
    without_test.write_text(labelled.read_text(encoding="utf-8").replace(",test", ",dev"), encoding="utf-8")
    assert evaluate_classify(without_test, text=["words"], label="desk").data["split"] == "dev"


def test_eight_bits_stand_beside_the_full_model(labelled):
    full, small = evaluate_classify(labelled, text=["words"], label="desk", small=True).results
    assert (full.model, small.model) == ("linear", "linear, 8 bits")
    assert small.bytes < full.bytes
    assert abs(small.values["accuracy"] - full.values["accuracy"]) < 0.1


def test_json_has_what_the_table_has(labelled, tmp_path):
    plot = tmp_path / "labels.svg"
    args = ["evaluate", "classify", str(labelled), "--text", "words", "--label", "desk"]
    found = CliRunner().invoke(kg, [*args, "--plot", str(plot), "--json"])
    assert found.exit_code == 0, found.output
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("{")]
    record = json.loads(line)
    assert record["labels"] == ["money", "sport", "weather"]
    assert set(record["results"][0]["by_label"]) == set(WORDS)
    drawn = plot.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert all(label in drawn for label in WORDS)
    shown = CliRunner().invoke(kg, args)
    assert "macro F1" in shown.stdout
    assert f"{record['results'][0]['accuracy']:.3f}" in shown.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--label", "colour"], "desk"),
        (["--text", "words", "--label", "desk", "--split", "dev"], "dev"),
        (["--text", "words", "--label", "desk", "--model", "linaer"], "linear"),
        (["--text", "words", "--label", "desk", "--model", "picture"], "picture"),
        (["--text", "words", "--label", "desk", "--plot", "labels.txt"], ".svg"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(labelled, more, said):
    found = CliRunner().invoke(kg, ["evaluate", "classify", str(labelled), *more])
    assert found.exit_code != 0
    assert said in found.stderr
    assert found.stderr.startswith("kg: ")
    assert found.stderr.count("\n") == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=1, max_size=30))
def test_an_item_drawn_twice_counts_like_two_items(items):
    scores, relevant, times = (np.array(column) for column in zip(*items, strict=True))
    weighted = _average_precision(times.astype(np.float64), _ranked(scores.astype(np.float64), relevant))
    repeated = measures.average_precision(np.repeat(scores, times).astype(np.float64), np.repeat(relevant, times))
    assert weighted == pytest.approx(repeated)


def test_intervals_narrow_with_the_number_of_items_and_hold_the_figure():
    rng = np.random.default_rng(0)
    widths = []
    for number in (40, 640):
        answers = rng.integers(0, 3, number)
        probabilities = rng.dirichlet([1, 1, 1], number).astype(np.float32)
        probabilities[np.arange(number), answers] += 0.5
        ends = intervals(probabilities, answers)
        values = (
            measures.accuracy(probabilities.argmax(1), answers),
            measures.macro_f1(probabilities.argmax(1), answers, 3),
            measures.mean_average_precision(probabilities, answers),
        )
        assert all(low <= value <= high for (low, high), value in zip(ends, values, strict=True))
        widths.append([high - low for low, high in ends])
    assert all(2 < few / many < 8 for few, many in zip(*widths, strict=True))
