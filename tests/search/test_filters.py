"""Filters: which documents pass, and that as many hits come as there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_kit import article_id

from kgretrieval.errors import UsageError
from kgretrieval.index.snapshot import open_snapshot
from kgretrieval.search.filters import allowed_documents, allowed_rows
from kgretrieval.search.wanted import wanted


@pytest.fixture(scope="module")
def catalog(news_store):
    return open_snapshot(news_store).catalog


def passing(catalog, **filters):
    return {catalog.id(i) for i in np.flatnonzero(allowed_documents(None, catalog, wanted(**filters)))}


def keys(catalog, *names, **filters):
    known = {article_id(name): name for name in names}
    return sorted(known[i] for i in passing(catalog, **filters) if i in known)


ALL = ("flood", "merkel", "apple", "pie", "fruit", "more", "hochwasser", "beida")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, sorted(ALL)),
        ({"kind": "picture"}, []),
        ({"until": "2019"}, ["apple", "merkel"]),
        ({"until": "2019-05"}, ["merkel"]),
        ({"until": "2019-05-03"}, ["merkel"]),
        ({"until": "2019-05-03T18"}, ["merkel"]),
        ({"until": "2019-05-02"}, []),
        ({"since": "2021-09"}, ["beida", "more"]),
        ({"since": "2019-06-20", "until": "2020"}, ["apple", "fruit"]),
        ({"since": "2020-06", "until": "2020-07"}, ["fruit"]),
        ({"since": "2021-07-15", "until": "2021-07-15"}, ["flood"]),
        ({"source": "reuters"}, ["apple", "merkel", "more"]),
        ({"source": "example.org"}, ["flood"]),
        ({"source": "www.news.example.org"}, ["flood"]),
        ({"source": "ample.org"}, []),
        ({"source": "Reut"}, []),
        ({"language": "DE"}, ["hochwasser"]),
        ({"language": "zh", "since": "2020"}, ["beida"]),
    ],
)
def test_what_passes(catalog, filters, expected):
    assert keys(catalog, *ALL, **filters) == expected


def test_a_picture_has_the_date_and_source_of_its_article(catalog, news):
    (hit,) = news.search("flooded street", kind="picture", since="2021-07-15", until="2021-07-15", k=1).hits
    assert (hit.date, hit.source) == ("2021-07-15", "news.example.org")


dates = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@given(dates, dates)
def test_a_later_since_and_an_earlier_until_let_fewer_pass(news_store, one, other):
    catalog = open_snapshot_once(news_store)
    low, high = sorted((one, other))
    if len(low) <= len(high):
        assert passing(catalog, since=high) <= passing(catalog, since=low)
    if len(high) <= len(low):
        assert passing(catalog, until=low) <= passing(catalog, until=high)


@given(dates)
def test_a_day_lies_in_its_month_and_its_year(news_store, date):
    catalog = open_snapshot_once(news_store)
    for shorter in (date[:7], date[:4]):
        assert passing(catalog, since=date, until=date) <= passing(catalog, since=shorter, until=shorter)


def open_snapshot_once(store, known={}):  # noqa: B006 - hypothesis calls this often
    if id(store) not in known:
        known[id(store)] = open_snapshot(store).catalog
    return known[id(store)]


@given(st.lists(st.integers(-1, 4), max_size=20), st.lists(st.booleans(), min_size=5, max_size=5))
def test_rows_pass_with_their_document(documents, passed):
    rows = allowed_rows(np.array(documents, dtype=np.int32), np.array(passed))
    assert rows.tolist() == [d >= 0 and passed[d] for d in documents]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"k": 0}, "k is 0"),
        ({"k": True}, "k is True"),
        ({"kind": "photo"}, "kind 'photo'"),
        ({"since": "yesterday"}, "since is 'yesterday'"),
        ({"until": "2023-02-30"}, "until is '2023-02-30'"),
        ({"until": "2023-2"}, "until is '2023-2'"),
        ({"since": "2024", "until": "2023"}, "since 2024 lies after until 2023"),
        ({"since": "2024-05-02", "until": "2024-05-01T12"}, "lies after"),
    ],
)
def test_filters_that_make_no_sense(filters, said):
    with pytest.raises(UsageError, match=said):
        wanted(**filters)


def test_a_day_may_lie_in_a_shorter_until():
    assert wanted(since="2024-05-20", until="2024").until == "2024"
    assert wanted(since="2024", until="2024-05-20").since == "2024"


@pytest.mark.parametrize("filters", [{"kind": "picture"}, {"language": "en", "kind": "picture"}, {"since": "2021"}])
def test_filtered_searches_give_as_many_pictures_as_there_are(news, catalog, filters):
    filters = {"kind": "picture", **filters}
    expected = passing(catalog, **filters)
    assert {hit.id for hit in news.search("Angela Merkel", k=50, **filters).hits} == expected


def test_filters_act_before_the_best_are_chosen(news):
    free = news.search("Apple opens an office in Berlin", kind="article", k=1).hits[0]
    cook = news.search("Apple opens an office in Berlin", kind="article", k=1, source="cook").hits[0]
    assert free.id == article_id("apple")
    assert cook.id in {article_id("pie"), article_id("fruit")}
