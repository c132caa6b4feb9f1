import pytest
import search_kit


@pytest.fixture(scope="session")
def news_store(tmp_path_factory):
    """The news of `search_kit`, without derived files. Tests only read it."""
    store = search_kit.news(tmp_path_factory.mktemp("search") / "news")
    yield store
    store.close()


@pytest.fixture(scope="session")
def news(news_store):
    """A searcher over the news."""
    return search_kit.searcher(news_store)
