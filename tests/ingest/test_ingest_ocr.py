"""The text in pictures, and what picture files say of themselves: taken in once, found, tied in, deleted whole."""

import shutil
import sqlite3

import pytest
from PIL import Image

import kgretrieval as kg
from kgretrieval.errors import ModelError
from kgretrieval.pictures import reading
from kgretrieval.pictures.reading import TextReader
from kgretrieval.sample.draw_maps import suez_map
from kgretrieval.types import Article, Picture, PictureText, TextLine

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:City="Lisbon" photoshop:Country="Portugal" photoshop:DateCreated="2023-07-17T09:30:00">
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ana Moreira</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
BOX = ((5.0, 5.0), (80.0, 5.0), (80.0, 20.0), (5.0, 20.0))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """A drawn map with names on it, and a plain photo whose file says where, when and who."""
    folder = tmp_path_factory.mktemp("pictures")
    suez_map().save(folder / "map.png")
    Image.linear_gradient("L").convert("RGB").save(folder / "square.jpg", xmp=XMP.encode())
    return folder


def records(folder):
    ship = Article(
        key="ship",
        title="A ship is stuck",
        text="A container ship blocks a canal.",
        date="2021-03-24",
        pictures=(Picture(str(folder / "map.png")),),
    )
    later = Article(
        key="later",
        title="One year on",
        text="The canal is busy.",
        date="2022-03-24",
        pictures=(Picture(str(folder / "map.png")), Picture(str(folder / "square.jpg"))),
    )
    return ship, later


@pytest.fixture(scope="module")
def read_index(pictures, tmp_path_factory):
    location = tmp_path_factory.mktemp("read") / "news"
    with kg.create(location) as news:
        report = news.add(*records(pictures), read_text=True)
        assert (report.with_text, report.skipped) == (1, ())
    return location


@pytest.fixture
def news(read_index, tmp_path):
    """A copy of the collection, to be changed."""
    with kg.open(shutil.copytree(read_index, tmp_path / "news")) as collection:
        yield collection


def rows(collection, query):
    collection.close()
    with sqlite3.connect(collection.location / "kg.sqlite") as connection:
        return sorted(connection.execute(query).fetchall(), key=repr)


def everything(collection):
    """Return what was read and all that hangs on it."""
    return [
        rows(collection, query)
        for query in (
            "SELECT * FROM reading",
            "SELECT * FROM passage",
            "SELECT c.holder, length(c.terms), c.counts, c.positions FROM counts c",
            "SELECT text, holders FROM term",
            "SELECT space, holder, field, start FROM vector",
            "SELECT holder, document, field, start, end, text, type, origin, value, entity FROM mention",
            "SELECT * FROM entity",
            "SELECT * FROM annotated",
        )
    ]


def fake_text(monkeypatch, *texts, problem=""):
    lines = tuple(TextLine(text, 0.9, BOX) for text in texts)
    text = PictureText(lines, reading.ENGINE, reading.engine_version(), problem=problem)
    monkeypatch.setattr(TextReader, "read", lambda self, data: text)


def test_a_search_finds_a_picture_by_nothing_but_the_text_in_it(read_index):
    news = kg.open(read_index)
    for query, ranking in (("Ismailia", "words"), ("Great Bitter Lake", "words"), ("smaili", "fragment")):
        hit = news.search(query, kind="picture").hits[0]
        assert hit.path.endswith("map.png"), query
        assert hit.snippet.field == "reading"
        assert [hit.snippet.text[a:b].lower() in query.lower() for a, b in hit.snippet.marks]
        assert ranking in {found.ranking for found in hit.found_by}
    assert not news.search("smailix", kind="picture", min_score=0.5).hits
    shown = news.show(hit.id)
    assert "Ever Given" in shown.reading.text
    left, top = next(line.box[0] for line in shown.reading.lines if line.text == "Ever Given")
    assert 250 < left < shown.width
    assert 400 < top < shown.height
    # As of a day on which nobody had used the picture, there is nothing.
    assert not news.search("Ismailia", kind="picture", as_of="2020").hits
    assert news.search("Ismailia", kind="picture", as_of="2021-06").hits
    news.close()


def test_names_in_the_picture_hang_on_it_and_say_where_they_come_from(read_index):
    news = kg.open(read_index)
    graph = news.to_networkx()
    shown = {
        graph.nodes[entity]["label"]: (data["origin"], data["reason"])
        for _, entity, data in graph.edges(data=True)
        if data["kind"] == "shows"
    }
    assert shown["Ismailia"] == ("ocr", "text in the picture names it")
    assert {"Lisbon", "Portugal", "Ana Moreira"} <= {name for name, (origin, _) in shown.items() if origin == "file"}
    assert shown["Lisbon"][1] == "its file names it"
    then = news.to_networkx(as_of="2021-06")
    assert {"Ismailia"} <= {then.nodes[n]["label"] for n in then} < {graph.nodes[n]["label"] for n in graph}
    card = news.entity("Ana Moreira")
    assert (card.entity.type, [hit.reason for hit in card.pictures]) == ("person", ["its file names it"])
    assert ("2023-07-17",) in rows(news, "SELECT value FROM mention WHERE origin = 'file' AND type = 'date'")


def test_reading_later_gives_what_reading_at_once_gives(pictures, read_index, tmp_path):
    with kg.create(tmp_path / "later") as news:
        for record in reversed(records(pictures)):
            news.add(record)
        assert not rows(news, "SELECT * FROM reading")
        report = news.annotate(read_text=True)
        assert (report.pictures, report.with_text, report.skipped) == (2, 1, ())
        again = news.annotate(read_text=True)
        assert (again.pictures, again.documents) == (0, 0)
        with kg.open(read_index) as at_once:
            assert everything(news) == everything(at_once)
            assert news.stats().graph_hash == at_once.stats().graph_hash


def test_a_picture_goes_with_all_that_was_read_in_it(news):
    picture = news.search("Ismailia", kind="picture").hits[0].id
    news.delete(picture)
    for table in ("reading", "passage", "counts", "vector", "mention", "annotated"):
        assert not rows(news, f"SELECT * FROM {table} WHERE holder = '{picture}'"), table
    assert not news.search("Ismailia").hits
    assert "Ismailia" not in {row[0] for row in rows(news, "SELECT name FROM entity")}
    news.close()
    assert b"smailia" not in (news.location / "kg.sqlite").read_bytes()


def test_what_a_new_version_reads_replaces_what_the_old_one_read(news, monkeypatch):
    monkeypatch.setattr(reading, "_USE", 99)
    fake_text(monkeypatch, "Welcome to Zagreb")
    news.annotate(read_text=True)
    assert not news.search("Ismailia").hits
    assert news.search("Zagreb", kind="picture").hits[0].snippet.field == "reading"
    monkeypatch.setattr(reading, "_USE", 100)
    fake_text(monkeypatch)
    news.annotate(read_text=True)
    assert not rows(news, "SELECT * FROM mention WHERE field = 'reading'")
    assert not rows(news, "SELECT * FROM vector WHERE field = 'reading'")


def test_reading_is_remembered_and_can_be_stopped(news, pictures, monkeypatch):
    fake_text(monkeypatch, "Mind the gap")
    Image.new("RGB", (90, 60), "navy").save(news.location.parent / "blue.png")
    news.add(Picture(str(news.location.parent / "blue.png"), key="blue"))
    assert news.search("mind gap", kind="picture").hits[0].path.endswith("blue.png")
    news.annotate(read_text=False)
    Image.new("RGB", (90, 60), "olive").save(news.location.parent / "olive.png")
    assert news.add(Picture(str(news.location.parent / "olive.png"), key="olive")).with_text == 0
    assert len(rows(news, "SELECT * FROM reading")) == 3


def test_a_picture_that_takes_too_long_is_marked_and_tried_again_when_asked(news, monkeypatch):
    fake_text(monkeypatch, problem="took longer than 30 s")
    Image.new("RGB", (90, 60), "navy").save(news.location.parent / "blue.png")
    report = news.add(Picture(str(news.location.parent / "blue.png"), key="blue", captions=("Blue",)))
    assert [one.reason for one in report.skipped] == ["text in the picture not read: it took longer than 30 s"]
    hit = news.search("blue", kind="picture").hits[0]
    assert news.show(hit.id).reading.problem == "took longer than 30 s"
    assert news.add(Picture(str(news.location.parent / "blue.png"), key="blue", captions=("Blue",))).skipped == ()
    fake_text(monkeypatch, "Mind the gap")
    assert news.annotate(read_text=True).pictures == 1
    assert news.show(hit.id).reading.text == "Mind the gap"


def test_a_file_that_changed_is_not_read_for_what_it_was(pictures, tmp_path):
    path = tmp_path / "sign.png"
    Image.new("RGB", (90, 60), "navy").save(path)
    with kg.create(tmp_path / "news") as news:
        news.add(Picture(str(path), key="sign"))
        Image.new("RGB", (90, 60), "olive").save(path)
        (skipped,) = news.annotate(read_text=True).skipped
        assert "has changed since it was taken in; ingest it again" in skipped.reason
        assert not rows(news, "SELECT * FROM reading")


def test_without_the_engine_nothing_is_begun(pictures, tmp_path, monkeypatch):
    def missing(name):
        raise reading.PackageNotFoundError(name)

    monkeypatch.setattr(reading, "version", missing)
    with pytest.raises(ModelError, match=r"pip install 'kgretrieval\[ocr\]'"):
        kg.open_or_create(tmp_path / "news").ingest(pictures, read_text=True)
    assert not (tmp_path / "news").exists()
