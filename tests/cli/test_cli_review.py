"""`kg review`, `kg decide` and `kg decisions`."""

import json
import os
import pty
import select
import subprocess
import sys

import pytest

import kgretrieval
from kgretrieval.types import Article

TWICE = (
    Article(key="one", title="Volodymyr Zelensky speaks in Kyiv", language="en", date="2023-01-01"),
    Article(key="two", title="Volodymyr Zelenskyy visits Warsaw", language="en", date="2023-01-02"),
)


@pytest.fixture
def news(tmp_path):
    """A collection in which one man is spelled in two ways and nothing else is known of him."""
    folder = tmp_path / "news"
    with kgretrieval.create(folder) as collection:
        collection.add(*TWICE)
    return folder


def objects(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_question_shows_both_names_reasons_and_sentences(kg, news):
    [question] = objects(kg("review", "--json", "--index", news))
    assert {question["one"]["name"], question["other"]["name"]} == {"Volodymyr Zelensky", "Volodymyr Zelenskyy"}
    assert question["question"] == "merge"
    shown = kg("review", "--index", news).stdout
    assert "Are these one?" in shown
    assert "two spellings of one sound" in shown
    assert "Volodymyr Zelenskyy visits Warsaw" in shown


def test_accepting_merges_and_undoing_parts(kg, news):
    [question] = objects(kg("review", "--json", "--index", news))
    [taken] = objects(kg("review", "accept", question["id"], "--author", "ana", "--json", "--index", news))
    assert (taken["action"], taken["author"]) == ("merge", "ana")
    with kgretrieval.open(news) as collection:
        card = collection.entity("Volodymyr Zelensky").entity
        assert card.articles == 2
        assert card.confirmed
    assert objects(kg("review", "--json", "--index", news)) == []
    assert "Nothing to review" in kg("review", "--index", news).stdout
    objects(kg("decisions", "--undo", taken["id"], "--json", "--index", news))
    assert len(objects(kg("review", "--json", "--index", news))) == 1


def test_decisions_are_listed_and_travel(kg, news, tmp_path):
    assert kg("decide", "rename", "Kyiv", "--to", "Kiev", "--author", "ana", "--index", news).exit_code == 0
    listed = kg("decisions", "--index", news).stdout
    assert "kyiv is called Kiev" in listed
    assert "ana" in listed
    file = tmp_path / "decided.jsonl"
    assert kg("decisions", "--export", file, "--index", news).exit_code == 0
    other = tmp_path / "other"
    with kgretrieval.create(other) as collection:
        collection.add(TWICE[0])
    assert kg("decisions", "--import", file, "--index", other).exit_code == 0
    with kgretrieval.open(other) as collection:
        assert collection.entity("Kiev").entity.name == "Kiev"


def test_a_table_of_ids(kg, news, tmp_path):
    table = tmp_path / "ids.csv"
    table.write_text("name,wikidata\nVolodymyr Zelensky,Q3874799\nVolodymyr Zelenskyy,Q3874799\n", encoding="utf-8")
    assert kg("decisions", "--link", table, "--index", news).exit_code == 0
    with kgretrieval.open(news) as collection:
        assert collection.entity("Volodymyr Zelensky").entity.articles == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["review", "accept"], "takes the ids"),
        (["review", "accept", "v:ffffff"], "no question v:ffffff"),
        (["decide", "merge", "Kyiv"], "at least two"),
        (["decide", "hide", "Nobody At All"], "no entity is called"),
        (["decisions", "--undo", "7"], "no decision 7"),
        (["decisions", "--undo", "1", "--export", "x"], "one thing at a time"),
        (["decisions", "--import", "missing.jsonl"], "there is no missing.jsonl"),
    ],
)
def test_what_goes_wrong_is_one_line(kg, news, arguments, says):
    result = kg(*arguments, "--index", news)
    assert result.exit_code != 0
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_person_at_a_terminal_is_asked(news):
    """A rename, a wrong key, then yes."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "kgretrieval.cli", "review", "--author", "ana", "--index", str(news)]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, close_fds=True)
    os.close(follower)
    said = answer_prompts(leader, ["x", "a"])
    assert process.wait(timeout=60) == 0
    os.close(leader)
    assert "Are these one?" in said
    assert "one of a, r, m" in said
    assert "1 answered" in said
    with kgretrieval.open(news) as collection:
        assert [one.action for one in collection.decisions()] == ["merge"]
        assert collection.entity("Volodymyr Zelensky").entity.articles == 2


def answer_prompts(leader, answers):
    """Type an answer at each prompt, and return everything that was shown."""
    said, left = "", list(answers)
    while select.select([leader], [], [], 60)[0]:
        try:
            read = os.read(leader, 65536).decode(errors="replace")
        except OSError:
            break
        if not read:
            break
        said += read
        if said.endswith("> ") and left:
            os.write(leader, f"{left.pop(0)}\n".encode())
    return said
