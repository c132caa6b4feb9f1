"""`kg evaluate retrieval`: a table, one object, a plot."""

import json
import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kgretrieval.cli.app import kg as group


@pytest.fixture
def kg():
    return lambda *arguments: CliRunner().invoke(group, [str(a) for a in arguments], prog_name="kg")


@pytest.fixture
def trec(tmp_path):
    (tmp_path / "q").write_text("1 0 a 1\n1 0 b 2\n2 0 c 1\n")
    (tmp_path / "r").write_text("1 Q0 a 1 3 x\n1 Q0 z 2 2 x\n1 Q0 b 3 1 x\n")
    (tmp_path / "s").write_text("1 Q0 a 1 3 x\n2 Q0 c 1 3 x\n")
    return tmp_path


def test_a_table_with_intervals_and_chance(kg, sample_index):
    done = kg("evaluate", "retrieval", sample_index)
    assert (done.exit_code, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    assert rows[3].split() == ["R@1", "R@5", "R@10", "R@100", "MRR", "MAP", "nDCG@10", "median"]
    assert [row[:15].strip() for row in rows[4:8]] == ["text to picture", "95 % from", "to", "random"]
    assert len({len(row) for row in rows[3:8]}) == 1


def test_one_object_with_every_figure(kg, sample_index):
    done = kg("evaluate", "retrieval", sample_index, "--json")
    (found,) = map(json.loads, done.stdout.splitlines())
    assert (found["model"], len(found["weights_hash"])) == ("mini", 64)
    for direction in ("text_to_picture", "picture_to_text"):
        figures = found[direction]
        names = {"R@1", "R@5", "R@10", "R@100", "MRR", "MAP", "nDCG@10", "nDCG", "median_rank"}
        assert names | {"queries", "pool"} <= set(figures)
        assert set(figures["intervals"]) == set(figures["random"]) == names
    assert found == json.loads(kg("evaluate", "retrieval", sample_index, "--json").stdout)


def test_the_collection_that_is_meant_needs_no_name(kg, sample_index, monkeypatch):
    monkeypatch.setenv("KG_INDEX", str(sample_index))
    assert kg("evaluate", "retrieval").stdout == kg("evaluate", "retrieval", sample_index).stdout


def test_a_run_and_another(kg, trec):
    done = kg("evaluate", "retrieval", "--qrels", trec / "q", "--run", trec / "r", "--compare", trec / "s", "--json")
    (found,) = map(json.loads, done.stdout.splitlines())
    run, other = found["run"], found["comparison"]["run"]
    assert run["MAP"] == pytest.approx((1 + 2 / 3) / 2 / 2)
    assert (run["median_rank"], run["pool"], run["random"]) == (None, None, None)
    assert run["MAP"] - other["MAP"] == pytest.approx(other["difference"]["MAP"]["value"])
    assert (found["run_file"], found["comparison"]["run_file"]) == (str(trec / "r"), str(trec / "s"))


def test_a_plot_is_a_drawing(kg, trec, sample_index):
    done = kg("evaluate", "retrieval", sample_index, "--plot", trec / "x.svg", "--compare", "mini", "--limit", 5)
    assert (done.exit_code, done.stderr) == (0, f"Wrote {trec / 'x.svg'}\n")
    drawn = ElementTree.parse(trec / "x.svg").getroot()
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "text to picture" in "".join(drawn.itertext())
    assert (
        kg("evaluate", "retrieval", "--qrels", trec / "q", "--run", trec / "r", "--plot", trec / "x.html").exit_code
        == 0
    )
    assert "<svg" in (trec / "x.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--qrels", "q"), "--qrels stands alone"),
        (("--run", "r"), "--run stands alone"),
        (("--qrels", "q", "--run", "r", "--limit", "5"), "--limit does not go with"),
        (("--qrels", "q", "--run", "no"), "there is no file no"),
        ((".", "--plot", "x.png"), "let the name end in .svg or .html"),
        ((".", "--plot", "no/x.svg"), "there is no folder no"),
    ],
)
def test_one_line_for_a_mistake(kg, trec, monkeypatch, arguments, says):
    monkeypatch.chdir(trec)
    done = kg("evaluate", "retrieval", *arguments)
    assert done.exit_code != 0
    assert done.stderr.startswith("kg: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.data
@pytest.mark.slow
def test_flickr8k_finds_pictures(kg, data):
    done = kg("evaluate", "retrieval", data / "flickr8k", "--split", "test", "--json")
    found = json.loads(done.stdout)
    sizes = [(found[name]["queries"], found[name]["pool"]) for name in ("text_to_picture", "picture_to_text")]
    assert sizes == [(5000, 1000), (1000, 5000)]
    assert found["text_to_picture"]["R@10"] >= 0.60
    assert found["picture_to_text"]["R@10"] >= 0.60


@pytest.mark.data
@pytest.mark.slow
def test_cranfield_is_ranked_as_well_as_by_a_plain_bm25(kg, data, tmp_path):
    # The README of the data states MAP 0.2916, nDCG@10 0.3700, P@10 0.2316, R@100 0.7329 for the same texts.
    folder = shutil.copytree(data / "text" / "cranfield", tmp_path / "cranfield")
    found = json.loads(kg("evaluate", "retrieval", folder, "--json").stdout)
    assert found["lexical"]["MAP"] > 0.29
    assert found["lexical"]["nDCG@10"] > 0.36
    assert found["fused"]["MAP"] > found["dense"]["MAP"]
