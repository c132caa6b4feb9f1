"""A crash at any moment loses nothing that was committed, and the next run finishes the work."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageDraw

import kgretrieval as kg

COUNT = 700
NAMES = ["Angela Merkel", "Emmanuel Macron", "Barack Obama", "Tim Cook", "Grace Hopper", "Usain Bolt"]
PLACES = ["Paris", "Berlin", "London", "Tokyo", "Chile", "Iceland"]

INGEST = """
import sys, kgretrieval
kgretrieval.open_or_create(sys.argv[2]).ingest(sys.argv[1], progress=lambda p: print(p.done, flush=True))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Seven hundred articles, a fifth of them with a picture: some six commits."""
    folder = tmp_path_factory.mktemp("archive")
    draw = random.Random(7)
    with (folder / "articles.jsonl").open("w") as file:
        for i in range(COUNT):
            one, two = draw.sample(NAMES, 2)
            place = draw.choice(PLACES)
            row = {
                "id": str(i),
                "title": f"{one} in {place}",
                "text": f"{one} met {two} in {place}. {two} left {place}.",
            }
            if i % 5 == 0:
                row["image"] = f"{i}.png"
                picture = Image.new("RGB", (64, 48), (i % 255, i // 3 % 255, 90))
                ImageDraw.Draw(picture).ellipse((i % 40, 5, 20 + i % 40, 30), fill=(255, i % 200, 0))
                picture.save(folder / row["image"])
            file.write(json.dumps(row) + "\n")
    return folder


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    collection = kg.create(tmp_path_factory.mktemp("whole") / "index")
    collection.ingest(archive)
    return collection.stats()


def run_and_kill(archive, index, *, after):
    """Start an ingest in a process of its own and kill it when `after` records are in and a moment has passed."""
    command = [sys.executable, "-c", INGEST, str(archive), str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if int(line) >= after:
                time.sleep(random.Random(after).uniform(0.0, 0.4))
                break
        os.kill(process.pid, signal.SIGKILL)
    return process.returncode


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_again_and_again_the_collection_comes_out_the_same(archive, whole, tmp_path):
    index = tmp_path / "index"
    for after in (128, 256, 384):
        assert run_and_kill(archive, index, after=after) == -signal.SIGKILL
        assert kg.open(index).stats().counts["article"] >= after
    collection = kg.open(index)
    report = collection.ingest(archive)
    assert report.unchanged >= 384
    found = collection.stats()
    assert found.graph_hash == whole.graph_hash
    assert found.counts == whole.counts
    assert collection.search("Merkel in Paris").hits
