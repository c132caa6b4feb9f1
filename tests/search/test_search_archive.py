"""What a small archive answers: filters, near copies, counts, what was known on a day, reasons, more of the same."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

import kgretrieval as kg
from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.types import Article, Picture

MERKEL = {"Angela Merkel": "person"}
MACRON = {"Emmanuel Macron": "person"}
REPORT = (
    "The river rose over night and flooded the old town. Firefighters brought two hundred people from their houses in "
    "boats. Angela Merkel flew over the flooded valley and promised help to everybody who had lost a home. The water "
    "is expected to fall on Sunday, said the fire brigade, but the bridge will stay closed for weeks. Volunteers from "
    "three counties carried sandbags to the power station through the night, and the school gave beds to families."
)


def photo(folder, name, seed):
    noise = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    path = folder / name
    Image.fromarray(noise).resize((320, 240)).filter(ImageFilter.GaussianBlur(6)).save(path, quality=92)
    return path


def records(folder):
    flood, other = photo(folder, "flood.jpg", 1), photo(folder, "podium.jpg", 2)
    copy = folder / "flood-small.jpg"
    Image.open(flood).resize((200, 150)).save(copy, quality=60)
    return [
        Article(
            key="flood",
            title="River floods the old town",
            text=REPORT,
            source="Town Post",
            date="2021-07-15",
            tags=("Weather", "Angela Merkel"),
            tag_types=MERKEL,
            pictures=(Picture(str(flood), captions=("Boats in the flooded street",)),),
        ),
        Article(
            key="copy",
            title="River floods the old town",
            text=REPORT + " This report came from the wire.",
            source="Valley Times",
            date="2021-07-16",
            tags=("Angela Merkel",),
            tag_types=MERKEL,
            pictures=(Picture(str(copy), captions=("The flooded town",)),),
        ),
        Article(
            key="podium",
            title="Angela Merkel meets Emmanuel Macron",
            text="Angela Merkel met Emmanuel Macron in Paris. They spoke about the flood of last spring.",
            source="Town Post",
            date="2019-05-03",
            tags=("diplomacy", "Angela Merkel", "Emmanuel Macron"),
            tag_types=MERKEL | MACRON,
            pictures=(Picture(str(other), captions=("Angela Merkel at a podium",)),),
        ),
        Article(
            key="money",
            title="Town asks for money after the flood",
            text="The town needs money to build the bridge again. The mayor wrote to the government about the flood.",
            source="Town Post",
            date="2022-01",
            tags=("Diplomacy",),
        ),
        Article(
            key="match",
            title="Late goal wins the cup",
            text="A late goal won the cup for the home team. The flooded pitch was dry again by noon.",
            source="Sport Today",
            date="2018",
            tags=("sport",),
        ),
        Article(key="old", title="A flood of long ago", text="Nobody knows when this flood was.", source="Museum"),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def archive(folder):
    collection = kg.create(folder / "index")
    collection.add(*records(folder))
    yield collection
    collection.close()


@pytest.fixture(scope="module")
def key_of(archive):
    titles = {hit.id: hit for hit in archive.search("flood goal cup Merkel", kind="article", k=50, fold=False).hits}
    by_source = {("Town Post", "2021-07-15"): "flood", ("Valley Times", "2021-07-16"): "copy"}
    rest = {"2019-05-03": "podium", "2022-01": "money", "2018": "match", "": "old"}
    keys = {i: by_source.get((hit.source, hit.date)) or rest[hit.date] for i, hit in titles.items()}
    assert len(keys) == 6
    return keys


def articles(answer, key_of):
    return [key_of[hit.id] for hit in answer.hits if hit.kind == "article"]


def found(archive, key_of, **asked):
    return sorted(
        articles(archive.search("flood goal cup", kind="article", k=50, fold=False, min_score=0, **asked), key_of)
    )


# -- filters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"topic": "DIPLOMACY"}, ["money", "podium"]),
        ({"topic": "weather"}, ["flood"]),
        ({"topic": "Angela Merkel"}, []),
        ({"mentions": "Angela Merkel"}, ["copy", "flood", "podium"]),
        ({"mentions": ["Angela Merkel", "Emmanuel Macron"]}, ["podium"]),
        ({"has_picture": True}, ["copy", "flood", "podium"]),
        ({"has_picture": True, "topic": "diplomacy"}, ["podium"]),
        ({"as_of": "2019"}, ["match", "podium"]),
        ({"as_of": "2021-07-15", "since": "2019"}, ["flood", "podium"]),
        ({"source": "town post", "mentions": "Merkel"}, ["flood", "podium"]),
    ],
)
def test_filters_leave_what_passes(archive, key_of, asked, expected):
    assert found(archive, key_of, **asked) == expected


def test_pictures_have_topics_and_mentions_of_their_articles(archive):
    def names(**asked):
        hits = archive.search("a photo", kind="picture", k=50, min_score=0, fold=False, **asked).hits
        return sorted(hit.path.rsplit("/", 1)[-1] for hit in hits)

    assert names(topic="weather") == ["flood.jpg"]
    assert names(mentions="Emmanuel Macron") == ["podium.jpg"]
    assert names(mentions="Angela Merkel") == ["flood-small.jpg", "flood.jpg", "podium.jpg"]


def test_an_id_is_as_good_as_a_name(archive, key_of):
    entity = archive.entity("Emmanuel Macron").entity
    assert found(archive, key_of, mentions=entity.id) == ["podium"]


def test_filters_hold_for_many_queries(archive, key_of):
    answers = archive.search_many(["flood", "goal"], kind="article", topic="diplomacy", mentions="Angela Merkel")
    assert [articles(answer, key_of) for answer in answers] == [["podium"], []]


def test_who_is_called_otherwise_is_suggested(archive):
    with pytest.raises(NotFoundError, match="Angela Merkel"):
        archive.search("flood", mentions="Angela Merkl")


def test_a_topic_of_nothing_says_which_there_are(archive):
    (note,) = archive.search("flood", topic="opera").notes
    assert "no" in note
    assert "diplomacy" in note.casefold()


filters = st.fixed_dictionaries(
    {},
    optional={
        "since": st.sampled_from(["2018", "2019-05-04", "2021-07-15"]),
        "until": st.sampled_from(["2021", "2021-07-15", "2022"]),
        "as_of": st.sampled_from(["2021-07-15", "2022-02"]),
        "source": st.sampled_from(["Town Post", "sport today"]),
        "topic": st.sampled_from(["diplomacy", "weather"]),
        "mentions": st.sampled_from(["Angela Merkel", "Emmanuel Macron"]),
        "has_picture": st.just(True),
    },
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters)
def test_a_filtered_search_finds_what_passes_every_filter_alone(archive, key_of, asked):
    one_by_one = [set(found(archive, key_of, **{name: value})) for name, value in asked.items()]
    assert set(found(archive, key_of, **asked)) == set(key_of.values()).intersection(*one_by_one)


# -- near copies, stories, counts ----------------------------------------------------------------------------


def test_near_copies_are_one_hit(archive, key_of):
    shown = archive.search("river floods the old town", kind="article")
    first = shown.hits[0]
    assert {key_of[first.id], *(key_of[i] for i in first.alike)} == {"flood", "copy"}
    assert Counter(articles(shown, key_of)).most_common(1)[0][1] == 1
    assert {"flood", "copy"} <= set(articles(archive.search("river floods", kind="article", fold=False), key_of))


def test_as_many_hits_as_asked_for_are_left_after_folding(archive, key_of):
    assert len(set(articles(archive.search("flood", kind="article", k=4), key_of))) == 4


def test_copies_of_a_photo_are_one_hit_the_one_searched_with_first(archive, folder):
    for name, other in (("flood.jpg", "flood-small.jpg"), ("flood-small.jpg", "flood.jpg")):
        hits = archive.search(image=folder / name, kind="picture", min_score=0).hits
        assert hits[0].path.endswith(f"/{name}")
        (copy,) = hits[0].alike
        assert archive.show(copy).path.endswith(f"/{other}")
        assert len(hits) == 2
    assert len(archive.search(image=folder / "flood.jpg", kind="picture", min_score=0, fold=False).hits) == 3


def test_one_hit_a_story_comes_first(archive, key_of):
    asked = {"kind": "article", "k": 50, "fold": False}
    plain, diverse = (archive.search("river floods the old town", diverse=d, **asked).hits for d in (False, True))
    assert {hit.id for hit in plain} == {hit.id for hit in diverse}
    stories = [hit.story for hit in diverse]
    seen_before = [story in stories[:i] for i, story in enumerate(stories)]
    seen_before = [seen and bool(story) for seen, story in zip(seen_before, stories, strict=True)]
    assert any(stories)
    assert seen_before == sorted(seen_before)


def test_facets_count_the_documents_found(archive):
    asked = {"kind": "article", "k": 50, "fold": False, "min_score": 0}
    facets = {facet.name: dict(facet.values) for facet in archive.search("flood", facets=True, **asked).facets}
    hits = archive.search("flood", **asked).hits
    assert facets["kind"] == {"article": len(hits)}
    assert facets["source"] == Counter(hit.source for hit in hits)
    assert facets["year"] == Counter(hit.date[:4] for hit in hits if hit.date)
    assert facets["person"]["Angela Merkel"] == 3
    assert archive.search("flood", **asked).facets == ()


def test_hits_are_the_same_with_facets_and_reasons(archive):
    plain = archive.search("Angela Merkel flood")
    more = archive.search("Angela Merkel flood", facets=True, explain=True)
    assert [replace(hit, explanation=None) for hit in more.hits] == list(plain.hits)


def test_an_article_has_its_first_photo(archive, key_of):
    photos = {key_of[hit.id]: hit.photo for hit in archive.search("flood", kind="article", k=9, fold=False).hits}
    assert photos["flood"].endswith("/flood.jpg")
    assert photos["money"] == ""


# -- as of a day ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2019", "2021-07-15"])
def test_as_of_a_day_everything_is_as_if_the_rest_were_not_there_yet(archive, folder, tmp_path, day):
    known = [r for r in records(folder) if r.date and r.date[: len(day)] <= day]
    with kg.create(tmp_path / "then") as then:
        then.add(*known)
        for query in ("Angela Merkel flood", "Emmanuel Macron", "flood"):
            now, before = archive.search(query, as_of=day, min_score=0), then.search(query, min_score=0)
            assert {hit.id for hit in now.hits} == {hit.id for hit in before.hits}
            counts = {e.id: (e.articles, e.pictures, e.mentions) for e in before.entities}
            for entity in now.entities:
                assert (entity.articles, entity.pictures, entity.mentions) == counts.get(
                    entity.id, (entity.articles, entity.pictures, entity.mentions)
                )
            assert {e.id for e in now.entities[:1]} == {e.id for e in before.entities[:1]}
            documents = {e.document for fact in now.facts for e in fact.evidence}
            assert documents <= {hit.id for hit in then.search("the flood", k=50, fold=False, min_score=0).hits} | {
                hit.id for hit in before.hits
            }
            assert now.as_of == day


def test_who_was_not_known_yet_is_not_beside_the_hits(archive):
    assert "Angela Merkel" not in [e.name for e in archive.search("Angela Merkel goal", as_of="2018").entities]


def test_what_has_no_date_is_left_out_and_counted(archive):
    assert "1 without a date left out" in archive.search("flood", as_of="2030", kind="article").notes


# -- reasons -------------------------------------------------------------------------------------------------


def test_the_parts_of_a_score_add_up_to_it(archive):
    for query in ("Angela Merkel flood", "boats in a street", "Emmanuel Macron"):
        for hit in archive.search(query, explain=True).hits:
            assert sum(share.share for share in hit.found_by) == pytest.approx(hit.score, abs=1e-9)
            assert hit.explanation is not None


def test_words_are_shown_as_asked_and_as_found(archive, key_of):
    hits = archive.search("flooding towns", kind="article", explain=True, fold=False).hits
    terms = {key_of[hit.id]: {(t.asked, t.found) for t in hit.explanation.terms} for hit in hits}
    assert ("flooding", "flood") in terms["money"]
    assert ("towns", "Town") in terms["money"]
    scores = [t.score for t in hits[0].explanation.terms]
    assert scores == sorted(scores, reverse=True)


def test_names_and_the_way_to_a_picture_are_told(archive):
    (hit,) = (h for h in archive.search("Emmanuel Macron", explain=True).hits if h.path.endswith("podium.jpg"))
    way = hit.explanation.path
    assert way[0].name == "Emmanuel Macron"
    assert way[-1].id == hit.id
    assert way[0].edge == ""
    article = next(h for h in archive.search("Emmanuel Macron", explain=True).hits if h.kind == "article")
    named = {(e.name, e.why) for e in article.explanation.entities}
    assert ("Emmanuel Macron", "named") in named


# -- more of the same ----------------------------------------------------------------------------------------


def id_of(key_of, key):
    return next(i for i, own in key_of.items() if own == key)


def test_like_an_article_are_others_on_it_without_itself(archive, key_of):
    answer = archive.like(id_of(key_of, "flood"))
    assert (answer.like, answer.query) == (id_of(key_of, "flood"), "River floods the old town")
    assert articles(answer, key_of)[0] == "copy"
    assert "flood" not in articles(answer, key_of)
    assert all(sum(f.share for f in hit.found_by) == pytest.approx(hit.score) for hit in answer.hits)
    assert articles(archive.like(id_of(key_of, "flood"), since="2022"), key_of) == ["money"]


def test_like_a_picture_is_its_copy(archive, folder):
    (first, *_) = archive.search(image=folder / "flood.jpg", kind="picture", min_score=0).hits
    like = archive.like(first.id, min_score=0)
    assert first.id not in [hit.id for hit in like.hits]
    assert like.hits[0].path.endswith("flood-small.jpg")


def test_like_a_name_are_names_of_its_kind(archive):
    merkel = archive.entity("Angela Merkel").entity
    like = archive.like(merkel.id)
    assert like.entities[0].name == "Emmanuel Macron"
    assert {entity.type for entity in like.entities} == {"person"}
    assert merkel.id not in [entity.id for entity in like.entities]
    assert archive.like(merkel.id, as_of="2018").entities == ()


def test_like_a_fact_are_facts_of_its_ends(archive):
    fact = next(f for f in archive.facts("Angela Merkel").facts if f.object == "Emmanuel Macron")
    like = archive.like(fact.id)
    assert fact.id not in [other.id for other in like.facts]
    for other in like.facts:
        ends = {fact.subject_id, fact.object_id} & {other.subject_id, other.object_id} - {""}
        assert ends or other.predicate == fact.predicate


def test_what_nothing_can_be_like_is_said(archive, key_of):
    with pytest.raises(NotFoundError, match="no article"):
        archive.like("a:ffffffffffff")
    with pytest.raises(UsageError, match="leave kind"):
        archive.like(id_of(key_of, "flood"), kind="picture")
