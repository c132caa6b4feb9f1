"""Pictures are found by parts of the words in them, and the answer says that it is text in the picture."""

from io import StringIO

import pytest
from search_kit import ANALYSER, Desk, new_store, searcher

from kgretrieval.present.html import answer_html
from kgretrieval.present.terminal import text
from kgretrieval.search.fragments import fragments_of
from kgretrieval.store.reading_write import ReadPicture, commit_readings
from kgretrieval.store.records import CountedText
from kgretrieval.text.counts import count_terms
from kgretrieval.types import PictureText, TextLine

BOX = ((0.0, 0.0), (60.0, 0.0), (60.0, 20.0), (0.0, 20.0))
KNOWN = {"the", "war", "stop", "car", "rain", "climate", "b"}


def read(picture, *lines, language="en"):
    found = PictureText(tuple(TextLine(line, 0.9, BOX) for line in lines), "made", "1", language)
    one = ReadPicture(picture, found)
    for terms, counts, positions in count_terms([(found.text, language)], ANALYSER).by_text():
        one.counts.append(CountedText(picture, terms, counts, positions))
    return one


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    store = new_store(tmp_path_factory.mktemp("signs") / "news")
    desk = Desk(store)
    car = desk.picture("a parked car", "Parked in the yard", date="2022-05-01")
    march = desk.picture("a crowd of people with banners", date="2021-09-24")
    train = desk.picture("a railway station", date="2020-01-01")
    desk.picture("a dog on the beach", "A dog", date="2022-05-01")
    desk.article("weather", "Rain and more rain", "The car stood in the rain. Stop the war, they said.")
    desk.commit()
    signs = [read(car, "B-MW 4711"), read(march, "CLIMATEJUSTICE", "NOW"), read(train, "Abfahrt", "Gleis 7 Süd")]
    commit_readings(store, signs)
    yield store, {"car": car, "march": march, "train": train}
    store.close()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("rain", ()),
        ("mw47", ("mw47",)),
        ("B MW", ()),
        ("b-mw 47", ("bmw47",)),
        ("stop the war", ("stopthewar",)),
        ("the car", ()),
        ("climat", ("climat",)),
        ("Eyjafjallajökull", ("eyjafjallajokull",)),
        ("?!", ()),
        ("", ()),
    ],
)
def test_what_is_no_word_is_looked_for_as_letters(words, wanted):
    assert fragments_of(words, lambda word: word.lower() in KNOWN) == wanted


@pytest.mark.parametrize(
    ("query", "name", "marked"),
    [
        ("mw47", "car", "MW 47"),
        ("b-mw 471", "car", "B-MW 471"),
        ("climate justice", "march", "CLIMATEJUSTICE"),
        ("justice now", "march", "JUSTICE\nNOW"),
        ("gleis 7", "train", "Gleis"),
        ("leis7sud", "train", "leis 7 Süd"),
    ],
)
def test_a_part_of_the_words_in_a_picture_finds_it(archive, query, name, marked):
    store, ids = archive
    answer = searcher(store).search(query, kind="picture", explain=True)
    hit = answer.hits[0]
    assert hit.id == ids[name]
    assert hit.snippet.field == "reading"
    assert marked in {hit.snippet.text[start:end] for start, end in hit.snippet.marks}
    shown = text(answer, stream=StringIO())
    assert "Text in the picture: " in shown
    assert "Text in the picture: " in answer_html(answer)


def test_a_note_says_that_only_letters_were_found(archive):
    store, _ = archive
    (note,) = (note for note in searcher(store).search("leis7sud").notes if "no word" in note)
    assert note == "no word of the query occurs in the collection; its letters stand in pictures"


def test_letters_inside_other_words_are_no_find_where_the_word_is_known(archive):
    store, ids = archive
    # "rain" stands in the article, so "train" on a sign would be no answer.
    commit_readings(store, [read(ids["train"], "TRAIN")])
    assert "fragment" not in {f.ranking for h in searcher(store).search("rain").hits for f in h.found_by}
    commit_readings(store, [read(ids["train"], "Abfahrt", "Gleis 7 Süd")])


def test_filters_and_exclusions_hold_for_the_text_in_pictures(archive):
    store, ids = archive
    found = searcher(store)
    assert ids["car"] not in {hit.id for hit in found.search("mw47", until="2021").hits}
    assert ids["train"] not in {hit.id for hit in found.search("leis7sud -abfahrt").hits}
    assert [hit.id for hit in found.search('"gleis 7"', kind="picture").hits] == [ids["train"]]


def test_a_collection_without_texts_in_pictures_asks_for_none(tmp_path):
    store = new_store(tmp_path / "news")
    desk = Desk(store)
    desk.picture("a dog on the beach", "A dog")
    desk.commit()
    (hit,) = searcher(store).search("dog", kind="picture").hits
    assert "fragment" not in {found.ranking for found in hit.found_by}
    store.close()
