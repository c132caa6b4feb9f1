"""Taking in, again, changed, pruned and deleted: through the public object, with real parts."""

import json
import shutil

import pytest
from PIL import Image

import kgretrieval as kg
from kgretrieval.errors import LockedError, ModelError, NotFoundError, UsageError
from kgretrieval.store.store import open_store

ARTICLES = [
    {
        "id": "1",
        "title": "Merkel meets Macron in Paris",
        "text": "Angela Merkel met Emmanuel Macron in Paris on Friday. Merkel praised France.",
        "date": "2019-05-03",
        "image": "paris.png",
        "caption": "Angela Merkel at the podium",
    },
    {
        "id": "2",
        "title": "Apple opens office in Berlin",
        "text": "Apple opened an office in Berlin. Tim Cook visited Angela Merkel.",
        "date": "2019-06-01",
        "image": "berlin.png",
    },
    {"id": "3", "title": "Volcano erupts in Iceland", "text": "A volcano erupted in Iceland.", "date": "2010-04-14"},
]


def write(folder, articles):
    lines = [json.dumps(a) for a in articles]
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    Image.effect_noise((320, 240), 80).convert("RGB").save(folder / "paris.png")
    Image.linear_gradient("L").convert("RGB").save(folder / "berlin.png")
    write(folder, ARTICLES)
    return folder


@pytest.fixture
def collection(news, tmp_path):
    found = kg.create(tmp_path / "index")
    found.ingest(news)
    return found


def rows(collection):
    """Everything the database holds, as text, to look for traces."""
    store = open_store(collection.location)
    tables = (
        "article",
        "picture",
        "use",
        "passage",
        "vector",
        "counts",
        "mention",
        "relation",
        "entity",
        "alias",
        "term",
    )
    dump = {t: store.connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}
    store.close()
    return dump


def test_all_is_taken_in(collection):
    counts = collection.stats().counts
    assert (counts["article"], counts["picture"]) == (3, 2)
    assert collection.entity("Angela Merkel").entity.articles == 2


def test_the_second_run_only_looks(collection, news):
    before = collection.stats()
    report = collection.ingest(news)
    assert (report.added, report.updated, report.unchanged) == (0, 0, 3)
    assert collection.stats().generation == before.generation


def test_a_changed_article_is_replaced(collection, news):
    write(news, [ARTICLES[0] | {"title": "Scholz in Rome", "text": "Olaf Scholz visited Rome."}, *ARTICLES[1:]])
    report = collection.ingest(news)
    assert (report.added, report.updated, report.unchanged) == (0, 1, 2)
    assert "Macron" not in json.dumps(rows(collection)["entity"])
    assert collection.search("Rome", kind="article", k=1).hits[0].title == "Scholz in Rome"


def test_changed_and_fresh_collections_agree(collection, news, tmp_path):
    write(news, [ARTICLES[0] | {"text": "Olaf Scholz visited Rome."}, *ARTICLES[1:]])
    collection.ingest(news)
    fresh = kg.create(tmp_path / "fresh")
    fresh.ingest(news)
    assert collection.stats().graph_hash == fresh.stats().graph_hash


def test_a_vanished_article_stays_unless_pruned(collection, news):
    write(news, ARTICLES[:2])
    assert collection.ingest(news).removed == 0
    assert collection.stats().counts["article"] == 3
    assert collection.ingest(news, prune=True).removed == 1
    assert collection.stats().counts["article"] == 2


def test_prune_leaves_other_places_alone(collection, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    write(other, [{"id": "9", "title": "Rain in Oslo"}])
    collection.ingest(other)
    write(other, [{"id": "10", "title": "Snow in Oslo"}])
    collection.ingest(other, prune=True)
    assert collection.stats().counts["article"] == 4


def test_after_a_delete_nothing_remains(collection):
    hit = collection.search("Apple office", kind="article", k=1).hits[0]
    picture = hit.pictures[0]
    (gone,) = collection.delete(hit.id)
    assert gone == hit.id
    dump = json.dumps(rows(collection), default=repr)
    for trace in (hit.id, picture, "Tim Cook", "Berlin", "berlin", "opened"):
        assert trace not in dump
    file = (collection.location / "kg.sqlite").read_bytes()
    assert b"berlin" not in file
    assert b"Macron" in file
    assert all(h.id not in (hit.id, picture) for h in collection.search("Apple office Berlin").hits)


def test_a_delete_leaves_what_others_support(collection):
    hit = collection.search("Apple office", kind="article", k=1).hits[0]
    collection.delete(hit.id)
    card = collection.entity("Angela Merkel")
    assert card.entity.articles == 1
    assert collection.search("Merkel Macron", kind="article", k=1).hits[0].title == ARTICLES[0]["title"]


def test_a_deleted_vector_is_wiped(collection):
    hit = collection.search("Volcano", kind="article", k=1).hits[0]
    store = open_store(collection.location)
    dead = store.connection.execute("SELECT row FROM vector WHERE holder = ? AND space = 'picture'", (hit.id,))
    row = dead.fetchone()[0]
    store.close()
    collection.delete(hit.id)
    assert not open_store(collection.location).vectors["picture"].rows()[row].any()


def test_a_picture_of_two_articles_outlives_one(news, tmp_path):
    write(news, [ARTICLES[0], ARTICLES[1] | {"image": "paris.png"}])
    collection = kg.create(tmp_path / "shared")
    collection.ingest(news)
    first, second = (h for h in collection.search("Merkel", kind="article").hits)
    assert first.pictures == second.pictures
    collection.delete(first.id)
    assert collection.show(first.pictures[0]).articles == (second.id,)


def test_deleting_what_is_not_there_changes_nothing(collection):
    before = collection.stats().graph_hash
    hit = collection.search("Volcano", kind="article", k=1).hits[0]
    with pytest.raises(NotFoundError):
        collection.delete(hit.id, "a:ffffffffffff")
    assert collection.stats().graph_hash == before


def test_copied_pictures_come_and_go(news, tmp_path):
    collection = kg.create(tmp_path / "copy")
    collection.ingest(news, copy=True)
    shutil.rmtree(news)
    hit = collection.search("Merkel", kind="picture", k=1).hits[0]
    assert hit.path.startswith(str(collection.location.resolve()))
    article = hit.articles[0]
    collection.delete(article)
    assert len(list((collection.location / "pictures").iterdir())) == 1


def test_what_the_file_says_of_itself_is_kept(news, tmp_path):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "Emmanuel Macron speaks in Paris", "Jane Doe", "Sample Wire 2019"
    Image.effect_noise((320, 240), 80).convert("RGB").save(news / "photo.jpg", exif=exif)
    write(
        news, [ARTICLES[1] | {"image": "photo.jpg"}, ARTICLES[0] | {"image": "photo.jpg", "caption": "Another caption"}]
    )
    collection = kg.create(tmp_path / "described")
    collection.ingest(news)
    picture = collection.show(collection.search("Apple", kind="article", k=1).hits[0].pictures[0])
    assert set(picture.captions) == {"Another caption", "Emmanuel Macron speaks in Paris"}
    assert (picture.credit, picture.rights) == ("Jane Doe", "Sample Wire 2019")


def test_a_broken_picture_is_skipped_with_a_reason(news, tmp_path):
    (news / "paris.png").write_bytes((news / "paris.png").read_bytes()[:500])
    collection = kg.create(tmp_path / "broken")
    report = collection.ingest(news)
    assert report.added == 3
    assert any("paris.png" in s.where for s in report.skipped)
    assert collection.stats().counts["picture"] == 1


def test_nothing_to_take_in_leaves_nothing_behind(tmp_path):
    (tmp_path / "empty").mkdir()
    collection = kg.open_or_create(tmp_path / "index")
    with pytest.raises(NotFoundError, match="nothing to take in"):
        collection.ingest(tmp_path / "empty")
    with pytest.raises(NotFoundError, match="nowhere"):
        collection.ingest(tmp_path / "nowhere")
    assert not (tmp_path / "index").exists()


def test_a_forecast_writes_nothing(news, tmp_path):
    collection = kg.open_or_create(tmp_path / "index")
    found = collection.forecast(news)
    assert (found.articles, found.pictures, found.unchanged) == (3, 2, 0)
    assert found.seconds > 0
    assert found.bytes > 0
    assert not (tmp_path / "index").exists()


def test_a_forecast_knows_what_is_in(collection, news):
    assert collection.forecast(news).unchanged == 3


def test_one_writer_at_a_time(collection, news, monkeypatch):
    monkeypatch.setattr("kgretrieval.collection.handle.PATIENCE", 0.0)
    writer = open_store(collection.location, write=True)
    with pytest.raises(LockedError, match="is being written by process"):
        collection.ingest(news)
    writer.close()
    collection.ingest(news)


def test_a_reader_sees_the_last_commit_during_an_ingest(collection, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    write(more, [{"id": str(i), "title": f"Storm number {i} over Cuba"} for i in range(300)])
    seen = []
    reader = kg.open(collection.location)

    def look(progress):
        seen.append(len(kg.open(collection.location).search("storm Cuba", kind="article", k=400).hits))
        assert reader.search("volcano", kind="article", k=1).hits[0].title == ARTICLES[2]["title"]

    collection.ingest(more, progress=look)
    assert seen[:3] == [128, 256, 300]
    assert set(seen[3:]) == {300}  # in the stages behind the batches


def test_another_encoder_is_refused(collection):
    with pytest.raises(ModelError, match="was made with the encoder 'mini'"):
        kg.open(collection.location, encoder="openclip:ViT-B-32/none.pt")


def test_a_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        kg.create(tmp_path)
