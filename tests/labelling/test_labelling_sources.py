"""Where examples come from, and what is said of those that cannot be used."""

import gzip
import json

import pytest
from PIL import Image

from kgretrieval.classify.base import Settings
from kgretrieval.classify.training import train_head
from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.labelling.folders import files_by_folder
from kgretrieval.labelling.gather import examples_of, from_file, from_pairs, from_people, from_tags
from kgretrieval.labelling.heads import checked_name
from kgretrieval.labelling.tables import read_rows


def no_encoder():
    raise AssertionError("texts need no encoder")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'text,label\n"goal, and match",sport\n"a ""vote""",politics\n'),
        ("a.csv", 'text;label\n"goal, and match";sport\n"a ""vote""";politics\n'),
        ("a.tsv", 'text\tlabel\ngoal, and match\tsport\n"a ""vote"""\tpolitics\n'),
        ("a.jsonl", '{"text": "goal, and match", "label": "sport"}\n\n{"text": "a \\"vote\\"", "label": "politics"}\n'),
    ],
)
def test_tables_and_json_lines_say_the_same(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_rows(tmp_path / name) == ([("goal, and match", "sport"), ('a "vote"', "politics")], False)


def test_packed_lines_with_named_columns_and_numbers_for_labels(tmp_path):
    rows = [{"head": "Goal", "body": "A match", "stars": 5}, {"head": "Vote", "body": "", "stars": None}]
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    assert read_rows(tmp_path / "a.jsonl.gz", text="head,body", label="stars") == ([("Goal\nA match", "5")], False)


@pytest.mark.parametrize(
    ("content", "columns", "says"),
    [
        ("words,kind\na,b\n", {}, "there are words, kind: name one with --label"),
        ("text,label\na,b\n", {"label": "mood"}, "no column 'mood'; there are text, label"),
        ("text,label\na,b,c\n", {}, "has 3 columns where the header has 2"),
        ("text,label\n", {}, "has no rows"),
        ("text,label\n,\n", {}, "no row of"),
        ("id,label\na:3f,\n", {}, "says nothing in 'label'"),
    ],
)
def test_a_table_that_cannot_be_used_says_what_is_there(tmp_path, content, columns, says):
    file = tmp_path / "a.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises((UnreadableError, UsageError), match=says):
        read_rows(file, **columns)


def test_a_line_that_is_no_object_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "a", "label": "b"}\n[1]\n', encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"a\.jsonl:2 is no JSON object but list"):
        read_rows(tmp_path / "a.jsonl")


def write_folders(root, **files):
    for label, names in files.items():
        (root / label).mkdir(parents=True)
        for name in names:
            (root / label / name).write_text(f"{label} {name}", encoding="utf-8")


def test_a_folder_for_each_label(tmp_path):
    write_folders(tmp_path / "t", sport=["1.txt", "README.md", "page.html"], politics=["2.txt", ".hidden"])
    found = files_by_folder(tmp_path / "t")
    assert [(file.name, label) for file, label in found] == [
        ("2.txt", "politics"),
        ("1.txt", "sport"),
        ("page.html", "sport"),
    ]
    gathered = from_file(tmp_path / "t", None, no_encoder)
    assert (gathered.takes, gathered.pairs[0][0].text) == ("text", "politics 2.txt")


def test_files_named_by_numbers_are_texts_where_nothing_else_is(tmp_path):
    write_folders(tmp_path / "t", sport=["52110", "52111"], politics=["7"])
    assert len(files_by_folder(tmp_path / "t")) == 3


def test_texts_and_pictures_in_one_folder_are_not_mixed(tmp_path):
    write_folders(tmp_path / "t", sport=["1.txt"], politics=["2.txt"])
    Image.new("RGB", (8, 8)).save(tmp_path / "t" / "sport" / "p.png")
    with pytest.raises(UsageError, match="2 texts and 1 pictures"):
        files_by_folder(tmp_path / "t")


def test_captions_beside_pictures_are_no_texts(tmp_path):
    for name in ("a", "b"):
        write_folders(tmp_path / "t", **{name: ["1.txt"]})
        Image.new("RGB", (8, 8)).save(tmp_path / "t" / name / "1.jpg")
    assert [file.name for file, _ in files_by_folder(tmp_path / "t")] == ["1.jpg", "1.jpg"]


@pytest.mark.parametrize("seed", range(6))
def test_two_examples_of_each_label_are_enough(seed):
    pairs = from_pairs([("a goal", "x"), ("a match", "x"), ("a vote", "y"), ("a law", "y")]).pairs
    head = train_head("field", examples_of(pairs), model="linear", settings=Settings(seed=seed))
    assert head.card.examples == {"x": 2, "y": 2}


@pytest.mark.parametrize("folders", [{}, {"sport": []}])
def test_an_empty_folder_says_so(tmp_path, folders):
    (tmp_path / "t").mkdir()
    write_folders(tmp_path / "t", **folders)
    with pytest.raises(UsageError, match=r"holds no folders|hold no texts and no pictures"):
        files_by_folder(tmp_path / "t")


def test_what_is_not_there_and_ids_without_a_collection(tmp_path):
    with pytest.raises(NotFoundError, match="there is no file or folder"):
        from_file(tmp_path / "none.csv", None, no_encoder)
    (tmp_path / "ids.csv").write_text("id,label\na:3f,x\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--index"):
        from_file(tmp_path / "ids.csv", None, no_encoder)


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([], "no labelled examples"),
        ([("a", "x"), ("b", "x")], "the only label is 'x'"),
        ([("a", "x"), ("b", "x"), ("c", "y")], "only one example has the label 'y'"),
    ],
)
def test_too_few_examples_are_named(pairs, says):
    with pytest.raises(UsageError, match=says):
        examples_of(from_pairs(pairs).pairs)


def test_chosen_labels_alone_are_learned():
    pairs = from_pairs([("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "z")]).pairs
    examples = examples_of(pairs, chosen=("x", "z"))
    assert examples.labels == ("x", "z")
    assert len(examples) == 4


@pytest.mark.parametrize("name", ["", "../up", "a b", "source", "topic", "x" * 61])
def test_a_name_that_cannot_be_is_refused(name):
    with pytest.raises(UsageError, match=r"cannot be what|is taken"):
        checked_name(name)


def test_tags_of_a_collection(news):
    store = news._open_reader()
    assert len(from_tags(store).pairs) == 24
    with pytest.raises(UsageError, match=r"no article has the tag 'Culture'; the most frequent are Politics \(12\)"):
        from_tags(store, chosen=("Culture", "Sport"))
    with pytest.raises(UsageError, match="nobody has labelled anything as 'mood'"):
        from_people(store, "mood")
