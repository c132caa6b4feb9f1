"""Labelled texts are read from every form in which they come, and what cannot be read is said in one line."""

import gzip
import json
import lzma

import pytest

from kgretrieval.errors import NotFoundError, UnreadableError
from kgretrieval.evaluate.labelled_data import read_labelled, strip_post

ROWS = [
    {"id": "1", "text": "The harbour froze.", "label": "weather", "split": "train"},
    {"id": "2", "text": "Die Bahn kommt nicht.", "label": "trains", "split": "train"},
    {"id": "3", "text": "暴雨将至。", "label": "weather", "split": "test"},
    {"id": "4", "text": "No label here.", "label": None, "split": "test"},
]


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def texts(examples):
    return [(item.text, examples.labels[answer]) for item, answer in zip(examples.items, examples.answers, strict=True)]


@pytest.mark.parametrize(("ending", "opener"), [("jsonl", open), ("jsonl.gz", gzip.open), ("jsonl.xz", lzma.open)])
def test_json_lines_plain_and_packed(tmp_path, ending, opener):
    path = tmp_path / f"set.{ending}"
    with opener(path, "wt", encoding="utf-8") as file:
        file.write(lines(ROWS))
    found = read_labelled(path)
    assert texts(found["train"]) == [("The harbour froze.", "weather"), ("Die Bahn kommt nicht.", "trains")]
    assert texts(found["test"]) == [("暴雨将至。", "weather")]
    assert found["train"].labels == found["test"].labels == ("trains", "weather")
    assert [item.language for item in (*found["train"].items, *found["test"].items)] == ["en", "de", "zh"]
    assert list(read_labelled(path, split="test")) == ["test"]


def test_a_folder_of_files_named_for_their_splits(tmp_path):
    (tmp_path / "train_12.jsonl").write_text(lines([{"title": "A", "description": "B", "label": "x"}]))
    (tmp_path / "valid.jsonl").write_text(lines([{"title": "", "description": "C", "label": "y"}]))
    (tmp_path / "README.md").write_text("not read")
    found = read_labelled(tmp_path)
    assert {split: texts(examples) for split, examples in found.items()} == {
        "train": [("A\n\nB", "x")],
        "dev": [("C", "y")],
    }
    assert texts(read_labelled(tmp_path, text="description")["train"]) == [("B", "x")]


def test_a_table_of_text_and_label(tmp_path):
    (tmp_path / "t.csv").write_text('text,label,fold\n"one, two",x,0\nthree,y,1\nnone,,1\n', encoding="utf-8-sig")
    found = read_labelled(tmp_path / "t.csv")
    assert {split: texts(examples) for split, examples in found.items()} == {
        "0": [("one, two", "x")],
        "1": [("three", "y")],
    }


@pytest.mark.parametrize("splits", [("",), ("train/", "test/")])
def test_a_folder_for_every_label(tmp_path, splits):
    for split in splits:
        for label in ("cats", "dogs"):
            (tmp_path / split / label).mkdir(parents=True)
            (tmp_path / split / label / "1.txt").write_text(f"about {label}")
    found = read_labelled(tmp_path)
    assert sorted(found) == (sorted(["train", "test"]) if splits[0] else ["all"])
    assert all(texts(one) == [("about cats", "cats"), ("about dogs", "dogs")] for one in found.values())


def test_another_label_and_posts_without_quotations(tmp_path):
    post = "In article <1> ann wrote:\n> old words\nMy answer.\nMore of it.\n--\nAnn, Leeds"
    (tmp_path / "p.jsonl").write_text(lines([{"id": "sci.odd/1", "headers": "Subject: x", "body": post}]))
    whole, bare = read_labelled(tmp_path), read_labelled(tmp_path, strip=True)
    assert whole["all"].labels == ("sci.odd",)
    assert whole["all"].items[0].text == f"Subject: x\n\n{post}"
    assert bare["all"].items[0].text == "My answer.\nMore of it." == strip_post(post)
    (tmp_path / "q.jsonl").write_text(lines([{"text": "a", "label": 1, "fine": 4}]))
    assert read_labelled(tmp_path / "q.jsonl", label="fine")["all"].labels == ("4",)


@pytest.mark.parametrize(
    ("content", "options", "error", "says"),
    [
        ('{"text": "a"', {}, UnreadableError, "cannot be read as JSON lines"),
        ("[1]", {}, UnreadableError, "line 1: this is no JSON object"),
        (
            '{"text": "a", "label": "x"}',
            {"label": "topic"},
            NotFoundError,
            "no field 'topic'; its fields are text, label",
        ),
        ('{"words": "a", "label": "x"}', {}, NotFoundError, "no field 'text'; its fields are words, label"),
        ('{"text": "a"}', {}, NotFoundError, "no field 'label'"),
        ('{"text": "a", "label": "x"}', {"split": "test"}, NotFoundError, "no split 'test'; it has all"),
        ("", {}, UnreadableError, "holds no labelled text"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_why(tmp_path, content, options, error, says):
    path = tmp_path / "set.jsonl"
    path.write_text(content)
    with pytest.raises(error, match=says):
        read_labelled(path, **options)


def test_a_path_that_is_not_there_or_of_no_known_form(tmp_path):
    with pytest.raises(NotFoundError, match="no file or folder"):
        read_labelled(tmp_path / "none")
    (tmp_path / "a.xlsx").write_text("")
    with pytest.raises(UnreadableError, match="no form that is read"):
        read_labelled(tmp_path / "a.xlsx")


@pytest.mark.data
def test_public_sets_have_the_sizes_that_are_published(data):
    sizes = {
        ("trec_question", "label"): {"train": 5452, "test": 500},
        ("sst", "label2"): {"train": 6920, "dev": 872, "test": 1821},
        ("bbc_news", "label"): {"train": 1556, "dev": 223, "test": 446},
    }
    for (name, label), wanted in sizes.items():
        found = read_labelled(data / "text" / name, label=label)
        assert {split: len(examples) for split, examples in found.items()} == wanted
