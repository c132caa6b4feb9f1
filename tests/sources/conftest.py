"""Folders of a newsroom in small, written by the tests."""

import csv
import json

import pytest
from PIL import Image

from kgretrieval.sources import ReadOptions, read
from kgretrieval.types import Article, Picture, Skipped


class Desk:
    """A folder to write sources into, and what is read from it."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def jsonl(self, name, *records):
        return self.write(name, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))

    def csv(self, name, *rows, delimiter=","):
        path = self.write(name, "")
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    def picture(self, name, *, size=(160, 120), colour="teal", **options):
        path = self.write(name, b"")
        Image.new("RGB", size, colour).save(path, **options)
        return path

    def read(self, *paths, **options):
        return list(read(list(paths) or [self.folder], options=ReadOptions(**options)))

    def one(self, *paths, **options):
        (item,) = self.read(*paths, **options)
        return item


def of(items, kind):
    return [item for item in items if isinstance(item, kind)]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path.resolve())


@pytest.fixture
def articles():
    return lambda items: of(items, Article)


@pytest.fixture
def pictures():
    return lambda items: of(items, Picture)


@pytest.fixture
def skipped():
    return lambda items: of(items, Skipped)
