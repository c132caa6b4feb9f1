"""`kg` as a process: pipes, interrupts, the demonstration."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = {"torch", "open_clip", "torchvision", "sklearn", "pandas", "matplotlib", "networkx", "trafilatura"}


def test_a_reader_that_leaves_early_is_no_error(process, sample_index):
    search = process("search", "Moon", "-k", "50", "--index", sample_index)
    head = subprocess.run(["head", "-n", "1"], stdin=search.stdout, capture_output=True, text=True, check=True)
    with search:
        search.stdout.close()
        assert (search.stderr.read(), search.wait(timeout=60)) == (b"", 0)
    assert head.stdout.startswith("“Moon”: ")


def test_a_closed_pipe_is_no_error(process, sample_index):
    read, write = os.pipe()
    os.close(read)
    search = process("search", "Moon", "--index", sample_index, stdout=write)
    os.close(write)
    _, said = search.communicate(timeout=60)
    assert (search.returncode, said) == (0, b"")


def test_a_search_imports_nothing_heavy(sample_index):
    code = "import sys, kgretrieval.cli as c\ntry: c.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "search", "Moon landing", "--index", str(sample_index)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not set(done.stderr.split()) & HEAVY


@pytest.fixture
def archive(tmp_path) -> Path:
    """More articles than are taken in before the interrupt comes."""
    file = tmp_path / "archive.jsonl"
    text = "The harbour of Hamburg was closed on Monday. Olaf Scholz spoke in Berlin about the storm. " * 4
    rows = ({"id": str(n), "title": f"Storm number {n} over Hamburg", "text": f"{text} {n}"} for n in range(3000))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def articles(index: Path) -> int:
    try:
        with sqlite3.connect(f"file:{index / 'kg.sqlite'}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT count(*) FROM article").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs SIGINT")
def test_an_interrupted_ingest_says_how_to_go_on(process, archive, tmp_path):
    index = tmp_path / "index"
    ingest = process("ingest", archive, "--index", index)
    until = time.monotonic() + 120
    while not articles(index) and time.monotonic() < until and ingest.poll() is None:
        time.sleep(0.2)
    ingest.send_signal(signal.SIGINT)
    _, said = ingest.communicate(timeout=120)
    assert ingest.returncode == 130
    assert said.decode().startswith("Stopped. ")
    assert said.decode().endswith(" items are in; run the same command again to go on.\n")
    assert int(said.decode().split()[1].replace(",", "")) <= articles(index)


@pytest.mark.slow
def test_the_demonstration_makes_its_collection_again(process, own_index, tmp_path):
    demo_index = tmp_path / "demo" / "index"
    demo_index.parent.mkdir()
    own_index.rename(demo_index)
    demo = process("demo", cwd=tmp_path)
    out, err = demo.communicate(timeout=600)
    said = out.decode()
    assert (demo.returncode, err) == (0, b""), said
    for words in ("Making the collection demo/index again", "Words find photos", "A name finds facts", "kg search"):
        assert words in said
    assert "data:image/jpeg" in (tmp_path / "demo.html").read_text(encoding="utf-8")
    assert (tmp_path / "demo.graphml").stat().st_size > 10_000
    assert json.loads((demo_index / "manifest.json").read_bytes())["counts"]["article"] > 100


def test_the_demonstration_deletes_nothing_that_is_not_its_own(kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "demo" / "index" / "thesis.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = kg("demo")
    assert done.exit_code == 2
    assert "demo/index" in done.stderr
    assert mine.read_text() == "mine"
