"""Every use of a picture is found, whatever was done to the file, and disagreements are shown with their sentences."""

import json
import shutil

import pytest
from click.testing import CliRunner
from PIL import Image, ImageEnhance

import kgretrieval as kg
from kgretrieval.cli.app import kg as group
from kgretrieval.errors import NotFoundError, PictureError, UsageError
from kgretrieval.present.picture_check import check_page


def seen(check):
    return [(one.title, one.how) for one in check.appearances]


USES = [
    ("Ship burns", "same file"),
    ("Ship sinks", "cropped"),
    ("Ship hit", "flipped"),
    ("Trade in figures", "same file"),
]


def test_all_uses_the_earliest_first_and_those_without_a_date_last(archive, photos):
    check = archive.where_used(photos["first"])
    assert seen(check) == USES
    assert check.first_seen == "2012-03-04"
    assert check.picture.startswith("p:")
    assert check.appearances[1].caption == "The ship off Brazil."
    assert check.appearances[1].places == ("Brazil",)


def test_by_id_and_by_its_beginning(archive, photos):
    own = archive.where_used(photos["first"]).picture
    assert archive.where_used(own) == archive.where_used(own[:9]) == archive.where_used(photos["first"])


def test_a_copy_that_the_archive_does_not_hold(archive, photos):
    small = ImageEnhance.Brightness(Image.open(photos["first"])).enhance(1.2).resize((130, 90))
    check = archive.where_used(small)
    assert check.picture == ""
    assert {title for title, _ in seen(check)} == {title for title, _ in USES}
    assert dict(seen(check))["Ship burns"] == "near copy"


def test_another_picture_has_its_own_use_alone_and_a_new_one_none(archive, photos):
    assert seen(archive.where_used(photos["other"])) == [("Dog days", "same file")]
    none = archive.where_used(photos["third"])
    assert (none.appearances, none.first_seen, none.warnings) == ((), "", ())


def test_disagreements_come_with_their_sentences(archive, photos):
    warnings = {one.kind: one for one in archive.where_used(photos["first"]).warnings}
    assert set(warnings) == {"date", "place"}
    first, second = warnings["place"].statements
    assert (first.text, first.names, first.source) == ("The ship off Brazil.", ("Brazil",), "Alpha")
    assert (second.text, second.names, second.date) == ("The ship off Egypt.", ("Egypt",), "2024-05-02")
    assert "12 years before" in warnings["date"].words
    assert "fake" not in str(warnings).lower()


def test_files_may_be_gone(archive, photos, tmp_path):
    copied = shutil.copytree(archive.location, tmp_path / "index")
    own = archive.where_used(photos["first"]).picture
    kept = [photo.rename(photo.with_suffix(".away")) for photo in photos.values()]
    try:
        assert seen(kg.open(copied).where_used(own)) == USES
    finally:
        for photo in kept:
            photo.rename(photo.with_suffix(".jpg"))


def test_what_is_deleted_is_found_no_more(archive, photos, tmp_path):
    collection = kg.open(shutil.copytree(archive.location, tmp_path / "index"))
    mirrored = collection.where_used(photos["mirrored"])
    collection.delete(mirrored.appearances[-2].article, mirrored.picture)
    left = collection.where_used(photos["mirrored"])
    assert left.picture == ""
    assert [how for _, how in seen(left)] == ["flipped"] * 3
    assert not [w for w in left.warnings if w.kind == "place"]


def test_bad_input_is_one_line(archive, photos, tmp_path):
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(PictureError, match="it holds text"):
        archive.where_used(tmp_path / "text.jpg")
    with pytest.raises(NotFoundError, match="there is no picture at"):
        archive.where_used(tmp_path / "none.jpg")
    article = archive.where_used(photos["first"]).appearances[0].article
    with pytest.raises(UsageError, match="is no picture"):
        archive.where_used(article)


def run(*arguments):
    return CliRunner().invoke(group, [str(a) for a in arguments], prog_name="kg")


def test_the_command_says_it_in_words_and_as_json(archive, photos, tmp_path):
    page = tmp_path / "uses.html"
    told = run("picture", photos["first"], "--index", archive.location, "--html", page)
    assert told.exit_code == 0
    assert "4 uses of 3 files, first seen 2012-03-04" in told.stdout
    assert "These uses disagree in the place" in told.stdout
    assert told.stdout.index("Ship burns") < told.stdout.index("Ship hit")
    assert "cropped," in told.stdout
    assert page.read_text().count("<img") == 5
    found = json.loads(run("picture", photos["first"], "--index", archive.location, "--json").stdout)
    assert [one["how"] for one in found["appearances"]] == [how for _, how in USES]
    failed = run("picture", tmp_path / "none.jpg", "--index", archive.location)
    assert (failed.exit_code, failed.stdout) == (1, "")


def test_a_page_is_safe_and_needs_no_other_file(archive, photos):
    check = archive.where_used(photos["first"])
    page = check_page([check], title="<b>Ship</b>")
    assert "<b>Ship" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "kg-hit" in check._repr_html_()
