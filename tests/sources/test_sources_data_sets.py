"""The data sets beside the repository come out record for record."""

from collections import Counter
from pathlib import Path

import pytest

from kgretrieval.sources import read

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("newsimages25", {"Article": 8500}),
        ("ksta19", {"Article": 2537}),
        ("flickr8k", {"Picture": 8091}),
        ("text/bbc_news", {"Article": 2225}),
    ],
)
def test_every_record_once_and_nothing_skipped(name, expected):
    folder = DATA / name
    if not folder.is_dir():
        pytest.skip(f"the data set {name} is not beside the repository")
    items = list(read([folder]))
    assert Counter(type(item).__name__ for item in items) == expected
    assert len({item.key for item in items}) == len(items)
    if name in ("newsimages25", "ksta19"):
        assert all(len(article.pictures) == 1 for article in items)


@pytest.mark.data
def test_german_articles_know_their_month_and_sections():
    folder = DATA / "ksta19"
    if not folder.is_dir():
        pytest.skip("the data set ksta19 is not beside the repository")
    first = next(read([folder / "articles.jsonl"]))
    assert (first.date, first.language, first.source) == ("2019-01", "de", "ksta.de")
    assert first.tags[0] == "region"
