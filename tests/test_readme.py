"""What the README says works: every command in it is run, on a folder as it describes."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgretrieval.cli.app import kg

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def commands():
    lines = [line.split("  #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line]


@pytest.fixture(scope="module")
def workplace(sample, tmp_path_factory):
    """A folder with `my-news` in it, as the tour supposes."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(sample, folder / "my-news")
    first = min((folder / "my-news" / "pictures").glob("*.jpg"))
    shutil.copy(first, folder / "my-news" / "photo.jpg")
    return folder


@pytest.mark.slow
def test_the_tour_and_the_python_example_run(workplace, monkeypatch):
    monkeypatch.chdir(workplace)
    tour = [words for words in commands() if words[0] == "kg"]
    assert len(tour) >= 8
    for words in tour:
        result = CliRunner().invoke(kg, words[1:])
        assert result.exit_code == 0, f"{shlex.join(words)}: {result.output}"
        assert result.output.strip(), shlex.join(words)
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), {})
    assert (workplace / "news.graphml").stat().st_size > 10_000
    assert "<html" in (workplace / "flood.html").read_text(encoding="utf-8")


def test_other_commands_are_make_targets_that_the_check_runs():
    others = [words for words in commands() if words[0] != "kg"]
    assert {words[0] for words in others} == {"make"}
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for _, target in others:
        assert f"make {target}" in check
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


def test_links_point_to_files():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
