"""`kg evaluate roles`: what counts as right, and what it says of data it cannot read."""

import gzip
import json

import pytest
from click.testing import CliRunner

from kgretrieval.cli.app import kg
from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.roles import evaluate_roles

WORDS = "The board sold the old house on Monday .".split()
FRAMES = [{"v": 2, "sense": "sell.01", "args": [["ARG0", 0, 2, 1], ["ARG1", 3, 6, 5], ["ARGM-TMP", 6, 8, 7]]}]


@pytest.fixture
def folder(tmp_path):
    """Two sentences, of which one is annotated as no reader of English would."""

    def write(*records, name="test"):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
        return tmp_path

    odd = [{"v": 2, "args": [["ARG0", 0, 1, 1], ["ARG2", 3, 6, 5], ["ARGM-TMP", 6, 8, 6]]}]
    write({"id": "a", "tokens": WORDS, "frames": FRAMES}, {"id": "b", "tokens": WORDS, "frames": odd})
    write({"id": "a", "tokens": WORDS, "frames": []}, name="dev")
    return tmp_path


def test_spans_heads_and_predicates_are_counted(folder):
    report = evaluate_roles(folder)
    assert (report.main.correct, report.main.predicted, report.main.gold, report.main.units) == (4, 6, 6, 2)
    assert report.parts["heads"].correct == 4
    assert report.parts["end to end"].correct == 4
    assert report.parts["predicates"].f1 == 1
    assert (report.parts["ARG1"].correct, report.parts["ARG2"].correct) == (1, 0)
    assert report.data["split"] == "test"


def test_without_predicates_there_is_nothing_to_find(folder):
    report = evaluate_roles(folder, split="dev")
    assert (report.main.predicted, report.main.gold) == (0, 0)
    assert report.parts["end to end"].predicted == 3


def test_the_command_prints_one_object(folder):
    result = CliRunner().invoke(kg, ["evaluate", "roles", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["task"] == "roles"
    assert found["weights_hash"]
    assert found["parts"]["ARGM-TMP"]["gold"] == 2


def test_what_cannot_be_read_is_named(folder, tmp_path):
    with pytest.raises(NotFoundError, match="there is no folder"):
        evaluate_roles(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no split 'train'; there are: dev, test"):
        evaluate_roles(folder, split="train")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match=r"holds no test\.jsonl\.gz"):
        evaluate_roles(empty)


@pytest.mark.parametrize(
    "frames",
    [
        None,
        [{"v": 99, "args": []}],
        [{"v": 2}],
        [{"v": 2, "args": [["ARG0", 0]]}],
        [{"v": 2, "args": "ARG0"}],
        ["fire"],
    ],
)
def test_broken_frames_are_named_with_their_sentence(tmp_path, frames):
    with gzip.open(tmp_path / "test.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "s7", "tokens": WORDS, "frames": frames}) + "\n")
    with pytest.raises(UnreadableError, match="s7"):
        evaluate_roles(tmp_path)


@pytest.mark.data
@pytest.mark.slow
def test_the_figures_on_the_dev_part_hold(data):
    report = evaluate_roles(data / "text" / "srl_ewt", split="dev")
    assert report.main.f1 > 0.62
    assert report.parts["heads"].f1 > report.main.f1
    assert report.main.units == 1967
