"""What many tests share: the sample news, and one collection made from it."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy makes no test wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.pop("KG_INDEX", None)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the real data sets beside the repository; a test that asks for it is skipped without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the data sets are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The sample news, written once. Tests only read it."""
    from kgretrieval.sample import write

    return write(tmp_path_factory.mktemp("sample") / "news")


@pytest.fixture(scope="session")
def sample_index(sample, tmp_path_factory) -> Path:
    """A collection of the sample news. Tests only read it; copy it to change it."""
    import kgretrieval

    location = tmp_path_factory.mktemp("index") / "sample"
    collection = kgretrieval.create(location)
    collection.ingest(sample)
    collection.close()
    return location
