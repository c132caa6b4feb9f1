"""`kg check` on the sample news."""

import json
import subprocess
import sys

import pytest


@pytest.fixture
def astronaut(kg, sample_index) -> str:
    done = kg("search", "astronaut in an orange suit", "--kind", "picture", "-k", 1, "--index", sample_index, "--json")
    return json.loads(done.stdout)["hits"][0]["id"]


def test_a_stored_caption_claim_by_claim(kg, sample_index, astronaut):
    done = kg("check", astronaut, "--index", sample_index, "--json")
    assert done.exit_code == 0, done.stderr
    check = json.loads(done.stdout)
    assert check["picture"] == astronaut
    assert {claim["verdict"] for claim in check["claims"]} <= {"supported", "unsupported", "contradicted"}
    assert check["claims"][-1]["kind"] == "scene"
    assert "contradicted" not in {claim["verdict"] for claim in check["claims"]}


def test_a_finding_is_no_error_and_a_page_is_written(kg, sample_index, astronaut, tmp_path):
    page = tmp_path / "check.html"
    words = "Neil Armstrong on 24 July 1999"
    done = kg("check", astronaut[:9], "--caption", words, "--index", sample_index, "--html", page, "--no-pictures")
    assert done.exit_code == 0, done.stderr
    assert "Neil Armstrong" in done.stdout
    assert "supported 24 July 1999" in done.stdout
    assert "Looked at: " in done.stdout
    assert "Neil Armstrong" in page.read_text(encoding="utf-8")


def test_a_stored_caption_needs_no_network_of_names(sample_index, astronaut):
    code = "import sys, kgretrieval.cli.app as a\ntry: a.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "check", astronaut, "--index", str(sample_index), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not {"torch", "sklearn", "networkx", "onnxruntime"} & set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "none.jpg"), "there is no picture at"),
        (("check", "a:ffffffffffff"), "no article has the id"),
        (("check", "photo.jpg", "--date", "soon"), "'soon' is no date"),
    ],
)
def test_what_makes_no_sense_is_one_line(kg, sample_index, arguments, said):
    done = kg(*arguments, "--index", sample_index)
    assert done.exit_code != 0
    assert said in done.stderr
    assert done.stdout == ""
