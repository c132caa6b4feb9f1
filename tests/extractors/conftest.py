import pytest

from kgretrieval.extractors import load


@pytest.fixture(scope="session")
def extractors():
    """The default extractors by name; tags and network are shared as an ingest shares them."""
    return {extractor.name: extractor for extractor in load()}


@pytest.fixture(scope="session")
def tagger(extractors):
    return extractors["tagger"]


@pytest.fixture(scope="session")
def relations(extractors):
    return extractors["relations"]
