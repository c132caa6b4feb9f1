"""What `write` leaves in a folder, and that it leaves the same each time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest
from PIL import Image

from kgretrieval import sample
from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.sample import photos
from kgretrieval.sample.drawings import DRAWINGS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("news") / "sample")


@pytest.fixture(scope="module")
def articles(folder):
    return [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]


def _files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _pictures(folder):
    return [path for path in sorted((folder / "pictures").iterdir()) if path.suffix != ".txt"]


def test_every_image_named_exists(folder, articles):
    named = [article["image"] for article in articles if "image" in article]
    assert len(set(named)) >= 24
    assert all((folder / name).is_file() for name in named)


def test_every_picture_has_an_article_or_a_caption_file(folder, articles):
    named = {article.get("image") for article in articles}
    alone = [path for path in _pictures(folder) if f"pictures/{path.name}" not in named]
    assert len(alone) >= 3
    for path in alone:
        assert len(path.with_suffix(".txt").read_text(encoding="utf-8").split()) >= 5


def test_pictures_decode_at_a_useful_size(folder):
    assert len(_pictures(folder)) >= 24
    for path in _pictures(folder):
        with Image.open(path) as picture:
            picture.load()
            assert min(picture.size) >= 280
            assert max(picture.size) <= 1500


def test_all_drawings_are_used(articles):
    assert set(DRAWINGS) == {name for name in DRAWINGS if any(a.get("image") == f"pictures/{name}" for a in articles)}


def test_drawings_are_full_pictures(folder):
    for name in DRAWINGS:
        with Image.open(folder / "pictures" / name) as picture:
            colours = picture.convert("RGB").reduce(4).quantize(64).getcolors()
        assert len(colours) >= 6, name


def test_same_bytes_each_time_even_over_changed_files(folder, tmp_path):
    (tmp_path / "articles.jsonl").write_text("changed", encoding="utf-8")
    assert _files(sample.write(tmp_path)) == _files(folder)


def test_a_file_in_the_way_is_an_error(tmp_path):
    target = tmp_path / "file"
    target.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        sample.write(target)


@pytest.mark.parametrize(("name", "project"), [("rocket.jpg", "scikit-image"), ("china.jpg", "scikit-learn")])
def test_a_missing_package_is_named(monkeypatch, name, project):
    monkeypatch.setattr(photos, "find_spec", lambda package: None)
    with pytest.raises(NotFoundError, match=f"pip install {project}"):
        photos.photo_path(name)


def test_photos_are_found_without_importing_their_packages():
    code = "import sys; from kgretrieval.sample.photos import PHOTOS, photo_path; [photo_path(n) for n in PHOTOS]; "
    code += "assert not {'skimage', 'sklearn', 'numpy', 'PIL'} & set(sys.modules), 'heavy import'"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_sample_is_light():
    code = "import sys; from kgretrieval import sample; assert not {'PIL', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


#: The right answer to each query with words; an article's id, or the name of its picture.
ANSWERS = {
    "astronaut in an orange flight suit": "shuttle-1999",
    "a container ship across a canal": "suez-2021-03-24",
    "first human being to walk on the Moon": "apollo-landing",
    "interest rate cut almost to zero": "crisis-fed",
    "Wiederaufbau nach der Flut": "ahr-2021-08-de",
    "嫦娥六号 月球背面 样品": "lunar-2024-zh",
}


@pytest.mark.parametrize("query", ANSWERS)
def test_the_right_answer_has_more_words_of_the_query_than_any_other(articles, query):
    shared = Counter()
    for article in articles:
        text = " ".join((article["title"], article["text"], article.get("caption", ""))).lower()
        padded = " " + "".join(letter if letter.isalnum() else " " for letter in text) + " "
        words = query.lower().split()
        shared[article["id"]] = sum(
            word in padded if article["language"] == "zh" else f" {word} " in padded for word in words
        )
    best = max(shared.values())
    assert shared[ANSWERS[query]] == best
    assert sum(count == best for count in shared.values()) <= 2


def test_searches_ask_for_what_is_there(folder, articles):
    kinds = Counter(kind for kind, _ in sample.SEARCHES)
    assert set(kinds) == {"text-picture", "text-article", "picture-article", "picture-picture", "entity"}
    for kind, query in sample.SEARCHES:
        if kind.startswith("picture-"):
            assert (folder / query).is_file()
        elif kind == "entity":
            assert sum(query in article["tags"] for article in articles) >= 10
        else:
            assert query in ANSWERS
