"""`kg train`, `kg classify` and `kg label`."""

import json
import shutil
import signal

import pytest

import kgretrieval
from kgretrieval.store.ids import make_id
from kgretrieval.types import Article

WORDS = {
    "Sport": "goal match striker league coach referee penalty stadium".split(),
    "Politics": "minister vote parliament law election senate treaty budget".split(),
}


def words(label, number):
    chosen = WORDS[label]
    return " ".join(chosen[(number + step) % len(chosen)] for step in range(4))


def article(number):
    label = sorted(WORDS)[number % 2]
    return Article(key=f"k{number}", title=words(label, number), text=f"Day {number}.", tags=(label,), language="en")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels") / "news"
    with kgretrieval.open_or_create(folder, extractors=("tags",)) as news:
        news.add(*map(article, range(24)))
        news.train("section", tags=True, model="linear", precision=0)
    return folder


@pytest.fixture
def news(made, tmp_path):
    return shutil.copytree(made, tmp_path / "news")


def objects(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(folder):
    rows = [f"{words(label, n)},{label}" for n in range(8) for label in WORDS]
    (folder / "t.csv").write_text("\n".join(["text,kind", *rows]), encoding="utf-8")
    return folder / "t.csv"


def test_a_table_to_a_file_that_sorts_lines_without_a_collection(kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "field.safetensors"
    shown = kg("train", "field", table(tmp_path), "--label", "kind", "--model", "linear", "--out", file)
    assert shown.exit_code == 0, shown.stderr
    for expected in ("16: Politics 8, Sport 8", "held-out examples", "before,", "sure from"):
        assert expected in shown.stdout
    found = objects(kg("classify", "-", "--model", file, "--json", "--explain", stdin="a goal\n\nthe vote\n"))
    assert [(one["what"], one["label"]) for one in found] == [("line 1", "Sport"), ("line 3", "Politics")]
    assert found[0]["reasons"][0]["text"] == "goal"


def test_the_whole_collection_and_what_is_shown_of_it(kg, news):
    [report] = objects(kg("classify", "--model", "section", "--index", news, "--json"))
    assert (report["documents"], report["labels"]) == (24, {"Politics": 12, "Sport": 12})
    assert "0 documents sorted, 24 up to date" in kg("classify", "--model", "section", "--index", news).stdout
    assert "section" in kg("show", make_id("a", "k1"), "--index", news).stdout
    assert "labels: section" in kg("stats", "--index", news).stdout
    listed = kg("train", "--list", "--index", news).stdout
    assert "section linear" in listed
    assert "sorts the collection" in listed


def test_reasons_are_marked_on_the_page(kg, news, tmp_path):
    (tmp_path / "<b>.txt").write_text("The <i>minister</i> and the vote", encoding="utf-8")
    page = tmp_path / "page.html"
    result = kg("classify", tmp_path / "<b>.txt", "--model", "section", "--explain", "--html", page, "--index", news)
    assert "because of" in result.stdout
    html = page.read_text(encoding="utf-8")
    assert "<mark" in html
    assert "&lt;" in html
    assert "<i>" not in html


def test_labelling_without_a_terminal(kg, news):
    proposed = objects(kg("label", "beat", "-k", 2, "--json", "--index", news))
    assert len(proposed) == 2
    [taken] = objects(kg("label", "beat", proposed[0]["id"], "Sport", "--author", "ana", "--json", "--index", news))
    assert (taken["action"], taken["author"], taken["payload"]["value"]) == ("label", "ana", "Sport")
    assert "is Sport (beat)" in kg("decisions", "--index", news).stdout
    assert kg("decisions", "--undo", taken["id"], "--index", news).exit_code == 0
    with kgretrieval.open(news) as collection:
        assert collection.labels(proposed[0]["id"]) == ()


def test_a_sitting_takes_answers_and_learns(kg, news):
    answers = "Sport\nPolitics\n1\n2\nu\n9\nx\n2\n\n1\n2\nq\n"
    result = kg("label", "beat", "--ask", "-k", 10, "--every", 4, "--author", "ana", "--index", news, stdin=answers)
    assert result.exit_code == 0, result.stderr
    for said in ("undone", "there is no label 9", "'x' is no answer", "6 answered"):
        assert said in result.stderr
    with kgretrieval.open(news) as collection:
        held = [one for one in collection.decisions() if not one.undone_at]
        assert len(held) == 6
        assert len({one.payload["document"] for one in held}) == 6


def test_ending_the_input_ends_the_sitting_and_keeps_the_answers(kg, news):
    result = kg("label", "beat", "--ask", "--index", news, stdin="Sport\n")
    assert "1 answered" in result.stderr
    with kgretrieval.open(news) as collection:
        assert len(collection.decisions()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["train"], "say what the labels are called"),
        (["train", "source", "--tags"], "is taken"),
        (["train", "mood", "none.csv"], "there is no file or folder none.csv"),
        (["train", "mood"], "nobody has labelled anything as 'mood'"),
        (["train", "mood", "--tags", "--labels", "Sport,Culture"], "no article has the tag 'Culture'"),
        (["train", "mood", "--tags", "--model", "picture"], "fewer than two tags are borne by 10 pictures"),
        (["train", "sectoin", "--forget"], "did you mean section"),
        (["classify", "--model", "sectoin"], "did you mean section"),
        (["classify"], "neither a model nor names"),
        (["classify", "a:ffffff", "--model", "section"], "no article has the id"),
        (["classify", "none.txt", "--model", "section"], "there is no file or folder none.txt"),
        (["classify", "--labels", "one", "--as", "x"], "at least two names"),
        (["classify", "--model", "section", "--explain"], "give ids, files or folders"),
        (["classify", "-", "a:1", "--model", "section"], "stands alone"),
        (["label", "beat", "a:ffffff", "x"], "no article has the id"),
        (["label", "beat", "a:ffffff"], "say what a:ffffff is"),
        (["label", "two words", "-k", "1"], "cannot be"),
    ],
)
def test_what_makes_no_sense_is_one_line(kg, made, arguments, says):
    result = kg(*arguments, "--index", made)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="no interrupts")
def test_an_interrupt_while_sorting_says_how_to_go_on(kg, news, monkeypatch):
    def stop(self, progress):
        self.done = progress.done
        raise KeyboardInterrupt

    monkeypatch.setattr("kgretrieval.cli.progress.Watch.__call__", stop)
    result = kg("classify", "--model", "section", "--index", news)
    assert result.exit_code == 130
    assert "24 documents are sorted; run the same command again" in result.stderr
