"""How many records there are is said before they are read."""

import gzip
import json
import shutil

import pytest

from kgretrieval.errors import NotFoundError
from kgretrieval.sources import read
from kgretrieval.sources.count import count_records


def lines(count):
    return "\n".join(json.dumps({"title": f"Report {i}", "text": f"The {i}th report." * 9}) for i in range(count))


def test_counts_what_reading_gives(tmp_path):
    (tmp_path / "one.jsonl").write_text(lines(7))  # its last line has no end
    (tmp_path / "two.ndjson").write_text(lines(5) + "\n")
    (tmp_path / "three.csv").write_text("title,text\nA,Words\nB,More words\n")
    (tmp_path / "four.txt").write_text("A text of its own.\n\nIt has two paragraphs.\n")
    assert count_records([tmp_path]) == len(list(read([tmp_path]))) == 15


def test_counts_packed_files_of_any_length_nearly(tmp_path):
    path = tmp_path / "many.jsonl.gz"
    path.write_bytes(gzip.compress((lines(20_000) + "\n").encode()))
    assert 0.8 < count_records([path]) / 20_000 < 1.25
    path.write_bytes(gzip.compress((lines(30) + "\n").encode()))
    assert count_records([path]) == 30


def test_pictures_count_where_nothing_else_names_them(sample, tmp_path):
    for picture in sorted((sample / "pictures").glob("*.jpg"))[:3]:
        shutil.copy(picture, tmp_path)
    assert count_records([tmp_path]) == len(list(read([tmp_path]))) == 3
    assert count_records([sample]) >= len((sample / "articles.jsonl").read_text().splitlines())


def test_what_cannot_be_told_is_said_to_be_unknown(tmp_path):
    (tmp_path / "list.json").write_text(json.dumps([{"title": "A", "text": "B"}]))
    assert count_records([tmp_path]) == 0
    with pytest.raises(NotFoundError):
        count_records([tmp_path / "missing"])
