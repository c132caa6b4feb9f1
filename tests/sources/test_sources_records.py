"""Records find their fields by themselves, whoever has written them."""

import bz2
import gzip
import json
import lzma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kgretrieval.errors import UsageError
from kgretrieval.sources import ReadOptions
from kgretrieval.sources._convert import Place, convert
from kgretrieval.types import Article, Picture, Skipped


def test_an_article_with_everything(desk):
    picture = desk.picture("images/1.jpg")
    desk.jsonl(
        "news.jsonl",
        {
            "id": 7,
            "headline": "Flood &amp; fire",
            "body": "<p>The river rose.</p><p>Help came.</p>",
            "link": "https://www.daily.example/flood",
            "byline": "By Jane Doe",
            "pubDate": "Mon, 17 Jul 2023 10:00:00 GMT",
            "lang": "en-GB",
            "image": "images/1.jpg",
            "caption": "Water",
            "keywords": "flood; rescue",
            "photographer": "Li Wei",
            "copyright": "Daily",
            "persons": ["Ana Núñez"],
            "organizations": ["Red Cross"],
            "locations": ["Ahrweiler"],
            "edition": 3,
        },
    )
    article = desk.one()
    assert (article.title, article.text) == ("Flood & fire", "The river rose.\n\nHelp came.")
    assert article.key == article.url == "https://www.daily.example/flood"
    assert (article.source, article.author, article.language) == ("daily.example", "Jane Doe", "en")
    assert article.date == "2023-07-17T10:00:00Z"
    assert article.tags == ("flood", "rescue", "Ana Núñez", "Red Cross", "Ahrweiler")
    assert article.tag_types == {"Ana Núñez": "person", "Red Cross": "organisation", "Ahrweiler": "place"}
    assert (article.credit, article.rights) == ("Li Wei", "Daily")
    assert article.extra == {"id": "7", "edition": "3"}
    (photo,) = article.pictures
    assert (photo.path, photo.captions, photo.credit) == (str(picture), ("Water",), "Li Wei")
    assert article.origin == photo.origin == str(desk.folder / "news.jsonl")


@pytest.mark.parametrize(
    "names",
    [
        {"title": "titel", "text": "inhalt", "date": "datum", "author": "autor", "language": "sprache"},
        {"title": "标题", "text": "正文", "date": "日期", "author": "作者", "language": "语言"},
        {"title": "Title", "text": "Article_Body", "date": "Published At", "author": "authors", "language": "LANG"},
    ],
)
def test_names_of_other_languages_and_programs(desk, names):
    values = {"title": "Ein Titel", "text": "Ein Text", "date": "17.07.2023", "author": "Li", "language": "deutsch"}
    desk.jsonl("a.jsonl", {names[name]: value for name, value in values.items()})
    article = desk.one()
    assert (article.title, article.text, article.author) == ("Ein Titel", "Ein Text", "Li")
    assert (article.date, article.language, article.extra) == ("2023-07-17", "de", {})


def test_the_user_can_name_fields(desk):
    desk.jsonl("a.jsonl", {"title": "the section", "dek": "the headline", "text": "x", "body": "the text"})
    article = desk.one(fields={"title": "dek", "text": "body"})
    assert (article.title, article.text) == ("the headline", "the text")
    assert article.extra == {"title": "the section", "text": "x"}


def test_an_unknown_name_of_ours_is_an_error():
    with pytest.raises(UsageError, match=r"'titel'.*title, text"):
        ReadOptions(fields={"titel": "headline"})


def test_options_fill_what_records_do_not_say(desk):
    desk.jsonl("a.jsonl", {"title": "A", "source": "x.org"}, {"title": "B", "date": "2020", "lang": "zh"})
    first, second = desk.read(source="Archive", language="de", date="1999")
    assert (first.source, first.language, first.date) == ("Archive", "de", "1999")
    assert (second.source, second.language, second.date) == ("Archive", "zh", "2020")


def test_the_language_is_guessed(desk):
    texts = [
        "The minister said that she was not there.",
        "Der Minister sagte, dass er nicht da war.",
        "部长说她不在那里",
    ]
    desk.jsonl("a.jsonl", *({"text": text} for text in texts))
    assert [article.language for article in desk.read()] == ["en", "de", "zh"]


def test_keys_are_the_address_or_file_and_id_or_line(desk):
    path = desk.jsonl(
        "a.jsonl", {"title": "A", "url": "https://a.example/1"}, {"title": "B", "id": "b7"}, {"title": "C"}
    )
    assert [article.key for article in desk.read()] == ["https://a.example/1", f"{path}#b7", f"{path}#3"]


def test_only_a_picture(desk):
    path = desk.picture("images/a.jpg")
    desk.jsonl(
        "c.jsonl", {"id": "a", "image": "images/a.jpg", "captions": ["Two dogs", "Dogs that run"], "split": "train"}
    )
    picture = desk.one()
    assert isinstance(picture, Picture)
    assert (picture.path, picture.key, picture.captions) == (str(path), str(path), ("Two dogs", "Dogs that run"))
    assert (picture.language, picture.extra) == ("en", {"id": "a", "split": "train"})


def test_a_description_is_the_text_of_an_article_and_the_caption_of_a_picture(desk):
    desk.picture("a.jpg")
    desk.jsonl(
        "a.jsonl", {"title": "T", "description": "D"}, {"description": "D"}, {"image": "a.jpg", "description": "D"}
    )
    titled, untitled, picture = desk.read()
    assert (titled.text, untitled.text, picture.captions) == ("D", "D", ("D",))


def test_a_summary_beside_a_text_is_kept(desk):
    desk.jsonl("a.jsonl", {"title": "T", "text": "Whole", "summary": "Short"})
    assert desk.one().extra == {"summary": "Short"}


def test_several_pictures_with_their_captions(desk):
    paths = [str(desk.picture(f"p/{name}.jpg")) for name in "abc"]
    lists = {"title": "L", "images": ["p/a.jpg", "p/b.jpg"], "captions": ["A", "B"]}
    objects = [{"url": "p/a.jpg", "caption": "One", "credit": "Li"}, {"path": "p/c.jpg", "alt": "Two"}]
    desk.jsonl("a.jsonl", lists, {"title": "O", "media": objects, "credit": "Desk"})
    first, second = desk.read()
    assert [(p.path, p.captions) for p in first.pictures] == [(paths[0], ("A",)), (paths[1], ("B",))]
    assert [(p.path, p.captions, p.credit) for p in second.pictures] == [
        (paths[0], ("One",), "Li"),
        (paths[2], ("Two",), "Desk"),
    ]
    assert second.pictures[0].key == f"{paths[0]}#2"


def test_a_missing_picture_costs_only_itself(desk):
    path = desk.jsonl("a.jsonl", {"title": "T", "image": "gone.jpg"}, {"image": "gone.jpg", "caption": "x"})
    article, first, second = desk.read()
    assert (article.title, article.pictures) == ("T", ())
    assert first == Skipped(f"{path}:1", "the picture gone.jpg is not there")
    assert second.where == f"{path}:2"


def test_a_remote_picture_is_noted_and_not_fetched(desk):
    address = "https://a.example/p.jpg?w=1,2;h=3"
    desk.jsonl("a.jsonl", {"title": "T", "top_image": address}, {"img": address, "caption": "C"})
    article, alone = desk.read()
    assert (article.extra["image_url"], article.pictures) == (address, ())
    assert "not fetched" in alone.reason


def test_pictures_are_found_where_data_sets_keep_them(desk, tmp_path_factory):
    archive = tmp_path_factory.mktemp("archive").resolve()
    inner, outer = desk.picture("Images/a b.jpg"), archive / "b.jpg"
    outer.write_bytes(inner.read_bytes())
    desk.jsonl("a.jsonl", {"title": "A", "image": "a%20b.jpg"}, {"title": "B", "image": "b.jpg"})
    assert [a.pictures[0].path for a in desk.read(images=archive)] == [str(inner), str(outer)]


def test_a_path_or_file_counts_only_where_it_names_a_picture(desk):
    desk.picture("a.jpg")
    desk.jsonl("a.jsonl", {"title": "A", "path": "/news/a", "file": "x.xml"}, {"title": "B", "filename": "a.jpg"})
    first, second = desk.read()
    assert (first.extra, len(second.pictures)) == ({"path": "/news/a", "file": "x.xml"}, 1)


def test_types_of_tags_as_a_mapping(desk):
    desk.jsonl(
        "a.jsonl", {"title": "T", "tags": ["NASA", "Mir"], "tag_types": {"NASA": "organisation", "Mir": "station"}}
    )
    article = desk.one()
    assert (article.tags, article.tag_types) == (("NASA", "Mir"), {"NASA": "organisation"})


def test_dates_of_any_precision_and_none(desk):
    given_dates = [{"month": "2019-01"}, {"date": "soon"}, {"date": "03/04/2023"}, {"timestamp": 1689588000}]
    desk.jsonl("a.jsonl", *({"title": "T", **d} for d in given_dates))
    items = desk.read()
    assert [article.date for article in items] == ["2019-01", "", "2023", "2023-07-17T10:00:00Z"]
    assert [article.extra for article in items] == [{}, {"date": "soon"}, {"date": "03/04/2023"}, {}]


def test_objects_where_others_have_text(desk):
    record = {"title": "T", "source": {"id": None, "name": "Wire"}, "author": [{"name": "A"}, "B"], "geo": {"lat": 1}}
    desk.jsonl("a.jsonl", record)
    article = desk.one()
    assert (article.source, article.author, article.extra) == ("Wire", "A, B", {"geo": '{"lat": 1}'})


def test_bad_lines_are_skipped_with_their_numbers(desk, articles, skipped):
    path = desk.write(
        "a.jsonl", '{"title": "A"}\n{"title": \n\n[1]\n"text"\n{"other": 1}\n{"title": ""}\n{"title": "Z"}\n'
    )
    items = desk.read()
    assert [a.title for a in articles(items)] == ["A", "Z"]
    assert [s.where for s in skipped(items)] == [f"{path}:{n}" for n in (2, 4, 5, 6, 7)]
    reasons = [s.reason for s in skipped(items)]
    assert "no JSON" in reasons[0]
    assert "a list" in reasons[1]
    assert "--field" in reasons[3]
    assert "empty" in reasons[4]


def test_a_repeated_article_is_skipped(desk):
    desk.jsonl("a.jsonl", {"title": "A", "url": "https://a.example"}, {"title": "B", "url": "https://a.example"})
    first, second = desk.read()
    assert first.title == "A"
    assert "repeats the article https://a.example" in second.reason
    assert second.where.endswith("a.jsonl:2")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_packed_files(desk, pack):
    ending = {"gzip": "gz", "lzma": "xz", "bz2": "bz2"}[pack.__module__.lstrip("_")]
    desk.write(f"a.jsonl.{ending}", pack(b'{"title": "A"}\n'))
    assert desk.one().title == "A"


def test_a_damaged_archive_gives_what_could_be_read(desk, articles, skipped):
    lines = b"".join(json.dumps({"title": f"T{n} {n * 7919 % 1000}"}).encode() + b"\n" for n in range(5000))
    desk.write("a.jsonl.gz", gzip.compress(lines)[:-3000])
    items = desk.read()
    assert len(articles(items)) > 100
    assert "cannot be read to its end" in skipped(items)[-1].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_encodings(desk, encoding):
    desk.write("a.jsonl", '{"title": "Köln 中国"}\n{"title": "B"}\n'.encode(encoding))
    assert [a.title for a in desk.read()] == ["Köln 中国", "B"]


@pytest.mark.parametrize(("encoding", "title"), [("cp1252", "„Köln“ für Élysée"), ("gb18030", "中国外交部发言人")])
def test_other_encodings_are_read_with_a_notice(desk, encoding, title):
    lines = ['{"title": "Plain"}', f'{{"title": "{title}"}}', f'{{"title": "{title} 2"}}']
    path = desk.write("a.jsonl", "\n".join(lines).encode(encoding))
    *items, notice = desk.read()
    assert [a.title for a in items] == ["Plain", title, f"{title} 2"]
    assert notice.where == f"{path}:2"
    assert "no UTF-8" in notice.reason


def test_json_lists_and_answers_of_news_services(desk):
    desk.write("a.json", json.dumps([{"title": "A"}, {"title": "B"}], indent=1))
    desk.write("b.json", json.dumps({"status": "ok", "articles": [{"title": "C"}]}))
    desk.write("c.json", json.dumps({"title": "D", "text": "x", "comments": [{"text": "y"}]}))
    desk.write("d.json", '{"title": "E"}\n{"title": "F"}\n')
    desk.write("e.jsonl", '[{"title": "G"},\n{"title": "H"}]')
    items = desk.read()
    assert [a.title for a in items] == list("ABCDEFGH")
    assert items[1].key == f"{desk.folder / 'a.json'}#2"


def test_broken_json_is_one_line(desk):
    desk.write("a.json", '{"title": "A"')
    assert "is no JSON" in desk.one().reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from("title text image images caption tags date url source author id persons tag_types x".split())


@example({"title": 0, "tag_types": {"": []}})
@given(st.dictionaries(names | st.text(max_size=5), json_values, max_size=8))
def test_no_record_is_too_odd(tmp_path_factory, record):
    items = [
        item for _, item in convert(record, Place(tmp_path_factory.getbasetemp() / "a.jsonl", line=1), ReadOptions())
    ]
    assert items
    for item in items:
        assert isinstance(item, (Article, Picture, Skipped))
        if isinstance(item, Article):
            text = "".join((item.key, item.title, item.text, item.date, *item.tags, *item.extra, *item.extra.values()))
            assert text.encode()
