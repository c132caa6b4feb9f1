"""A folder is read as its owner means it."""

import json
import os

import pytest
from PIL import Image

from kgretrieval.errors import NotFoundError, UnreadableError
from kgretrieval.sources import read
from kgretrieval.types import Article, Picture

LONG = "The river rose in the night and flooded the old town. " * 20


def test_pictures_that_a_data_file_names_are_not_read_again(desk):
    for name in "abc":
        desk.picture(f"images/{name}.jpg")
    desk.jsonl("z/articles.jsonl", {"title": "T", "image": "../images/a.jpg"}, {"image": "../images/b.jpg"})
    desk.write("README.md", "# About\n\nThis set is about floods.")
    desk.write("LICENSE.txt", "All rights with the publishers.")
    article, named, loose = desk.read()
    assert [article.pictures[0].path[-5:], named.path[-5:], loose.path[-5:]] == ["a.jpg", "b.jpg", "c.jpg"]


def test_order_does_not_depend_on_the_order_of_the_paths(desk):
    one, two = desk.jsonl("b.jsonl", {"title": "B"}), desk.jsonl("a.jsonl", {"title": "A"})
    picture = desk.picture("0.jpg")
    items = desk.read(picture, one, two)
    assert items == desk.read(two, picture, one) == desk.read()
    assert [getattr(item, "title", "") for item in items] == ["A", "B", ""]


def test_a_file_named_twice_is_read_once(desk):
    path = desk.jsonl("a.jsonl", {"title": "A"})
    assert len(desk.read(path, desk.folder, str(path))) == 1


def test_only_the_folder_itself(desk):
    desk.jsonl("a.jsonl", {"title": "A", "image": "in/1.jpg"})
    desk.picture("in/1.jpg")
    desk.jsonl("in/b.jsonl", {"title": "B"})
    (article,) = desk.read(recursive=False)
    assert len(article.pictures) == 1


def test_what_is_not_there_and_what_cannot_be_read(desk):
    with pytest.raises(NotFoundError, match=r"gone\.jsonl"):
        read([desk.folder / "gone.jsonl"])
    with pytest.raises(NotFoundError, match="no folder of pictures"):
        desk.read(images=desk.folder / "gone")
    with pytest.raises(UnreadableError, match=r"talk\.pptx is of no kind that can be read; give JSONL"):
        read([desk.write("talk.pptx", "x")])


def test_an_empty_folder_gives_nothing(desk):
    assert desk.read() == []


def test_reading_is_lazy(desk):
    desk.jsonl("a.jsonl", {"title": "A"})
    desk.write("b.jsonl", "broken")
    items = read([desk.folder])
    assert next(items).title == "A"


def test_clutter_and_collections_are_left_alone(desk):
    for name in (".git/a.txt", ".hidden.txt", "__MACOSX/b.txt", "Thumbs.db", "~$draft.txt"):
        desk.write(name, LONG)
    desk.picture("index/pictures/p.jpg")
    desk.write("index/kg.sqlite", "x")
    assert desk.read() == []


def test_kinds_that_are_not_read_are_told_in_one_line(desk):
    for name in ("a.pdf", "b/c.pdf", "d.mp4", "Makefile"):
        desk.write(name, "x")
    item = desk.one()
    assert (item.where, item.reason) == (
        str(desk.folder),
        "holds files of kinds that are not read: no ending 1, .mp4 1, .pdf 2",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(desk):
    desk.jsonl("a.jsonl", {"title": "A"}).chmod(0)
    assert "Permission denied" in desk.one().reason


def test_a_name_that_is_no_text_is_skipped(desk):
    with open(os.fsencode(desk.folder) + b"/b\xff.txt", "w") as file:
        file.write(LONG)
    assert "rename it" in desk.one().reason


def test_a_short_text_beside_a_picture_is_its_caption(desk):
    desk.picture("a.jpg")
    desk.write("a.txt", "Two dogs run\nover the grass. ")
    desk.picture("b.png")
    desk.write("b.png.txt", "A cat.")
    first, second = desk.read()
    assert isinstance(first, Picture)
    assert (first.captions, second.captions) == (("Two dogs run\nover the grass.",), ("A cat.",))
    assert first.origin == first.key == first.path


def test_a_long_text_beside_a_picture_is_an_article(desk):
    desk.picture("a.jpg")
    desk.write("a.txt", f"Flood in the old town\n\n{LONG}")
    article = desk.one()
    assert isinstance(article, Article)
    assert (article.title, len(article.pictures)) == ("Flood in the old town", 1)
    assert article.key == str(desk.folder / "a.txt")


@pytest.mark.parametrize(("words", "kind"), [(60, Picture), (61, Article)])
def test_sixty_words_are_the_longest_caption(desk, words, kind):
    desk.picture("a.jpg")
    desk.write("a.txt", " ".join(["word"] * words))
    assert isinstance(desk.one(), kind)


def test_texts_without_pictures(desk):
    desk.write("1.txt", "Short news\n\nOnly a line.")
    desk.write("2.txt", f"Headline here\n{LONG}")
    desk.write("3.txt", "The river rose in the night and\nflooded the town, which is old and\nnot protected.")
    desk.write("4.txt", "1 0 184 1\n2 0 29 1\n")
    desk.write("5.txt", " \n")
    one, two, three, numbers, empty = desk.read()
    assert [a.title for a in (one, two, three)] == ["Short news", "Headline here", ""]
    assert three.text.startswith("The river")
    assert "figures" in numbers.reason
    assert "is empty" in empty.reason


def test_a_sidecar_in_json(desk):
    desk.picture("a.jpg")
    about = {"title": "Dogs", "description": "Two dogs", "photographer": "Li", "date": "2020-01-02", "camera": "X"}
    desk.write("a.json", json.dumps({**about, "tags": ["dog"], "licence": "CC0"}))
    picture = desk.one()
    assert (picture.captions, picture.credit, picture.rights) == (("Two dogs",), "Li", "CC0")
    assert (picture.date, picture.tags) == ("2020-01-02", ("dog",))
    assert picture.extra == {"picture_title": "Dogs", "camera": "X"}


def test_a_broken_sidecar_costs_only_itself(desk):
    desk.picture("a.jpg")
    desk.write("a.jpg.json", "{")
    broken, picture = desk.read()
    assert "no JSON" in broken.reason
    assert isinstance(picture, Picture)


def exif():
    block = Image.Exif()
    block[0x010E], block[0x013B] = "Written in the file", "Jane Doe"
    block.get_ifd(0x8769)[0x9003] = "2021:07:15 06:12:44"
    return block


def test_what_a_picture_says_of_itself(desk):
    desk.picture("a.jpg", exif=exif())
    picture = desk.one(source="Archive")
    assert (picture.captions, picture.credit) == (("Written in the file",), "Jane Doe")
    assert (picture.date, picture.source, picture.language) == ("2021-07-15T06:12:44", "Archive", "en")


def test_sidecars_speak_before_the_file(desk):
    desk.picture("a.jpg", exif=exif())
    desk.write("a.txt", "Beside it")
    desk.write("a.json", json.dumps({"photographer": "Li"}))
    picture = desk.one()
    assert (picture.captions, picture.credit, picture.date[:4]) == (("Beside it",), "Li", "2021")


def test_a_file_that_only_looks_like_a_picture_is_skipped(desk):
    path = desk.write("a.jpg", "just text")
    assert desk.one().where == str(path)


def test_field_names_of_data_files_do_not_reach_pictures_and_texts(desk):
    desk.picture("a.jpg", exif=exif())
    desk.write("b.txt", "Title\n\nThe text.")
    article, picture = desk.read(fields={"title": "headline", "image": "foto", "caption": "worte"})
    assert (article.title, picture.captions) == ("Title", ("Written in the file",))
