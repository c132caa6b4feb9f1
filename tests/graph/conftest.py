import pytest
from hand_made import article, empty_store, lone_picture

from kgretrieval.store.write import commit

NEWS = (
    article(
        "summit",
        "Merkel meets Macron",
        "Angela Merkel visited Emmanuel Macron in Paris. Siemens was not there. Reuters wrote it.",
        facts=(("Angela Merkel", "visited", "Emmanuel Macron"),),
        pictures=(("handshake", "Angela Merkel greets Emmanuel Macron."), ("crowd", "")),
        date="2019-05-01",
        source="DPA",
        language="en",
        url="https://example.org/summit",
    ),
    article(
        "return",
        "Angela Merkel returns to Berlin",
        "Angela Merkel visited Emmanuel Macron. Berlin waits. Reuters wrote it.",
        facts=(("Angela Merkel", "visited", "Emmanuel Macron"),),
        pictures=(("crowd", ""),),
        date="2019-04-30",
        source="AFP",
    ),
    article(
        "works",
        "Siemens opens a works",
        "Siemens builds in Berlin. Olaf Scholz did not visit Siemens. Reuters wrote it.",
        facts=(("Siemens", "builds", "Berlin"), ("Olaf Scholz", "not visit", "Siemens"), ("Siemens", "opens", "works")),
        tags=("Ursula von der Leyen",),
        date="2020-01-02",
    ),
    lone_picture("campus", "北京大学 in spring."),
)


@pytest.fixture
def news(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, NEWS)
    yield store
    store.close()
