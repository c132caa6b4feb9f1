"""A caption is judged claim by claim; what is right is never called contradicted."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import kgretrieval as kg
from kgretrieval.errors import NotFoundError, PictureError, UsageError
from kgretrieval.present.caption_check import caption_check_page
from kgretrieval.present.terminal import lines
from kgretrieval.store.ids import make_id
from kgretrieval.store.reading_write import ReadPicture, commit_readings
from kgretrieval.store.store import open_store
from kgretrieval.types import Article, Picture, PictureText, TextLine

CAPTION = "Angela Merkel speaks in Paris, France, on May 3, 2019. 12 % of voters agree."


def photo(seed: int) -> Image.Image:
    values = np.random.default_rng(seed).integers(0, 256, (9, 13, 3), dtype=np.uint8)
    return Image.fromarray(values).resize((390, 270), Image.Resampling.BICUBIC)


def save(image: Image.Image, path: Path, *, taken: str = "", quality: int = 80) -> Path:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = f"{taken.replace('-', ':')} 10:00:00"
    image.save(path, quality=quality, exif=exif)
    return path


def article(key: str, path: Path, caption: str, **fields: str) -> Article:
    own = {"language": "en", "source": "Alpha", **fields}
    picture = Picture(str(path), key=f"{key}/p", captions=(caption,) if caption else (), language=own["language"])
    return Article(key=key, pictures=(picture,), **own)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("captions")


@pytest.fixture(scope="module")
def archive(folder) -> kg.Collection:
    """Merkel, dated by a file; a harbour; a German and a Chinese caption; a headline alone. Tests only read it."""
    merkel = save(photo(1), folder / "merkel.jpg", taken="2019-05-03")
    collection = kg.Collection(folder / "index", extractors=["tags", "tagger", "values"])
    collection.add(
        article("merkel", merkel, CAPTION, title="Merkel visits", date="2019-05-04", text="She met Emmanuel Macron."),
        article("harbour", save(photo(2), folder / "harbour.jpg"), "Two ships in Hamburg.", date="2020-06-01"),
        article(
            "koeln", save(photo(3), folder / "koeln.jpg"), "Angela Merkel am 12. März 2019 in Köln.", language="de"
        ),
        article("beijing", save(photo(4), folder / "beijing.jpg"), "习近平2019年3月12日在北京。", language="zh"),
        article("headline", save(photo(5), folder / "headline.jpg"), "", title="Olaf Scholz travels to Japan"),
    )
    return collection


def verdicts(check) -> dict[str, str]:
    return {"scene" if claim.kind == "scene" else claim.text: claim.verdict for claim in check.claims}


def ask(archive, folder, caption, name="merkel.jpg", **how):
    return archive.check_caption(folder / name, caption, **how)


def test_the_same_words_below_the_same_picture_are_borne_out(archive, folder):
    check = ask(archive, folder, CAPTION)
    found = verdicts(check)
    assert set(found.values()) == {"supported"}
    assert {"Angela Merkel", "Paris", "May 3, 2019", "12 %"} <= set(found)
    merkel = next(claim for claim in check.claims if claim.text == "Angela Merkel")
    assert check.caption[merkel.start : merkel.end] == "Angela Merkel"
    assert merkel.evidence[0].statement.text == "Angela Merkel speaks in Paris, France, on May 3, 2019."
    assert (merkel.evidence[0].statement.date, merkel.evidence[0].statement.source) == ("2019-05-04", "Alpha")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Angela Merkel", "Boris Johnson"),
        ("Paris, France", "Athens, Greece"),
        ("May 3, 2019", "April 3, 2021"),
        ("12 %", "40 %"),
    ],
)
def test_what_is_swapped_is_contradicted_with_what_says_otherwise(archive, folder, right, wrong):
    check = ask(archive, folder, CAPTION.replace(right, wrong), date="2021-05-04")
    wrongs = [claim for claim in check.claims if claim.kind != "scene" and claim.text in wrong]
    assert wrongs
    assert {claim.verdict for claim in wrongs} == {"contradicted"}
    assert all(one.speaks == "against" and one.statement.text for claim in wrongs for one in claim.evidence[:1])
    others = [c.verdict for c in check.claims if c not in wrongs]
    assert set(others) == {"supported"}


@pytest.mark.parametrize(
    "caption",
    [
        "Merkel on a podium in the French capital.",
        "Chancellor Angela Merkel with Boris Johnson.",
        "Emmanuel Macron, whom Angela Merkel met that day.",
        "A file photo of Angela Merkel in Athens, Greece, on April 3, 2021.",
        "Angela Merkel, who took office on November 22, 2005.",
        "Angela Merkel will speak in Berlin on July 1, 2019.",
        "Angela Merkel in Paris in 2019.",
        "Angela Merkel talks about Greece.",
        "More than 40 people listen to Angela Merkel.",
        "Angela Merkel speaks in Paris, France, on May 3, 2019. 12 in 100 voters agree.",
    ],
)
def test_other_right_words_are_never_contradicted(archive, folder, caption):
    check = ask(archive, folder, caption, date="2019-05-05")
    assert "contradicted" not in verdicts(check).values()


def test_somebody_beside_the_one_who_is_named_may_be_right(archive, folder):
    found = verdicts(ask(archive, folder, "Boris Johnson and a woman at a desk."))
    assert found["Boris Johnson"] == "unsupported"


def test_another_name_of_the_same_is_support(archive, folder):
    assert verdicts(ask(archive, folder, "On Friday Mrs Merkel spoke."))["Merkel"] == "supported"
    assert verdicts(ask(archive, folder, "On Friday Max Merkel spoke."))["Max Merkel"] == "unsupported"


def test_a_picture_of_another_pair_bears_nothing_out(archive, folder):
    found = verdicts(ask(archive, folder, CAPTION, "harbour.jpg"))
    assert set(found.values()) <= {"unsupported", "contradicted"}


def test_a_picture_cannot_show_what_came_after_it_was_printed(archive, folder):
    check = ask(archive, folder, "Ships in Hamburg on May 1, 2022.", "harbour.jpg", date="2022-05-02")
    day = next(claim for claim in check.claims if claim.kind == "date")
    assert day.verdict == "contradicted"
    assert day.evidence[0].words == "was used on 2020-06-01 already"


def test_days_are_counted_from_the_date_of_publication(archive, folder):
    friday = ask(archive, folder, "Angela Merkel speaks on Friday.", date="2019-05-05")
    assert [(c.value, c.verdict) for c in friday.claims if c.kind == "date"] == [("2019-05-03", "supported")]


def test_a_stored_caption_does_not_bear_itself_out(archive, folder):
    check = archive.check_caption(make_id("a", "harbour"))
    assert (check.caption, check.article) == ("Two ships in Hamburg.", make_id("a", "harbour"))
    assert verdicts(check)["Hamburg"] == "unsupported"
    own = archive.check_caption(make_id("a", "merkel"))
    assert verdicts(own)["May 3, 2019"] == "supported"
    assert "no other use of the picture or of a near copy is in the collection" in own.not_looked_at
    assert own == archive.check_caption(own.picture) == archive.check_caption(own.use)


def test_a_headline_does_not_say_what_a_picture_shows(archive):
    check = archive.check_caption(make_id("a", "headline"))
    assert {claim.field for claim in check.claims} == {"title"}
    assert "contradicted" not in verdicts(check).values()


def test_german_and_chinese(archive, folder):
    german = verdicts(ask(archive, folder, "Angela Merkel am 12. März 2019 in Köln.", "koeln.jpg", language="de"))
    assert {german[name] for name in ("Angela Merkel", "Köln", "12. März 2019")} == {"supported"}
    chinese = verdicts(ask(archive, folder, "2019年3月12日在北京。", "beijing.jpg"))
    assert (chinese["北京"], chinese["2019年3月12日"]) == ("supported", "supported")


def test_the_text_in_a_picture_counts(archive, folder, tmp_path):
    copied = shutil.copytree(archive.location, tmp_path / "index")
    box = ((0.0, 0.0), (90.0, 0.0), (90.0, 20.0), (0.0, 20.0))
    lines_read = (TextLine("HAMBURG SPEICHERSTADT", 0.99, box), TextLine("1 June 2020 · 48 boats", 0.98, box))
    own = archive.where_used(folder / "harbour.jpg").picture
    store = open_store(copied, write=True)
    commit_readings(store, [ReadPicture(own, PictureText(lines_read, "rapidocr", "1"))])
    store.close()
    found = verdicts(kg.open(copied).check_caption(make_id("a", "harbour")))
    assert found["Hamburg"] == "supported"
    other = kg.open(copied).check_caption(own, "48 boats in Hamburg on June 1, 2020.")
    assert {verdict for text, verdict in verdicts(other).items() if text != "scene"} == {"supported"}
    assert "the text in the picture" in other.looked_at


def test_what_could_not_be_looked_at_is_said(archive, folder):
    check = archive.check_caption(make_id("a", "harbour"))
    assert any("text in the picture was not read" in reason for reason in check.not_looked_at)


def test_bad_input_is_one_line(archive, folder, tmp_path):
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(PictureError):
        archive.check_caption(tmp_path / "text.jpg", "A ship.")
    with pytest.raises(NotFoundError):
        archive.check_caption(tmp_path / "none.jpg", "A ship.")
    with pytest.raises(UsageError, match="the caption is empty"):
        archive.check_caption(folder / "harbour.jpg", " ")
    new = save(photo(9), tmp_path / "new.jpg")
    with pytest.raises(UsageError, match="no caption is known for this picture"):
        archive.check_caption(new)
    entity = archive.entity("Angela Merkel").entity.id
    with pytest.raises(UsageError, match="is no picture"):
        archive.check_caption(entity)


def test_a_page_marks_the_claims_and_is_safe(archive, folder):
    check = ask(archive, folder, CAPTION.replace("Angela Merkel", "<u>Boris Johnson</u>"))
    page = caption_check_page(check, title="<i>x")
    assert "<u>Boris" not in page
    assert "<i>x" not in page
    assert 'class="kg-claim kg-supported"' in page
    assert page.count("<img") == 1
    assert "http" not in page.replace("http-equiv", "")
    assert "kg-claims" in check._repr_html_()
    told = "\n".join(one.text.plain for one in lines(check))
    assert "fake" not in (page + told).lower()
    assert "contradicted" in told
